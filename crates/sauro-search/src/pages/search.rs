//! `/tim-kiem`: what everybody may read, found by words.

use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, NaiveDate};
use sauro_kernel::VIETNAM;
use sauro_ui::{Choice, Chrome, Failure, Faults, filters, page};

use super::address::Wanted;
use super::premises::Premises;
use crate::model::{Asked, Kind, MOST_PAGES, MOST_TYPED, PER_PAGE, Piece};
use crate::{Found, Hit, SearchError};

/// Years offered, from this one back.
const YEARS: i32 = 8;

/// A thing that was found.
struct Row {
    kind: &'static str,
    address: String,
    title: Vec<Piece>,
    summary: String,
    passage: Vec<Piece>,
    agency: String,
    agency_href: String,
    field: String,
    field_href: String,
    on: Option<NaiveDate>,
}

/// A link that narrows the search to one kind.
struct KindLink {
    label: &'static str,
    href: String,
    n: u64,
    is_here: bool,
}

/// Something that narrows the search, and the way to drop it.
struct Chip {
    label: String,
    href: String,
}

#[derive(Template)]
#[template(path = "search/search.html")]
struct SearchPage {
    chrome: Chrome,
    faults: Faults,
    asked: Wanted,
    is_asked: bool,
    /// Things that have every word.
    rows: Vec<Row>,
    /// Things that have most of them.
    near: Vec<Row>,
    n: usize,
    kinds: Vec<KindLink>,
    chips: Vec<Chip>,
    years: Vec<Choice>,
    orders: Vec<Choice>,
    here: String,
    previous: String,
    next: String,
    /// The index is being made: some things are not found yet.
    is_unfinished: bool,
    /// The index does not answer, or the place has asked too often.
    trouble: &'static str,
    may_see_misses: bool,
}

/// `GET /tim-kiem`.
pub(super) async fn show(
    premises: Premises,
    Query(mut wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    wanted.q = wanted.q.trim().chars().take(MOST_TYPED).collect();
    let asked = wanted.asked();
    let (found, status, trouble) = match premises.find(&asked).await {
        Ok(found) => (found, StatusCode::OK, ""),
        Err(SearchError::TooOften) => (
            Found::default(),
            StatusCode::TOO_MANY_REQUESTS,
            "Từ nơi này vừa có rất nhiều lượt tìm. Chờ một phút rồi tìm lại.",
        ),
        Err(SearchError::Index(err)) => {
            tracing::warn!(error = %err, "the index does not answer");
            let words = "Mục lục tìm kiếm đang được dựng lại. Chờ ít phút rồi tìm lại; mọi trang khác vẫn xem được.";
            (Found::default(), StatusCode::SERVICE_UNAVAILABLE, words)
        }
        Err(err) => return Err(err.into()),
    };
    let drawn = page(&drawn(&premises, chrome, wanted, (&asked, &found), trouble))?;
    Ok((status, [(header::CACHE_CONTROL, "no-cache")], drawn).into_response())
}

fn drawn(
    premises: &Premises,
    chrome: Chrome,
    wanted: Wanted,
    (asked, found): (&Asked, &Found),
    trouble: &'static str,
) -> SearchPage {
    let this_year = premises.anybody.today().year();
    let n_pages = found.n_all().div_ceil(PER_PAGE).clamp(1, MOST_PAGES);
    let turn = |to: Option<usize>| to.map(|it| wanted.address(it)).unwrap_or_default();
    let has_next = asked.page + 1 < n_pages;
    let n_strict = found.n.saturating_sub(asked.page * PER_PAGE).min(found.hits.len());
    let mut rows: Vec<Row> = found.hits.iter().map(|it| row(premises, &wanted, it)).collect();
    let near = rows.split_off(n_strict);
    SearchPage {
        faults: Faults::none(),
        is_asked: !asked.typed.is_empty() || asked.is_narrowed(),
        n: found.n,
        kinds: kinds(&wanted, asked, &found.kinds),
        chips: chips(premises, &wanted, asked, found),
        years: (0..YEARS).map(|it| choice(&(this_year - it).to_string())).collect(),
        orders: vec![Choice::new("moi-nhat", "Mới nhất trước")],
        here: format!("Trang {} trên {n_pages}", asked.page + 1),
        previous: turn(asked.page.checked_sub(1)),
        next: turn(has_next.then_some(asked.page + 1)),
        is_unfinished: !premises.searching.index.place().is_whole,
        may_see_misses: chrome.writes_papers(),
        rows,
        near,
        asked: wanted,
        chrome,
        trouble,
    }
}

fn choice(value: &str) -> Choice {
    Choice::new(value, value)
}

fn row(premises: &Premises, wanted: &Wanted, it: &Hit) -> Row {
    let is_agency = it.key.kind == Kind::Agency;
    Row {
        kind: it.key.kind.label(),
        address: it.address.clone(),
        title: it.title.clone(),
        summary: it.summary.clone(),
        passage: it.passage.clone(),
        agency: if is_agency { String::new() } else { premises.name(&it.agency) },
        agency_href: wanted.of_agency(&it.agency).address(0),
        field: it.field.1.clone(),
        field_href: wanted.of_field(&it.field.0).address(0),
        on: day(it.at),
    }
}

/// The day of `at` in Viet Nam; none of something without a day.
pub(super) fn day(at: i64) -> Option<NaiveDate> {
    if at == 0 {
        return None;
    }
    DateTime::from_timestamp_micros(at).map(|it| it.with_timezone(&VIETNAM).date_naive())
}

/// A link for each kind that was found, and one for all of them.
fn kinds(wanted: &Wanted, asked: &Asked, counts: &[u64]) -> Vec<KindLink> {
    let of = |kind: Kind, n: u64| KindLink {
        label: kind.label(),
        href: wanted.of_kind(Some(kind)).address(0),
        n,
        is_here: asked.kind == Some(kind),
    };
    let found: Vec<KindLink> = Kind::ALL
        .into_iter()
        .zip(counts)
        .filter(|(kind, n)| **n > 0 || asked.kind == Some(*kind))
        .map(|(kind, n)| of(kind, *n))
        .collect();
    let all = KindLink {
        label: "Tất cả",
        href: wanted.of_kind(None).address(0),
        n: counts.iter().sum(),
        is_here: asked.kind.is_none(),
    };
    if found.is_empty() { found } else { std::iter::once(all).chain(found).collect() }
}

/// What narrows the search beside kind and year.
fn chips(premises: &Premises, wanted: &Wanted, asked: &Asked, found: &Found) -> Vec<Chip> {
    let mut chips = Vec::new();
    if !asked.agency.is_empty() {
        let name = premises.name(&asked.agency);
        let label = if name.is_empty() { asked.agency.clone() } else { name };
        chips.push(Chip { label, href: wanted.of_agency("").address(0) });
    }
    if !asked.field.is_empty() {
        let name = found.hits.iter().find(|it| it.field.0 == asked.field);
        let label = name.map_or_else(|| asked.field.clone(), |it| it.field.1.clone());
        chips.push(Chip { label, href: wanted.of_field("").address(0) });
    }
    chips
}
