//! Urging many tasks of the list at once, each answered for itself.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sauro_kernel::TaskId;
use sauro_store::Db;
use sauro_ui::{Caller, Chrome, Failure, Faults, filters, page};

use super::around::Around;
use super::form::faults_of;
use super::listing::{self, Asked};
use super::tasks_export::refuse;
use super::upload::Sent;
use crate::TasksError;
use crate::actions::{self, Urged};
use crate::error::Fault;

#[derive(Template)]
#[template(path = "doing/urged.html")]
struct UrgedPage {
    chrome: Chrome,
    done: usize,
    already: usize,
    nothing_owed: usize,
    out_of_reach: usize,
    back: String,
    faults: Faults,
}

/// `POST /nhiem-vu/don-doc`.
pub(super) async fn urge(
    Caller(ctx): Caller,
    State(db): State<Db>,
    around: Around,
    chrome: Chrome,
    sent: Sent,
) -> Result<Response, Failure> {
    ctx.require(sauro_kernel::Right::PressTasks, ctx.actor.own())?;
    // The list's own query, as its page wrote it.
    let asked = Asked::of_query(sent.text("loc"));
    let chosen: Result<Vec<TaskId>, TasksError> = if sent.text("gui") == "tat-ca" {
        let read = listing::read(&ctx, &db, &asked, &around).await?;
        match refuse(&read.faults) {
            Ok(()) => actions::listed(&ctx, &db, &read.filter).await,
            Err(err) => Err(err),
        }
    } else {
        let ticked = sent.fields().filter(|(name, _)| *name == "nv");
        Ok(ticked.filter_map(|(_, id)| id.parse().ok()).collect())
    };
    let done = match chosen {
        Ok(ids) if ids.is_empty() => {
            let sentence = "Chưa đánh dấu nhiệm vụ nào. Quay lại danh sách, đánh dấu rồi gửi.";
            Err(TasksError::Invalid(vec![Fault::new("nhiem-vu", sentence)]))
        }
        Ok(ids) => actions::urge_many(&ctx, &db, &ids, sent.text("loi-nhac")).await,
        Err(err) => Err(err),
    };
    let (status, outcomes, faults) = match done {
        Ok(outcomes) => (StatusCode::OK, outcomes, Faults::none()),
        Err(TasksError::Invalid(faults)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), faults_of(faults))
        }
        Err(err) => return Err(err.into()),
    };
    let n = |what: Urged| outcomes.iter().filter(|it| **it == what).count();
    let html: Html<String> = page(&UrgedPage {
        chrome,
        done: n(Urged::Done),
        already: n(Urged::Already),
        nothing_owed: n(Urged::NothingOwed),
        out_of_reach: n(Urged::OutOfReach),
        back: asked.address("/nhiem-vu", ""),
        faults,
    })?;
    Ok((status, html).into_response())
}
