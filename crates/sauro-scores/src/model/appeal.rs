use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId, RankingId, ScoreAppealId, VIETNAM};

use super::Measure;

/// A figure or a score that a unit contests (phản hồi số liệu), and what it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// The id.
    pub id: ScoreAppealId,
    /// In which ranking.
    pub ranking: RankingId,
    /// The agency that answers.
    pub agency: AgencyId,
    /// The unit that contests.
    pub unit: AgencyId,
    /// Its code.
    pub unit_code: String,
    /// Which component; none when it is about the whole score.
    pub measure: Option<Measure>,
    /// In which edition; 0 while the ranking was open.
    pub edition: i64,
    /// What stood there when it was contested, in words.
    pub shown: String,
    /// Why.
    pub reason: String,
    /// Where that can be seen, or empty.
    pub evidence: String,
    /// Who contested it.
    pub asked_by: AccountId,
    /// When, in microseconds.
    pub asked_at: i64,
    /// The last day to answer.
    pub due_on: NaiveDate,
    /// How it stands.
    pub state: AppealState,
    /// The answer, or empty.
    pub answer: String,
    /// The component and the points that were set right.
    pub corrected: Option<(Measure, Decimal)>,
    /// Who answered, and when.
    pub answered: Option<(AccountId, i64)>,
    /// The edition that came of it; 0 of none.
    pub answered_edition: i64,
}

/// How an appeal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppealState {
    /// Waits for an answer.
    Open,
    /// The unit was right.
    Accepted,
    /// It stays as it is.
    Refused,
}

impl AppealState {
    /// All.
    pub const ALL: [Self; 3] = [Self::Open, Self::Accepted, Self::Refused];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Appeal {
    /// True when nobody has answered in time.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.state == AppealState::Open && self.due_on < today
    }

    /// How it stands on `today`: the `data-s` word of the visual language and the words on screen.
    pub fn status(&self, today: NaiveDate) -> (&'static str, &'static str) {
        match self.state {
            AppealState::Open if self.is_overdue(today) => ("over", "Quá hạn trả lời"),
            AppealState::Open => ("soon", "Chờ trả lời"),
            AppealState::Accepted => ("done", "Chấp nhận, đã sửa điểm"),
            AppealState::Refused => ("none", "Giữ nguyên"),
        }
    }

    /// The day on which it was contested, in Viet Nam.
    pub fn asked_day(&self) -> NaiveDate {
        let at = DateTime::from_timestamp_micros(self.asked_at).unwrap_or_default();
        at.with_timezone(&VIETNAM).date_naive()
    }

    /// What is contested, in words.
    pub fn about(&self) -> &'static str {
        self.measure.map_or("Toàn bộ điểm", Measure::label)
    }
}
