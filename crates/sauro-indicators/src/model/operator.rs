//! How figures of many units and periods become one: the nineteen operators of DHIS2.
//!
//! Source: DHIS2 user guide, "Data elements", aggregation types; spread is population-based there too.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::{Decimal, MathematicalOps};

/// One figure of one unit for the period that ends on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<U> {
    /// Whose.
    pub unit: U,
    /// Last day of its period.
    pub on: NaiveDate,
    /// The figure.
    pub value: Decimal,
}

/// What is done along one of the two ways: over periods, or over units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fold {
    /// Added up.
    Sum,
    /// The arithmetic mean.
    Average,
    /// The newest, however old.
    Last,
    /// The newest within the time asked about.
    LastInPeriod,
    /// The oldest within the time asked about.
    First,
    /// How many there are.
    Count,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The standard deviation of the population.
    StdDev,
    /// The variance of the population.
    Variance,
    /// Nothing: figures stand side by side.
    None,
}

macro_rules! operators {
    ($($name:ident $code:literal $label:literal: $periods:ident $units:ident;)*) => {
        /// An aggregation operator (phép tổng hợp).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Operator {
            $(#[doc = $label] $name,)*
        }

        impl Operator {
            /// All of them.
            pub const ALL: [Self; 19] = [$(Self::$name,)*];

            /// The name in files, that of DHIS2.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The words on screen.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }

            /// What is done over the periods of one unit.
            pub fn over_periods(self) -> Fold {
                match self { $(Self::$name => Fold::$periods,)* }
            }

            /// What is done over units.
            pub fn over_units(self) -> Fold {
                match self { $(Self::$name => Fold::$units,)* }
            }
        }
    };
}

operators! {
    Sum "SUM" "cộng": Sum Sum;
    Average "AVERAGE" "trung bình": Average Average;
    AverageSum "AVERAGE_SUM_ORG_UNIT" "trung bình các kỳ, cộng các đơn vị": Average Sum;
    Last "LAST" "số mới nhất, cộng các đơn vị": Last Sum;
    LastAverage "LAST_AVERAGE_ORG_UNIT" "số mới nhất, trung bình các đơn vị": Last Average;
    LastLast "LAST_LAST_ORG_UNIT" "số mới nhất của đơn vị mới nhất": Last Last;
    LastInPeriod "LAST_IN_PERIOD" "số mới nhất trong kỳ, cộng các đơn vị": LastInPeriod Sum;
    LastInPeriodAverage "LAST_IN_PERIOD_AVERAGE_ORG_UNIT" "số mới nhất trong kỳ, trung bình các đơn vị": LastInPeriod Average;
    First "FIRST" "số đầu tiên, cộng các đơn vị": First Sum;
    FirstAverage "FIRST_AVERAGE_ORG_UNIT" "số đầu tiên, trung bình các đơn vị": First Average;
    FirstFirst "FIRST_FIRST_ORG_UNIT" "số đầu tiên của đơn vị đầu tiên": First First;
    Count "COUNT" "đếm số liệu": Count Count;
    StdDev "STDDEV" "độ lệch chuẩn": StdDev StdDev;
    Variance "VARIANCE" "phương sai": Variance Variance;
    Min "MIN" "nhỏ nhất": Min Min;
    Max "MAX" "lớn nhất": Max Max;
    MinSum "MIN_SUM_ORG_UNIT" "nhỏ nhất trong các kỳ, cộng các đơn vị": Min Sum;
    MaxSum "MAX_SUM_ORG_UNIT" "lớn nhất trong các kỳ, cộng các đơn vị": Max Sum;
    None "NONE" "không tổng hợp": None None;
}

impl Operator {
    /// The operator named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The one figure that `readings` come to, asked about from `from` to `to`; none without any, and
    /// always none of [`Operator::None`].
    ///
    /// Where both ways say the same, all figures are taken at once; otherwise the periods of each unit
    /// first. Only "newest" looks back beyond `from`, and nothing looks beyond `to`.
    pub fn apply<U: Ord + Copy>(
        self,
        readings: &[Reading<U>],
        from: NaiveDate,
        to: NaiveDate,
    ) -> Option<Decimal> {
        let over_periods = self.over_periods();
        let since = if over_periods == Fold::Last { NaiveDate::MIN } else { from };
        let mut asked: Vec<&Reading<U>> =
            readings.iter().filter(|it| (since..=to).contains(&it.on)).collect();
        asked.sort_by_key(|it| (it.on, it.unit));
        if over_periods == self.over_units() {
            let values: Vec<Decimal> = asked.iter().map(|it| it.value).collect();
            return over_periods.of(&values);
        }
        let mut of_units: BTreeMap<U, Vec<&Reading<U>>> = BTreeMap::new();
        for it in asked {
            of_units.entry(it.unit).or_default().push(it);
        }
        let mut folded: Vec<(NaiveDate, Decimal)> = Vec::new();
        for mine in of_units.values() {
            let values: Vec<Decimal> = mine.iter().map(|it| it.value).collect();
            folded.push((mine.last()?.on, over_periods.of(&values)?));
        }
        folded.sort_by_key(|it| it.0);
        let values: Vec<Decimal> = folded.into_iter().map(|it| it.1).collect();
        self.over_units().of(&values)
    }
}

