use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId, Period, RankingId, ScoreMethodId};
use uuid::Uuid;

use super::Measure;

/// The ranking of units in one period (kỳ xếp hạng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// The id.
    pub id: RankingId,
    /// By which method.
    pub method: ScoreMethodId,
    /// By which version of it, for ever.
    pub method_version: i64,
    /// The agency that scores.
    pub agency: AgencyId,
    /// Of which period.
    pub period: Period,
    /// The last day on which units may score themselves.
    pub self_until: NaiveDate,
    /// The edition that holds: 0 while it is open, then counting up with every correction.
    pub edition: i64,
    /// When it was opened, in microseconds.
    pub opened_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// When it was shown to everybody.
    pub published_at: Option<i64>,
    /// Counts up with every change, from 1.
    pub stamp: i64,
}

/// One edition of the results of a ranking: the first when it closes, another with every correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Counts up from 1.
    pub n: i64,
    /// Why there is another.
    pub reason: String,
    /// Who made it.
    pub by: AccountId,
    /// When, in microseconds.
    pub at: i64,
}

/// What a unit says of itself (điểm tự chấm).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfMark {
    /// Whose.
    pub unit: AgencyId,
    /// Of which component.
    pub measure: Measure,
    /// From 0 to 100.
    pub points: Decimal,
    /// Why, or empty.
    pub note: String,
    /// Who said so.
    pub by: AccountId,
    /// When, in microseconds.
    pub at: i64,
}

/// What an appraiser gave instead of what was computed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Which one.
    pub id: Uuid,
    /// Whose component.
    pub unit: AgencyId,
    /// Which component.
    pub measure: Measure,
    /// From 0 to 100.
    pub points: Decimal,
    /// Why.
    pub reason: String,
    /// Who, from which agency.
    pub by: (AccountId, AgencyId),
    /// When, in microseconds.
    pub at: i64,
}

impl Ranking {
    /// True while it is computed live.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// True when everybody may see it.
    pub fn is_public(&self) -> bool {
        self.published_at.is_some()
    }

    /// How it stands: the `data-s` word of the visual language and the words on screen.
    pub fn status(&self) -> (&'static str, &'static str) {
        match (self.closed_at, self.published_at) {
            (None, _) => ("run", "Đang mở, tính trực tiếp"),
            (Some(_), None) => ("soon", "Đã chốt, chưa công khai"),
            (Some(_), Some(_)) => ("done", "Đã chốt và công khai"),
        }
    }
}
