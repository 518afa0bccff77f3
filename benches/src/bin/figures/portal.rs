//! The portal at the size of a nation: pages from memory and drawn each time, lists, search, how soon what is let out
//! is seen, and the memory it takes.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::Request;
use super::crowd::{Asking, crowd, place as reader};
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::national::ask;
use super::petitions::{quoted, settled};
use super::place::Place;
use super::public::{median, rounds};
use super::server::Server;
use super::{AnyError, Asked, Pace, constant, portal_publish};

/// The parts that need the portal.
pub(crate) const PARTS: [&str; 2] = ["portal-pages", BESIDE];

/// The whole of it in one word.
pub(crate) const ALL: &str = "portal";

/// Wagtail and Ghost beside us, at a smaller size.
pub(crate) const BESIDE: &str = "portal-beside";

/// Readers at once, of one page and of many.
const READERS: usize = 64;
const CALLERS: usize = 12;

/// Questions from one place before the next is taken: fewer than one address may ask in a minute.
pub(crate) const FROM_ONE: usize = 20;

/// Words that stand in some of what was made up.
const WORDS: [&str; 4] = ["tram do chat luong nuoc", "ký số", "benh an dien tu", "xã biên giới"];

/// Everything of ours on `engine`.
pub(crate) async fn on(
    asked: &Asked,
    home: &std::path::Path,
    engine: &'static str,
    take: &mut super::Take<'_>,
) {
    let what = |part: &str| format!("{part} {engine} portal");
    let place = match Place::with_portal(&asked.sauro, home, engine, asked.portal).await {
        Ok(place) => place,
        Err(err) => return take(&what("seed"), Err(err)),
    };
    if let Err(err) = measure(asked, &place, take).await {
        take(&what("server"), Err(err));
    }
    if let Err(err) = place.clear().await {
        take(&what("clear"), Err(err));
    }
}

async fn measure(asked: &Asked, place: &Place, take: &mut super::Take<'_>) -> Result<(), AnyError> {
    let what = |part: &str| format!("{part} {} {}", place.engine, place.scale);
    let pace = asked.pace();
    take(&what("seed"), seeded(asked, place).await);
    let server = settled(place).await?;
    let article = newest(&server).await?;
    for path in ["/", &article, "/tin", "/chu-de/chuyen-doi-so", "/tin.atom"] {
        take(&what(path), kept(place, &server, path, pace).await);
    }
    take(&what("search"), search(place, &server, pace).await);
    take(&what("publish"), portal_publish::measure(place, &server, asked.is_quick).await);
    take(&what("memory"), Ok(vec![memory(place, &server)]));
    server.stop().await?;
    let server = place.serve_with(&[("SAURO_PAGE_CACHE_MB", "0")]).await?;
    take(&what("uncached"), drawn(place, &server, pace).await);
    server.stop().await
}

async fn seeded(asked: &Asked, place: &Place) -> Result<Vec<Figure>, AnyError> {
    let n = asked.portal.n_articles + asked.portal.n_documents;
    let rate = n as f64 / place.seeded_in_s;
    let figure = Figure::new("portal_seed_per_s", rate, "items/s", Target::AtLeast(500.0));
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "articles": asked.portal.n_articles,
        "documents": asked.portal.n_documents,
        "seconds": rounded(place.seeded_in_s),
        "database_mb": place.database_mb().await?,
    }))])
}

/// The address of the newest article that is read at length.
pub(crate) async fn newest(server: &Server) -> Result<String, AnyError> {
    let feed = ask(server, &Request::get("/tin.feed.json")).await?;
    let feed: Value = serde_json::from_slice(&feed.body)?;
    let items = feed.get("items").and_then(Value::as_array).ok_or("a feed without items")?;
    let urls = items.iter().filter_map(|it| it.get("url").and_then(Value::as_str));
    let mut paths = urls.filter_map(|it| it.find("/tin/").and_then(|at| it.get(at..)));
    Ok(paths.next().ok_or("nothing is published")?.to_owned())
}

/// A page from memory, in turn with a constant page of equal size.
async fn kept(
    place: &Place,
    server: &Server,
    path: &str,
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let request = Request::get(path).by_browser();
    let plain = ask(server, &Request::get(path)).await?;
    let answer = ask(server, &request).await?;
    let beside = constant::start(&answer, place.folder.path()).await?;
    let rounds = rounds(server, &beside, &request, READERS, pace.page).await?;
    beside.stop().await?;
    let share = median(rounds.iter().map(|(page, constant)| page.rate() / constant.rate()));
    let p99 = median(rounds.iter().map(|it| it.0.at_ms(99)));
    let (page, constant) = rounds.first().ok_or("no round")?;
    let detail = json!({
        "connections": READERS,
        "bytes": plain.body.len(),
        "bytes_over_the_wire": answer.body.len(),
        "content_encoding": answer.header("content-encoding"),
        "page": page.json(),
        "constant": constant.json(),
    });
    let path = if path.starts_with("/tin/") { "article" } else { path };
    let share = Figure::new("portal_share_of_constant_page", share, "share", Target::AtLeast(0.5));
    let p99 = Figure::new("portal_p99_ms", p99, "ms", Target::AtMost(20.0));
    Ok([share, p99].map(|it| it.at(place.engine, place.scale).of(path).with(detail.clone())).into())
}