impl Fold {
    /// The figure that `values`, oldest first, come to; none without any, and when it grows out of bounds.
    pub fn of(self, values: &[Decimal]) -> Option<Decimal> {
        if values.is_empty() {
            return None;
        }
        match self {
            Self::Sum => sum(values),
            Self::Average => mean(values),
            Self::Last | Self::LastInPeriod => values.last().copied(),
            Self::First => values.first().copied(),
            Self::Count => Some(Decimal::from(values.len())),
            Self::Min => values.iter().min().copied(),
            Self::Max => values.iter().max().copied(),
            Self::Variance => variance(values),
            Self::StdDev => variance(values)?.sqrt(),
            Self::None => None,
        }
    }
}

fn sum(values: &[Decimal]) -> Option<Decimal> {
    values.iter().try_fold(Decimal::ZERO, |total, it| total.checked_add(*it))
}

fn mean(values: &[Decimal]) -> Option<Decimal> {
    sum(values)?.checked_div(Decimal::from(values.len()))
}

fn variance(values: &[Decimal]) -> Option<Decimal> {
    let mean = mean(values)?;
    let squares = values.iter().map(|it| it.checked_sub(mean).and_then(|it| it.checked_mul(it)));
    let squares: Option<Vec<Decimal>> = squares.collect();
    Some(sum(&squares?)?.checked_div(Decimal::from(values.len()))?.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 28).unwrap()
    }

    /// Two communes over three months, and one figure from before the quarter asked about.
    fn readings() -> Vec<Reading<u8>> {
        [(1, 1, 10), (1, 4, 2), (1, 5, 4), (1, 6, 6), (2, 4, 8), (2, 5, 20), (3, 2, 100)]
            .into_iter()
            .map(|(unit, month, value)| Reading { unit, on: day(month), value: value.into() })
            .collect()
    }

    #[test]
    fn every_operator_comes_to_what_its_name_says() {
        for (operator, expected) in [
            ("SUM", "40"),
            ("AVERAGE", "8"),
            ("AVERAGE_SUM_ORG_UNIT", "18"),
            // The third unit has nothing in the quarter; its newest figure is older.
            ("LAST", "126"),
            ("LAST_AVERAGE_ORG_UNIT", "42"),
            ("LAST_LAST_ORG_UNIT", "6"),
            ("LAST_IN_PERIOD", "26"),
            ("LAST_IN_PERIOD_AVERAGE_ORG_UNIT", "13"),
            ("FIRST", "10"),
            ("FIRST_AVERAGE_ORG_UNIT", "5"),
            ("FIRST_FIRST_ORG_UNIT", "2"),
            ("COUNT", "5"),
            ("VARIANCE", "40"),
            ("MIN", "2"),
            ("MAX", "20"),
            ("MIN_SUM_ORG_UNIT", "10"),
            ("MAX_SUM_ORG_UNIT", "26"),
        ] {
            let found = Operator::of_code(operator).unwrap().apply(&readings(), day(4), day(6));
            assert_eq!(found.map(|it| it.to_string()), Some(expected.to_owned()), "{operator}");
        }
        let spread = Operator::StdDev.apply(&readings(), day(4), day(6)).unwrap();
        assert_eq!(spread.round_dp(6).to_string(), "6.324555");
        assert_eq!(Operator::None.apply(&readings(), day(4), day(6)), None);
    }

    #[test]
    fn without_figures_there_is_no_figure_and_a_zero_is_one() {
        for operator in Operator::ALL {
            assert_eq!(operator.apply::<u8>(&[], day(1), day(12)), None, "{operator:?}");
            let zero = [Reading { unit: 1, on: day(5), value: Decimal::ZERO }];
            let found = operator.apply(&zero, day(5), day(5));
            let expected = match operator {
                Operator::None => None,
                Operator::Count => Some(Decimal::ONE),
                _ => Some(Decimal::ZERO),
            };
            assert_eq!(found, expected, "{operator:?}");
        }
    }

    #[test]
    fn the_operators_are_nineteen_and_keep_their_names() {
        let codes: std::collections::BTreeSet<_> =
            Operator::ALL.into_iter().map(Operator::code).collect();
        assert_eq!(codes.len(), 19);
        for operator in Operator::ALL {
            assert_eq!(Operator::of_code(operator.code()), Some(operator));
        }
    }

    #[test]
    fn what_grows_out_of_bounds_is_no_figure_instead_of_a_panic() {
        assert_eq!(Fold::Sum.of(&[Decimal::MAX, Decimal::MAX]), None);
        assert_eq!(Fold::Variance.of(&[Decimal::MAX, Decimal::MIN]), None);
    }
}
