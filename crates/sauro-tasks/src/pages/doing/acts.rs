//! What the pages of acts on a task have in common.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use sauro_ui::{Failure, Faults};

use super::form::faults_of;
use super::upload::Sent;
use crate::TasksError;

/// Back to the task when `done`; the same page with what to mend otherwise.
pub(super) fn answered(
    done: Result<(), TasksError>,
    code: &str,
    (just, sent): (&str, &Sent),
    page: impl FnOnce(Faults) -> Result<Html<String>, Failure>,
) -> Result<Response, Failure> {
    let (status, faults) = match done {
        Ok(()) => {
            // Who came from the leader's page goes on there.
            let back = match sent.text("ve") {
                "lanh-dao" => format!("/lanh-dao?vua={just}"),
                _ => format!("/nhiem-vu/{code}?vua={just}"),
            };
            return Ok(Redirect::to(&back).into_response());
        }
        Err(TasksError::Invalid(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, faults_of(faults)),
        Err(TasksError::WrongState(sentence)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Faults::from_iter([("viec", sentence)]))
        }
        Err(TasksError::Stale) => {
            let words = "Nhiệm vụ vừa có thay đổi. Xem lại tình trạng mới rồi quyết định.";
            (StatusCode::CONFLICT, Faults::from_iter([("viec", words)]))
        }
        Err(err) => return Err(err.into()),
    };
    Ok((status, page(faults)?).into_response())
}

/// A day as a browser or a person writes it.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"))
        .ok()
}
