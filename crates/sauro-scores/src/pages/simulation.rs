//! `/xep-hang/cach-cham/{id}/mo-phong`: what the ranking would be, before a version takes effect.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Period, ScoreMethodId};
use sauro_store::Db;
use sauro_ui::{Caller, Choice, Chrome, Failure, page};
use serde::Deserialize;

use super::table::capital;
use super::unit_view::signed;
use super::{House, ScoreFacts};
use crate::actions::{self, Move, Simulation};
use crate::model::written_to;

/// What is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// Which version.
    #[serde(rename = "ban")]
    version: String,
    /// Of which period.
    #[serde(rename = "ky")]
    period: String,
}

#[derive(Template)]
#[template(path = "scores/simulation.html")]
struct SimulationPage {
    chrome: Chrome,
    it: Simulation,
    /// The version in force, in words.
    before: String,
    rows: Vec<Row>,
    periods: Vec<Choice>,
    period: String,
    n_moved: usize,
    n_unranked: usize,
}

struct Row {
    name: String,
    place: String,
    before: String,
    /// `lên 3 hạng`, with the `data-s` word.
    moved: (&'static str, String),
    total: String,
    difference: String,
    because: String,
}

impl SimulationPage {
    /// The pages above this one.
    fn steps(&self) -> [(String, String); 2] {
        [
            ("/xep-hang".to_owned(), "Xếp hạng".to_owned()),
            (
                format!("/xep-hang/cach-cham/{}", self.it.version.method),
                self.it.version.design.name.clone(),
            ),
        ]
    }
}

/// `GET /xep-hang/cach-cham/{id}/mo-phong`.
pub(super) async fn show(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(facts): Extension<ScoreFacts>,
    Extension(directory): Extension<DirectoryHandle>,
    Path(id): Path<ScoreMethodId>,
    Query(wanted): Query<Wanted>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    let house = House::new(&db, facts, &directory);
    let view = actions::method_view(&ctx, &db, id).await?;
    let newest = view.newest().map_or(1, |it| it.n);
    let n = wanted.version.parse().unwrap_or(newest);
    let period = Period::parse(&wanted.period);
    let it = actions::simulation(&ctx, &house.room(), (id, n), period).await?;
    let before = it.before.as_ref().map_or_else(String::new, |it| format!("bản {}", it.n));
    let choice = |it: &Period| Choice::new(it.code(), it.label());
    let latest = Period::latest(it.version.design.rhythm, ctx.today(), 6);
    page(&SimulationPage {
        rows: it.moves.iter().map(row).collect(),
        n_moved: it.moves.iter().filter(|it| it.gained().is_some_and(|it| it != 0)).count(),
        n_unranked: it.moves.iter().filter(|it| it.place.is_none()).count(),
        periods: latest.iter().map(choice).collect(),
        period: it.period.code(),
        before,
        chrome,
        it,
    })
}

fn row(it: &Move) -> Row {
    let place = |it: Option<usize>| it.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let moved = match it.gained() {
        Some(0) => ("none", "giữ nguyên".to_owned()),
        Some(n) if n > 0 => ("done", format!("lên {n} hạng")),
        Some(n) => ("over", format!("xuống {} hạng", -n)),
        None if it.place.is_none() => ("none", "chưa đủ số liệu".to_owned()),
        None => ("none", "chưa có để so".to_owned()),
    };
    let difference = match (it.now.total, it.total_before) {
        (Some(now), Some(before)) => signed(now - before),
        _ => String::new(),
    };
    let because = it
        .because
        .map_or_else(String::new, |(measure, by)| format!("{} {}", measure.label(), signed(by)));
    Row {
        name: capital(&it.now.unit.name),
        place: place(it.place),
        before: place(it.place_before),
        moved,
        total: it.now.total.map(|it| written_to(it, 1)).unwrap_or_default(),
        difference,
        because,
    }
}
