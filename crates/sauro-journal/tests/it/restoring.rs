//! A backup of a live node, restored into either engine, holds all that was acknowledged before it
//! began, nothing by half, and a log that is still sound.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sauro_journal::{Event, append, read_after, seal, stamp, verify};
use sauro_kernel::{Ctx, IdSource, Role};
use sauro_store::backup::{BackupError, Manifest, backup, restore};
use sauro_store::{Db, Dialect, FileHash, Files, Limits, files, run};
use sauro_testkit::{ctx, on_each_engine, on_sqlite};
use serde_json::json;
use sqlx::AssertSqlSafe;
use tempfile::TempDir;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::log::Log;

struct RandomIds;

impl IdSource for RandomIds {
    fn fresh(&self) -> Uuid {
        #[expect(clippy::disallowed_methods, reason = "writers side by side need ids of their own")]
        Uuid::now_v7()
    }
}

/// Runs `test` with the address of a database that does not exist yet or is empty, on each engine.
async fn on_each_target(home: &Path, test: impl AsyncFn(&str)) {
    test(&format!("sqlite://{}", home.join("restored.db").display())).await;
    if let Ok(server) = std::env::var("SAURO_TEST_POSTGRES") {
        let name = format!("r{}", RandomIds.fresh().simple());
        let admin = sqlx::PgPool::connect(&format!("{server}/postgres")).await.unwrap();
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&admin).await.unwrap();
        test(&format!("{server}/{name}")).await;
        let drop = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
        sqlx::query(drop).execute(&admin).await.unwrap();
    }
}

async fn open_files(home: &Path, name: &str) -> Files {
    Files::open(home.join(name).to_str().unwrap()).await.unwrap()
}

/// A file, the row that names it and the entry that tells of it: one unit of work.
async fn report(db: &Db, kept: &Files, ctx: &Ctx, name: &str) {
    let stored = kept.put(Bytes::from(name.repeat(2000))).await.unwrap();
    let mut conn = db.write().await.unwrap();
    files::record(&mut conn, &stored, "text/plain", 1).await.unwrap();
    let data = json!({ "name": name, "file": stored.hash, "words": "Nghiệm thu “sản phẩm”\n\t✓" });
    append(&mut conn, ctx, Event::new("ReportSent", "report", name, data)).await.unwrap();
    conn.commit().await.unwrap();
}

/// Writers who report without end, and one who seals beside them.
struct Traffic {
    over: Arc<AtomicBool>,
    acknowledged: Arc<Mutex<BTreeSet<String>>>,
    tasks: JoinSet<()>,
}

impl Traffic {
    fn start(db: &Db, kept: &Files) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
        let mut tasks = JoinSet::new();
        for writer in 0..8 {
            let (db, kept) = (db.clone(), kept.clone());
            let (over, acknowledged) = (over.clone(), acknowledged.clone());
            let ctx = Ctx { ids: Arc::new(RandomIds), ..ctx(Role::Officer) };
            tasks.spawn(async move {
                for n in 0.. {
                    let name = format!("{writer}-{n}");
                    report(&db, &kept, &ctx, &name).await;
                    acknowledged.lock().unwrap().insert(name);
                    if over.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
        }
        let (db, stop) = (db.clone(), over.clone());
        tasks.spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                stamp(&db, 1, None).await.unwrap();
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        });
        Self { over, acknowledged, tasks }
    }

    fn so_far(&self) -> BTreeSet<String> {
        self.acknowledged.lock().unwrap().clone()
    }

    async fn end(self) {
        self.over.store(true, Ordering::Relaxed);
        self.tasks.join_all().await;
    }
}

