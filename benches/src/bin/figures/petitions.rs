//! Petitions at the size of a nation: making them up, sending with a photo, lists, likeness, open data, and a
//! limit that is changed over all that are open.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sauro_store::{Db, run};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::client::Request;
use super::crowd::{Asking, crowd};
use super::figure::{Figure, Target, rounded};
use super::load::percentile_ms;
use super::millions::count;
use super::national::cookie;
use super::place::Place;
use super::server::Server;
use super::{AnyError, Asked, Pace, petitions_flood, petitions_limits, petitions_send};

/// The parts that need petitions.
pub(crate) const PARTS: [&str; 7] = [
    "petitions-seed",
    "petitions-send",
    "petitions-list",
    "petitions-similar",
    "petitions-export",
    "petitions-flood",
    LIMITS,
];

/// The whole of it in one word.
pub(crate) const ALL: &str = "petitions";

/// This one needs a place of its own, where every case is open.
pub(crate) const LIMITS: &str = "petitions-limits";

/// Callers at once.
const CALLERS: usize = 12;

/// Longest wait for the readers of the journal to have read what was made up.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// Everything on `engine`, as far as it was asked for.
pub(crate) async fn on(
    asked: &Asked,
    home: &std::path::Path,
    engine: &'static str,
    take: &mut super::Take<'_>,
) {
    let what = |part: &str| format!("{part} {engine} petitions");
    let at = (home, asked.kept.as_deref());
    if PARTS.iter().any(|it| *it != LIMITS && asked.has(it)) {
        match Place::with_petitions(&asked.sauro, at, engine, (asked.petitions, 33)).await {
            Err(err) => take(&what("seed"), Err(err)),
            Ok(place) => {
                if let Err(err) = measure(asked, &place, asked.pace(), take).await {
                    take(&what("server"), Err(err));
                }
                if let Err(err) = place.clear().await {
                    take(&what("clear"), Err(err));
                }
            }
        }
    }
    if asked.has(LIMITS) {
        let wanted = super::place::Petitions { n_initiatives: 0, ..asked.petitions };
        match Place::with_petitions(&asked.sauro, at, engine, (wanted, 100)).await {
            Err(err) => take(&what("seed"), Err(err)),
            Ok(place) => {
                take(&what(LIMITS), petitions_limits::measure(&place).await);
                if let Err(err) = place.clear().await {
                    take(&what("clear"), Err(err));
                }
            }
        }
    }
}

async fn measure(
    asked: &Asked,
    place: &Place,
    pace: Pace,
    take: &mut super::Take<'_>,
) -> Result<(), AnyError> {
    let what = |part: &str| format!("{part} {} {}", place.engine, place.scale);
    if asked.has("petitions-seed") {
        take(&what("petitions-seed"), seeded(place).await);
    }
    if PARTS.iter().all(|it| matches!(*it, "petitions-seed" | LIMITS) || !asked.has(it)) {
        return Ok(());
    }
    let server = settled(place).await?;
    if asked.has("petitions-list") {
        take(&what("petitions-list"), lists(place, &server, pace).await);
    }
    if asked.has("petitions-similar") {
        take(&what("petitions-similar"), similar(place, &server, pace).await);
    }
    if asked.has("petitions-export") {
        take(&what("petitions-export"), export(place, &server).await);
    }
    if asked.has("petitions-flood") {
        let n = asked.petitions.n_cases;
        take(&what("petitions-flood"), petitions_flood::measure(place, &server, n).await);
    }
    if !asked.has("petitions-send") {
        return server.stop().await;
    }
    let send = petitions_send::measure(place, server, asked.seconds, asked.is_quick).await;
    take(&what("petitions-send"), send);
    Ok(())
}

