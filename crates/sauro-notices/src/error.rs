use sauro_store::StoreError;

/// Why something could not be done with notices.
#[derive(Debug, thiserror::Error)]
pub enum NoticesError {
    /// Nothing there, or nothing that this caller may know of.
    #[error("there is no notice like that for this caller")]
    NotFound,
    /// Fields that must be mended: the field's name and the Vietnamese sentence for people.
    #[error("the form has faults in {0:?}")]
    Invalid(Vec<(&'static str, String)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