/// All reports in the database, each with its file whole.
async fn reports(db: &Db, kept: &Files) -> BTreeSet<String> {
    seal(db).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let mut names = BTreeSet::new();
    let mut cursor = 0;
    loop {
        let entries = read_after(&mut conn, cursor, 500).await.unwrap();
        let Some(last) = entries.last() else { break };
        cursor = last.position;
        for entry in entries {
            let name = entry.data["name"].as_str().unwrap().to_owned();
            let hash: FileHash = entry.data["file"].as_str().unwrap().parse().unwrap();
            assert!(files::find(&mut conn, &hash).await.unwrap().is_some(), "{name} is half there");
            assert_eq!(kept.read(&hash).await.unwrap(), name.repeat(2000));
            assert!(names.insert(name), "twice");
        }
    }
    let sql = "SELECT count(*) FROM files";
    let n: i64 = run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap();
    assert_eq!(n as usize, names.len(), "a report is half there");
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_of_a_busy_node_is_whole_and_restores_into_both_engines() {
    on_each_engine(async |engine| {
        let home = TempDir::new().unwrap();
        let kept = open_files(home.path(), "files").await;
        let traffic = Traffic::start(&engine.db, &kept);
        while traffic.so_far().len() < 200 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let before = traffic.so_far();
        let to = home.path().join("backup.zip");
        let manifest = backup(&engine.db, &kept, &to, 42).await.unwrap();
        let after = traffic.so_far();
        traffic.end().await;
        assert_eq!(manifest.missing_files, []);

        on_each_target(home.path(), async |url| {
            let target = TempDir::new().unwrap();
            let files = open_files(target.path(), "files").await;
            let restored = restore(&to, url, &files).await.unwrap();
            assert_eq!(restored.manifest, manifest);
            let db = Db::open(url).await.unwrap();
            let found = reports(&db, &files).await;
            assert!(before.is_subset(&found), "acknowledged before the backup began, and lost");
            // A commit may be in the snapshot before its caller was told of it.
            assert!(found.len() <= after.len() + 8, "{} of {}", found.len(), after.len());
            assert!(verify(&db, None, |_| {}).await.unwrap().fault.is_none());
            // Life goes on.
            let ctx = Ctx { ids: Arc::new(RandomIds), ..ctx(Role::Officer) };
            report(&db, &files, &ctx, "after").await;
            stamp(&db, 2, None).await.unwrap().unwrap();
            let verdict = verify(&db, None, |_| {}).await.unwrap();
            assert_eq!(verdict.fault, None);
            assert_eq!(verdict.n_sealed as usize, found.len() + 1);
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn only_an_empty_database_is_restored_into_and_it_is_left_alone_otherwise() {
    on_each_engine(async |engine| {
        let home = TempDir::new().unwrap();
        let kept = open_files(home.path(), "files").await;
        let mut log = Log::new(engine);
        log.grow(3).await;
        // On PostgreSQL these have no position yet.
        log.write(2).await;
        let to = home.path().join("backup.zip");
        backup(&log.db, &kept, &to, 1).await.unwrap();
        on_each_target(home.path(), async |url| {
            // One that `serve` has opened, and nobody used.
            drop(Db::open(url).await.unwrap());
            restore(&to, url, &kept).await.unwrap();
            let again = restore(&to, url, &kept).await;
            assert!(matches!(again, Err(BackupError::NotEmpty { .. })), "{again:?}");
            let verdict = verify(&Db::open(url).await.unwrap(), None, |_| {}).await.unwrap();
            assert_eq!((verdict.n_entries, verdict.fault), (5, None));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_existing_file_is_not_overwritten_and_a_failed_backup_leaves_none() {
    on_each_engine(async |engine| {
        let home = TempDir::new().unwrap();
        let kept = open_files(home.path(), "files").await;
        let to = home.path().join("backup.zip");
        std::fs::write(&to, "precious").unwrap();
        let answer = backup(&engine.db, &kept, &to, 1).await;
        assert!(matches!(answer, Err(BackupError::Exists(_))), "{answer:?}");
        assert_eq!(std::fs::read(&to).unwrap(), b"precious");

        let nowhere = home.path().join("nowhere/backup.zip");
        assert!(matches!(backup(&engine.db, &kept, &nowhere, 1).await, Err(BackupError::Disk(_))));
        assert!(!home.path().join("backup.zip.part").exists());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_missing_or_damaged_is_named_and_the_rest_is_kept() {
    on_each_engine(async |engine| {
        let home = TempDir::new().unwrap();
        let kept = open_files(home.path(), "files").await;
        let ctx = Ctx { ids: Arc::new(RandomIds), ..ctx(Role::Officer) };
        for name in ["a", "b", "c"] {
            report(&engine.db, &kept, &ctx, name).await;
        }
        let hash = |name: &str| FileHash::of(name.repeat(2000).as_bytes());
        std::fs::remove_file(kept.path(&hash("a")).unwrap()).unwrap();
        std::fs::write(kept.path(&hash("c")).unwrap(), "damaged").unwrap();
        let to = home.path().join("backup.zip");
        let manifest = backup(&engine.db, &kept, &to, 1).await.unwrap();
        let mut expected = vec![hash("a"), hash("c")];
        expected.sort_unstable();
        assert_eq!((manifest.missing_files, manifest.n_files), (expected, 1));
    })
    .await;
}

#[tokio::test]
async fn a_backup_that_was_cut_or_changed_is_refused_and_nothing_is_restored() {
    let engine = on_sqlite(Limits::default()).await;
    let home = TempDir::new().unwrap();
    let kept = open_files(home.path(), "files").await;
    let ctx = Ctx { ids: Arc::new(RandomIds), ..ctx(Role::Officer) };
    for n in 0..40 {
        report(&engine.db, &kept, &ctx, &format!("n{n}")).await;
    }
    let to = home.path().join("backup.zip");
    backup(&engine.db, &kept, &to, 1).await.unwrap();
    let whole = std::fs::read(&to).unwrap();
    let broken = home.path().join("broken.zip");
    let step = whole.len() / 13;
    for at in (step / 2..whole.len()).step_by(step) {
        for is_cut in [true, false] {
            let mut bytes = whole.clone();
            if is_cut {
                bytes.truncate(at);
            } else {
                bytes[at] ^= 0x10;
            }
            std::fs::write(&broken, &bytes).unwrap();
            let target = TempDir::new().unwrap();
            let files = open_files(target.path(), "files").await;
            let url = format!("sqlite://{}", target.path().join("restored.db").display());
            match restore(&broken, &url, &files).await {
                Err(_) => {
                    let db = Db::open(&url).await.unwrap();
                    let verdict = verify(&db, None, |_| {}).await.unwrap();
                    assert_eq!(verdict.n_entries, 0, "cut {is_cut} at {at}");
                }
                // A byte of the zip that says nothing (a time stamp); all is there.
                Ok(_) => {
                    assert!(!is_cut, "cut at {at}");
                    let db = Db::open(&url).await.unwrap();
                    assert_eq!(reports(&db, &files).await.len(), 40);
                }
            }
        }
    }
}

/// Rows of every kind of column, empty cells, and rows that refer to rows written after them.
async fn fill(log: &Log) {
    let id = |n: u64| log.uuid(Uuid::from_u64_pair(8, n));
    let (yes, no) = match log.db.dialect() {
        Dialect::Sqlite => ("1", "0"),
        Dialect::Postgres => ("true", "false"),
    };
    let (sort, empty) = (log.blob(&[0, 1, 0xfe, 0xff]), log.blob(&[]));
    for (n, parent, key) in [(1, id(2), &sort), (2, "NULL".to_owned(), &empty)] {
        log.say(&format!(
            "INSERT INTO agencies (id, code, abbr, name, name_fold, name_sort, kind, level,
                place_code, parent_id, path, scope, is_group, valid_from, valid_to, successor_id)
            VALUES ({}, 'C{n}', '', 'Cơ quan “{n}” \\ ''x''', 'co quan', {key}, 'k', 'centre',
                NULL, {parent}, 'vn/c{n}', 'vn', {yes}, '2025-07-01', NULL, NULL)",
            id(n)
        ))
        .await;
    }
    log.say(&format!(
        "INSERT INTO accounts (id, login, display_name, name_fold, password_hash, totp_secret,
            totp_confirmed_at, totp_step, must_change_password, is_sample, disabled_at, created_at,
            version)
        VALUES ({}, 'a', 'Cán bộ', 'can bo', NULL, {sort}, NULL, -1, {no}, {yes}, NULL,
            9007199254740993, 9223372036854775807)",
        id(3)
    ))
    .await;
    log.say(&format!(
        "INSERT INTO posts (id, account_id, agency_id, role, title, valid_from, valid_to,
            delegated_from)
        VALUES ({}, {a}, {g}, 'officer', 'x', '2026-01-01', '2026-12-31', {}),
            ({}, {a}, {g}, 'leader', 'y', '2026-01-01', NULL, NULL)",
        id(4),
        id(5),
        id(5),
        a = id(3),
        g = id(1),
    ))
    .await;
    let places = "('1', '2', 'commune'), ('2', NULL, 'province')";
    log.say(&format!("INSERT INTO places (code, parent_code, level) VALUES {places}")).await;
}

#[tokio::test]
async fn every_cell_comes_back_as_it_was_on_both_engines() {
    on_each_engine(async |engine| {
        let home = TempDir::new().unwrap();
        let kept = open_files(home.path(), "files").await;
        let mut log = Log::new(engine);
        log.grow(300).await;
        fill(&log).await;
        let to = home.path().join("backup.zip");
        let told = |manifest: Manifest| {
            let tables = manifest.tables.into_iter();
            tables.map(|it| (it.name, it.n_rows, it.sha256)).collect::<Vec<_>>()
        };
        let first = told(backup(&log.db, &kept, &to, 1).await.unwrap());
        assert!(first.iter().any(|it| it.0 == "posts" && it.1 == 2), "{first:?}");
        on_each_target(home.path(), async |url| {
            restore(&to, url, &kept).await.unwrap();
            let db = Db::open(url).await.unwrap();
            let again = home.path().join(format!("again-{:?}.zip", db.dialect()));
            assert_eq!(told(backup(&db, &kept, &again, 2).await.unwrap()), first);
        })
        .await;
    })
    .await;
}
