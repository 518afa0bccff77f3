//! `/chi-so/nap-tep`: many figures at once, whole or not at all.

use askama::Template;
use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use sauro_directory::DirectoryHandle;
use sauro_kernel::Right;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};
use serde::Deserialize;

use crate::{IndicatorsError, actions};

/// The rows as pasted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    bang: String,
}

/// What has just been done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    vua: Option<usize>,
}

#[derive(Template)]
#[template(path = "indicators/intake.html")]
struct IntakePage {
    chrome: Chrome,
    sent: Sent,
    faults: Faults,
    sentences: Vec<String>,
    taken: Option<usize>,
}

/// Faults of cells shown at once.
const MOST: usize = 200;

/// `GET /chi-so/nap-tep`.
pub(super) async fn form(
    Caller(ctx): Caller,
    Query(done): Query<Done>,
    chrome: Chrome,
) -> Result<Html<String>, Failure> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    page(&IntakePage {
        chrome,
        sent: Sent::default(),
        faults: Faults::none(),
        sentences: Vec::new(),
        taken: done.vua,
    })
}

/// `POST /chi-so/nap-tep`.
pub(super) async fn take(
    Caller(ctx): Caller,
    State(db): State<Db>,
    Extension(directory): Extension<DirectoryHandle>,
    chrome: Chrome,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Failure> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    let names = directory.directory();
    match actions::import_figures(&ctx, &db, &names, &sent.bang).await {
        Ok(n) => Ok(Redirect::to(&format!("/chi-so/nap-tep?vua={n}"))),
        Err(IndicatorsError::Faults(found)) => {
            let mut faults = Faults::none();
            faults.add(
                "bang",
                format!("Bảng có {} ô sai, chưa nạp gì. Sửa rồi gửi lại.", found.len()),
            );
            let sentences = found.iter().take(MOST).map(|it| it.sentence()).collect();
            let drawn = page(&IntakePage { chrome, sent, faults, sentences, taken: None })?;
            Err(Failure::Unprocessable(drawn))
        }
        Err(err) => Err(err.into()),
    }
}
