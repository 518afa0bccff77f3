//! Rules between figures (quy tắc kiểm tra): how figures of one unit must stand to each other, in one
//! period or beside the period before.
//!
//! Both sides are formulas. `[MÃ]` is the figure of the period that is looked at, `[MÃ:truoc]` that of the
//! period before. A rule whose figures are not all there is silent: what is not reported breaks nothing.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use sauro_kernel::{AgencyId, AgencyPath, fold};

use super::formula::{Formula, FormulaError, FormulaFault, circle, measures, parse};
use super::{
    Check, Comparison, Definition, MOST_DECIMALS, Period, Severity, Shape, UnitLevel, write_figure,
};

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its code, which never changes.
    pub code: String,
    /// The agency that answers for it.
    pub owner: AgencyId,
    /// Where that agency stands.
    pub owner_path: AgencyPath,
    /// What it says.
    pub terms: Terms,
    /// It is looked at.
    pub is_active: bool,
    /// Counts up with every change, from 1.
    pub version: i64,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What must hold, in Vietnamese.
    pub sentence: String,
    /// The left side.
    pub left: Side,
    /// How the left side must stand to the right one.
    pub comparison: Comparison,
    /// The right side.
    pub right: Side,
    /// What becomes of a figure that breaks it.
    pub severity: Severity,
    /// Whose figures it looks at, from the top. Never empty.
    pub levels: Vec<UnitLevel>,
}

/// A side of a rule, as written and as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// As written.
    pub text: String,
    formula: Formula,
}

/// A figure that a rule takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operand {
    /// Of the indicator with this code.
    pub code: String,
    /// It is the one of the period before.
    pub is_before: bool,
}

/// Which side of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// Vế trái.
    Left,
    /// Vế phải.
    Right,
}

impl Operand {
    /// The operand written as `name` within square brackets; what stands behind the colon, where that is
    /// no word for a period.
    fn read(name: &str) -> Result<Self, String> {
        let Some((code, word)) = name.split_once(':') else {
            return Ok(Self { code: name.to_owned(), is_before: false });
        };
        match fold(word.trim()).as_str() {
            "truoc" => Ok(Self { code: code.trim().to_owned(), is_before: true }),
            _ => Err(word.trim().to_owned()),
        }
    }

    /// The period whose figure it is, when the rule looks at `period`.
    pub fn period(&self, period: Period) -> Period {
        if self.is_before { period.previous() } else { period }
    }
}

impl Side {
    /// Understands `text`.
    ///
    /// # Errors
    ///
    /// The first character that cannot be understood.
    pub fn read(text: &str) -> Result<Self, FormulaError> {
        let text = text.trim().to_owned();
        let formula = parse(&text)?;
        for (name, at) in formula.codes() {
            if let Err(word) = Operand::read(&name) {
                return Err(FormulaError::new(at, FormulaFault::UnknownPeriod(word)));
            }
        }
        Ok(Self { text, formula })
    }

    /// The figures it takes, and where each stands first.
    fn operands(&self) -> impl Iterator<Item = (Operand, usize)> {
        self.formula
            .codes()
            .into_iter()
            .filter_map(|(name, at)| Some((Operand::read(&name).ok()?, at)))
    }

    fn value(&self, figure: &dyn Fn(&Operand) -> Option<Decimal>) -> Option<Decimal> {
        let of_name = |name: &str| figure(&Operand::read(name).ok()?);
        self.formula.evaluate(&of_name).map(|it| it.round_dp(MOST_DECIMALS).normalize())
    }
}

impl Terms {
    /// Both sides and what stands between them: `[A] ≤ [B]`.
    pub fn written(&self) -> String {
        format!("{} {} {}", self.left.text, self.comparison.sign(), self.right.text)
    }
}

impl Rule {
    /// The figures it takes, those of the left side first, each once.
    pub fn operands(&self) -> Vec<Operand> {
        let mut seen = BTreeSet::new();
        let both = self.terms.left.operands().chain(self.terms.right.operands());
        both.map(|it| it.0).filter(|it| seen.insert(it.clone())).collect()
    }

