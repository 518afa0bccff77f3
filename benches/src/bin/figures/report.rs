//! Reports with a file of 300 kB, from 64 senders in 64 communes to the durable receipt.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::client::{Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::place::Place;
use super::senders::{Sender, sent_reports};
use super::server::Server;
use super::syncs::Syncs;
use super::{AnyError, Pace};

const N_BYTES: usize = 300_000;
const BOUNDARY: &str = "sau-ro-do-toc-do";

/// What one sender saw.
#[derive(Default)]
struct Seen {
    times: Vec<Duration>,
    receipts: Vec<String>,
}

/// Sends for `pace.reports` and counts what is really there afterwards.
pub(crate) async fn measure(
    place: &Place,
    server: &Server,
    senders: &[Sender],
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let noise = noise();
    // Everybody is signed in and has sent once before the clock starts.
    send_all(server, senders, &noise, 0, Duration::ZERO).await?;
    let there = sent_reports(place).await?;
    let (commits, postgres) = (commits(server).await?, place.postgres().await?);
    let syncs = Syncs::start(server.pid(), place.folder.path()).await?;
    let (begun, cpu) = (Instant::now(), server.cpu());
    let seen = send_all(server, senders, &noise, 1, pace.reports).await?;
    let (wall, cpu) = (begun.elapsed(), server.cpu().saturating_sub(cpu));
    let syncs = syncs.stop().await?;
    let n = seen.times.len();
    let n_there = sent_reports(place).await? - there;
    let is_unique = seen.receipts.iter().collect::<HashSet<_>>().len() == n;
    let postgres = match (postgres, place.postgres().await?) {
        (Some(before), Some(after)) => {
            let (commits, syncs) =
                (after.commits - before.commits, after.wal_syncs - before.wal_syncs);
            json!({
                "version": after.version, "fsync_and_synchronous_commit_on": after.is_durable,
                "commits": commits, "wal_syncs": syncs, "commits_per_wal_sync": each(commits as f64, syncs as f64),
            })
        }
        _ => Value::Null,
    };
    let counted = self::commits(server).await?.zip(commits).map(|(after, before)| {
        let (transactions, commits) = (after.0 - before.0, after.1 - before.1);
        json!({ "transactions": transactions, "commits": commits, "transactions_per_commit": each(transactions, commits) })
    });
    let rate = n as f64 / wall.as_secs_f64();
    let is_whole = is_unique && n_there == i64::try_from(n)?;
    let is_durable = postgres.get("fsync_and_synchronous_commit_on") != Some(&Value::Bool(false));
    let figure = Figure::new(
        "reports_per_s",
        if is_whole && is_durable { rate } else { f64::NAN },
        "reports/s with a file of 300 kB",
        Target::AtLeast(300.0),
    );
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "senders": senders.len(),
        "seconds": rounded(wall.as_secs_f64()),
        "reports": n,
        "reports_found_in_the_database": n_there,
        "receipts_all_different": is_unique,
        "p50_ms": rounded(percentile_ms(&seen.times, 50)),
        "p95_ms": rounded(percentile_ms(&seen.times, 95)),
        "p99_ms": rounded(percentile_ms(&seen.times, 99)),
        "server_cpu_ms_each": rounded(cpu.as_secs_f64() * 1000.0 / n as f64),
        "group_commit": counted,
        "postgresql": postgres,
        "syncs_of_the_server": syncs.json(n),
    }))])
}

/// The same on the nation's data, where the target is higher and also the slowest are looked at.
pub(crate) async fn on_nation(
    place: &Place,
    server: &Server,
    senders: &[Sender],
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let (seen, is_whole, wall) = sent(place, server, senders, pace).await?;
    let rate = if is_whole { seen.times.len() as f64 / wall.as_secs_f64() } else { f64::NAN };
    let p99 = percentile_ms(&seen.times, 99);
    let rate = Figure::new(
        "national_reports_per_s",
        rate,
        "reports/s with a file of 300 kB",
        Target::AtLeast(500.0),
    );
    let detail = json!({
        "senders": senders.len(), "reports": seen.times.len(), "whole": is_whole,
        "p50_ms": rounded(percentile_ms(&seen.times, 50)), "p99_ms": rounded(p99),
    });
    let p99 =
        Figure::new("national_report_p99_ms", p99, "ms to the receipt", Target::AtMost(800.0));
    let at = |it: Figure| it.at(place.engine, place.scale);
    Ok(vec![at(rate).with(detail), at(p99)])
}

/// Sends for `pace.reports`; answers what was seen, and whether all of it is in the database once.
async fn sent(
    place: &Place,
    server: &Server,
    senders: &[Sender],
    pace: Pace,
) -> Result<(Seen, bool, Duration), AnyError> {
    let noise = noise();
    send_all(server, senders, &noise, 2, Duration::ZERO).await?;
    let there = sent_reports(place).await?;
    let begun = Instant::now();
    let seen = send_all(server, senders, &noise, 3, pace.reports).await?;
    let wall = begun.elapsed();
    let n = seen.times.len();
    let is_unique = seen.receipts.iter().collect::<HashSet<_>>().len() == n;
    let is_whole = is_unique && sent_reports(place).await? - there == i64::try_from(n)?;
    Ok((seen, is_whole, wall))
}

