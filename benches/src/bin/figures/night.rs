//! The night before a deadline: every commune sends twenty figures, a tenth of all in the last minute.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sauro_benches::outside::SystemClock;
use sauro_kernel::{Clock, VIETNAM};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::AnyError;
use super::client::{Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::millions::count;
use super::place::Place;
use super::senders::Sender;
use super::server::Server;

const FORM: &str = "application/x-www-form-urlencoded";
/// Figures of each commune.
const EACH: usize = 20;
/// How long the nine tenths before the last minute are sent: hours of the real night, pressed together.
const BEFORE: Duration = Duration::from_secs(240);
const LAST: Duration = Duration::from_secs(60);
/// Connections that carry them.
const CONNECTIONS: usize = 200;

/// What was seen of one report: from the moment it was due to be sent to its answer.
struct Seen {
    took: Duration,
    is_last: bool,
    figure: String,
}

/// One report that is due.
struct Due {
    at: Duration,
    is_last: bool,
    sender: usize,
    n: usize,
}

/// Reports `value` of the running month; answers the address of the figure.
pub(crate) async fn report(
    server: &Server,
    sender: &Sender,
    code: &str,
    value: u64,
) -> Result<String, AnyError> {
    let mut client = Client::open(server.at).await?;
    sent(&mut client, &request(sender, code, value).bytes(server.at)).await
}

fn request(sender: &Sender, code: &str, value: u64) -> Request {
    let month = SystemClock.now().with_timezone(&VIETNAM).format("%Y-%m");
    let form = format!(
        "don-vi={}&ky={month}&so={value}&tu-so={value}&mau-so=1000&nguon=S%E1%BB%95&xac-nhan=1\
         &ghi-chu=D%E1%BB%AF+li%E1%BB%87u+%C4%91o",
        sender.unit
    );
    Request::post(&format!("/chi-so/{code}/bao-so"), FORM, form.into_bytes())
        .header("Cookie", &sender.cookie)
        .header("Sec-Fetch-Site", "same-origin")
}

async fn sent(client: &mut Client, bytes: &[u8]) -> Result<String, AnyError> {
    let answer = client.ask(bytes).await?;
    let to = answer.header("location").unwrap_or_default();
    if answer.status != 303 {
        let body = String::from_utf8_lossy(&answer.body);
        let fault = body.split("class=\"fault").nth(1).unwrap_or_default();
        let fault: String = fault.chars().take(300).collect();
        return Err(format!("a figure was answered {}: {fault}", answer.head).into());
    }
    Ok(to.split('?').next().unwrap_or_default().to_owned())
}

/// Appraises the figure at `path` as it is.
pub(crate) async fn appraise(
    server: &Server,
    verifier: &Sender,
    path: &str,
    value: u64,
) -> Result<(), AnyError> {
    let form = format!(
        "so={value}&phien-ban=1&da-kiem=%C4%90%C3%A3+%C4%91%E1%BB%91i+chi%E1%BA%BFu+s%E1%BB%95"
    );
    let request = Request::post(&format!("{path}/tham-dinh"), FORM, form.into_bytes())
        .header("Cookie", &verifier.cookie)
        .header("Sec-Fetch-Site", "same-origin");
    let mut client = Client::open(server.at).await?;
    sent(&mut client, &request.bytes(server.at)).await.map(drop)
}

/// `1.000.003`.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// The schedule: each commune is spread over the whole night.
fn schedule(n_senders: usize, is_quick: bool) -> Vec<Due> {
    let n = n_senders * EACH;
    let n_last = n / 10;
    let (before, last) = if is_quick { (BEFORE / 20, LAST / 20) } else { (BEFORE, LAST) };
    (0..n)
        .map(|k| {
            let is_last = k >= n - n_last;
            let at = match is_last {
                false => before.mul_f64(k as f64 / (n - n_last) as f64),
                true => before + last.mul_f64((k + n_last - n) as f64 / n_last.max(1) as f64),
            };
            Due { at, is_last, sender: k % n_senders, n: k / n_senders }
        })
        .collect()
}

const THERE: &str = "SELECT COUNT(*) FROM observations";
const STEPS: &str = "SELECT COUNT(*) FROM observation_revisions";
const TOLD: &str = "SELECT COUNT(*) FROM journal_entries WHERE kind = 'FigureReported'";

/// Sends them all and counts what is there afterwards.
pub(crate) async fn measure(
    place: &Place,
    server: &Server,
    senders: &[Sender],
    is_quick: bool,
) -> Result<Vec<Figure>, AnyError> {
    let counts = async || {
        Ok::<_, AnyError>([
            count(place, THERE).await?,
            count(place, STEPS).await?,
            count(place, TOLD).await?,
        ])
    };
    let there = counts().await?;
    let due = schedule(senders.len(), is_quick);
    let n = i64::try_from(due.len())?;
    let cpu = server.cpu();
    let begun = Instant::now();
    let seen = send_all(server, senders, due).await?;
    let wall = begun.elapsed();
    let cpu = server.cpu().saturating_sub(cpu);
    let after = counts().await?;
    let came: Vec<i64> = after.iter().zip(there).map(|(after, before)| after - before).collect();
    let receipts = seen.iter().map(|it| &it.figure).collect::<HashSet<_>>().len();
    let is_whole =
        came.iter().all(|it| *it == n) && receipts == seen.len() && i64::try_from(receipts)? == n;
    let times = |is_meant: &dyn Fn(&Seen) -> bool| {
        let mut times: Vec<Duration> =
            seen.iter().filter(|it| is_meant(it)).map(|it| it.took).collect();
        times.sort_unstable();
        times
    };
    let (all, last) = (times(&|_| true), times(&|it| it.is_last));
    let p99 = percentile_ms(&all, 99);
    let figure = Figure::new(
        "deadline_night_p99_ms",
        if is_whole { p99 } else { f64::NAN },
        "ms from when it was due to its receipt",
        Target::AtMost(800.0),
    );
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "reports": n,
        "communes": senders.len(),
        "seconds": rounded(wall.as_secs_f64()),
        "nine_tenths_in_s": if is_quick { BEFORE / 20 } else { BEFORE }.as_secs(),
        "last_tenth_in_s": if is_quick { LAST / 20 } else { LAST }.as_secs(),
        "receipts_all_different": receipts,
        "figures_steps_and_journal_entries_that_came": came,
        "none_lost_none_doubled": is_whole,
        "p50_ms": rounded(percentile_ms(&all, 50)),
        "p95_ms": rounded(percentile_ms(&all, 95)),
        "p99_ms": rounded(p99),
        "longest_ms": rounded(percentile_ms(&all, 100)),
        "last_minute_p99_ms": rounded(percentile_ms(&last, 99)),
        "server_cpu_ms_each": rounded(cpu.as_secs_f64() * 1000.0 / seen.len() as f64),
    }))])
}

