//! The pages of scores: rankings, one unit, methods, appeals, and the public twins.

mod answer;
mod appeal;
mod appeals;
mod export;
mod home;
mod method;
mod public;
mod ranking;
mod simulation;
mod table;
mod unit;
mod unit_view;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::Router;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_store::Db;
use sauro_ui::AppState;
use serde::Deserialize;

use crate::FactSource;
use crate::actions::Room;

/// Where the facts come from, as the product lays it over the routes.
#[derive(Clone)]
pub struct ScoreFacts(pub Arc<dyn FactSource>);

/// Every page of this room. They ask for `Extension<ScoreFacts>` and `Extension<DirectoryHandle>`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/xep-hang", get(home::show).post(home::make))
        .route("/xep-hang/cach-cham/{id}", get(method::show).post(method::change))
        .route("/xep-hang/cach-cham/{id}/mo-phong", get(simulation::show))
        .route("/xep-hang/cach-cham/{id}/mo-ky", post(method::open))
        .route("/xep-hang/phan-hoi", get(appeals::show))
        .route("/xep-hang/phan-hoi/{id}", get(appeal::show).post(appeal::answer))
        .route("/xep-hang/ky/{id}", get(ranking::show).post(ranking::change))
        .route("/xep-hang/ky/{id}/{unit}", get(unit::show).post(unit::change))
        .route("/ket-qua/xep-hang", get(public::list))
        .route("/ket-qua/xep-hang/{id}", get(public::ranking))
        .route("/ket-qua/xep-hang/{id}/{unit}", get(public::unit))
}

/// What scores are made from, for as long as a request takes.
struct House {
    db: Db,
    facts: ScoreFacts,
    directory: Arc<Directory>,
}

impl House {
    fn new(db: &Db, facts: ScoreFacts, directory: &DirectoryHandle) -> Self {
        Self { db: db.clone(), facts, directory: directory.directory() }
    }

    fn room(&self) -> Room<'_> {
        Room { db: &self.db, source: &*self.facts.0, directory: &self.directory }
    }
}

/// The fields of a form, in their order.
type Sent = Vec<(String, String)>;

/// The field `name` of a form, or empty.
fn text<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
}

/// How a ranking is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// An edition before the one that holds.
    #[serde(rename = "ban")]
    edition: String,
    /// Words in the name of a unit.
    #[serde(rename = "tim")]
    words: String,
    /// What was just done.
    #[serde(rename = "vua")]
    just: String,
}

impl Asked {
    fn edition(&self) -> Option<i64> {
        self.edition.parse().ok()
    }
}
