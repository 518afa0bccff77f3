use sauro_ui::{Failure, Faults};

use crate::PetitionsError;

impl From<PetitionsError> for Failure {
    fn from(err: PetitionsError) -> Self {
        match err {
            PetitionsError::NotFound(_) => Self::NotFound,
            PetitionsError::Denied(denied) => denied.into(),
            // Whoever acts on a page that has become old is told so.
            PetitionsError::Stale | PetitionsError::NotOpen(_) => Self::Conflict,
            PetitionsError::TooOften | PetitionsError::Asked(_) => Self::Unavailable,
            PetitionsError::Files(err) => err.into(),
            PetitionsError::Store(err) => err.into(),
            // Pages show the faults of a form themselves.
            err @ (PetitionsError::Invalid(_) | PetitionsError::Seal(_)) => Self::internal(err),
        }
    }
}

/// What a form shows after an action refused it; whatever is no fault of the form goes on.
pub(super) fn shown(err: PetitionsError) -> Result<Faults, Failure> {
    match err {
        PetitionsError::Invalid(faults) => Ok(faults.into_iter().collect()),
        err => Err(err.into()),
    }
}
