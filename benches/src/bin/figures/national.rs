//! The nation's data: what its pages and lists take, how soon a report shows, and how soon it is all there.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Answer, Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::{load, percentile_ms};
use super::place::Place;
use super::public::{median, rounds};
use super::senders::{self, Sender};
use super::server::Server;
use super::{AnyError, Asked, Pace, constant, report};

/// The parts that need the nation's data.
pub(crate) const PARTS: [&str; 6] =
    ["seed", "national-start", "national-public", "national-list", "freshness", "national-report"];

/// Readers at once.
const CROWD: usize = 200;
/// Reports whose way into the figures is watched.
const N_WATCHED: usize = 120;
/// Longest wait for one of them.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long making the data took.
pub(crate) async fn seed(place: &Place) -> Result<Vec<Figure>, AnyError> {
    let rows = place.rows().await?;
    let n_rows: i64 = rows.iter().map(|it| it.1).sum();
    let detail: serde_json::Map<String, Value> =
        rows.into_iter().map(|(table, n)| (table.to_owned(), n.into())).collect();
    let figure =
        Figure::new("seed_s", place.seeded_in_s, "s to make the data", Target::AtMost(300.0));
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "rows": detail,
        "rows_per_s": rounded(n_rows as f64 / place.seeded_in_s),
        "database_mb": place.database_mb().await?,
    }))])
}

/// Everything on a running server, as far as it was asked for.
pub(crate) async fn measure(
    asked: &Asked,
    place: &Place,
    pace: Pace,
    take: &mut super::Take<'_>,
) -> Result<(), AnyError> {
    let what = |part: &str| format!("{part} {} {}", place.engine, place.scale);
    if asked.has("seed") {
        take(&what("seed"), seed(place).await);
    }
    if PARTS.iter().skip(1).all(|it| !asked.has(it)) {
        return Ok(());
    }
    let is_sending = asked.has("freshness") || asked.has("national-report");
    let mut all = if is_sending { senders::open_many(place, N_WATCHED).await? } else { Vec::new() };
    // The first start seals what is new; the second is the one that counts.
    place.serve().await?.stop().await?;
    let server = place.serve().await?;
    tokio::time::sleep(pace.idle).await;
    let idle_mb = server.resident_mb();
    if asked.has("national-public") {
        take(&what("national-public"), public(place, &server, pace).await);
    }
    if asked.has("national-list") {
        take(&what("national-list"), lists(place, &server, pace).await);
    }
    if is_sending {
        senders::sign_in(&server, &mut all).await?;
    }
    if asked.has("freshness") {
        let n = if asked.is_quick { 20 } else { N_WATCHED };
        take(&what("freshness"), freshness(place, &server, all.get(..n).unwrap_or(&all)).await);
    }
    if asked.has("national-report") {
        let some = all.get(..64).unwrap_or(&all);
        take(&what("national-report"), report::on_nation(place, &server, some, pace).await);
    }
    if asked.has("national-start") {
        take(&what("national-start"), start(place, &server, idle_mb, pace).await);
    }
    server.stop().await
}

/// A cookie of the sample account `login`.
pub(crate) async fn cookie(server: &Server, login: &str) -> Result<String, AnyError> {
    let mut senders = [Sender::of(login)];
    senders::sign_in(server, &mut senders).await?;
    let [sender] = senders;
    Ok(sender.cookie)
}

/// The page everybody opens, and the one that those inside open.
async fn public(place: &Place, server: &Server, pace: Pace) -> Result<Vec<Figure>, AnyError> {
    let cookie = cookie(server, "kiemtra").await?;
    let inside = "/ket-qua?pham-vi=noi-bo";
    let mut figures = Vec::new();
    for (path, request) in [
        ("/ket-qua", Request::get("/ket-qua").by_browser()),
        (inside, Request::get(inside).by_browser().header("Cookie", &cookie)),
    ] {
        figures.extend(page(place, server, path, &request, pace).await?);
    }
    Ok(figures)
}

async fn page(
    place: &Place,
    server: &Server,
    path: &str,
    request: &Request,
    pace: Pace,
) -> Result<[Figure; 2], AnyError> {
    let answer = ask(server, request).await?;
    let beside = constant::start(&answer, place.folder.path()).await?;
    let rounds = rounds(server, &beside, request, CROWD, pace.page).await?;
    beside.stop().await?;
    let p95 = median(rounds.iter().map(|it| it.0.at_ms(95)));
    let share = median(rounds.iter().map(|(page, constant)| page.rate() / constant.rate()));
    let told: Vec<_> = rounds
        .iter()
        .map(|(page, constant)| json!({ "page": page.json(), "constant": constant.json() }))
        .collect();
    let detail = json!({ "connections": CROWD, "body_bytes": answer.body.len(), "rounds": told });
    let p95 = Figure::new("national_page_p95_ms", p95, "ms", Target::AtMost(50.0));
    let share =
        Figure::new("national_share_of_constant_page", share, "share", Target::AtLeast(0.5));
    Ok([
        p95.at(place.engine, place.scale).of(path).with(detail),
        share.at(place.engine, place.scale).of(path),
    ])
}

