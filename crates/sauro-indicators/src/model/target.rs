//! Targets (chỉ tiêu): where a figure is to be, from which baseline, and how fast it must move.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_kernel::{AccountId, TargetId};

use super::{Period, Unit};

/// A target of one unit. Its baseline is frozen; another one is another target, which a second person
/// confirms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The id.
    pub id: TargetId,
    /// Whose.
    pub unit: Unit,
    /// By the end of which period; none when the document names none.
    pub period: Option<Period>,
    /// How the figure must stand to the value.
    pub comparison: Comparison,
    /// The value.
    pub value: Decimal,
    /// Where it started, and on which day.
    pub baseline: Option<(Decimal, NaiveDate)>,
    /// In force, proposed, replaced or refused.
    pub state: TargetState,
    /// Why it is as it is; of a re-baselining, why.
    pub reason: String,
    /// Who set or proposed it.
    pub set_by: AccountId,
    /// When, in microseconds.
    pub set_at: i64,
    /// Who confirmed or refused it.
    pub decided_by: Option<AccountId>,
}

/// How a figure must stand to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// ≥.
    AtLeast,
    /// >.
    MoreThan,
    /// ≤.
    AtMost,
    /// <.
    LessThan,
    /// =.
    Exactly,
}

/// Where a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetState {
    /// In force.
    InForce,
    /// Waits for a second person.
    Proposed,
    /// Another one took its place.
    Replaced,
    /// The second person said no.
    Refused,
}

/// How fast a figure must move to be in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// How it stands.
    pub state: PaceState,
    /// Needed a month from now on; none when reached or too late.
    pub needed: Option<Decimal>,
    /// Moved a month since the baseline; none without one.
    pub so_far: Option<Decimal>,
    /// Where the straight line from baseline to target is on the day of the newest figure.
    pub expected: Option<Decimal>,
}

/// How a figure stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaceState {
    /// There.
    Reached,
    /// On the line or before it.
    OnTrack,
    /// Behind the line.
    Behind,
    /// The period is over and it is not there.
    Missed,
    /// No baseline or no last day: no line.
    Unknown,
}

/// Days of a month, a thousandth part of them.
const MONTH_MILLIDAYS: i64 = 30_437;

impl Comparison {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::AtLeast, Self::MoreThan, Self::AtMost, Self::LessThan, Self::Exactly];

    /// The sign in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::AtMost => "<=",
            Self::LessThan => "<",
            Self::Exactly => "=",
        }
    }

    /// The comparison written as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words before the value.
    pub fn label(self) -> &'static str {
        match self {
            Self::AtLeast => "ít nhất",
            Self::MoreThan => "trên",
            Self::AtMost => "nhiều nhất",
            Self::LessThan => "dưới",
            Self::Exactly => "đạt",
        }
    }

    /// The sign on screen.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            it => it.code(),
        }
    }

    pub(super) fn is_met(self, figure: Decimal, value: Decimal) -> bool {
        match self {
            Self::AtLeast => figure >= value,
            Self::MoreThan => figure > value,
            Self::AtMost => figure <= value,
            Self::LessThan => figure < value,
            Self::Exactly => figure == value,
        }
    }
}

impl TargetState {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Proposed => "proposed",
            Self::Replaced => "replaced",
            Self::Refused => "refused",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::InForce, Self::Proposed, Self::Replaced, Self::Refused]
            .into_iter()
            .find(|it| it.code() == code)
    }
}

impl PaceState {
    /// The status code of the house, and words.
    pub fn status(self) -> (&'static str, &'static str) {
        match self {
            Self::Reached => ("done", "Đã đạt"),
            Self::OnTrack => ("run", "Đúng tiến độ"),
            Self::Behind => ("soon", "Chậm so với đường mục tiêu"),
            Self::Missed => ("over", "Hết kỳ, chưa đạt"),
            Self::Unknown => ("none", "Chưa đánh giá được"),
        }
    }
}

impl Target {
    /// True when `figure` is where it should be.
    pub fn is_met(&self, figure: Decimal) -> bool {
        self.comparison.is_met(figure, self.value)
    }

    /// Where the straight line from baseline to target is on `day`.
    pub fn expected_on(&self, day: NaiveDate) -> Option<Decimal> {
        let (from, since) = self.baseline?;
        let until = self.period?.end();
        let whole = (until - since).num_days();
        if whole <= 0 {
            return None;
        }
        let gone = (day - since).num_days().clamp(0, whole);
        let way = self.value.checked_sub(from)?;
        way.checked_mul(gone.into())?.checked_div(whole.into())?.checked_add(from)
    }

