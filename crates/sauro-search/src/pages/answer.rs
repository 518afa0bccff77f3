use sauro_ui::Failure;

use crate::SearchError;

impl From<SearchError> for Failure {
    fn from(err: SearchError) -> Self {
        match err {
            SearchError::Denied(denied) => denied.into(),
            SearchError::Store(err) => err.into(),
            SearchError::TooOften => Self::Unavailable,
            SearchError::Index(err) => {
                tracing::warn!(error = %err, "the index does not answer");
                Self::Unavailable
            }
        }
    }
}
