use sauro_ui::{Failure, Faults};

use crate::ScoresError;

impl From<ScoresError> for Failure {
    fn from(err: ScoresError) -> Self {
        match err {
            ScoresError::NotFound(_) => Self::NotFound,
            ScoresError::Denied(denied) => denied.into(),
            ScoresError::Stale => Self::Conflict,
            ScoresError::Store(err) => err.into(),
            // Pages show the faults of a form themselves.
            err @ ScoresError::Invalid(_) => Self::internal(err),
        }
    }
}

/// What a form shows after an action refused it; whatever is no fault of the form goes on.
pub(super) fn shown(err: ScoresError) -> Result<Faults, Failure> {
    match err {
        ScoresError::Invalid(faults) => Ok(faults.into_iter().collect()),
        err => Err(err.into()),
    }
}
