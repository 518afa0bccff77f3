//! The language of calculated indicators: `100 * [S-TH-NV] / [S-TONG]`, `max([A]; [B])`.
//!
//! Figures are named by the code of their indicator in square brackets; numbers are written as in
//! Viet Nam; `+ - * /`, round brackets, `min(…; …)` and `max(…; …)`.

mod measure;
mod parse;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

pub use measure::{Measure, measure_of, measures};
pub use parse::parse;

/// A formula that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula(Node);

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Number(Decimal),
    /// The figure of an indicator, and where its name stands.
    Figure(String, usize),
    Negative(Box<Node>),
    /// Two sides, and where the sign between them stands.
    Two(Sign, Box<Node>, Box<Node>, usize),
    /// The smallest or largest of several, and where the word stands.
    Edge(Edge, Vec<Node>, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Min,
    Max,
}

/// Why a formula is refused, and at which character, from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at {at}: {fault:?}")]
pub struct FormulaError {
    /// The character.
    pub at: usize,
    /// What is wrong there.
    pub fault: FormulaFault,
}

/// What is wrong with a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormulaFault {
    /// Nothing written.
    Empty,
    /// A character that has no place here.
    Unexpected(char),
    /// It ends where something must follow.
    Unfinished,
    /// A bracket is never closed.
    Unclosed(char),
    /// A word that is not known.
    UnknownWord(String),
    /// A number that is none.
    BadNumber(String),
    /// No indicator has this code.
    UnknownCode(String),
    /// Figures of different units are added or compared.
    UnitMismatch(String, String),
    /// Two figures with units are multiplied.
    UnitProduct(String, String),
    /// The whole has another unit than the indicator.
    WrongUnit(String, String),
    /// The indicator would follow from itself, by these codes.
    Circle(Vec<String>),
    /// Brackets within brackets without end.
    TooDeep,
    /// More characters than this.
    TooLong(usize),
    /// A word behind the colon of a code that names no period.
    UnknownPeriod(String),
    /// A rule that looks at no figure.
    NoFigure,
    /// Figures of one rule that are reported by different periods.
    OtherRhythm(&'static str, &'static str),
    /// A rule whose sides say the same.
    SameSides,
}

impl FormulaError {
    pub(in crate::model) fn new(at: usize, fault: FormulaFault) -> Self {
        Self { at, fault }
    }

    /// What is wrong and how to mend it.
    pub fn sentence(&self) -> String {
        use FormulaFault as F;
        let words = match &self.fault {
            F::Empty => return "Công thức để trống. Viết như 100 * [MÃ-A] / [MÃ-B].".to_owned(),
            F::Unexpected(it) => {
                format!("không hiểu “{it}” ở chỗ này, bỏ hoặc thay bằng phép tính.")
            }
            F::TooLong(most) => format!("công thức dài quá {most} ký tự, viết gọn lại."),
            F::Unfinished => "công thức chưa hết, viết thêm một số hoặc một [MÃ].".to_owned(),
            F::Unclosed(it) => format!("dấu “{it}” chưa được đóng."),
            F::UnknownWord(it) => {
                format!(
                    "không có hàm “{it}”; chỉ có min(…; …) và max(…; …). Mã chỉ số đặt trong [ ]."
                )
            }
            F::BadNumber(it) => format!("“{it}” không phải số; viết như 1.234,5."),
            F::UnknownCode(it) => format!("không có chỉ số mang mã {it}; kiểm tra mã."),
            F::UnitMismatch(a, b) => {
                format!("không cộng, trừ, so hai đơn vị khác nhau: {a} và {b}.")
            }
            F::UnitProduct(a, b) => format!("không nhân {a} với {b}."),
            F::WrongUnit(found, wanted) => {
                format!(
                    "kết quả tính bằng {found}, chỉ số tính bằng {wanted}; sửa công thức hoặc đơn vị."
                )
            }
            F::Circle(codes) => {
                format!("công thức đi vòng về chính nó: {}.", codes.join(" → "))
            }
            F::TooDeep => "quá nhiều ngoặc lồng nhau; tách thành hai chỉ số.".to_owned(),
            F::UnknownPeriod(it) => {
                format!("không hiểu “:{it}”; số của kỳ trước viết như [MÃ:truoc].")
            }
            F::NoFigure => "chưa nêu chỉ số nào; viết như [MÃ-A] <= [MÃ-B].".to_owned(),
            F::OtherRhythm(found, first) => {
                format!(
                    "báo theo {found}, còn chỗ khác báo theo {first}; chỉ so số cùng độ dài kỳ."
                )
            }
            F::SameSides => "hai vế giống nhau nên luôn đúng; sửa một vế.".to_owned(),
        };
        format!("Ký tự {}: {words}", self.at)
    }
}

