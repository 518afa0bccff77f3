//! One text that machines send again and again from thousands of places, while people send their own cases.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinSet;

use super::AnyError;
use super::client::Client;
use super::crowd;
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::millions::count;
use super::petitions_send::Sending;
use super::place::Place;
use super::server::Server;

/// Machines that send at once.
const MACHINES: usize = 8;
/// Messages from one address before the next is taken: fewer than make one address suspect.
const FROM_ONE: usize = 15;
/// Addresses of the flood begin here; those of people lie below.
const FIRST_PLACE: usize = 30_000;
/// Addresses it has.
const N_PLACES: usize = 30_000;
/// People's own cases a second meanwhile.
const RATE: u32 = 5;

/// Sends `n` messages of one text, each as a form of its own, and people's cases beside them.
pub(crate) async fn measure(
    place: &Place,
    server: &Server,
    n: usize,
) -> Result<Vec<Figure>, AnyError> {
    const COUNT: &str = "SELECT COUNT(*) FROM petitions";
    let before = count(place, COUNT).await?;
    let people = Sending::ready(place, false, 10_000).await?;
    let is_over = Arc::new(AtomicBool::new(false));
    let cpu = server.cpu();
    let begun = Instant::now();
    let flood = async {
        let came = flood(server, &people, n).await;
        is_over.store(true, Ordering::Relaxed);
        came
    };
    let (answers, own) = tokio::join!(flood, people_meanwhile(server, &people, &is_over));
    let (taken, stopped) = answers?;
    let wall = begun.elapsed();
    let cpu = server.cpu().saturating_sub(cpu);
    let own = own?;
    let n_there = count(place, COUNT).await? - before;
    let n_of_flood = n_there - i64::try_from(own.times.len())?;
    let is_whole = taken + stopped == n && own.n_failed == 0;
    let share = if is_whole { n_of_flood as f64 * 100.0 / n as f64 } else { f64::NAN };
    let at = |it: Figure| it.at(place.engine, place.scale);
    let kept = Figure::new(
        "petitions_flood_kept_percent",
        share,
        "% of one text that became cases",
        Target::AtMost(1.0),
    );
    let detail = json!({
        "messages": n, "taken": taken, "asked_or_refused": stopped, "cases_of_it_in_the_database": n_of_flood,
        "seconds": rounded(wall.as_secs_f64()), "messages_per_s": rounded(n as f64 / wall.as_secs_f64()),
        "server_cpu_ms_each": rounded(cpu.as_secs_f64() * 1000.0 / n.max(1) as f64),
        "server_mb": rounded(server.resident_mb()),
    });
    let p95 = Figure::new(
        "petitions_beside_flood_p95_ms",
        percentile_ms(&own.times, 95),
        "ms from the planned instant, people's own cases",
        Target::AtMost(300.0),
    );
    let own = json!({
        "cases": own.times.len(), "failed": own.n_failed, "first_failure": own.first_failure,
        "p50_ms": rounded(percentile_ms(&own.times, 50)), "p99_ms": rounded(percentile_ms(&own.times, 99)),
    });
    Ok(vec![at(kept).with(detail), at(p95).with(own)])
}

/// How many were given a receipt, and how many were asked something or refused.
async fn flood(server: &Server, people: &Sending, n: usize) -> Result<(usize, usize), AnyError> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut running: JoinSet<Result<(usize, usize), AnyError>> = JoinSet::new();
    for _ in 0..MACHINES {
        let (next, at, sending) = (next.clone(), server.at, people.clone());
        running.spawn(async move {
            let (mut taken, mut stopped) = (0, 0);
            loop {
                let first = next.fetch_add(FROM_ONE, Ordering::Relaxed);
                if first >= n {
                    return Ok((taken, stopped));
                }
                let from = crowd::place(FIRST_PLACE + first / FROM_ONE % N_PLACES);
                let mut client = Client::open_from(from, at).await?;
                for it in first..n.min(first + FROM_ONE) {
                    let answer = client.ask(&sending.of_one_text(it).bytes(at)).await?;
                    match answer.status {
                        303 => taken += 1,
                        422 | 429 => stopped += 1,
                        other => return Err(format!("the flood was answered {other}").into()),
                    }
                }
            }
        });
    }
    let (mut taken, mut stopped) = (0, 0);
    while let Some(some) = running.join_next().await {
        let (a, b) = some??;
        taken += a;
        stopped += b;
    }
    Ok((taken, stopped))
}

async fn people_meanwhile(
    server: &Server,
    people: &Sending,
    is_over: &AtomicBool,
) -> Result<super::petitions_send::Came, AnyError> {
    let mut all = super::petitions_send::Came::default();
    let mut n = 0;
    while !is_over.load(Ordering::Relaxed) {
        let of_two_seconds = usize::try_from(RATE * 2)?;
        let mut came = people.after(n).arrive(server, of_two_seconds, RATE).await;
        n += of_two_seconds;
        all.times.append(&mut came.times);
        all.n_failed += came.n_failed;
        if came.n_failed > 0 {
            all.first_failure = came.first_failure;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    all.times.sort_unstable();
    Ok(all)
}
