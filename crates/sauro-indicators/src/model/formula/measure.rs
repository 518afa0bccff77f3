//! Which unit a formula comes to, so that villages are not added to percent.

use super::{Formula, FormulaError, FormulaFault as Fault, Node, Sign};

/// What a part of a formula is measured in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// A bare number; it goes with every unit.
    Number,
    /// A share of a whole.
    Share(String),
    /// Things: thôn, trạm, tỷ đồng.
    Things(String),
}

impl Measure {
    /// The measure of an indicator with the unit `unit`.
    pub fn of_unit(unit: &str) -> Self {
        let unit = unit.trim();
        if unit.is_empty() {
            Self::Number
        } else if unit.starts_with('%') || matches!(unit, "0-1" | "lần" | "điểm") {
            Self::Share(unit.to_owned())
        } else {
            Self::Things(unit.to_owned())
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Number => "số thường".to_owned(),
            Self::Share(unit) | Self::Things(unit) => unit.clone(),
        }
    }
}

/// The measure that `formula` comes to, checked against that of its own indicator, `wanted`.
///
/// # Errors
///
/// The first place where units do not go together, or a code that `unit_of` does not know.
pub fn measure_of(
    formula: &Formula,
    unit_of: &dyn Fn(&str) -> Option<String>,
    wanted: &Measure,
) -> Result<Measure, FormulaError> {
    let found = formula.0.measure(unit_of)?;
    let is_right = match (&found, wanted) {
        (Measure::Number, _) => true,
        // A quotient of like things is a share, whatever it is called.
        (Measure::Share(unit), Measure::Share(_)) if unit.is_empty() => true,
        (Measure::Share(a), Measure::Share(b)) | (Measure::Things(a), Measure::Things(b)) => a == b,
        _ => false,
    };
    if is_right {
        Ok(found)
    } else {
        let name = match &found {
            Measure::Share(unit) if unit.is_empty() => "tỉ lệ".to_owned(),
            it => it.words(),
        };
        Err(FormulaError::new(1, Fault::WrongUnit(name, wanted.words())))
    }
}

/// `Ok` when what `left` and `right` come to can be compared.
///
/// # Errors
///
/// The first place where units do not go together, and whether it stands on the left.
pub fn measures(
    left: &Formula,
    right: &Formula,
    unit_of: &dyn Fn(&str) -> Option<String>,
) -> Result<(), (bool, FormulaError)> {
    let a = left.0.measure(unit_of).map_err(|err| (true, err))?;
    let b = right.0.measure(unit_of).map_err(|err| (false, err))?;
    // A quotient of like things goes with every share.
    let is_share = |it: &Measure| matches!(it, Measure::Share(_));
    let is_bare = |it: &Measure| matches!(it, Measure::Share(unit) if unit.is_empty());
    if is_share(&a) && is_share(&b) && (is_bare(&a) || is_bare(&b)) {
        return Ok(());
    }
    alike(a, b, 1).map(drop).map_err(|err| (false, err))
}

impl Node {
    fn measure(&self, unit_of: &dyn Fn(&str) -> Option<String>) -> Result<Measure, FormulaError> {
        match self {
            Self::Number(_) => Ok(Measure::Number),
            Self::Figure(code, at) => match unit_of(code) {
                Some(unit) => Ok(Measure::of_unit(&unit)),
                None => Err(FormulaError::new(*at, Fault::UnknownCode(code.clone()))),
            },
            Self::Negative(inner) => inner.measure(unit_of),
            Self::Two(sign, left, right, at) => {
                let (left, right) = (left.measure(unit_of)?, right.measure(unit_of)?);
                match sign {
                    Sign::Plus | Sign::Minus => alike(left, right, *at),
                    Sign::Times => product(left, right, *at),
                    Sign::Over => Ok(quotient(left, right)),
                }
            }
            Self::Edge(_, nodes, at) => nodes
                .iter()
                .try_fold(Measure::Number, |left, it| alike(left, it.measure(unit_of)?, *at)),
        }
    }
}

fn alike(left: Measure, right: Measure, at: usize) -> Result<Measure, FormulaError> {
    match (left, right) {
        (Measure::Number, it) | (it, Measure::Number) => Ok(it),
        (left, right) if left == right => Ok(left),
        (left, right) => {
            Err(FormulaError::new(at, Fault::UnitMismatch(left.words(), right.words())))
        }
    }
}

fn product(left: Measure, right: Measure, at: usize) -> Result<Measure, FormulaError> {
    match (left, right) {
        (Measure::Things(a), Measure::Things(b)) => {
            Err(FormulaError::new(at, Fault::UnitProduct(a, b)))
        }
        (it @ Measure::Things(_), _) | (_, it @ Measure::Things(_)) => Ok(it),
        (Measure::Number, it) | (it, Measure::Number) => Ok(it),
        (Measure::Share(_), Measure::Share(_)) => Ok(Measure::Share(String::new())),
    }
}

fn quotient(left: Measure, right: Measure) -> Measure {
    match (left, right) {
        (it, Measure::Number) => it,
        (Measure::Things(a), Measure::Things(b)) if a == b => Measure::Share(String::new()),
        (Measure::Things(a), Measure::Things(b)) => Measure::Things(format!("{a}/{b}")),
        (it @ Measure::Things(_), Measure::Share(_)) => it,
        (Measure::Number, Measure::Things(b)) => Measure::Things(format!("1/{b}")),
        (Measure::Share(_) | Measure::Number, _) => Measure::Share(String::new()),
    }
}
