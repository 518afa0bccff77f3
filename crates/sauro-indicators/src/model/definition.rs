//! What an indicator means. Each change of it is a version; a figure keeps the version it was made under.

use rust_decimal::Decimal;
use sauro_kernel::{AgencyId, AgencyPath, IndicatorId};

use super::{Operator, PeriodKind, UnitLevel, WorkMeasure};

/// An indicator (chỉ số) with its newest definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// The id.
    pub id: IndicatorId,
    /// Its code, which never changes.
    pub code: String,
    /// The agency that answers for it.
    pub owner: AgencyId,
    /// Where that agency stands.
    pub owner_path: AgencyPath,
    /// Number of the definition, from 1.
    pub version: i64,
    /// What it means.
    pub definition: Definition,
}

/// What an indicator means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// Strategic or operational.
    pub kind: Kind,
    /// The levels that report it, from the top. Never empty.
    pub levels: Vec<UnitLevel>,
    /// The unit in words: `%`, `thôn`.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u32,
    /// Which way is better.
    pub direction: Direction,
    /// As of a day, or over a period.
    pub nature: Nature,
    /// How a figure comes about.
    pub shape: Shape,
    /// What the program counts of tasks; none where somebody reports it.
    pub counts: Option<WorkMeasure>,
    /// What it is a part of; none of a whole.
    pub split: Option<Split>,
    /// How figures of many become one.
    pub operator: Operator,
    /// How often it is reported.
    pub rhythm: PeriodKind,
    /// No figure is below.
    pub low: Option<Decimal>,
    /// No figure is above.
    pub high: Option<Decimal>,
    /// The document it rests on.
    pub basis: String,
    /// A remark, or empty.
    pub note: String,
}

/// A part of a whole (phân tổ): women of all people, villages in the mountains of all villages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Code of the indicator that is split.
    pub of: String,
    /// By what: `giới tính`.
    pub by: String,
    /// Which part: `nữ`.
    pub part: String,
}

/// What an indicator is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Chỉ số chiến lược.
    Strategic,
    /// Chỉ số tác nghiệp.
    Operational,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// As of a day, or over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Số tại thời điểm.
    Stock,
    /// Số trong kỳ.
    Flow,
}

/// How a figure comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// It is reported as it is.
    Value,
    /// Numerator by denominator, times this factor (100 for percent).
    Ratio(Decimal),
    /// It is calculated from other indicators of the same unit and period.
    Formula(String),
}

impl Shape {
    /// The word by which forms choose their fields.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Ratio(_) => "ratio",
            Self::Formula(_) => "formula",
        }
    }
}

impl Definition {
    /// The level whose figures are added up: the lowest that reports.
    pub fn grain(&self) -> UnitLevel {
        self.levels.iter().copied().max().unwrap_or(UnitLevel::National)
    }

    /// True when units of `level` report it.
    pub fn is_reported_at(&self, level: UnitLevel) -> bool {
        self.levels.contains(&level)
    }

    /// True for a share of a hundred.
    pub fn is_share(&self) -> bool {
        self.unit.starts_with('%') && self.high == Some(Decimal::ONE_HUNDRED)
    }

    /// The figure with its unit: `39,52 % dân số`, `100%`.
    pub fn written(&self, figure: Decimal) -> String {
        let number = super::write_figure(figure, self.decimals);
        match self.unit.as_str() {
            "%" => format!("{number}%"),
            unit if unit.starts_with('%') => format!("{number}{unit}"),
            "0-1" | "" => number,
            unit => format!("{number} {unit}"),
        }
    }

    /// How figures of several units become one, in words.
    pub fn roll_words(&self) -> String {
        match (&self.shape, self.operator) {
            (_, Operator::None) => "Không cộng gộp giữa các đơn vị.".to_owned(),
            (Shape::Ratio(_), _) => {
                format!("Cộng tử số và mẫu số của các đơn vị {}, rồi chia.", self.grain().label())
            }
            (_, operator) => {
                format!("Từ số của các đơn vị {}: {}.", self.grain().label(), operator.label())
            }
        }
    }
}

macro_rules! words {
    ($type:ident: $($name:ident $code:literal $label:literal;)*) => {
        impl $type {
            /// The word stored.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What is stored as `code`.
            pub fn of_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// The words on screen.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

words!(Kind: Strategic "strategic" "Chiến lược"; Operational "operational" "Tác nghiệp";);
words!(Direction: Higher "higher" "càng cao càng tốt"; Lower "lower" "càng thấp càng tốt";);
words!(Nature: Stock "stock" "số tại thời điểm"; Flow "flow" "số trong kỳ";);
