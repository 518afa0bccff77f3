use chrono::NaiveDate;
use sauro_kernel::AgencyId;
use sauro_store::{Db, StoreError};

use crate::store;

/// The public tasks of one agency that were due within some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadCounts {
    /// The agency that leads them.
    pub lead: AgencyId,
    /// Due; recurring, paused and cancelled ones are none.
    pub due: i64,
    /// Reported in time and verified.
    pub on_time: i64,
    /// Verified, in time or late.
    pub verified: i64,
    /// When one of them last changed, in microseconds.
    pub changed_at: i64,
}

/// Counts the public tasks due from `days.0` to `days.1` by the agency that leads them. What is public needs
/// no right.
///
/// # Errors
///
/// What the store says.
pub async fn work_counts(
    db: &Db,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<LeadCounts>, StoreError> {
    let rows = store::work_counts::by_lead(&mut db.read().await?, days).await?;
    let of = |(lead, due, on_time, verified, changed_at)| LeadCounts {
        lead: AgencyId(lead),
        due,
        on_time,
        verified,
        changed_at,
    };
    Ok(rows.into_iter().map(of).collect())
}