/// Many different pages, each drawn for whoever asks.
async fn drawn(place: &Place, server: &Server, pace: Pace) -> Result<Vec<Figure>, AnyError> {
    let map = ask(server, &Request::get("/sitemap/dau.xml")).await?;
    let map = String::from_utf8(map.body)?;
    let of = |begin: &str| -> Vec<String> {
        let addresses = map.split("<loc>").filter_map(|it| it.split("</loc>").next());
        addresses.filter_map(|it| it.get(it.find(begin)?..)).map(str::to_owned).collect()
    };
    let years = ["2024", "2025", "2026"];
    let kinds = ["nghi-quyet", "ke-hoach", "quyet-dinh", "cong-van"];
    let lists: Vec<String> = years
        .iter()
        .flat_map(|year| kinds.map(|kind| format!("/van-ban?loai={kind}&nam={year}")))
        .collect();
    let in_force = vec!["/van-ban?hieu-luc=con&linh-vuc=du-lieu".to_owned()];
    let mut figures = Vec::new();
    for (name, paths, least) in [
        ("articles", of("/tin/"), 1_000.0),
        ("documents", of("/van-ban/"), 500.0),
        ("front", vec!["/".to_owned()], 200.0),
        ("list", vec!["/tin".to_owned()], 500.0),
        ("topic", vec!["/chu-de/du-lieu".to_owned()], 500.0),
        ("library by kind and year", lists, 500.0),
        ("library in force", in_force, 200.0),
    ] {
        if paths.is_empty() {
            return Err(format!("no address of {name} in the map").into());
        }
        let (times, wall) = many(server, paths, pace.page * 4).await?;
        let rate = times.len() as f64 / wall.as_secs_f64();
        let figure = Figure::new("portal_drawn_per_s", rate, "pages/s", Target::AtLeast(least));
        figures.push(figure.at(place.engine, place.scale).of(name).with(told(&times)));
    }
    Ok(figures)
}

async fn search(place: &Place, server: &Server, pace: Pace) -> Result<Vec<Figure>, AnyError> {
    let paths = WORDS.iter().map(|it| format!("/tim-kiem?q={}", quoted(it)));
    // Nobody may search so often, so that each few questions come from a place of their own.
    let at = server.at;
    let asking = Asking { at, n_callers: CALLERS, span: pace.page * 4, status: 200 };
    let all: Vec<Vec<u8>> = paths.map(|it| Request::get(&it).by_browser().bytes(at)).collect();
    let question = move |n: usize| {
        (Some(reader(n / FROM_ONE)), all.get(n % all.len()).cloned().unwrap_or_default())
    };
    let (times, _) = crowd(asking, question).await?;
    let p95 = percentile_ms(&times, 95);
    let figure = Figure::new("portal_search_p95_ms", p95, "ms", Target::AtMost(200.0));
    Ok(vec![figure.at(place.engine, place.scale).with(told(&times))])
}

async fn many(
    server: &Server,
    paths: Vec<String>,
    span: Duration,
) -> Result<(Vec<Duration>, Duration), AnyError> {
    let at = server.at;
    let asking = Asking { at, n_callers: CALLERS, span, status: 200 };
    let all: Vec<Vec<u8>> =
        paths.iter().map(|it| Request::get(it).by_browser().bytes(at)).collect();
    crowd(asking, move |n| (None, all.get(n % all.len()).cloned().unwrap_or_default())).await
}

fn told(times: &[Duration]) -> Value {
    json!({
        "answers": times.len(),
        "callers": CALLERS,
        "p50_ms": rounded(percentile_ms(times, 50)),
        "p95_ms": rounded(percentile_ms(times, 95)),
        "p99_ms": rounded(percentile_ms(times, 99)),
    })
}

fn memory(place: &Place, server: &Server) -> Figure {
    let mb = server.resident_mb();
    let figure = Figure::new("portal_resident_mb", mb, "MB (2^20)", Target::AtMost(1_024.0));
    figure.at(place.engine, place.scale).with(json!({ "peak_mb": rounded(server.peak_mb()) }))
}

/// How long until `is_so` of the answer to `path`; none when it takes longer than `most`.
pub(crate) async fn until(
    server: &Server,
    path: &str,
    (begun, most): (Instant, Duration),
    is_so: impl Fn(&super::client::Answer) -> bool,
) -> Result<Duration, AnyError> {
    let bytes = Request::get(path).bytes(server.at);
    let mut client = super::client::Client::open(server.at).await?;
    while begun.elapsed() < most {
        if is_so(&client.ask(&bytes).await?) {
            return Ok(begun.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Err(format!("{path} is not so after {} ms", most.as_millis()).into())
}
