use sauro_ui::{Failure, Faults};

use crate::{DashboardsError, Unfilled};

impl From<DashboardsError> for Failure {
    fn from(err: DashboardsError) -> Self {
        match err {
            DashboardsError::NotFound(_) => Self::NotFound,
            DashboardsError::Denied(denied) => denied.into(),
            DashboardsError::Stale => Self::Conflict,
            DashboardsError::Store(err) => err.into(),
            DashboardsError::Unfilled(err) => err.into(),
            // Pages show the faults of a form themselves.
            err @ DashboardsError::Invalid(_) => Self::internal(err),
        }
    }
}

impl From<Unfilled> for Failure {
    fn from(err: Unfilled) -> Self {
        match err {
            Unfilled::Unavailable => Self::Unavailable,
            err @ Unfilled::Broken(_) => Self::internal(err),
        }
    }
}

/// What a form shows after an action refused it; whatever is no fault of the form goes on.
pub(super) fn shown(err: DashboardsError) -> Result<Faults, Failure> {
    match err {
        DashboardsError::Invalid(faults) => Ok(faults.into_iter().collect()),
        err => Err(err.into()),
    }
}