/// Lists of twenty, filtered and sorted.
async fn lists(place: &Place, server: &Server, pace: Pace) -> Result<Vec<Figure>, AnyError> {
    let cookie = cookie(server, "thuongtruc").await?;
    let programme = place.programme("nq57").await?;
    let code = place.task_code().await?;
    let mut figures = Vec::new();
    for query in [
        String::new(),
        "?tt=over".to_owned(),
        "?tt=done".to_owned(),
        "?tt=tat-ca&phia=giao".to_owned(),
        "?phia=nghiem-thu".to_owned(),
        format!("?chuong-trinh={programme}&tt=soon"),
        "?co-quan=UBND-96&tt=tat-ca".to_owned(),
        "?q=s%E1%BB%91+h%C3%B3a+h%E1%BB%93+s%C6%A1&tt=tat-ca".to_owned(),
        format!("?q={code}&tt=tat-ca"),
    ] {
        let path = format!("/nhiem-vu{query}");
        let request = Request::get(&path).by_browser().header("Cookie", &cookie);
        let load = load(server, &request, 200, 4, pace.page).await?;
        let figure =
            Figure::new("national_list_p95_ms", load.at_ms(95), "ms", Target::AtMost(50.0));
        figures.push(figure.at(place.engine, place.scale).of(&path).with(load.json()));
    }
    Ok(figures)
}

/// From the receipt of a report until the nation's figures count it.
async fn freshness(
    place: &Place,
    server: &Server,
    senders: &[Sender],
) -> Result<Vec<Figure>, AnyError> {
    let mut watcher = Client::open(server.at).await?;
    let look = Request::get("/ket-qua.json").bytes(server.at);
    let mut times = Vec::new();
    for (n, sender) in senders.iter().enumerate() {
        let before = reported(&mut watcher, &look).await?;
        let mut client = Client::open(server.at).await?;
        let request = report::done(sender, n).bytes(server.at);
        let answer = client.ask(&request).await?;
        if answer.status != 201 {
            let told = String::from_utf8_lossy(&answer.body).into_owned();
            return Err(format!("a report was answered {}: {told}", answer.status).into());
        }
        let accepted = Instant::now();
        while reported(&mut watcher, &look).await? <= before {
            if accepted.elapsed() > PATIENCE {
                return Err("a report did not show in the figures".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        times.push(accepted.elapsed());
    }
    times.sort_unstable();
    let p95 = percentile_ms(&times, 95);
    let figure =
        Figure::new("freshness_p95_ms", p95, "ms to the nation's figures", Target::AtMost(1000.0));
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "reports": times.len(),
        "p50_ms": rounded(percentile_ms(&times, 50)),
        "longest_ms": rounded(percentile_ms(&times, 100)),
    }))])
}

async fn reported(client: &mut Client, look: &[u8]) -> Result<i64, AnyError> {
    let answer = client.ask(look).await?;
    let told: Value = serde_json::from_slice(&answer.body)?;
    let n = told.pointer("/figures/reported").and_then(Value::as_i64);
    Ok(n.ok_or("the figures do not say how many were reported")?)
}

/// Start, and what the process holds.
async fn start(
    place: &Place,
    server: &Server,
    idle_mb: f64,
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let request = Request::get("/ket-qua").by_browser();
    load(server, &request, 200, CROWD, pace.page * 2).await?;
    let inside = Request::get("/nhiem-vu?tt=tat-ca")
        .by_browser()
        .header("Cookie", &cookie(server, "thuongtruc").await?);
    load(server, &inside, 200, 16, pace.page * 2).await?;
    let busy_mb = server.resident_mb();
    let started = server.started_in.as_secs_f64();
    let at = |it: Figure| it.at(place.engine, place.scale);
    Ok(vec![
        at(Figure::new("national_start_s", started, "s to the first page", Target::AtMost(5.0))),
        at(Figure::new("national_idle_mb", idle_mb, "MB", Target::AtMost(150.0)))
            .with(json!({ "seconds_without_a_request": pace.idle.as_secs() })),
        at(Figure::new("national_under_load_mb", busy_mb, "MB", Target::AtMost(600.0))),
    ])
}

/// One answer, which has to be a page.
pub(crate) async fn ask(server: &Server, request: &Request) -> Result<Answer, AnyError> {
    let answer = Client::open(server.at).await?.ask(&request.bytes(server.at)).await?;
    if answer.status == 200 {
        return Ok(answer);
    }
    Err(format!("answered {}", answer.head.lines().next().unwrap_or_default()).into())
}
