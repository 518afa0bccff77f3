use rust_decimal::Decimal;
use sauro_kernel::PeriodKind;
use serde::{Deserialize, Serialize};

use super::{Measure, Roster, rounded};

/// What a method says (cách chấm): who is scored, on what, and how a value becomes points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    /// Its name.
    pub name: String,
    /// Who is scored.
    pub roster: Roster,
    /// Whether only what everybody may see counts.
    pub audience: Audience,
    /// How long a period is.
    pub rhythm: PeriodKind,
    /// What is scored; the weights come to 100.
    pub components: Vec<Component>,
    /// The weight of rated components below which a unit is not ranked.
    pub enough: Decimal,
    /// Days after the end of a figure's own period within which it is in time.
    pub figure_days: u32,
    /// Working days after the period in which units may score themselves.
    pub self_days: u32,
    /// Working days within which an appeal is answered.
    pub appeal_days: u32,
}

/// One component of a score (tiêu chí).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// What it measures.
    pub measure: Measure,
    /// Its weight, of 100.
    #[serde(with = "rust_decimal::serde::str")]
    pub weight: Decimal,
    /// The value, in percent, up to which there are no points.
    #[serde(with = "rust_decimal::serde::str")]
    pub low: Decimal,
    /// The value from which there are 100.
    #[serde(with = "rust_decimal::serde::str")]
    pub high: Decimal,
    /// The smallest count that is rated.
    pub least: i64,
}

/// Whose view of things counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Public tasks, and figures that were appraised: everybody can count along.
    Public,
    /// Everything that is kept.
    Inside,
}

impl Audience {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Public, Self::Inside];

    /// The word stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Inside => "inside",
        }
    }

    /// What is stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Public => "Nhiệm vụ công khai và số đã thẩm định",
            Self::Inside => "Mọi nhiệm vụ và số đã báo (kết quả không công khai)",
        }
    }
}

impl Component {
    /// The points of `value`, from 0 to 100: on the straight line between the two bounds.
    pub fn points(&self, value: Decimal) -> Decimal {
        if value <= self.low {
            return Decimal::ZERO;
        }
        if value >= self.high {
            return Decimal::ONE_HUNDRED;
        }
        let way = self.high - self.low;
        (value - self.low)
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|it| it.checked_div(way))
            .map_or(Decimal::ZERO, rounded)
    }
}

impl Design {
    /// The default of a new method: shares that officials know by heart.
    pub fn usual(name: String, roster: Roster) -> Self {
        let part = |measure, weight: i64, low: i64, high: i64, least| Component {
            measure,
            weight: weight.into(),
            low: low.into(),
            high: high.into(),
            least,
        };
        Self {
            name,
            roster,
            audience: Audience::Public,
            rhythm: PeriodKind::Quarter,
            components: vec![
                part(Measure::OnTime, 30, 40, 95, 5),
                part(Measure::NotOverdue, 20, 60, 100, 5),
                part(Measure::Verified, 15, 20, 80, 5),
                part(Measure::Attainment, 15, 0, 100, 3),
                part(Measure::FiguresOnTime, 10, 50, 100, 3),
                part(Measure::ReportsOnTime, 10, 50, 100, 1),
            ],
            enough: 50.into(),
            figure_days: 10,
            self_days: 10,
            appeal_days: 10,
        }
    }

    /// The component that measures `measure`.
    pub fn component(&self, measure: Measure) -> Option<&Component> {
        self.components.iter().find(|it| it.measure == measure)
    }

    /// What is measured.
    pub fn measures(&self) -> Vec<Measure> {
        self.components.iter().map(|it| it.measure).collect()
    }
}
