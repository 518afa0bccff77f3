//! Figures at the size of a nation: what dashboards of them take, how soon a figure shows everywhere, how
//! long a full recount is, and the night before a deadline.

use std::process::Stdio;
use std::time::{Duration, Instant};

use sauro_store::{Db, run};
use serde_json::json;

use super::client::{Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::{Load, load, percentile_ms};
use super::machine::kib_of;
use super::national::{ask, cookie};
use super::place::Place;
use super::senders::{self, Sender};
use super::server::Server;
use super::{AnyError, Asked, Pace, dashboard, night, superset};

/// The parts that need a nation's figures.
pub(crate) const PARTS: [&str; 5] =
    ["figures-seed", "figures-dashboard", "figures-freshness", "figures-check", "deadline-night"];

/// The whole of it in one word.
pub(crate) const ALL: &str = "figures-nation";

/// Readers at once.
const CROWD: usize = 200;
/// Figures whose way is watched: communes of one province.
const N_WATCHED: usize = 60;
/// Longest wait for one of them.
const PATIENCE: Duration = Duration::from_secs(20);
/// The indicator reported meanwhile.
const WATCHED: &str = "DO-021";
/// The indicator whose figures are watched on their way: asked of communes alone, so that others show
/// their sum.
const FRESH: &str = "DO-025";
/// What each watched commune reports: sums of it are found in no other number.
const EACH: u64 = 1_000_003;
/// How often somebody reports a figure while dashboards are looked at.
const REPORTS: Duration = Duration::from_millis(250);

/// Everything at `place`, as far as it was asked for.
pub(crate) async fn measure(
    asked: &Asked,
    place: &Place,
    pace: Pace,
    take: &mut super::Take<'_>,
) -> Result<(), AnyError> {
    let what = |part: &str| format!("{part} {} {}", place.engine, place.scale);
    if asked.has("figures-seed") {
        take(&what("figures-seed"), seed(place).await);
    }
    if asked.has("figures-check") {
        take(&what("figures-check"), check(place).await);
    }
    if asked.has("superset") {
        take(&what("superset"), superset::measure(place, asked.is_quick).await);
    }
    let server_parts = ["figures-dashboard", "figures-freshness", "deadline-night"];
    if server_parts.iter().all(|it| !asked.has(it)) {
        return Ok(());
    }
    let n_communes = if asked.is_quick { 100 } else { usize::MAX };
    let mut communes = senders::open_communes(place, n_communes).await?;
    let mut verifier = [senders::open_verifier(place, "VPCP").await?];
    // The first start seals what is new; the second is the one that counts.
    place.serve().await?.stop().await?;
    let server = place.serve().await?;
    senders::sign_in(&server, &mut communes).await?;
    senders::sign_in(&server, &mut verifier).await?;
    let [verifier] = verifier;
    if asked.has("figures-dashboard") {
        take(&what("figures-dashboard"), dashboards(place, &server, &communes, pace).await);
    }
    if asked.has("figures-freshness") {
        let n = if asked.is_quick { 10 } else { N_WATCHED };
        let some: Vec<&Sender> = communes.iter().filter(|it| it.province == "96").take(n).collect();
        take(&what("figures-freshness"), freshness(place, &server, &some, &verifier).await);
    }
    if asked.has("deadline-night") {
        let outcome = night::measure(place, &server, &communes, asked.is_quick).await;
        take(&what("deadline-night"), outcome);
    }
    let peak = Figure::new("figures_peak_mb", server.peak_mb(), "MB", Target::AtMost(1024.0));
    take(&what("memory"), Ok(vec![peak.at(place.engine, place.scale)]));
    server.stop().await
}

async fn seed(place: &Place) -> Result<Vec<Figure>, AnyError> {
    let n = count(place, "SELECT COUNT(*) FROM observations").await?;
    let mb = place.database_mb().await?;
    let figure = Figure::new(
        "figures_seed_per_s",
        n as f64 / place.seeded_in_s,
        "values/s, tasks and start included",
        Target::AtLeast(10_000.0),
    );
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "values": n,
        "seconds": rounded(place.seeded_in_s),
        "roll_ups": count(place, "SELECT COUNT(*) FROM rollups").await?,
        "journal_entries": count(place, "SELECT COUNT(*) FROM journal_entries").await?,
        "database_mb": mb,
        "bytes_each": (mb << 20) as f64 / n as f64,
    }))])
}

