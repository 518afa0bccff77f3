//! What calculated figures of a table rest on.

use std::collections::HashMap;

use rust_decimal::Decimal;
use sauro_kernel::AgencyId;

use crate::model::formula::parse;
use crate::model::intake::{Field, Given, RowFault};
use crate::model::{Indicator, Period, Shape};

/// What calculated figures are calculated from: by code, unit and period.
pub(super) type Parts = HashMap<(String, AgencyId, Period), Decimal>;

/// The codes that the formula of `indicator` asks for; none of what is not calculated.
pub(super) fn codes_of(indicator: &Indicator) -> Vec<String> {
    let Shape::Formula(text) = &indicator.definition.shape else { return Vec::new() };
    let parsed = parse(text).ok();
    parsed.map(|it| it.codes().into_iter().map(|it| it.0).collect()).unwrap_or_default()
}

/// The fault of a row whose formula asks for figures that are not there.
pub(super) fn lacking(it: &Given, indicator: &Indicator, parts: &Parts) -> RowFault {
    let lacks = |code: &String| !parts.contains_key(&(code.clone(), it.unit.id, it.period));
    let codes: Vec<String> = codes_of(indicator).into_iter().filter(lacks).collect();
    let words = format!(
        "chưa tính được: {} chưa có số liệu {}.",
        codes.join(", "),
        it.period.label().to_lowercase()
    );
    RowFault::new(it.at.row, Field::Value, words)
}
