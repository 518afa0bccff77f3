use sauro_kernel::{AccountId, AgencyId, SavedViewId};

/// A view of the list of tasks (cách xem) that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// The id.
    pub id: SavedViewId,
    /// Who keeps it.
    pub account: AccountId,
    /// The agency it was made in.
    pub agency: AgencyId,
    /// Shown to everyone in that agency.
    pub is_shared: bool,
    /// Its name.
    pub name: String,
    /// What stands behind the question mark of the list's address.
    pub query: String,
    /// Order among the person's own.
    pub ordinal: i64,
}