/// A server whose readers of the journal have read all that was made up: what they do meanwhile is none of the
/// figures that follow.
pub(crate) async fn settled(place: &Place) -> Result<Server, AnyError> {
    // The first start seals what is new.
    let server = place.serve().await?;
    let begun = Instant::now();
    let db = Db::open(&place.url).await?;
    let mut n_quiet = 0;
    while n_quiet < 3 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let readers = sauro_journal::lag(&mut db.read().await?).await?;
        let behind: i64 = readers.iter().map(|it| it.behind).sum();
        n_quiet = if behind == 0 { n_quiet + 1 } else { 0 };
        if begun.elapsed() > PATIENCE {
            return Err(format!("readers of the journal are {behind} entries behind").into());
        }
    }
    eprintln!("  read after {} s", begun.elapsed().as_secs());
    server.stop().await?;
    place.serve().await
}

async fn seeded(place: &Place) -> Result<Vec<Figure>, AnyError> {
    let n = count(place, "SELECT COUNT(*) FROM petitions").await?;
    let mb = place.database_mb().await?;
    let figure = Figure::new(
        "petitions_seed_per_s",
        n as f64 / place.seeded_in_s,
        "cases/s, initiatives and start included",
        Target::AtLeast(1_000.0),
    );
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "cases": n,
        "open": count(place, "SELECT COUNT(*) FROM petitions WHERE state <> 'closed'").await?,
        "initiatives": count(place, "SELECT COUNT(*) FROM initiatives").await?,
        "happenings": count(place, "SELECT COUNT(*) FROM petition_events").await?,
        "answers": count(place, "SELECT COUNT(*) FROM petition_answers").await?,
        "index_rows": count(place, "SELECT COUNT(*) FROM petition_index").await?,
        "learned_rows": count(place, "SELECT COUNT(*) FROM petition_words").await?,
        "journal_entries": count(place, "SELECT COUNT(*) FROM journal_entries").await?,
        "seconds": rounded(place.seeded_in_s),
        "database_mb": mb,
    }))])
}

/// The public list filtered, sorted and far down, and what desks see.
async fn lists(place: &Place, server: &Server, pace: Pace) -> Result<Vec<Figure>, AnyError> {
    const MIDDLE: &str = "
        SELECT answered_at, id FROM petitions
        WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden
            AND answered_at < (SELECT (MIN(answered_at) + MAX(answered_at)) / 2 FROM petitions)
        ORDER BY answered_at DESC LIMIT 1";
    let mut conn = Db::open(&place.url).await?.read().await?;
    let (at, id): (i64, uuid::Uuid) = run!(conn, c => sqlx::query_as(MIDDLE).fetch_one(c).await)?;
    drop(conn);
    let public = [
        "/phan-anh".to_owned(),
        "/phan-anh?linh-vuc=giao-thong".to_owned(),
        "/phan-anh?linh-vuc=khoa-hoc".to_owned(),
        format!("/phan-anh?linh-vuc=&sau={at}.{id}"),
        format!("/phan-anh?linh-vuc=y-te&sau={at}.{id}"),
        "/phan-anh/ban-do".to_owned(),
        "/phan-anh/ban-do?noi=UBND-96".to_owned(),
        "/phan-anh/co-quan".to_owned(),
        "/sang-kien?buoc=judging".to_owned(),
    ];
    let mut asked: Vec<(String, Request)> =
        public.into_iter().map(|it| (it.clone(), Request::get(&it).by_browser())).collect();
    for login in ["xa-namcan", "tinh-camau"] {
        let cookie = cookie(server, login).await?;
        let desk = Request::get("/phan-anh-den").by_browser().header("Cookie", &cookie);
        asked.push((format!("/phan-anh-den ({login})"), desk));
    }
    let mut figures = Vec::new();
    for (name, request) in asked {
        let bytes = request.bytes(server.at);
        let asking = Asking { at: server.at, n_callers: CALLERS, span: pace.page * 2, status: 200 };
        let (times, wall) = crowd(asking, move |_| (None, bytes.clone())).await?;
        let p95 = percentile_ms(&times, 95);
        let rate = times.len() as f64 / wall.as_secs_f64();
        let detail = json!({
            "callers": CALLERS, "p50_ms": rounded(percentile_ms(&times, 50)),
            "p99_ms": rounded(percentile_ms(&times, 99)), "answers": times.len(),
        });
        let at = |it: Figure| it.at(place.engine, place.scale).of(&name);
        let target = Target::AtMost(80.0);
        figures.push(at(Figure::new("petitions_list_p95_ms", p95, "ms", target)).with(detail));
        let target = Target::AtLeast(300.0);
        figures.push(at(Figure::new("petitions_list_per_s", rate, "answers/s", target)));
    }
    Ok(figures)
}