    /// What is wrong when `figure` says what the unit has for each operand, looking at `period`; nothing
    /// when it holds, and when a figure is lacking.
    pub fn broken(
        &self,
        period: Period,
        figure: &dyn Fn(&Operand) -> Option<Decimal>,
    ) -> Option<Check> {
        let Terms { left, right, comparison, severity, sentence, .. } = &self.terms;
        let (a, b) = (left.value(figure)?, right.value(figure)?);
        if comparison.is_met(a, b) {
            return None;
        }
        let side = |side: &Side, value: Decimal| {
            let value = write_figure(value, MOST_DECIMALS);
            if side.text == value { value } else { format!("{} là {value}", side.text) }
        };
        let words = format!(
            "{sentence} {}: {}, so với {} (quy tắc {}).",
            period.label(),
            side(left, a),
            side(right, b),
            self.code
        );
        Some(Check { severity: *severity, words })
    }
}

/// Both sides of a rule, checked beside the indicators that `definition_of` knows.
///
/// # Errors
///
/// The first fault of each side: of writing, of a code, of units, of periods, or a circle.
pub fn sides<'a>(
    left: &str,
    right: &str,
    definition_of: &dyn Fn(&str) -> Option<&'a Definition>,
) -> Result<(Side, Side), Vec<(Hand, FormulaError)>> {
    let of = |hand: Hand, text: &str| side(text, definition_of).map_err(|err| (hand, err));
    let (left, right) = match (of(Hand::Left, left), of(Hand::Right, right)) {
        (Ok(left), Ok(right)) => (left, right),
        (left, right) => return Err([left.err(), right.err()].into_iter().flatten().collect()),
    };
    together(&left, &right, definition_of)?;
    Ok((left, right))
}

