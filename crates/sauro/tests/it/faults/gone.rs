use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sauro_kernel::Role;
use sauro_store::{Db, Files, run};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::killing::{Client, call, serve_at};
use crate::world::{COMMUNE, World, enter, open_account, rooms};

/// A way to a database that can be cut and opened again.
struct Way {
    port: u16,
    is_open: watch::Sender<bool>,
}

impl Way {
    async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let way = listener.local_addr().unwrap().port();
        let (is_open, seen) = watch::channel(true);
        tokio::spawn(async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                let mut seen = seen.clone();
                // While it is cut, whoever comes is sent away at once.
                if !*seen.borrow_and_update() {
                    continue;
                }
                tokio::spawn(async move {
                    let Ok(mut far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                        _ = seen.wait_for(|is_open| !is_open) => {}
                    }
                });
            }
        });
        Self { port: way, is_open }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_said_in_words_and_is_found_again_by_itself() {
    const KILL: &str = "
        SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let Ok(server) = std::env::var("SAURO_TEST_POSTGRES") else { return };
    let home = tempfile::TempDir::new().unwrap();
    let name = format!("t{}", uuid::Uuid::from_u128(rand_id()).simple());
    let admin = sqlx::PgPool::connect(&format!("{server}/postgres")).await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create).execute(&admin).await.unwrap();
    let direct = format!("{server}/{name}");
    let (codes, token) = prepare(&direct, home.path()).await;

    let (base, port) = server.rsplit_once(':').unwrap();
    let way = Way::to(port.parse().unwrap()).await;
    let url = format!("{base}:{}/{name}", way.port);
    let (mut child, port) = serve_at(home.path(), &["--database", &url]).await;
    let client = Client { port, token: token.clone(), code: codes[0].clone(), name: "a".into() };
    let page = |path: &str| {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: sauro={token}\r\n\r\n"
        );
        call(port, head.into_bytes())
    };
    let kept = AtomicUsize::new(0);
    let report = async |key: &str| {
        let content = format!("%PDF-1.7\n{key}\n%%EOF\n");
        let answer = client.send(key, &format!("Lần {key}."), content.as_bytes()).await.unwrap();
        assert!(answer.0 == 201 || answer.0 == 503, "{answer:?}");
        kept.fetch_add(usize::from(answer.0 == 201), Ordering::SeqCst);
        answer
    };
    assert_eq!(report("truoc").await.0, 201);

    way.is_open.send_replace(false);
    let (status, body) = report("dang-mat").await;
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("Hệ thống đang bận"), "{body}");
    let (status, body) = page("/viec").await.unwrap();
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("GD-0503"), "{body}");
    way.is_open.send_replace(true);
    until_it_answers(async || report("tro-lai").await.0 == 201).await;
    until_it_answers(async || page("/viec").await.unwrap().0 == 200).await;

    // The server of the database restarts: it ends every connection with a word of its own.
    let pool = sqlx::PgPool::connect(&direct).await.unwrap();
    let n: i64 = sqlx::query_scalar(KILL).fetch_one(&pool).await.unwrap();
    assert!(n > 0, "nobody was connected");
    until_it_answers(async || report("sau-khi-khoi-dong-lai").await.0 == 201).await;

    let sql = "SELECT COUNT(*) FROM reports WHERE results LIKE 'Lần %'";
    let db = Db::open(&direct).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let n: i64 = run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap();
    // A retry carries the same key, so that each is there once.
    assert_eq!(n, 3);
    assert_eq!(kept.load(Ordering::SeqCst), 3);
    drop(conn);
    child.kill().unwrap();
    child.wait().unwrap();
    let drop_it = sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
    sqlx::query(drop_it).execute(&admin).await.unwrap();
}

async fn until_it_answers(mut ask: impl AsyncFnMut() -> bool) {
    for _ in 0..100 {
        if ask().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("it did not come back");
}

fn rand_id() -> u128 {
    use sauro_kernel::IdSource;
    sauro::FreshIds.fresh().as_u128()
}

async fn prepare(url: &str, data: &std::path::Path) -> (Vec<String>, String) {
    let db = Db::open(url).await.unwrap();
    let files = Files::open(&data.join("files").display().to_string()).await.unwrap();
    let clock = Arc::new(sauro::SystemClock);
    let world = World::found(&db, &files, clock, Arc::new(sauro::FreshIds)).await;
    let issued = world.issue(1).await;
    let rooms = rooms(&world);
    open_account(&world, &rooms, "lanh.dao", Role::Leader, COMMUNE).await;
    let token = enter(&rooms, "lanh.dao").await;
    (issued.tasks, token)
}