/// One number of the database.
pub(crate) async fn count(place: &Place, sql: &'static str) -> Result<i64, AnyError> {
    let mut conn = Db::open(&place.url).await?.read().await?;
    Ok(run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await)?)
}

/// The full recount, as a person runs it.
async fn check(place: &Place) -> Result<Vec<Figure>, AnyError> {
    let begun = Instant::now();
    let mut child = place.command("rollup").arg("check").stdout(Stdio::piped()).spawn()?;
    let pid = child.id().ok_or("the check ended at once")?;
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let now = kib_of(&format!("/proc/{pid}/status"), "VmHWM").unwrap_or(0);
        peak = peak.max(now);
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    if !status.success() {
        return Err(format!("sauro rollup check ended with {status}").into());
    }
    let took = begun.elapsed().as_secs_f64();
    let n = count(place, "SELECT COUNT(*) FROM observations").await?;
    let figure = Figure::new("figures_check_s", took, "s", Target::AtMost(300.0));
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "values": n,
        "values_per_s": rounded(n as f64 / took),
        "peak_mb": peak / 1024,
    }))])
}

/// A dashboard of 24 tiles of the nation, of a province and of a commune: still, and while figures come in.
async fn dashboards(
    place: &Place,
    server: &Server,
    communes: &[Sender],
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let mut figures = Vec::new();
    let levels = [
        ("lanhdao", "VN", "VN"),
        ("lanhdao-tinh", "UBND-96", "UBND-96"),
        ("lanhdao-xa", "UBND-32191", "UBND-96"),
    ];
    let mut senders = communes.iter().rev();
    for (login, own, around) in levels {
        let cookie = cookie(server, login).await?;
        let edit = dashboard::make_of(server, &cookie, &tiles(own, around)).await?;
        let path = edit.strip_suffix("/sua").ok_or("no dashboard")?.to_owned();
        let desk = Request::get(&path).by_browser().header("Cookie", &cookie);
        let begun = Instant::now();
        ask(server, &desk).await?;
        let first_ms = begun.elapsed().as_secs_f64() * 1000.0;
        let still = load(server, &desk, 200, CROWD, pace.page * 2).await?;
        let (busy, n) = under_reports(server, &desk, &mut senders, pace).await?;
        let figure = |name, load: &Load, detail| {
            let it = Figure::new(name, load.at_ms(95), "ms at p95", Target::AtMost(150.0));
            let detail =
                json!({ "connections": CROWD, "tiles": 24, "load": load.json(), "more": detail });
            it.at(place.engine, place.scale).of(own).with(detail)
        };
        let first = json!({ "first_ask_ms": rounded(first_ms) });
        figures.push(figure("figures_dashboard_p95_ms", &still, first));
        let reports = json!({ "reports": n });
        figures.push(figure("figures_dashboard_under_reports_p95_ms", &busy, reports));
    }
    Ok(figures)
}

/// Tiles of every kind about `own` and what lies around it, three times with other indicators.
pub(crate) fn tiles(own: &str, around: &str) -> Vec<String> {
    let mut tiles = Vec::new();
    for n in [1, 5, 9] {
        tiles.extend([
            format!("loai=mot-so&chi-so=DO-{n:03}&noi={own}"),
            format!("loai=duong&chi-so=DO-{:03}&noi={own}", n + 4),
            format!("loai=xep-hang&chi-so=DO-{:03}&noi={around}", n + 1),
            format!("loai=ban-do&chi-so=DO-{:03}", n + 1),
            format!("loai=bang-nhiet&chi-so=DO-{:03}&chi-so-2=DO-{:03}&noi={around}", n + 2, n + 3),
            format!("loai=bon-o&noi={around}"),
            format!("loai=viec-cham&noi={around}"),
            format!("loai=xep-hang&chi-so=DO-{n:03}&noi={around}"),
        ]);
    }
    tiles
}

