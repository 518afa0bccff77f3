//! A limit changed on the settings page while every case is open: how long until all deadlines are right, and what
//! whoever sends meanwhile has to wait.

use std::time::{Duration, Instant};

use sauro_store::{Db, run};
use serde_json::json;

use super::AnyError;
use super::client::{Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::millions::count;
use super::national::cookie;
use super::petitions::settled;
use super::petitions_send::Sending;
use super::place::Place;
use super::server::Server;

/// Cases sent each second meanwhile.
const RATE: u32 = 20;
/// Longest wait.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

pub(crate) async fn measure(place: &Place) -> Result<Vec<Figure>, AnyError> {
    let n_open = count(place, "SELECT COUNT(*) FROM petitions WHERE state <> 'closed'").await?;
    let server = settled(place).await?;
    let sending = Sending::ready(place, false, 0).await?;
    let cookie = cookie(&server, "thuongtruc").await?;
    let begun = Instant::now();
    set(&server, &cookie).await?;
    let recount = recounted(place, begun);
    tokio::pin!(recount);
    let (mut times, mut n_failed, mut n_sent) = (Vec::new(), 0, 0);
    // A second's worth at a time, until all is done.
    let (took, n_all, n_moved) = loop {
        let some = async {
            let n = usize::try_from(RATE).unwrap_or(0);
            sending.after(n_sent).arrive(&server, n, RATE).await
        };
        tokio::select! {
            biased;
            done = &mut recount => break done?,
            came = some => {
                n_sent += came.times.len() + came.n_failed;
                n_failed += came.n_failed;
                times.extend(came.times);
            }
        }
    };
    if times.is_empty() {
        // So few cases that all was done before anybody had sent.
        times.extend(sending.after(n_sent + 100).arrive(&server, 20, RATE).await.times);
    }
    times.sort_unstable();
    let p99 = if n_failed == 0 { percentile_ms(&times, 99) } else { f64::NAN };
    server.stop().await?;
    // Every open case was promised another day; what came meanwhile had it from the beginning.
    let is_whole = n_moved >= n_open;
    let seconds = if is_whole { took.as_secs_f64() } else { f64::NAN };
    let at = |it: Figure| it.at(place.engine, place.scale);
    let target = Target::AtMost(60.0);
    let all =
        at(Figure::new("petitions_limit_s", seconds, "s until all deadlines are right", target));
    let meanwhile = Figure::new(
        "petitions_limit_write_p99_ms",
        p99,
        "ms to send meanwhile",
        Target::AtMost(200.0),
    );
    Ok(vec![
        all.with(json!({
            "open": n_open, "looked_at": n_all, "moved": n_moved,
            "cases_per_s": rounded(n_moved as f64 / took.as_secs_f64()),
        })),
        at(meanwhile).with(json!({
            "sent": n_sent, "failed": n_failed, "p50_ms": rounded(percentile_ms(&times, 50)),
            "longest_ms": rounded(percentile_ms(&times, 100)),
        })),
    ])
}

/// Gives every step a day more, as the page does.
async fn set(server: &Server, cookie: &str) -> Result<(), AnyError> {
    let body = "acknowledge=2&sort=3&handle=11&complex=17&bind=2&review=11&extension=5&settle=10";
    let media = "application/x-www-form-urlencoded";
    let request = Request::post("/phan-anh-den/thoi-han", media, body.as_bytes().to_vec())
        .header("Cookie", cookie);
    let answer = Client::open(server.at).await?.ask(&request.bytes(server.at)).await?;
    if answer.status == 303 {
        return Ok(());
    }
    Err(format!("the limits were answered {}", answer.status).into())
}

/// Waits until the recount is done: how long it took, how many were looked at and how many moved.
async fn recounted(place: &Place, begun: Instant) -> Result<(Duration, i64, i64), AnyError> {
    const SQL: &str =
        "SELECT n_seen, n_moved FROM petition_recounts WHERE id = 1 AND ended_at IS NOT NULL";
    let db = Db::open(&place.url).await?;
    while begun.elapsed() < PATIENCE {
        let mut conn = db.read().await?;
        let done: Option<(i64, i64)> =
            run!(conn, c => sqlx::query_as(SQL).fetch_optional(c).await)?;
        drop(conn);
        if let Some((n_seen, n_moved)) = done {
            return Ok((begun.elapsed(), n_seen, n_moved));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("the deadlines were not set anew in time".into())
}
