//! How long it takes to seal, verify and prove a long journal, and to back it up.
//!
//! `cargo run --release -p sauro-benches --bin log_rate [-- ENTRIES]` prints one line of JSON for
//! each engine.

use std::sync::Arc;
use std::time::Instant;

use sauro_journal::{Event, append, prove, stamp, verify};
use sauro_kernel::{Ctx, IdSource, Role};
use sauro_store::{Db, Files, Limits, backup};
use sauro_testkit::{ctx, on_each_engine_with};
use serde_json::json;
use uuid::Uuid;

type AnyError = Box<dyn std::error::Error + Send + Sync>;

struct FreshIds;

impl IdSource for FreshIds {
    fn fresh(&self) -> Uuid {
        #[expect(clippy::disallowed_methods, reason = "a measure, not a test")]
        Uuid::now_v7()
    }
}

async fn write(db: &Db, n_entries: i64) -> Result<(), AnyError> {
    let ctx = Ctx { ids: Arc::new(FreshIds), ..ctx(Role::Officer) };
    for from in (0..n_entries).step_by(1000) {
        let mut conn = db.write().await?;
        for n in from..n_entries.min(from + 1000) {
            let data = json!({ "n": n, "words": "Phủ sóng 100% thôn có điện".repeat(5) });
            append(&mut conn, &ctx, Event::new("TaskAssigned", "task", n, data)).await?;
        }
        conn.commit().await?;
    }
    Ok(())
}

async fn measure(db: &Db, n_entries: i64) -> Result<serde_json::Value, AnyError> {
    let home = tempfile::tempdir()?;
    let anchor = home.path().join("seals.jsonl");
    write(db, n_entries).await?;
    let started = Instant::now();
    stamp(db, 1, Some(&anchor)).await?;
    let sealed = started.elapsed();
    let started = Instant::now();
    let verdict = verify(db, Some(&anchor), |_| {}).await?;
    let verified = started.elapsed();
    let mut conn = db.read().await?;
    let started = Instant::now();
    for n in 0..100 {
        prove(&mut conn, 1 + n * (n_entries - 1) / 100).await?;
    }
    let proved = started.elapsed() / 100;
    drop(conn);
    let kept = Files::open(&home.path().join("files").display().to_string()).await?;
    let zip = home.path().join("backup.zip");
    let started = Instant::now();
    backup::backup(db, &kept, &zip, 1).await?;
    let backed_up = started.elapsed();
    let url = format!("sqlite://{}", home.path().join("restored.db").display());
    let started = Instant::now();
    backup::restore(&zip, &url, &kept).await?;
    Ok(json!({
        "figure": "journal",
        "engine": format!("{:?}", db.dialect()).to_lowercase(),
        "entries": n_entries,
        "is_sound": verdict.fault.is_none(),
        "sealed_per_s": (n_entries as f64 / sealed.as_secs_f64()).round(),
        "verified_per_s": (n_entries as f64 / verified.as_secs_f64()).round(),
        "proof_ms": proved.as_secs_f64() * 1000.0,
        "backup_s": backed_up.as_secs_f64(),
        "backup_bytes": std::fs::metadata(&zip)?.len(),
        "restore_into_sqlite_s": started.elapsed().as_secs_f64(),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let n_entries = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    on_each_engine_with(Limits::default(), async |engine| {
        match measure(&engine.db, n_entries).await {
            Ok(figures) => println!("{figures}"),
            Err(err) => eprintln!("{:?}: {err}", engine.db.dialect()),
        }
    })
    .await;
    Ok(())
}