fn side<'a>(
    text: &str,
    definition_of: &dyn Fn(&str) -> Option<&'a Definition>,
) -> Result<Side, FormulaError> {
    let side = Side::read(text)?;
    let taken_by = |code: &str| match definition_of(code).map(|it| &it.shape) {
        Some(Shape::Formula(text)) => parse(text)
            .map(|it| it.codes().into_iter().map(|it| it.0).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    for (operand, at) in side.operands() {
        if definition_of(&operand.code).is_none() {
            return Err(FormulaError::new(at, FormulaFault::UnknownCode(operand.code)));
        }
        if let Some(way) = circle(&operand.code, &taken_by(&operand.code), &taken_by) {
            return Err(FormulaError::new(at, FormulaFault::Circle(way)));
        }
    }
    Ok(side)
}

/// What the sides must have in common: the length of their periods and their units. And they must differ.
fn together<'a>(
    left: &Side,
    right: &Side,
    definition_of: &dyn Fn(&str) -> Option<&'a Definition>,
) -> Result<(), Vec<(Hand, FormulaError)>> {
    let fault = |hand, at, fault| Err(vec![(hand, FormulaError::new(at, fault))]);
    let rhythm = |it: &Operand| definition_of(&it.code).map(|it| it.rhythm);
    let both = left
        .operands()
        .map(|it| (Hand::Left, it))
        .chain(right.operands().map(|it| (Hand::Right, it)));
    let both: Vec<_> = both.collect();
    let Some(first) = both.first().and_then(|it| rhythm(&it.1.0)) else {
        return fault(Hand::Left, 1, FormulaFault::NoFigure);
    };
    for (hand, (operand, at)) in &both {
        if let Some(other) = rhythm(operand).filter(|it| *it != first) {
            let words = FormulaFault::OtherRhythm(other.label(), first.label());
            return fault(*hand, *at, words);
        }
    }
    if left.formula.is_like(&right.formula) {
        return fault(Hand::Right, 1, FormulaFault::SameSides);
    }
    let unit_of = |name: &str| {
        let operand = Operand::read(name).ok()?;
        definition_of(&operand.code).map(|it| it.unit.clone())
    };
    measures(&left.formula, &right.formula, &unit_of)
        .map_err(|(is_left, err)| vec![(if is_left { Hand::Left } else { Hand::Right }, err)])
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::tests::definition;
    use super::*;

    fn rule(left: &str, comparison: Comparison, right: &str) -> Rule {
        Rule {
            code: "QT-THU".to_owned(),
            owner: AgencyId::of_code("A"),
            owner_path: AgencyPath::nation(),
            terms: Terms {
                sentence: "Phần không lớn hơn cả.".to_owned(),
                left: Side::read(left).unwrap(),
                comparison,
                right: Side::read(right).unwrap(),
                severity: Severity::Block,
                levels: vec![UnitLevel::Province],
            },
            is_active: true,
            version: 1,
        }
    }

    #[test]
    fn a_rule_that_does_not_hold_says_its_sentence_and_both_figures() {
        let rule = rule("[PHAN] + [KHAC:trước]", Comparison::AtMost, "[CA]");
        let period = Period::parse("2026-05").unwrap();
        let figures = |phan: i64, khac: Option<i64>| {
            move |it: &Operand| match (it.code.as_str(), it.is_before) {
                ("PHAN", false) => Some(phan.into()),
                ("KHAC", true) => khac.map(Decimal::from),
                ("CA", false) => Some(10.into()),
                other => panic!("{other:?}"),
            }
        };
        let found = rule.broken(period, &figures(1_234, Some(1))).unwrap();
        assert_eq!(
            found.words,
            "Phần không lớn hơn cả. Tháng 5/2026: [PHAN] + [KHAC:trước] là 1.235, so với [CA] là 10 (quy tắc QT-THU)."
        );
        assert_eq!(rule.broken(period, &figures(9, Some(1))), None, "equal is no more");
        assert_eq!(rule.broken(period, &figures(1_234, None)), None, "what is lacking is silent");
        let codes: Vec<String> = rule.operands().into_iter().map(|it| it.code).collect();
        assert_eq!(codes, ["PHAN", "KHAC", "CA"]);
    }

    #[test]
    fn a_share_beside_its_parts_is_compared_as_it_is_kept() {
        let rule = rule("[TILE]", Comparison::Exactly, "100 * [XONG] / [TONG]");
        let figure = |it: &Operand| match it.code.as_str() {
            "TILE" => "33.333333".parse().ok(),
            "XONG" => Some(1.into()),
            _ => Some(3.into()),
        };
        assert_eq!(rule.broken(Period::parse("2026").unwrap(), &figure), None);
    }

    #[test]
    fn every_fault_of_a_rule_has_its_side_and_place() {
        let villages = definition("thôn");
        let share = definition("%");
        let yearly = definition("điểm");
        let of = |formula: &str| Definition {
            shape: Shape::Formula(formula.to_owned()),
            ..definition("thôn")
        };
        let (round, trip) = (of("[VE]"), of("[DI] + 1"));
        let definition_of = |code: &str| match code {
            "THON" | "DIEN" => Some(&villages),
            "TILE" => Some(&share),
            "DIEM" => Some(&yearly),
            "DI" => Some(&round),
            "VE" => Some(&trip),
            _ => None,
        };
        for (left, right, expected) in [
            ("[DIEN]", "[LA]", "Right Ký tự 1: không có chỉ số mang mã LA"),
            ("1 + [LA:truoc]", "[THON]", "Left Ký tự 5: không có chỉ số mang mã LA;"),
            ("[DIEN:sau]", "[THON]", "Left Ký tự 1: không hiểu “:sau”"),
            (
                "[DIEN]",
                "[TILE]",
                "Right Ký tự 1: không cộng, trừ, so hai đơn vị khác nhau: thôn và %",
            ),
            ("[DIEN]", "[DIEM]", "Right Ký tự 1: báo theo năm, còn chỗ khác báo theo tháng"),
            (
                "[DIEN] + 2 * [DI]",
                "[THON]",
                "Left Ký tự 14: công thức đi vòng về chính nó: DI → VE → DI",
            ),
            ("[THON]", "[THON]", "Right Ký tự 1: hai vế giống nhau"),
            ("1", "2", "Left Ký tự 1: chưa nêu chỉ số nào"),
            ("[DIEN", "[THON] +", "Left Ký tự 1: dấu “[” chưa được đóng"),
        ] {
            let found = sides(left, right, &definition_of).unwrap_err();
            let (hand, err) = found.first().unwrap();
            let words = format!("{hand:?} {}", err.sentence());
            assert!(words.starts_with(expected), "{left} / {right}: {words}");
        }
        assert_eq!(sides("[DIEN", "[THON] +", &definition_of).unwrap_err().len(), 2, "both sides");
        sides("[DIEN]", "[THON]", &definition_of).unwrap();
        sides("[THON]", "[THON:truoc]", &definition_of).unwrap();
        sides("[THON]", "1.000", &definition_of).unwrap();
    }
}