/// The same load while figures are reported, each of which makes every tile about figures old.
async fn under_reports<'a>(
    server: &Server,
    desk: &Request,
    senders: &mut impl Iterator<Item = &'a Sender>,
    pace: Pace,
) -> Result<(Load, usize), AnyError> {
    let report = async {
        let (begun, mut n) = (Instant::now(), 0);
        while begun.elapsed() < pace.page * 4 {
            let Some(sender) = senders.next() else { break };
            night::report(server, sender, WATCHED, 500).await?;
            n += 1;
            tokio::time::sleep(REPORTS).await;
        }
        Ok::<_, AnyError>(n)
    };
    let (load, n) = tokio::join!(load(server, desk, 200, CROWD, pace.page * 4), report);
    Ok((load?, n?))
}

/// From the answer to an appraisal until the figure is seen at its commune, in the sum of its province,
/// in that of the nation, and by the public.
async fn freshness(
    place: &Place,
    server: &Server,
    senders: &[&Sender],
    verifier: &Sender,
) -> Result<Vec<Figure>, AnyError> {
    let leader = cookie(server, "lanhdao-tinh").await?;
    let tile = |noi: &str| format!("loai=mot-so&chi-so={FRESH}&noi={noi}");
    let province = dashboard::make_of(server, &leader, &[tile("UBND-96")]).await?;
    let nation = dashboard::make_of(server, &leader, &[tile("VN")]).await?;
    dashboard::post(server, &leader, &nation, "viec=mo&cho=public&phien-ban=2").await?;
    let path = |edit: &str| edit.strip_suffix("/sua").unwrap_or(edit).to_owned();
    let desks = [
        Request::get(&path(&province)).header("Cookie", &leader),
        Request::get(&path(&nation)).header("Cookie", &leader),
        Request::get(&format!("/ket-qua{}", path(&nation))),
    ];
    let mut times: [Vec<Duration>; 4] = Default::default();
    for (n, sender) in (1_u64..).zip(senders) {
        let figure = night::report(server, sender, FRESH, EACH).await?;
        night::appraise(server, verifier, &figure, EACH).await?;
        let begun = Instant::now();
        let sum = night::grouped(n * EACH);
        let own = Request::get(&figure).header("Cookie", &sender.cookie);
        let [province, nation, public] = &desks;
        let look = |request, words| seen(server, request, words, begun);
        let took = tokio::try_join!(
            look(&own, "Đã thẩm định"),
            look(province, &sum),
            look(nation, &sum),
            look(public, &sum)
        )?;
        for (times, took) in times.iter_mut().zip([took.0, took.1, took.2, took.3]) {
            times.push(took);
        }
    }
    let mut figures = Vec::new();
    for (of, mut times) in ["commune", "province", "nation", "public page"].into_iter().zip(times) {
        times.sort_unstable();
        let p95 = percentile_ms(&times, 95);
        let figure = Figure::new(
            "figures_visible_p95_ms",
            p95,
            "ms after the appraisal",
            Target::AtMost(1000.0),
        );
        figures.push(figure.at(place.engine, place.scale).of(of).with(json!({
            "figures": times.len(),
            "p50_ms": rounded(percentile_ms(&times, 50)),
            "longest_ms": rounded(percentile_ms(&times, 100)),
        })));
    }
    Ok(figures)
}

/// How long after `begun` the page says `words`.
async fn seen(
    server: &Server,
    request: &Request,
    words: &str,
    begun: Instant,
) -> Result<Duration, AnyError> {
    let mut client = Client::open(server.at).await?;
    let bytes = request.bytes(server.at);
    while begun.elapsed() < PATIENCE {
        let answer = client.ask(&bytes).await?;
        if answer.status == 200 && String::from_utf8_lossy(&answer.body).contains(words) {
            return Ok(begun.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err(format!("a page never said {words}").into())
}
