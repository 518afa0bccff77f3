//! Whether a sender may object to a merge (phản đối việc gộp).

use chrono::{DateTime, Days, NaiveDate};
use sauro_kernel::VIETNAM;

use super::{Happening, Kind, Petition};

/// The sender has objected to a merge before: from then on only a leader merges the case.
pub fn has_objected(happenings: &[Happening]) -> bool {
    happenings.iter().any(|it| it.kind == Kind::Objected)
}

/// The last day on which the sender may object to the merge of `case`, `n_days` days of the calendar after it; none
/// when it is not merged, or they have objected before and a leader decided.
pub fn object_until(case: &Petition, happenings: &[Happening], n_days: u32) -> Option<NaiveDate> {
    if case.flow.before_merge.is_none() || has_objected(happenings) {
        return None;
    }
    let merged = happenings.iter().rfind(|it| it.kind == Kind::Merged)?;
    let at = DateTime::from_timestamp_micros(merged.at)?;
    at.with_timezone(&VIETNAM).date_naive().checked_add_days(Days::new(u64::from(n_days)))
}
