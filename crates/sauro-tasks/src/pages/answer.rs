use askama::Template;
use axum::response::Html;
use sauro_ui::Failure;

use crate::TasksError;
use crate::model::Clarity;

/// The page that says what to mend, where a form could not say it itself.
#[derive(Template)]
#[template(path = "issuing/refused.html")]
struct Refused {
    sentences: Vec<String>,
}

impl From<TasksError> for Failure {
    fn from(err: TasksError) -> Self {
        let sentences = match err {
            TasksError::NotFound(_) => return Self::NotFound,
            TasksError::Denied(denied) => return denied.into(),
            TasksError::Stale => return Self::Conflict,
            TasksError::Store(err) => return err.into(),
            TasksError::Files(err) => return err.into(),
            TasksError::Unclear(unclear) => {
                unclear.missing().iter().map(|it| unclear_words(*it)).collect()
            }
            TasksError::Invalid(faults) => faults.into_iter().map(|it| it.sentence).collect(),
            TasksError::WrongState(sentence) => vec![sentence.to_owned()],
        };
        match (Refused { sentences }).render() {
            Ok(html) => Self::Unprocessable(Html(html)),
            Err(err) => Self::internal(err),
        }
    }
}

/// What is missing, and the question whose answer would mend it.
pub(crate) fn unclear_words(clarity: Clarity) -> String {
    format!("Chưa {}. {}", clarity.label(), clarity.question())
}
