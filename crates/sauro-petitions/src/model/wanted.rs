use uuid::Uuid;

/// How programs ask for public cases, in the order in which they were sent, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Code of a field, or empty.
    pub field: String,
    /// Sent at or after, unix microseconds.
    pub from: Option<i64>,
    /// Sent at or before.
    pub to: Option<i64>,
    /// Still being handled (`true`), or answered and over (`false`).
    pub is_open: Option<bool>,
    /// The last case that was given: when it was sent, and its id.
    pub after: Option<(i64, Uuid)>,
    /// How many at most.
    pub limit: u16,
}
