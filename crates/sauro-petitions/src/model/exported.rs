use chrono::NaiveDate;
use sauro_kernel::AgencyId;
use uuid::Uuid;

use super::{Closing, Matter, State};

/// A public case as open data have it: what stands in one row of a file, and nothing that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The id, by which the next page begins.
    pub id: Uuid,
    /// The public number.
    pub number: String,
    /// What it is.
    pub matter: Matter,
    /// Code of the field, or empty.
    pub field: String,
    /// The agency that governs the place.
    pub place: Option<AgencyId>,
    /// The title with personal data masked.
    pub public_title: String,
    /// Where it stands.
    pub state: State,
    /// How it ended, or will when nobody contests.
    pub closing: Option<Closing>,
    /// Who gave the last answer that was approved.
    pub answered_by: Option<AgencyId>,
    /// When it was sent, unix microseconds.
    pub sent_at: i64,
    /// When the last answer went out.
    pub answered_at: i64,
    /// The day the sender was promised.
    pub citizen_due_on: NaiveDate,
    /// How the sender rated the answer.
    pub rating: Option<i64>,
}
