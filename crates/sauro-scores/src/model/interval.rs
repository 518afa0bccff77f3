use rust_decimal::{Decimal, MathematicalOps};

use super::Share;

/// The quantile of the normal distribution for an interval of 90 %.
const Z: Decimal = Decimal::from_parts(164_485_363, 0, 0, false, 8);

/// The 90 % Wilson score interval of `share`, in percent: between which bounds the share of a unit like
/// this lies, were there many more things to count. None of nothing.
///
/// Source: E. B. Wilson, "Probable inference", JASA 22 (1927); z = 1.64485363.
pub fn wilson(share: Share) -> Option<(Decimal, Decimal)> {
    let n = Decimal::from(share.of);
    if share.of <= 0 {
        return None;
    }
    let rate = Decimal::from(share.hits.clamp(0, share.of)).checked_div(n)?;
    let z2 = Z * Z;
    let two = Decimal::TWO;
    let mid = rate + z2 / (two * n);
    let spread = rate * (Decimal::ONE - rate) / n + z2 / (two * two * n * n);
    let half = Z * spread.sqrt()?;
    let scale = Decimal::ONE + z2 / n;
    let percent = |it: Decimal| {
        (it / scale * Decimal::ONE_HUNDRED).clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)
    };
    Some((percent(mid - half), percent(mid + half)))
}