    /// How fast `figure`, as of `on`, must move, seen on `today`.
    pub fn pace(&self, figure: Decimal, on: NaiveDate, today: NaiveDate) -> Pace {
        let so_far = self.baseline.and_then(|(from, since)| a_month(figure - from, since, on));
        let expected = self.expected_on(on);
        let is_up = self.baseline.is_none_or(|(from, _)| self.value >= from);
        let state = match (self.is_met(figure), self.period, expected) {
            (true, ..) => PaceState::Reached,
            (false, Some(period), _) if period.end() < today => PaceState::Missed,
            (false, _, Some(line)) if (figure >= line) == is_up || figure == line => {
                PaceState::OnTrack
            }
            (false, _, Some(_)) => PaceState::Behind,
            (false, _, None) => PaceState::Unknown,
        };
        let needed = match (state, self.period) {
            (PaceState::Reached | PaceState::Missed, _) | (_, None) => None,
            (_, Some(period)) => a_month(self.value - figure, on, period.end()),
        };
        Pace { state, needed, so_far, expected }
    }
}

/// `way` made from one day to another, a month.
fn a_month(way: Decimal, from: NaiveDate, to: NaiveDate) -> Option<Decimal> {
    let days = (to - from).num_days();
    let months = Decimal::from(days * 1000).checked_div(Decimal::from(MONTH_MILLIDAYS))?;
    if days <= 0 { None } else { way.checked_div(months) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%F").unwrap()
    }

    fn target(comparison: Comparison, value: i64, baseline: Option<(i64, &str)>) -> Target {
        Target {
            id: TargetId(Uuid::nil()),
            unit: Unit::nation(),
            period: Period::parse("2026"),
            comparison,
            value: value.into(),
            baseline: baseline.map(|(from, on)| (from.into(), day(on))),
            state: TargetState::InForce,
            reason: String::new(),
            set_by: AccountId(Uuid::nil()),
            set_at: 0,
            decided_by: None,
        }
    }

    #[test]
    fn the_needed_pace_brings_the_figure_to_the_target_on_the_last_day() {
        let up = target(Comparison::AtLeast, 90, Some((26, "2026-01-01")));
        let pace = up.pace(40.into(), day("2026-07-02"), day("2026-07-10"));
        assert_eq!(pace.state, PaceState::Behind);
        assert_eq!(pace.expected.map(|it| it.round_dp(1).to_string()), Some("58".to_owned()));
        assert_eq!(pace.needed.map(|it| it.round_dp(2).to_string()), Some("8.36".to_owned()));
        assert_eq!(pace.so_far.map(|it| it.round_dp(2).to_string()), Some("2.34".to_owned()));
        let ahead = up.pace(60.into(), day("2026-07-02"), day("2026-07-10"));
        assert_eq!(ahead.state, PaceState::OnTrack);
    }

    #[test]
    fn less_is_better_where_the_target_lies_below_the_baseline() {
        let down = target(Comparison::AtMost, 0, Some((355, "2026-01-01")));
        let state =
            |figure: i64| down.pace(figure.into(), day("2026-07-02"), day("2026-07-10")).state;
        assert_eq!(state(300), PaceState::Behind);
        assert_eq!(state(100), PaceState::OnTrack);
        assert_eq!(state(0), PaceState::Reached);
    }

    #[test]
    fn what_is_not_there_when_the_period_is_over_is_missed_and_needs_no_pace() {
        let up = target(Comparison::AtLeast, 90, Some((26, "2026-01-01")));
        let late = up.pace(89.into(), day("2026-12-31"), day("2027-01-01"));
        assert_eq!((late.state, late.needed), (PaceState::Missed, None));
        let reached = up.pace(90.into(), day("2026-12-31"), day("2027-01-01"));
        assert_eq!((reached.state, reached.needed), (PaceState::Reached, None));
    }

    #[test]
    fn without_a_baseline_there_is_no_line_but_a_needed_pace() {
        let bare = target(Comparison::Exactly, 100, None);
        let pace = bare.pace(50.into(), day("2026-07-02"), day("2026-07-10"));
        assert_eq!((pace.state, pace.expected), (PaceState::Unknown, None));
        assert!(pace.needed.is_some());
        let timeless = Target { period: None, ..bare };
        assert_eq!(timeless.pace(50.into(), day("2026-07-02"), day("2026-07-10")).needed, None);
    }
}
