//! Readers that cannot digest an entry park it and go on.

use std::sync::Mutex;

use sauro_journal::{
    Digest, DigestError, Entry, Event, Reader, ReaderError, append, n_parked, parked,
};
use sauro_kernel::Role;
use sauro_store::{Conn, Db, StoreError, run};
use sauro_testkit::{ctx, on_each_engine};
use serde_json::json;

const READER: Reader = Reader::new("digester");

/// Copies the number of each entry into a table, and chokes on some.
#[derive(Default)]
struct Copier {
    /// Numbers that cannot be planned.
    bad: Mutex<Vec<i64>>,
    /// Numbers whose writing the store refuses.
    unwritable: Mutex<Vec<i64>>,
    is_down: Mutex<bool>,
}

impl Digest for Copier {
    type Plan = Vec<i64>;

    async fn plan(&self, _: &mut Conn, entries: &[Entry]) -> Result<Vec<i64>, DigestError> {
        if *self.is_down.lock().unwrap() {
            return Err(StoreError::Unconfirmed.into());
        }
        let numbers: Vec<i64> = entries.iter().map(|it| it.data["n"].as_i64().unwrap()).collect();
        match numbers.iter().find(|it| self.bad.lock().unwrap().contains(it)) {
            Some(n) => Err(DigestError::Entry(format!("{n} is bad"))),
            None => Ok(numbers),
        }
    }

    async fn write(&self, conn: &mut Conn, numbers: Vec<i64>) -> Result<(), DigestError> {
        for n in numbers {
            let is_refused = self.unwritable.lock().unwrap().contains(&n);
            let sql = if is_refused {
                "INSERT INTO no_such_table (n) VALUES ($1)"
            } else {
                "INSERT INTO copied (n) VALUES ($1)"
            };
            run!(conn, c => sqlx::query(sql).bind(n).execute(c).await.map(drop))?;
        }
        Ok(())
    }
}

async fn world(db: &Db, n_entries: i64) {
    let mut conn = db.write().await.unwrap();
    let sql = "CREATE TABLE copied (n BIGINT NOT NULL PRIMARY KEY)";
    run!(conn, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
    let ctx = ctx(Role::Officer);
    for n in 1..=n_entries {
        append(&mut conn, &ctx, Event::new("Counted", "thing", n, json!({ "n": n })))
            .await
            .unwrap();
    }
    conn.commit().await.unwrap();
}

async fn copied(db: &Db) -> Vec<i64> {
    let mut conn = db.read().await.unwrap();
    let sql = "SELECT n FROM copied ORDER BY n LIMIT 10000";
    run!(conn, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap()
}

async fn digest(db: &Db, copier: &Copier) -> Result<usize, ReaderError> {
    let fresh = READER.fresh(db, 500).await?;
    READER.digest(db, 7, &fresh, copier).await?;
    Ok(fresh.entries.len())
}

#[tokio::test]
async fn an_entry_that_cannot_be_digested_is_parked_and_the_others_are_not_held_up() {
    on_each_engine(async |engine| {
        let db = &engine.db;
        world(db, 100).await;
        let copier = Copier::default();
        *copier.bad.lock().unwrap() = vec![1, 40, 41, 100];
        *copier.unwritable.lock().unwrap() = vec![77];
        assert_eq!(digest(db, &copier).await.unwrap(), 100);
        let wanted: Vec<i64> = (1..=100).filter(|n| ![1, 40, 41, 77, 100].contains(n)).collect();
        assert_eq!(copied(db).await, wanted);
        let found = parked(&mut db.read().await.unwrap(), 100).await.unwrap();
        let said: Vec<_> = found.iter().map(|it| (it.reader.as_str(), it.position)).collect();
        assert_eq!(said, [1, 40, 41, 77, 100].map(|n| ("digester", n)));
        assert_eq!(found[0].error, "1 is bad");
        assert!(found[3].error.contains("no_such_table"), "{}", found[3].error);
        assert_eq!(digest(db, &copier).await.unwrap(), 0, "the cursor stands behind them all");

        // Mended, they are tried again, each once.
        *copier.bad.lock().unwrap() = vec![41];
        copier.unwritable.lock().unwrap().clear();
        assert_eq!(READER.digest_parked(db, 8, &copier).await.unwrap(), (4, 1));
        assert_eq!(READER.digest_parked(db, 9, &copier).await.unwrap(), (0, 1));
        assert_eq!(n_parked(&mut db.read().await.unwrap()).await.unwrap(), 1);
        assert_eq!(copied(db).await, (1..=100).filter(|n| *n != 41).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_parks_nothing() {
    on_each_engine(async |engine| {
        let db = &engine.db;
        world(db, 9).await;
        let copier = Copier::default();
        *copier.is_down.lock().unwrap() = true;
        assert!(matches!(digest(db, &copier).await, Err(ReaderError::Store(_))));
        assert_eq!(n_parked(&mut db.read().await.unwrap()).await.unwrap(), 0);
        *copier.is_down.lock().unwrap() = false;
        assert_eq!(digest(db, &copier).await.unwrap(), 9);
        assert_eq!(copied(db).await, (1..=9).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn of_two_nodes_with_the_same_entries_one_is_overtaken_and_parks_nothing() {
    on_each_engine(async |engine| {
        let db = &engine.db;
        world(db, 9).await;
        let copier = Copier::default();
        let fresh = READER.fresh(db, 500).await.unwrap();
        READER.digest(db, 7, &fresh, &copier).await.unwrap();
        let late = READER.digest(db, 7, &fresh, &copier).await;
        assert!(matches!(late, Err(ReaderError::Overtaken)));
        assert_eq!(n_parked(&mut db.read().await.unwrap()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_new_reader_may_begin_with_what_is_news() {
    on_each_engine(async |engine| {
        let db = &engine.db;
        let mut conn = db.write().await.unwrap();
        let start = ctx(Role::Officer).clock.now();
        for n in 0..50 {
            let at = start + chrono::TimeDelta::hours(n);
            let ctx = sauro_kernel::Ctx {
                clock: std::sync::Arc::new(sauro_kernel::FixedClock(at)),
                ids: std::sync::Arc::new(Numbers(n.unsigned_abs() + 1)),
                ..ctx(Role::Officer)
            };
            append(&mut conn, &ctx, Event::new("Counted", "thing", n, json!({}))).await.unwrap();
        }
        conn.commit().await.unwrap();
        let since = (start + chrono::TimeDelta::hours(30)).timestamp_micros();
        READER.begin_since(db, since).await.unwrap();
        let fresh = READER.fresh(db, 500).await.unwrap();
        assert_eq!(fresh.entries.len(), 20);
        assert_eq!(fresh.entries[0].subject, "thing/30");
        READER.begin_since(db, 0).await.unwrap();
        assert_eq!(READER.fresh(db, 500).await.unwrap().entries.len(), 20, "it has begun already");
        const LATER: Reader = Reader::new("later");
        LATER.begin_since(db, i64::MAX).await.unwrap();
        assert!(LATER.fresh(db, 500).await.unwrap().entries.is_empty());
    })
    .await;
}

struct Numbers(u64);

impl sauro_kernel::IdSource for Numbers {
    fn fresh(&self) -> uuid::Uuid {
        uuid::Uuid::from_u64_pair(self.0, self.0)
    }
}
