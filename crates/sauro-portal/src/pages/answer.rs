use sauro_ui::{Failure, Faults};

use crate::PortalError;

impl From<PortalError> for Failure {
    fn from(err: PortalError) -> Self {
        match err {
            // A link that has run out shows a page of its own where it can be told.
            PortalError::NotFound(_) | PortalError::Expired => Self::NotFound,
            PortalError::Denied(denied) => denied.into(),
            PortalError::NotNow(_) => Self::Forbidden,
            PortalError::Stale => Self::Conflict,
            PortalError::Busy => Self::Unavailable,
            PortalError::Store(err) => err.into(),
            PortalError::Files(err) => err.into(),
            // Pages show the faults of a form themselves.
            err @ PortalError::Invalid(_) => Self::internal(err),
        }
    }
}

/// What a form shows after an action refused it; whatever is no fault of the form goes on.
pub(super) fn shown(err: PortalError) -> Result<Faults, Failure> {
    match err {
        PortalError::Invalid(faults) => Ok(faults.into_iter().collect()),
        PortalError::NotNow(words) => Ok([("viec", words)].into_iter().collect()),
        err => Err(err.into()),
    }
}