/// Sends each report when it is due, whatever became of those before it.
async fn send_all(
    server: &Server,
    senders: &[Sender],
    due: Vec<Due>,
) -> Result<Vec<Seen>, AnyError> {
    let senders: Arc<[Sender]> = senders.into();
    let (queue, waiting) = mpsc::unbounded_channel::<Due>();
    let waiting = Arc::new(tokio::sync::Mutex::new(waiting));
    let begun = Instant::now();
    let mut running: JoinSet<Result<Vec<Seen>, AnyError>> = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (at, senders, waiting) = (server.at, senders.clone(), waiting.clone());
        running.spawn(async move {
            let mut client = Client::open(at).await?;
            let mut seen = Vec::new();
            loop {
                let next = waiting.lock().await.recv().await;
                let Some(it) = next else { return Ok(seen) };
                let Some(sender) = senders.get(it.sender) else { continue };
                let code = format!("DO-{:03}", it.n + 1);
                // Odd ones are shares: the numerator lies below its denominator.
                let request = request(sender, &code, 100 + (it.sender % 800) as u64).bytes(at);
                let figure = sent(&mut client, &request).await?;
                let took = begun.elapsed().saturating_sub(it.at);
                seen.push(Seen { took, is_last: it.is_last, figure });
            }
        });
    }
    for it in due {
        tokio::time::sleep_until((begun + it.at).into()).await;
        queue.send(it).map_err(|_| "nobody sends any more")?;
    }
    drop(queue);
    let mut all = Vec::new();
    while let Some(seen) = running.join_next().await {
        all.append(&mut seen??);
    }
    Ok(all)
}
