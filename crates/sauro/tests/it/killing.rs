//! Kill −9 while officials report: what was acknowledged is there, once, with its file.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sauro_kernel::Role;
use sauro_store::{Db, FileHash, Files, run};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::commands::program;
use crate::world::{COMMUNE, World, enter, open_account, rooms};

const N_CLIENTS: usize = 12;
const N_ROUNDS: usize = 10;
/// Most a client waits for an answer before it takes the server for dead.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a client was promised.
#[derive(Clone)]
struct Promise {
    receipt: String,
    key: String,
    results: String,
    content: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_report_is_lost_or_doubled_when_the_server_is_killed() {
    let home = tempfile::TempDir::new().unwrap();
    let (codes, token) = prepare(home.path()).await;
    let mut promises: Vec<Promise> = Vec::new();
    let mut n_unanswered = 0;
    for round in 0..N_ROUNDS {
        let (mut child, port) = serve(home.path()).await;
        let n_answered = Arc::new(AtomicUsize::new(0));
        let clients: Vec<_> = codes
            .iter()
            .enumerate()
            .map(|(n, code)| {
                let client = Client {
                    port,
                    token: token.clone(),
                    code: code.clone(),
                    name: format!("{round}-{n}"),
                };
                tokio::spawn(client.report_until_dead(n_answered.clone()))
            })
            .collect();
        // Somewhere in the middle of the work, at a moment that differs from round to round.
        let enough = 1 + (round * 7) % 40;
        while n_answered.load(Ordering::SeqCst) < enough
            && !clients.iter().all(tokio::task::JoinHandle::is_finished)
        {
            assert!(child.try_wait().unwrap().is_none(), "the server ended by itself");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_micros(u64::try_from(round).unwrap() * 777)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        for client in clients {
            let (kept, unanswered) = client.await.unwrap();
            promises.extend(kept);
            n_unanswered += unanswered.len();
        }
        check(home.path(), &promises).await;
    }
    assert!(n_unanswered > 0, "nobody was interrupted");
    again(home.path(), &codes, &token, &promises).await;
}

/// A retry with the same key after the restart gets the same receipt, not a second report.
async fn again(data: &Path, codes: &[String], token: &str, promises: &[Promise]) {
    let (mut child, port) = serve(data).await;
    let last = promises.last().unwrap();
    let n: usize = last.key.split('-').nth(1).unwrap().parse().unwrap();
    let client =
        Client { port, token: token.to_owned(), code: codes[n].clone(), name: String::new() };
    let (status, body) = client.send(&last.key, &last.results, &last.content).await.unwrap();
    assert!(status == 200 || status == 201, "{status} {body}");
    assert!(body.contains(&last.receipt), "{body} is not {}", last.receipt);
    child.kill().unwrap();
    child.wait().unwrap();
    check(data, promises).await;
}

async fn prepare(data: &Path) -> (Vec<String>, String) {
    let db = open(data).await;
    let files = Files::open(&data.join("files").display().to_string()).await.unwrap();
    let clock = Arc::new(sauro::SystemClock);
    let world = World::found(&db, &files, clock, Arc::new(sauro::FreshIds)).await;
    let issued = world.issue(N_CLIENTS).await;
    let rooms = rooms(&world);
    open_account(&world, &rooms, "lanh.dao", Role::Leader, COMMUNE).await;
    let token = enter(&rooms, "lanh.dao").await;
    (issued.tasks, token)
}

pub(crate) async fn open(data: &Path) -> Db {
    Db::open(&format!("sqlite://{}", data.join("sauro.db").display())).await.unwrap()
}

/// Starts the program on a free port and waits until it answers.
pub(crate) async fn serve(data: &Path) -> (Child, u16) {
    serve_at(data, &[]).await
}

/// [`serve`] with more `words`.
pub(crate) async fn serve_at(data: &Path, words: &[&str]) -> (Child, u16) {
    let mut wait = 0;
    loop {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = program()
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .args(words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        loop {
            if child.try_wait().unwrap().is_some() {
                break;
            }
            if call(port, "GET /suc-khoe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".into())
                .await
                .is_some_and(|(status, _)| status == 200)
            {
                return (child, port);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // Somebody else took the port in between.
        wait += 1;
        assert!(wait < 5, "the server does not start");
    }
}

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) port: u16,
    pub(crate) token: String,
    pub(crate) code: String,
    pub(crate) name: String,
}

impl Client {
    /// Answers what was acknowledged, and the keys of what was not.
    async fn report_until_dead(self, n_answered: Arc<AtomicUsize>) -> (Vec<Promise>, Vec<String>) {
        let mut promises = Vec::new();
        for n in 0.. {
            let key = format!("{}-{n}", self.name);
            let results = format!("Đã bố trí điểm, lần {key}.");
            let content = format!("%PDF-1.7\nbien ban {key}\n%%EOF\n").into_bytes();
            match self.send(&key, &results, &content).await {
                Some((201, body)) => {
                    let receipt = body.split("\"receipt\":\"").nth(1).unwrap();
                    let receipt = receipt.split('"').next().unwrap().to_owned();
                    promises.push(Promise { receipt, key, results, content });
                    n_answered.fetch_add(1, Ordering::SeqCst);
                }
                Some((503, _)) => {}
                Some((status, body)) => panic!("{status} {body}"),
                None => return (promises, vec![key]),
            }
        }
        unreachable!()
    }

    pub(crate) async fn send(
        &self,
        key: &str,
        results: &str,
        content: &[u8],
    ) -> Option<(u16, String)> {
        self.send_claiming(key, results, content, "doing").await
    }

    pub(crate) async fn send_claiming(
        &self,
        key: &str,
        results: &str,
        content: &[u8],
        claim: &str,
    ) -> Option<(u16, String)> {
        let mut body = Vec::new();
        for (name, value) in [("results", results), ("self_rating", "on_track"), ("claim_1", claim)]
        {
            body.extend(
                format!(
                    "--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend(
            b"--ranh\r\nContent-Disposition: form-data; name=\"file\"; filename=\"bb.pdf\"\r\n\r\n",
        );
        body.extend(content);
        body.extend(b"\r\n--ranh--\r\n");
        let head = format!(
            "POST /api/v1/tasks/{}/reports HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: sauro={}\r\n\
             Idempotency-Key: {key}\r\nContent-Type: multipart/form-data; boundary=ranh\r\n\
             Content-Length: {}\r\n\r\n",
            self.code,
            self.token,
            body.len()
        );
        call(self.port, [head.into_bytes(), body].concat()).await
    }
}

/// Sends `request`; `None` when the answer did not come in whole.
pub(crate) async fn call(port: u16, request: Vec<u8>) -> Option<(u16, String)> {
    let talk = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
        stream.write_all(&request).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8(answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let length = head.lines().find_map(|it| {
            it.to_ascii_lowercase().strip_prefix("content-length:").map(|it| it.trim().to_owned())
        });
        let is_whole = length.is_none_or(|it| it.parse() == Ok(body.len()));
        is_whole.then(|| (status, body.to_owned()))
    };
    tokio::time::timeout(PATIENCE, talk).await.ok().flatten()
}

/// Every promise is kept once; nothing is half there.
async fn check(data: &Path, promises: &[Promise]) {
    const SENT: &str = "
        SELECT r.receipt, r.results, e.file_hash FROM reports r JOIN evidence e ON e.report_id = r.id
        WHERE r.state <> 'draft' ORDER BY r.id LIMIT 100000";
    const BARE: &str = "
        SELECT COUNT(*) FROM reports r
        WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.report_id = r.id)";
    let db = open(data).await;
    let files = Files::open(&data.join("files").display().to_string()).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let rows =
        run!(conn, c => sqlx::query_as::<_, (String, String, Vec<u8>)>(SENT).fetch_all(c).await);
    let bare = run!(conn, c => sqlx::query_scalar::<_, i64>(BARE).fetch_one(c).await).unwrap();
    assert_eq!(bare, 0, "a report without its file");
    let mut found: HashMap<String, (String, Vec<u8>)> = HashMap::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (receipt, results, hash) in rows.unwrap() {
        *seen.entry(results.clone()).or_default() += 1;
        assert!(found.insert(receipt, (results, hash)).is_none(), "one receipt twice");
    }
    assert!(seen.values().all(|n| *n == 1), "one report twice");
    for promise in promises {
        let Some((results, hash)) = found.get(&promise.receipt) else {
            panic!("{} was acknowledged and is gone", promise.receipt)
        };
        assert_eq!(*results, promise.results);
        let hash = FileHash(hash.as_slice().try_into().unwrap());
        let content = files.read(&hash).await.unwrap();
        assert_eq!(content.as_ref(), promise.content, "the file of {}", promise.receipt);
    }
    let verdict = sauro_journal::verify(&db, None, |_| {}).await.unwrap();
    assert!(verdict.fault.is_none(), "{:?}", verdict.fault);
}