impl Formula {
    /// The codes it takes figures of, each once, in order of appearance, and where each stands first.
    pub fn codes(&self) -> Vec<(String, usize)> {
        let mut codes: Vec<(String, usize)> = Vec::new();
        self.0.collect(&mut codes);
        codes
    }

    /// True when `other` takes the same figures in the same way, wherever they stand in the text.
    pub fn is_like(&self, other: &Self) -> bool {
        self.0.is_like(&other.0)
    }

    /// The figure it comes to; none when a figure is lacking, at a division by zero, and when it grows
    /// out of bounds.
    pub fn evaluate(&self, figure: &dyn Fn(&str) -> Option<Decimal>) -> Option<Decimal> {
        self.0.evaluate(figure).map(|it| it.normalize())
    }
}

impl Node {
    fn collect(&self, codes: &mut Vec<(String, usize)>) {
        match self {
            Self::Number(_) => {}
            Self::Figure(code, at) => {
                if !codes.iter().any(|it| it.0 == *code) {
                    codes.push((code.clone(), *at));
                }
            }
            Self::Negative(inner) => inner.collect(codes),
            Self::Two(_, left, right, _) => {
                left.collect(codes);
                right.collect(codes);
            }
            Self::Edge(_, nodes, _) => nodes.iter().for_each(|it| it.collect(codes)),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Figure(a, _), Self::Figure(b, _)) => a == b,
            (Self::Negative(a), Self::Negative(b)) => a.is_like(b),
            (Self::Two(sign, a, b, _), Self::Two(other, c, d, _)) => {
                sign == other && a.is_like(c) && b.is_like(d)
            }
            (Self::Edge(edge, a, _), Self::Edge(other, b, _)) => {
                let is_like = |(a, b): (&Self, &Self)| a.is_like(b);
                edge == other && a.len() == b.len() && a.iter().zip(b).all(is_like)
            }
            _ => false,
        }
    }

    fn evaluate(&self, figure: &dyn Fn(&str) -> Option<Decimal>) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Figure(code, _) => figure(code),
            Self::Negative(inner) => inner.evaluate(figure).map(|it| -it),
            Self::Two(sign, left, right, _) => {
                let (left, right) = (left.evaluate(figure)?, right.evaluate(figure)?);
                match sign {
                    Sign::Plus => left.checked_add(right),
                    Sign::Minus => left.checked_sub(right),
                    Sign::Times => left.checked_mul(right),
                    Sign::Over => left.checked_div(right),
                }
            }
            Self::Edge(edge, nodes, _) => {
                let values: Option<Vec<Decimal>> =
                    nodes.iter().map(|it| it.evaluate(figure)).collect();
                match edge {
                    Edge::Min => values?.into_iter().min(),
                    Edge::Max => values?.into_iter().max(),
                }
            }
        }
    }
}

/// The way from `code` back to itself, when it takes figures of `codes` and each other takes those that
/// `taken_by` says.
pub fn circle(
    code: &str,
    codes: &[String],
    taken_by: &dyn Fn(&str) -> Vec<String>,
) -> Option<Vec<String>> {
    let mut ways: Vec<Vec<String>> =
        codes.iter().map(|it| vec![code.to_owned(), it.clone()]).collect();
    let mut seen: Vec<String> = Vec::new();
    while let Some(way) = ways.pop() {
        let Some(last) = way.last().cloned() else { continue };
        if last == code {
            return Some(way);
        }
        if seen.contains(&last) {
            continue;
        }
        for next in taken_by(&last) {
            ways.push(way.iter().cloned().chain([next]).collect());
        }
        seen.push(last);
    }
    None
}

/// The formula `text` of the indicator `code`, which is measured in `unit`, checked beside the others:
/// their units, and their formulas.
///
/// # Errors
///
/// The first fault: of writing, of a code, of units, or a circle.
pub fn checked(
    code: &str,
    text: &str,
    unit: &str,
    unit_of: &dyn Fn(&str) -> Option<String>,
    formula_of: &dyn Fn(&str) -> Option<String>,
) -> Result<Formula, FormulaError> {
    let formula = parse(text)?;
    let with_own = |it: &str| if it == code { Some(unit.to_owned()) } else { unit_of(it) };
    measure_of(&formula, &with_own, &Measure::of_unit(unit))?;
    let taken_by = |it: &str| {
        let parsed = formula_of(it).and_then(|it| parse(&it).ok());
        parsed.map(|it| it.codes().into_iter().map(|it| it.0).collect()).unwrap_or_default()
    };
    for (other, at) in formula.codes() {
        if let Some(way) = circle(code, std::slice::from_ref(&other), &taken_by) {
            return Err(FormulaError::new(at, FormulaFault::Circle(way)));
        }
    }
    Ok(formula)
}
