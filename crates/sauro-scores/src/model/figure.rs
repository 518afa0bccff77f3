//! Exact figures: read, rounded once, written the Vietnamese way.

use rust_decimal::{Decimal, RoundingStrategy};

/// Decimal places that every value, score and contribution is kept to.
pub const PLACES: u32 = 4;

/// `value` to [`PLACES`] decimals, halves away from zero: as people round by hand.
pub fn rounded(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// `value` with all its decimals: `66,6667`.
pub fn written(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}

/// `value` with exactly `places` decimals: `66,7`.
pub fn written_to(value: Decimal, places: u32) -> String {
    let value = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    format!("{value:.*}", places as usize).replace('.', ",")
}

/// A figure typed as `raw`, from 0 to 100 with at most two decimals; none of anything else. Comma and
/// point both separate decimals.
pub fn points_of(raw: &str) -> Option<Decimal> {
    let text = raw.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let is_plain = (1..=3).contains(&whole.len())
        && part.len() <= 2
        && !(text.contains('.') && part.is_empty())
        && whole.bytes().chain(part.bytes()).all(|it| it.is_ascii_digit());
    let value: Decimal = if is_plain { text.parse().ok()? } else { return None };
    (value <= Decimal::ONE_HUNDRED).then(|| value.normalize())
}
