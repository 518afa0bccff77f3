//! A log to prove things about.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sauro_journal::{Event, Head, Verdict, append, stamp, verify};
use sauro_kernel::{Ctx, IdSource, Role};
use sauro_store::{Conn, Db, Dialect, StoreError, run};
use sauro_testkit::{Engine, ctx};
use serde_json::json;
use sqlx::AssertSqlSafe;
use tempfile::TempDir;
use uuid::Uuid;

/// A database with a log, and the file of heads beside it.
pub(crate) struct Log {
    pub(crate) db: Db,
    pub(crate) n: i64,
    ctx: Ctx,
    home: TempDir,
    _engine: Engine,
}

struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(77, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

impl Log {
    /// A log without entries.
    pub(crate) fn new(engine: Engine) -> Self {
        let ctx = Ctx { ids: Arc::new(Ids(1.into())), ..ctx(Role::Officer) };
        let home = TempDir::new().unwrap();
        Self { db: engine.db.clone(), n: 0, ctx, home, _engine: engine }
    }

    /// The file of heads.
    pub(crate) fn anchor(&self) -> PathBuf {
        self.home.path().join("seals.jsonl")
    }

    /// Appends `n` entries and takes them into the proof, under one head.
    pub(crate) async fn grow(&mut self, n: i64) -> Head {
        self.write(n).await;
        stamp(&self.db, self.n * 1000, Some(&self.anchor())).await.unwrap().unwrap()
    }

    /// Appends `n` entries.
    pub(crate) async fn write(&mut self, n: i64) {
        let mut conn = self.db.write().await.unwrap();
        for _ in 0..n {
            self.n += 1;
            let data = json!({ "n": self.n, "words": "Phủ sóng 100% thôn có điện" });
            let event = Event::new("TaskAssigned", "task", self.n, data);
            append(&mut conn, &self.ctx, event).await.unwrap();
        }
        conn.commit().await.unwrap();
    }

    /// What a walk finds.
    pub(crate) async fn verdict(&self) -> Verdict {
        verify(&self.db, None, |_| {}).await.unwrap()
    }

    /// What a walk finds that also reads the file of heads.
    pub(crate) async fn anchored(&self) -> Verdict {
        verify(&self.db, Some(&self.anchor()), |_| {}).await.unwrap()
    }

    /// As one who owns the database and removes what is in the way.
    pub(crate) async fn disarm(&self) {
        let on = if self.db.dialect() == Dialect::Postgres { " ON journal_entries" } else { "" };
        for trigger in ["journal_entries_keep", "journal_entries_stay"] {
            self.say(&format!("DROP TRIGGER {trigger}{on}")).await;
        }
    }

    /// Runs a statement of the intruder's.
    pub(crate) async fn say(&self, sql: &str) {
        let mut conn = self.db.write().await.unwrap();
        say(&mut conn, sql).await.unwrap();
        conn.commit().await.unwrap();
    }

    /// `bytes` as both engines write them.
    pub(crate) fn blob(&self, bytes: &[u8]) -> String {
        match self.db.dialect() {
            Dialect::Sqlite => format!("x'{}'", hex::encode(bytes)),
            Dialect::Postgres => format!("'\\x{}'::bytea", hex::encode(bytes)),
        }
    }

    /// `id` as both engines write it.
    pub(crate) fn uuid(&self, id: Uuid) -> String {
        match self.db.dialect() {
            Dialect::Sqlite => self.blob(id.as_bytes()),
            Dialect::Postgres => format!("'{id}'"),
        }
    }
}

/// Runs a statement inside `conn`.
pub(crate) async fn say(conn: &mut Conn, sql: &str) -> Result<(), StoreError> {
    run!(conn, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(drop))
}