/// Answered cases like what somebody types: beginnings of letters that were really sent.
async fn similar(place: &Place, server: &Server, pace: Pace) -> Result<Vec<Figure>, AnyError> {
    const TEXTS: &str = "
        SELECT title, body FROM petitions
        WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden
        ORDER BY code_hash LIMIT 64";
    let mut conn = Db::open(&place.url).await?.read().await?;
    let texts: Vec<(String, String)> = run!(conn, c => sqlx::query_as(TEXTS).fetch_all(c).await)?;
    drop(conn);
    let requests: Arc<[Vec<u8>]> = texts
        .iter()
        .map(|(title, body)| {
            let typed: String = format!("{title} {body}").chars().take(160).collect();
            let path = format!("/phan-anh/tuong-tu?noi-dung={}", quoted(&typed));
            Request::get(&path).bytes(server.at)
        })
        .collect();
    let n = requests.len().max(1);
    let asking = Asking { at: server.at, n_callers: 4, span: pace.page * 4, status: 200 };
    let (times, wall) =
        crowd(asking, move |it| (None, requests.get(it % n).cloned().unwrap_or_default())).await?;
    let p95 = percentile_ms(&times, 95);
    let figure = Figure::new("petitions_similar_p95_ms", p95, "ms", Target::AtMost(50.0));
    Ok(vec![figure.at(place.engine, place.scale).with(json!({
        "callers": 4, "texts": n, "answers": times.len(),
        "per_s": (times.len() as f64 / wall.as_secs_f64()).round(),
        "p50_ms": rounded(percentile_ms(&times, 50)),
        "p99_ms": rounded(percentile_ms(&times, 99)),
    }))])
}

/// All answered cases as one file, and what the server holds more while it goes out.
async fn export(place: &Place, server: &Server) -> Result<Vec<Figure>, AnyError> {
    let before = server.resident_mb();
    let begun = Instant::now();
    let mut stream = TcpStream::connect(server.at).await?;
    let words =
        format!("GET /phan-anh.csv HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.at);
    stream.write_all(words.as_bytes()).await?;
    let mut buffer = vec![0; 256 << 10];
    let (mut n_lines, mut n_bytes, mut most, mut seen) = (0_i64, 0, before, 0);
    let mut looked = Instant::now();
    loop {
        let n = stream.read(&mut buffer).await?;
        if n == 0 {
            break;
        }
        n_bytes += n;
        for byte in buffer.get(..n).unwrap_or_default() {
            // Each row begins with its number, after the end of the line before it or of the size of a chunk.
            seen = match (seen, *byte) {
                (_, b'\n') => 1,
                (1, b'P') => 2,
                (2, b'A') => 3,
                (3, b'-') => 4,
                _ => 0,
            };
            n_lines += i64::from(seen == 4);
        }
        if looked.elapsed() > Duration::from_millis(50) {
            most = most.max(server.resident_mb());
            looked = Instant::now();
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let n = count(
        place,
        "SELECT COUNT(*) FROM petitions WHERE answered_at IS NOT NULL AND may_publish AND NOT is_hidden",
    )
    .await?;
    let is_whole = n_lines == n;
    let rate = if is_whole { n as f64 / took } else { f64::NAN };
    let at = |it: Figure| it.at(place.engine, place.scale);
    let target = Target::AtLeast(50_000.0);
    let rate = at(Figure::new("petitions_export_rows_per_s", rate, "rows/s", target));
    let more = Figure::new("petitions_export_mb", most - before, "MB more", Target::AtMost(64.0));
    let detail = json!({ "rows": n_lines, "seconds": rounded(took), "bytes": n_bytes });
    Ok(vec![rate.with(detail), at(more).with(json!({ "before_mb": rounded(before) }))])
}

/// `text` as part of an address.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
