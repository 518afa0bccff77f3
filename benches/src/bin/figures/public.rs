//! The public result pages: what one costs, and how it stands beside a constant page.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Answer, Client, Request};
use super::figure::{Figure, Target, rounded};
use super::load::{Load, load};
use super::place::Place;
use super::server::Server;
use super::{AnyError, Pace, constant};

/// Rounds of page and constant page, taken in turn.
const ROUNDS: usize = 5;

/// Measures every kind of page on `server`.
pub(crate) async fn measure(
    place: &Place,
    server: &Server,
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let mut figures = Vec::new();
    let task = first_task(server).await?;
    for path in ["/ket-qua", "/ket-qua/tinh/96", "/ket-qua/co-quan/BKHCN", &task, "/ket-qua.csv"] {
        // The page everybody opens is measured with more readers as well.
        let crowds: &[usize] = if path == "/ket-qua" { &[64, 200] } else { &[64] };
        figures.extend(page(place, server, path, crowds, pace).await?);
    }
    Ok(figures)
}

async fn page(
    place: &Place,
    server: &Server,
    path: &str,
    crowds: &[usize],
    pace: Pace,
) -> Result<[Figure; 2], AnyError> {
    let request = Request::get(path).by_browser();
    let (answer, first_ms) = once(server, &request).await?;
    let alone = load(server, &request, 200, 1, pace.page).await?;
    let (unchanged, unchanged_size) = unchanged(server, &request, &answer, pace).await?;
    let (again, _) = once(server, &request).await?;
    let beside = constant::start(&again, place.folder.path()).await?;
    let mut worst = alone.cpu_ms();
    let mut shares = Vec::new();
    let mut told = Vec::new();
    for n in crowds {
        let rounds = rounds(server, &beside, &request, *n, pace.page).await?;
        let share = median(rounds.iter().map(|(page, constant)| page.rate() / constant.rate()));
        let (page, constant) = rounds.first().ok_or("no round")?;
        worst = rounds.iter().map(|it| it.0.cpu_ms()).fold(worst, f64::max);
        shares.push(share);
        told.push(json!({
            "connections": n,
            "share": rounded(share),
            "share_by_cpu": rounded(median(rounds.iter().map(|(page, constant)| constant.cpu_ms() / page.cpu_ms()))),
            "page": page.json(),
            "constant": constant.json(),
        }));
    }
    beside.stop().await?;
    let share = shares.into_iter().fold(f64::INFINITY, f64::min);
    let cost = Figure::new("public_cpu_ms_a_request", worst, "ms", Target::AtMost(0.3))
        .at(place.engine, place.scale)
        .of(path)
        .with(json!({
            "body_bytes": answer.body.len(),
            "content_encoding": answer.header("content-encoding"),
            "first_ask_ms": rounded(first_ms),
            "one_connection": alone.json(),
            "not_modified_304": { "head_bytes": unchanged_size, "load": unchanged },
        }));
    let share = Figure::new("public_share_of_constant_page", share, "share", Target::AtLeast(0.5))
        .at(place.engine, place.scale)
        .of(path)
        .with(json!({ "by_connections": told, "constant": CONSTANT }));
    Ok([cost, share])
}

const CONSTANT: &str = "a bare axum process: the same bytes and header lines, no layer around it, \
                        in turn with the page, same load generator on the same cores";

/// Takes page and constant page in turn, so that whatever else the machine does meets both.
pub(crate) async fn rounds(
    server: &Server,
    beside: &Server,
    request: &Request,
    n: usize,
    span: Duration,
) -> Result<Vec<(Load, Load)>, AnyError> {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let page = load(server, request, 200, n, span).await?;
        rounds.push((page, load(beside, request, 200, n, span).await?));
    }
    Ok(rounds)
}

/// What a browser gets that has the page already.
async fn unchanged(
    server: &Server,
    request: &Request,
    answer: &Answer,
    pace: Pace,
) -> Result<(Value, usize), AnyError> {
    let Some(tag) = answer.header("etag") else { return Ok((Value::Null, 0)) };
    let request = request.clone().header("If-None-Match", tag);
    let (answer, _) = once(server, &request).await?;
    if answer.status != 304 {
        return Ok((json!({ "answered": answer.status }), answer.head.len()));
    }
    Ok((load(server, &request, 304, 1, pace.page).await?.json(), answer.head.len()))
}

async fn once(server: &Server, request: &Request) -> Result<(Answer, f64), AnyError> {
    let mut client = Client::open(server.at).await?;
    let begun = Instant::now();
    let answer = client.ask(&request.bytes(server.at)).await?;
    Ok((answer, begun.elapsed().as_secs_f64() * 1000.0))
}

/// The page of some public task.
async fn first_task(server: &Server) -> Result<String, AnyError> {
    let (answer, _) = once(server, &Request::get("/ket-qua/danh-sach.json")).await?;
    let list: Value = serde_json::from_slice(&answer.body)?;
    let code = list.pointer("/tasks/0/code").and_then(Value::as_str).ok_or("no public task")?;
    Ok(format!("/ket-qua/nhiem-vu/{code}"))
}

pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
