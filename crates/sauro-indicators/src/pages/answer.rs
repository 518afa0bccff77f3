use sauro_ui::{Failure, Faults};

use crate::IndicatorsError;

impl From<IndicatorsError> for Failure {
    fn from(err: IndicatorsError) -> Self {
        match err {
            IndicatorsError::NotFound(_) => Self::NotFound,
            IndicatorsError::Denied(denied) => denied.into(),
            IndicatorsError::Stale => Self::Conflict,
            IndicatorsError::Store(err) => err.into(),
            // Pages show the faults of a form and of a file themselves.
            err @ (IndicatorsError::Invalid(_)
            | IndicatorsError::Faults(_)
            | IndicatorsError::Sheet(_)
            | IndicatorsError::Cells(_)
            | IndicatorsError::Unusual(_)) => Self::internal(err),
        }
    }
}

/// What a form shows after an action refused it: its faults, and what it asks to confirm.
pub(super) fn shown(err: IndicatorsError) -> Result<(Faults, Vec<String>), Failure> {
    match err {
        IndicatorsError::Invalid(faults) => Ok((faults.into_iter().collect(), Vec::new())),
        IndicatorsError::Sheet(faults) => Ok((faults.into_iter().collect(), Vec::new())),
        IndicatorsError::Unusual(words) => {
            let mut faults = Faults::none();
            faults.add("xac-nhan", "Số khác thường: xác nhận và ghi lý do, hoặc sửa số.");
            Ok((faults, words))
        }
        err => Err(err.into()),
    }
}
