//! Answered cases like the text that is being typed, and those who need not send.

use askama::Template;
use axum::extract::{Form, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use sauro_ui::{Failure, page};
use serde::Deserialize;

use crate::actions::{self, Line};
use crate::pages::premises::Premises;

/// Longest text that is looked up.
const MOST_CHARS: usize = 2000;

/// An answered case like the text.
pub(super) struct Found {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) answer: String,
    pub(super) by: String,
}

impl Found {
    /// The answered cases like `text`.
    pub(super) async fn of(premises: &Premises, text: &str) -> Result<Vec<Self>, Failure> {
        let text: String = text.chars().take(MOST_CHARS).collect();
        let lines = actions::similar(&premises.house(), &text).await?;
        Ok(lines.iter().take(3).map(|it| Self::line(premises, it)).collect())
    }

    fn line(premises: &Premises, it: &Line) -> Self {
        let words = it.answer.as_ref().map_or("", |it| it.public_words.as_str());
        let by = it.answer.as_ref().map_or("–", |it| premises.directory.name(it.agency));
        Self {
            href: format!("/phan-anh/{}", it.case.number),
            number: it.case.number.clone(),
            title: it.case.public_title.clone(),
            answer: beginning(words),
            by: by.to_owned(),
        }
    }
}

/// The beginning of an answer, cut at a word.
fn beginning(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 160 {
        return line;
    }
    let cut: String = line.chars().take(160).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |it| it.0))
}

#[derive(Template)]
#[template(path = "petitions/public/similar.html")]
struct Fragment {
    found: Vec<Found>,
}

/// What was typed so far.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "noi-dung")]
    text: String,
}

/// `GET /phan-anh/tuong-tu`: a fragment for the form.
pub(super) async fn show(
    premises: Premises,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Failure> {
    page(&Fragment { found: Found::of(&premises, &asked.text).await? })
}

/// Who found an answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Spared {
    #[serde(rename = "linh-vuc")]
    field: String,
    #[serde(rename = "vu-viec")]
    number: String,
}

/// `POST /phan-anh/da-co-tra-loi`: counts one who need not send, and shows the answer.
pub(super) async fn spared(
    premises: Premises,
    Form(sent): Form<Spared>,
) -> Result<Response, Failure> {
    let case = actions::public_case(&premises.house(), &sent.number).await?;
    let field = if sent.field.is_empty() { &case.case.field } else { &sent.field };
    actions::spare(&premises.anybody(), &premises.house(), field, &premises.source).await?;
    Ok(Redirect::to(&format!("/phan-anh/{}?vua=da-co", case.case.number)).into_response())
}
