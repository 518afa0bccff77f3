use sauro_ui::{Failure, Faults};

use crate::InitiativesError;

impl From<InitiativesError> for Failure {
    fn from(err: InitiativesError) -> Self {
        match err {
            InitiativesError::NotFound(_) => Self::NotFound,
            InitiativesError::Denied(denied) => denied.into(),
            InitiativesError::Stale => Self::Conflict,
            InitiativesError::TooOften | InitiativesError::Asked(_) => Self::Unavailable,
            InitiativesError::Store(err) => err.into(),
            InitiativesError::Files(err) => err.into(),
            // Pages show the faults of a form themselves.
            err @ (InitiativesError::Invalid(_) | InitiativesError::Sealed(_)) => {
                Self::internal(err)
            }
        }
    }
}

/// What a form shows after an action refused it; whatever is no fault of the form goes on.
pub(super) fn shown(err: InitiativesError) -> Result<Faults, Failure> {
    match err {
        InitiativesError::Invalid(faults) => Ok(faults.into_iter().collect()),
        err => Err(err.into()),
    }
}
