//! A figure of one unit for one period: what the unit says, and what the appraiser found.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId, IndicatorId, ObservationId};

use super::{Definition, Period, Shape, Unit};

/// A figure as written down (số liệu).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The id.
    pub id: ObservationId,
    /// Of which indicator.
    pub indicator: IndicatorId,
    /// Under which version of its definition.
    pub definition_version: i64,
    /// Whose.
    pub unit: Unit,
    /// For which period.
    pub period: Period,
    /// As of which day: the last of the period, or an earlier one.
    pub as_of: NaiveDate,
    /// What the unit says.
    pub reported: Figure,
    /// Where it comes from: a document, a system, a calculation.
    pub source: String,
    /// Why it stands although something spoke against it, or empty.
    pub remark: String,
    /// Who reported it last.
    pub reported_by: AccountId,
    /// From which agency.
    pub reporter: AgencyId,
    /// When, in microseconds.
    pub reported_at: i64,
    /// What the appraiser found; none before.
    pub appraised: Option<Decimal>,
    /// Who appraised it, from which agency and when.
    pub appraisal: Option<(AgencyId, i64)>,
    /// Counts up with every change, from 1.
    pub version: i64,
}

/// A figure, with the parts of a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The figure.
    pub value: Decimal,
    /// Numerator and denominator of a ratio.
    pub parts: Option<(Decimal, Decimal)>,
}

/// What a roll-up counts of one observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The appraised figure, or the reported one before.
    pub value: Decimal,
    /// Numerator and denominator of a ratio.
    pub parts: Option<(Decimal, Decimal)>,
    /// It was appraised.
    pub is_appraised: bool,
}

/// What was done to an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Báo số liệu.
    Reported,
    /// Đính chính.
    Corrected,
    /// Thẩm định.
    Appraised,
}

/// One step in the life of an observation; none is ever changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// What was done.
    pub step: Step,
    /// The figure then.
    pub value: Decimal,
    /// Why, or empty.
    pub reason: String,
    /// From which agency.
    pub agency: AgencyId,
    /// When, in microseconds.
    pub at: i64,
}

impl Figure {
    /// The figure of a ratio; none when the denominator is zero or it grows out of bounds.
    pub fn of_parts(numerator: Decimal, denominator: Decimal, factor: Decimal) -> Option<Self> {
        let value = numerator.checked_mul(factor)?.checked_div(denominator)?;
        Some(Self {
            value: value.round_dp(super::MOST_DECIMALS).normalize(),
            parts: Some((numerator, denominator)),
        })
    }
}

impl Observation {
    /// The figure that counts: the appraised one, or the reported one before.
    pub fn value(&self) -> Decimal {
        self.appraised.unwrap_or(self.reported.value)
    }

    /// What roll-ups count of it under `definition`. An appraised ratio keeps its denominator.
    pub fn counted(&self, definition: &Definition) -> Counted {
        counted_as((self.reported.value, self.reported.parts), self.appraised, definition)
    }

    /// The program counted it of verified tasks, so that nobody appraises it.
    pub fn is_counted(&self) -> bool {
        self.reporter.0.is_nil() && self.source == super::COUNTED
    }

    /// It was appraised, or it needs no appraisal: such figures are public.
    pub fn is_settled(&self) -> bool {
        self.appraised.is_some() || self.is_counted()
    }

    /// The code of the province whose roll-up it counts in; none of the nation and of ministries.
    pub fn province(&self) -> Option<&str> {
        Some(self.unit.province.as_str()).filter(|it| !it.is_empty())
    }
}

impl Step {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Corrected => "corrected",
            Self::Appraised => "appraised",
        }
    }

    /// The step stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Reported, Self::Corrected, Self::Appraised].into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Reported => "Báo số liệu",
            Self::Corrected => "Đính chính",
            Self::Appraised => "Thẩm định",
        }
    }
}

/// What roll-ups count of what was reported and appraised, under `definition`. What the program counts needs
/// no appraisal.
pub fn counted_as(
    (value, parts): (Decimal, Option<(Decimal, Decimal)>),
    appraised: Option<Decimal>,
    definition: &Definition,
) -> Counted {
    let parts = match (appraised, parts, &definition.shape) {
        (Some(value), Some((_, base)), Shape::Ratio(factor)) => value
            .checked_mul(base)
            .and_then(|it| it.checked_div(*factor))
            .map(|it| (it.round_dp(super::MOST_DECIMALS).normalize(), base)),
        (_, parts, _) => parts,
    };
    let is_appraised = appraised.is_some() || definition.counts.is_some();
    Counted { value: appraised.unwrap_or(value), parts, is_appraised }
}

/// The figure that `formula` comes to, rounded to what is kept.
pub fn computed(
    formula: &super::formula::Formula,
    figure: &dyn Fn(&str) -> Option<Decimal>,
) -> Option<Figure> {
    let value = formula.evaluate(figure)?.round_dp(super::MOST_DECIMALS).normalize();
    Some(Figure { value, parts: None })
}
