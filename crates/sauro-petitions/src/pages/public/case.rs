//! `/phan-anh/{number}`: one answered case for everybody, without who sent it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sauro_store::FileHash;
use sauro_ui::{Chrome, Failure, filters, page};
use serde::Deserialize;

use crate::actions::{self, PublicCase};
use crate::model::{Answer, Closing, Side};
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
    shots: Vec<Shot>,
}

/// A picture that was let out.
struct Shot {
    href: String,
    size: (u32, u32),
    words: String,
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
        shots: shots(&it),
        n_days: premises.citizen_days(&it.clocks),
        chrome,
        it,
    })?;
    Ok(([(header::CACHE_CONTROL, "no-cache")], html).into_response())
}

/// The name of a file may tell who sent it, so that pictures are only counted.
fn shots(it: &PublicCase) -> Vec<Shot> {
    let of = |(n, (side, picture)): (usize, &(Side, crate::model::Picture))| Shot {
        href: format!("/phan-anh/{}/anh/{}", it.case.number, picture.file),
        size: (picture.width, picture.height),
        words: match side {
            Side::Sender => format!("Ảnh {} do người gửi kèm", n + 1),
            Side::Agency => format!("Ảnh {} của cơ quan giải quyết", n + 1),
        },
    };
    it.pictures.iter().enumerate().map(of).collect()
}

/// `GET /phan-anh/{number}/anh/{file}`: asked for again each time, so that one that was taken back is gone.
pub(super) async fn picture(
    premises: Premises,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let file = file.parse().map_err(|_| Failure::NotFound)?;
    let it = actions::public_picture(&premises.house(), &number, file).await?;
    let content = premises.files.read(&FileHash(it.hash)).await?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, content).into_response())
}
