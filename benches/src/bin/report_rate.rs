//! How many reports with a file of 300 kB a second reach their durable receipt, from 64 senders.
//!
//! `cargo run --release -p sauro-benches --bin report_rate [-- SECONDS]` prints one line of JSON
//! for each engine. A report is what an action does: the file durable first, then the rows that
//! name it and the journal entry in one transaction. Every file is new.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use sauro_benches::measure::repeat;
use sauro_benches::outside::FreshIds;
use sauro_journal::{Event, append};
use sauro_kernel::{Ctx, Role};
use sauro_store::{Db, Files, Limits, files};
use sauro_testkit::{ctx, on_each_engine_with};
use serde_json::json;

const N_SENDERS: u32 = 64;
const N_BYTES: usize = 300_000;

type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// A file that no other sender has: noise, the number in front.
fn content(noise: &[u8], n: u64) -> Bytes {
    [n.to_le_bytes().as_slice(), noise].concat().into()
}

async fn send(db: Db, kept: Files, ctx: Ctx, file: Bytes, n: u64) -> Result<(), AnyError> {
    let stored = kept.put(file).await?;
    let mut conn = db.write().await?;
    files::record(&mut conn, &stored, "application/pdf", 1).await?;
    let data = json!({ "file": stored.hash, "words": "Phủ sóng 100% thôn có điện" });
    append(&mut conn, &ctx, Event::new("ReportSent", "report", n, data)).await?;
    Ok(conn.commit().await?)
}

async fn measure(db: &Db, span: Duration) -> Result<serde_json::Value, AnyError> {
    let home = tempfile::tempdir()?;
    let kept = Files::open(&home.path().display().to_string()).await?;
    let ctx = Ctx { ids: Arc::new(FreshIds), ..ctx(Role::Officer) };
    let noise: Arc<[u8]> =
        (8..N_BYTES as u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect();
    let before = db.commit_counts();
    let (target, store) = (db.clone(), kept.clone());
    let work = move |n| send(target.clone(), store.clone(), ctx.clone(), content(&noise, n), n);
    let mut figures = repeat(N_SENDERS, span, work).await?;
    figures.n_commits = db.commit_counts().zip(before).map(|(a, b)| a.commits - b.commits);
    Ok(json!({
        "figure": "report_with_300_kb_file",
        "engine": format!("{:?}", db.dialect()).to_lowercase(),
        "senders": N_SENDERS,
        "durable_per_s": figures.rate().round(),
        "reports_per_commit": figures.per_commit(),
        "p50_ms": figures.at_ms(50),
        "p99_ms": figures.at_ms(99),
        "cpu_us_each": figures.cpu_us().round(),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seconds = std::env::args().nth(1).map_or(Ok(5), |text| text.parse())?;
    on_each_engine_with(Limits::default(), async |engine| {
        match measure(&engine.db, Duration::from_secs(seconds)).await {
            Ok(figures) => println!("{figures}"),
            Err(err) => eprintln!("{:?}: {err}", engine.db.dialect()),
        }
    })
    .await;
    Ok(())
}