fn noise() -> Arc<[u8]> {
    (0..N_BYTES as u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
}

/// A small report that claims the one deliverable of the sender's task to be done.
pub(crate) fn done(sender: &Sender, n: usize) -> Request {
    let mut body = Vec::with_capacity(2048);
    for (field, value) in [
        ("results", "Đã hoàn thành, bảng kết quả kèm theo."),
        ("self_rating", "done"),
        ("claim_1", "done"),
        ("file_for", "1"),
    ] {
        body.extend(part(&format!("name=\"{field}\""), ""));
        body.extend(value.as_bytes());
    }
    let kind = "\r\nContent-Type: text/csv";
    body.extend(part(&format!("name=\"file\"; filename=\"ket-qua-{n}.csv\""), kind));
    body.extend(format!("To,Ket qua\n1,{n}\n\r\n--{BOUNDARY}--\r\n").into_bytes());
    let path = format!("/api/v1/tasks/{}/reports", sender.task);
    Request::post(&path, &format!("multipart/form-data; boundary={BOUNDARY}"), body)
        .header("Cookie", &sender.cookie)
        .header("Idempotency-Key", &format!("{}-moi-{n}", sender.task))
}

/// Transactions and the commits that made them durable, as the server tells; PostgreSQL tells itself.
async fn commits(server: &Server) -> Result<Option<(f64, f64)>, AnyError> {
    let request = Request::get("/suc-khoe").bytes(server.at);
    let answer = Client::open(server.at).await?.ask(&request).await?;
    let told: Value = serde_json::from_slice(&answer.body)?;
    let count = |name: &str| told.pointer(&format!("/commits/{name}")).and_then(Value::as_f64);
    Ok(count("transactions").zip(count("commits")))
}

fn each(part: f64, of: f64) -> Option<f64> {
    (of > 0.0).then(|| rounded(part / of))
}

/// Every sender sends again and again for `span`, and at least once.
async fn send_all(
    server: &Server,
    senders: &[Sender],
    noise: &Arc<[u8]>,
    run: u64,
    span: Duration,
) -> Result<Seen, AnyError> {
    let begun = Instant::now();
    let mut running: JoinSet<Result<Seen, AnyError>> = JoinSet::new();
    for (number, sender) in senders.iter().enumerate() {
        let (at, noise, sender) = (server.at, noise.clone(), sender.clone());
        running.spawn(async move {
            let mut client = Client::open(at).await?;
            let mut seen = Seen::default();
            loop {
                let name = format!("{run}-{number}-{}", seen.times.len());
                let request = report(&sender, &name, &noise).bytes(at);
                let asked = Instant::now();
                let answer = client.ask(&request).await?;
                seen.times.push(asked.elapsed());
                let told = String::from_utf8_lossy(&answer.body).into_owned();
                if answer.status != 201 {
                    return Err(format!("a report was answered {}: {told}", answer.status).into());
                }
                let told: Value = serde_json::from_str(&told)?;
                seen.receipts.push(told.get("receipt").map(Value::to_string).unwrap_or_default());
                if begun.elapsed() >= span {
                    return Ok(seen);
                }
            }
        });
    }
    let mut all = Seen::default();
    while let Some(seen) = running.join_next().await {
        let mut seen = seen??;
        all.times.append(&mut seen.times);
        all.receipts.append(&mut seen.receipts);
    }
    all.times.sort_unstable();
    Ok(all)
}

/// A report with a file that nobody sent before.
fn report(sender: &Sender, name: &str, noise: &[u8]) -> Request {
    let mut body = Vec::with_capacity(noise.len() + 2048);
    for (field, value) in [
        ("results", "Đã lắp đặt và bàn giao, bảng số liệu kèm theo."),
        ("self_rating", "on_track"),
        ("claim_1", "doing"),
        ("file_for", "1"),
    ] {
        body.extend(part(&format!("name=\"{field}\""), ""));
        body.extend(value.as_bytes());
    }
    let kind = "\r\nContent-Type: application/pdf";
    body.extend(part(&format!("name=\"file\"; filename=\"ket-qua-{name}.pdf\""), kind));
    body.extend(format!("%PDF-1.7\n% {name}\n").into_bytes());
    body.extend(noise.iter().take(N_BYTES.saturating_sub(64)));
    body.extend(format!("\n%%EOF\n\r\n--{BOUNDARY}--\r\n").into_bytes());
    let path = format!("/api/v1/tasks/{}/reports", sender.task);
    Request::post(&path, &format!("multipart/form-data; boundary={BOUNDARY}"), body)
        .header("Cookie", &sender.cookie)
        .header("Idempotency-Key", &format!("{}-{name}", sender.task))
}

fn part(disposition: &str, more: &str) -> Vec<u8> {
    format!("\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}{more}\r\n\r\n")
        .into_bytes()
}
