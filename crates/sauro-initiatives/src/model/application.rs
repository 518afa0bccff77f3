use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId, ApplicationId, InitiativeId};

/// An agency that tries or applies an initiative (thử nghiệm, áp dụng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The id.
    pub id: ApplicationId,
    /// Of which initiative.
    pub initiative: InitiativeId,
    /// Who applies it.
    pub agency: AgencyId,
    /// The code of its province, or empty.
    pub place: String,
    /// It is tried, not yet applied for good.
    pub is_pilot: bool,
    /// From when on.
    pub since: NaiveDate,
    /// Until when, of a pilot.
    pub until: Option<NaiveDate>,
    /// How it was before, with its unit; of a pilot.
    pub baseline: String,
    /// Where it should be; of a pilot.
    pub target: String,
    /// What was measured, of what, and where that stands.
    pub measured: Option<(Decimal, String, String)>,
    /// Who said so, and when.
    pub said: (AccountId, i64),
    /// The leader who confirmed it, and when.
    pub confirmed: Option<(AccountId, i64)>,
}

/// An application as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicationFields {
    /// The first day, `YYYY-MM-DD`.
    pub since: String,
    /// The last day, of a pilot.
    pub until: String,
    /// How it was before.
    pub baseline: String,
    /// Where it should be.
    pub target: String,
    /// What was measured.
    pub measured: String,
    /// The code of its unit.
    pub unit: String,
    /// Where that stands.
    pub source: String,
}
