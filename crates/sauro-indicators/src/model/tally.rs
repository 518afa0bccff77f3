//! Figures of many units for one period, kept so that a change costs what changed.

use rust_decimal::Decimal;

use super::{Counted, Definition, Fold, Shape};

/// What is kept of the figures of one place for one period. Adding and taking away are exact opposites.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units that have reported.
    pub n: i64,
    /// Of these, appraised.
    pub n_appraised: i64,
    /// Figures added up; of ratios, the numerators.
    pub total: Decimal,
    /// Denominators added up.
    pub base: Decimal,
    /// What cannot be kept by adding (smallest, newest, spread), as last recounted.
    pub held: Option<Decimal>,
}

impl Tally {
    /// Counts `figure` in.
    pub fn add(&mut self, figure: &Counted) {
        self.shift(figure, 1);
    }

    /// Takes `figure` out again.
    pub fn remove(&mut self, figure: &Counted) {
        self.shift(figure, -1);
    }

    fn shift(&mut self, figure: &Counted, n: i64) {
        let sign = Decimal::from(n);
        self.n += n;
        if figure.is_appraised {
            self.n_appraised += n;
        }
        let (total, base) = match figure.parts {
            Some((numerator, denominator)) => (numerator, denominator),
            None => (figure.value, Decimal::ZERO),
        };
        // Figures are bounded, so that sums of all units of the country stay far within.
        self.total = (self.total + sign * total).normalize();
        self.base = (self.base + sign * base).normalize();
    }

    /// True when the operator of `definition` cannot be followed by adding and taking away.
    pub fn is_recounted(definition: &Definition) -> bool {
        !matches!(definition.shape, Shape::Ratio(_))
            && matches!(
                definition.operator.over_units(),
                Fold::Min
                    | Fold::Max
                    | Fold::First
                    | Fold::Last
                    | Fold::LastInPeriod
                    | Fold::StdDev
                    | Fold::Variance
            )
    }

    /// What `figures`, oldest first, come to under `definition`, counted from nothing.
    pub fn of(figures: &[Counted], definition: &Definition) -> Self {
        let mut tally = Self::default();
        for figure in figures {
            tally.add(figure);
        }
        tally.recount(figures, definition);
        tally
    }

    /// Brings up to date what cannot be kept by adding, from all `figures`, oldest first.
    pub fn recount(&mut self, figures: &[Counted], definition: &Definition) {
        let values: Vec<Decimal> = figures.iter().map(|it| it.value).collect();
        self.held = if Self::is_recounted(definition) {
            definition.operator.over_units().of(&values).map(|it| it.normalize())
        } else {
            None
        };
    }

    /// The one figure it comes to; none without figures, and of indicators that are not added up.
    pub fn figure(&self, definition: &Definition) -> Option<Decimal> {
        if self.n == 0 {
            return None;
        }
        match (&definition.shape, definition.operator.over_units()) {
            (_, Fold::None) => None,
            (Shape::Ratio(factor), _) => {
                self.total.checked_mul(*factor)?.checked_div(self.base).map(|it| it.normalize())
            }
            (_, Fold::Sum) => Some(self.total),
            (_, Fold::Average) => {
                self.total.checked_div(Decimal::from(self.n)).map(|it| it.normalize())
            }
            (_, Fold::Count) => Some(Decimal::from(self.n)),
            _ => self.held,
        }
    }
}
