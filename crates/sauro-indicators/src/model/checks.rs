//! Is a figure believable? Some answers stop it, others only warn.

use rust_decimal::Decimal;

use super::{Definition, drawn};

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The figure is not taken.
    Block,
    /// It is taken once the reporter says that it is right.
    Warning,
}

impl Severity {
    /// Both, the stricter first.
    pub const ALL: [Self; 2] = [Self::Block, Self::Warning];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warning => "warning",
        }
    }

    /// The one stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Block => "Không nhận số",
            Self::Warning => "Hỏi lại, nhận khi có lý do",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// How serious.
    pub severity: Severity,
    /// What is wrong and what to do, in Vietnamese.
    pub words: String,
}

/// Beyond this many robust standard deviations a figure is looked at twice.
///
/// Source: Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (1993): 3.5.
const FAR: f64 = 3.5;

/// Beyond this share of the figure before, in percent, a change is a jump.
const JUMP_PERCENT: i64 = 50;

/// Fewest earlier figures that say what is usual.
const FEWEST: usize = 5;

/// What there is to say about `figure`, with the unit's earlier ones, oldest first.
pub fn checks(definition: &Definition, figure: Decimal, earlier: &[Decimal]) -> Vec<Check> {
    let mut found = Vec::new();
    let mut block = |words: String| found.push(Check { severity: Severity::Block, words });
    if let Some(low) = definition.low.filter(|low| figure < *low) {
        block(format!("Không nhỏ hơn {}. Kiểm tra số và đơn vị tính.", definition.written(low)));
    }
    if let Some(high) = definition.high.filter(|high| figure > *high) {
        block(format!("Không lớn hơn {}. Kiểm tra số và đơn vị tính.", definition.written(high)));
    }
    if !found.is_empty() {
        return found;
    }
    let warn = |words: String| Check { severity: Severity::Warning, words };
    let z = (earlier.len() >= FEWEST).then(|| robust_z(figure, earlier)).flatten();
    if z.is_some_and(|it| it.abs() > FAR) {
        found.push(warn(format!(
            "{} lệch hẳn so với các kỳ trước. Nếu đúng, xác nhận và ghi lý do.",
            definition.written(figure)
        )));
    } else if let Some(last) = earlier.last().filter(|last| is_jump(**last, figure)) {
        found.push(warn(format!(
            "Đổi quá {JUMP_PERCENT}% so với kỳ trước ({}). Nếu đúng, xác nhận và ghi lý do.",
            definition.written(*last)
        )));
    }
    found
}

fn is_jump(last: Decimal, figure: Decimal) -> bool {
    let change = figure.checked_sub(last).map(|it| it.abs());
    let allowed = last.abs().checked_mul(Decimal::new(JUMP_PERCENT, 2));
    match (change, allowed) {
        (Some(change), Some(allowed)) => !last.is_zero() && change > allowed,
        _ => true,
    }
}

/// How far `figure` lies from the median of `others`, in robust standard deviations (median absolute
/// deviation × 1.4826); none where the others do not differ at all and it does not either.
pub fn robust_z(figure: Decimal, others: &[Decimal]) -> Option<f64> {
    let middle = median(others)?;
    let deviations: Vec<Decimal> = others.iter().map(|it| (*it - middle).abs()).collect();
    let spread = median(&deviations)?;
    let distance = figure - middle;
    if spread.is_zero() {
        return (!distance.is_zero()).then_some(f64::INFINITY);
    }
    Some(drawn(distance) / (1.4826 * drawn(spread)))
}

fn median(values: &[Decimal]) -> Option<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(sorted.len() / 2 - 1)?;
    (lower + upper).checked_div(Decimal::TWO)
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::tests::definition;
    use super::*;

    fn figures(texts: &[i64]) -> Vec<Decimal> {
        texts.iter().map(|it| Decimal::from(*it)).collect()
    }

    #[test]
    fn a_figure_out_of_range_is_blocked_and_only_that_is_said() {
        let percent = definition("%");
        let found = checks(&percent, 120.into(), &figures(&[40, 41]));
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().map(|it| it.severity), Some(Severity::Block));
        assert!(found.iter().all(|it| it.words.contains("100%")), "{found:?}");
        assert!(checks(&percent, (-1).into(), &[]).iter().any(|it| it.words.contains("0%")));
    }

    #[test]
    fn a_jump_warns_and_a_step_does_not() {
        let villages = definition("thôn");
        assert!(checks(&villages, 140.into(), &figures(&[100])).is_empty());
        let found = checks(&villages, 160.into(), &figures(&[100]));
        assert_eq!(found.first().map(|it| it.severity), Some(Severity::Warning));
        assert!(checks(&villages, 7.into(), &figures(&[0])).is_empty(), "from nothing any step");
    }

    #[test]
    fn an_outlier_warns_by_what_was_usual() {
        let villages = definition("thôn");
        let earlier = figures(&[100, 102, 101, 99, 100, 103]);
        assert!(checks(&villages, 104.into(), &earlier).is_empty());
        let found = checks(&villages, 125.into(), &earlier);
        assert!(found.iter().any(|it| it.words.contains("lệch hẳn")), "{found:?}");
        assert_eq!(robust_z(5.into(), &figures(&[5, 5, 5])), None);
        assert_eq!(robust_z(6.into(), &figures(&[5, 5, 5])), Some(f64::INFINITY));
        assert_eq!(robust_z(6.into(), &[]), None);
    }
}
