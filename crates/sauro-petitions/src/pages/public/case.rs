//! `/phan-anh/{number}`: one answered case for everybody, without who sent it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_ui::{Chrome, Failure, filters, page};
use serde::Deserialize;

use crate::actions::{self, PublicCase};
use crate::model::{Answer, Closing};
use crate::pages::premises::Premises;
use crate::pages::words::Told;

/// An answer as pages show it.
pub(super) struct Shown {
    pub(super) by: String,
    pub(super) signer: String,
    pub(super) at: i64,
    pub(super) words: String,
    pub(super) result: &'static str,
    pub(super) status: &'static str,
    pub(super) proof: String,
}

impl Shown {
    /// `it` as its sender (`is_senders`) or everybody else reads it.
    pub(super) fn of(premises: &Premises, it: &Answer, is_senders: bool) -> Self {
        Self {
            by: premises.directory.name(it.agency).to_owned(),
            signer: it.signer.clone(),
            at: it.approved.map(|it| it.1).unwrap_or_default(),
            words: if is_senders { it.words.clone() } else { it.public_words.clone() },
            result: it.closing.label(),
            status: if it.closing == Closing::Solved { "done" } else { "none" },
            proof: it.proof.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "petitions/public/case.html")]
struct CasePage {
    chrome: Chrome,
    it: PublicCase,
    status: (&'static str, &'static str),
    place: String,
    field: String,
    told: Vec<Told>,
    answers: Vec<Shown>,
    just: String,
    n_days: i64,
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "vua")]
    just: String,
}

/// `GET /phan-anh/{number}`.
pub(super) async fn show(
    premises: Premises,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
    chrome: Chrome,
) -> Result<Response, Failure> {
    let house = premises.house();
    let it = actions::public_case(&house, &number).await?;
    let fields = actions::all_fields(&house).await?;
    let field = fields.into_iter().find(|one| one.code == it.case.field);
    let place = it.case.place.and_then(|id| premises.directory.agency(id));
    let html = page(&CasePage {
        status: it.case.status(premises.now()),
        place: place.map(|one| super::place::name_of(&premises.directory, one)).unwrap_or_default(),
        field: field.map(|one| one.name).unwrap_or_default(),
        told: it
            .happenings
            .iter()
            .rev()
            .map(|one| Told::of(one, &premises.directory, false))
            .collect(),
        answers: it.answers.iter().rev().map(|one| Shown::of(&premises, one, false)).collect(),
        just: asked.just,
        n_days: premises.citizen_days(&it.clocks),
        chrome,
        it,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], html).into_response())
}
