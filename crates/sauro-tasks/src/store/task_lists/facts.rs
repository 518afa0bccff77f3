//! Facts that queries of lists compare with.

use chrono::{DateTime, NaiveDate, NaiveTime};
use sauro_kernel::{CUT_OFF_HOUR, VIETNAM};
use sauro_store::Dialect;

/// The code that `words` are, if they are one and nothing else.
pub(super) fn whole_code(words: &str) -> Option<String> {
    let code = words.trim().to_uppercase();
    let mut parts = code.split('-');
    let is_code = parts.next() == Some("NV")
        && [4, 6].iter().all(|n| {
            parts.next().is_some_and(|it| it.len() >= *n && it.bytes().all(|b| b.is_ascii_digit()))
        })
        && parts.next().is_none();
    is_code.then_some(code)
}

/// The beginning of `day` in Viet Nam, in microseconds.
pub(super) fn midnight(day: NaiveDate) -> i64 {
    let local = day.and_time(NaiveTime::MIN).and_local_timezone(VIETNAM);
    local.single().map_or(0, |it: DateTime<_>| it.timestamp_micros())
}

/// The cut-off of a row's deadline, in microseconds.
pub(super) fn cut_off_sql(dialect: Dialect) -> String {
    let utc_hour = i64::from(CUT_OFF_HOUR) - i64::from(VIETNAM.local_minus_utc()) / 3600;
    match dialect {
        Dialect::Sqlite => format!("(unixepoch(due_on) + {}) * 1000000", utc_hour * 3600),
        Dialect::Postgres => {
            format!(
                "((due_on - DATE '1970-01-01')::bigint * 86400 + {}) * 1000000",
                utc_hour * 3600
            )
        }
    }
}

/// True of a row reported before its cut-off. Recurring work has no last day of its own: it is owed and
/// late period by period.
pub(super) fn in_time_sql(dialect: Dialect) -> String {
    format!(
        "(reported_at IS NOT NULL AND (recurs <> '' OR reported_at <= {}))",
        cut_off_sql(dialect)
    )
}

/// True of a row whose lead still owes a report, or came too late with it; `in_time` is [`in_time_sql`].
pub(super) fn owed_sql(in_time: &str) -> String {
    format!(
        "(stage IN ('issued', 'in_progress', 'returned') OR (stage = 'reported' AND NOT {in_time}))"
    )
}
