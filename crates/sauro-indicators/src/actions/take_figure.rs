use rust_decimal::Decimal;
use sauro_store::Conn;

use super::FigureFields;
use super::rules::{Fresh, hold};
use crate::model::formula::{Formula, parse};
use crate::model::{
    Check, Definition, Figure, Indicator, Period, Severity, Shape, Unit, checks, computed,
};
use crate::{IndicatorsError, store};

/// The field of faults of a figure that was calculated: its parts are all there, but it cannot stand.
pub(super) const COMPUTED: &str = "so-tinh";

/// Earlier figures that say what is usual for a unit.
pub(super) const EARLIER: u16 = 24;

/// The definition that figures of `period` follow: that of those already there, or the newest one.
pub(super) async fn definition_of(
    conn: &mut Conn,
    indicator: Indicator,
    period: Period,
) -> Result<Indicator, IndicatorsError> {
    match store::observations::version_of(conn, indicator.id, period).await? {
        Some(version) if version != indicator.version => {
            store::indicators::find_version(conn, indicator.id, version)
                .await?
                .ok_or(IndicatorsError::NotFound("version of a definition"))
        }
        _ => Ok(indicator),
    }
}

/// The figure that `text` comes to for `unit` and `period`, from what these have reported.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] names what is lacking.
pub(super) async fn calculate(
    conn: &mut Conn,
    text: &str,
    unit: &Unit,
    period: Period,
) -> Result<Figure, IndicatorsError> {
    let formula: Formula =
        parse(text).map_err(|err| IndicatorsError::of_field("so", err.sentence()))?;
    let mut figures: Vec<(String, Decimal)> = Vec::new();
    let mut lacking: Vec<String> = Vec::new();
    for (code, _) in formula.codes() {
        let found = match store::indicators::find_by_code(conn, &code).await? {
            Some(it) => store::observations::of_period(conn, it.id, unit.id, period).await?,
            None => None,
        };
        match found {
            Some(it) => figures.push((code, it.value())),
            None => lacking.push(code),
        }
    }
    if !lacking.is_empty() {
        let words = format!(
            "Chưa tính được: {} chưa có số liệu {}.",
            lacking.join(", "),
            period.label().to_lowercase()
        );
        return Err(IndicatorsError::of_field("so", words));
    }
    let figure = |code: &str| figures.iter().find(|it| it.0 == code).map(|it| it.1);
    computed(&formula, &figure).ok_or_else(|| {
        let words = "Công thức chia cho 0 hoặc ra số quá lớn, nên kỳ này không có số liệu.";
        IndicatorsError::of_field("so", words)
    })
}

/// Looks at `figure` beside the unit's figures before `period`, and beside its other figures by the rules.
///
/// # Errors
///
/// [`IndicatorsError::Invalid`] for what is blocked; [`IndicatorsError::Unusual`] for what only warns,
/// unless the reporter confirms it and says why.
pub(super) async fn look_at(
    conn: &mut Conn,
    indicator: &Indicator,
    (unit, period): (&Unit, Period),
    figure: Figure,
    fields: &FigureFields,
) -> Result<(), IndicatorsError> {
    let known = store::observations::of_unit(conn, indicator.id, unit.id, EARLIER).await?;
    let earlier: Vec<Decimal> = known
        .iter()
        .rev()
        .filter(|it| it.period.start < period.start)
        .map(crate::model::Observation::value)
        .collect();
    let mut found = checks(&indicator.definition, figure.value, &earlier);
    let key = (indicator.id, period, unit.id);
    let fresh = Fresh { key, level: unit.level, value: figure.value };
    found.extend(hold(conn, &[fresh]).await?.into_iter().map(|it| it.check));
    judged(found, &indicator.definition, fields)
}

fn judged(
    found: Vec<Check>,
    definition: &Definition,
    fields: &FigureFields,
) -> Result<(), IndicatorsError> {
    let field = match definition.shape {
        Shape::Value => "so",
        Shape::Ratio(_) => "tu-so",
        Shape::Formula(_) => COMPUTED,
    };
    let (blocks, warnings): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|it| it.severity == Severity::Block);
    if !blocks.is_empty() {
        let faults = blocks.into_iter().map(|it| (field, it.words)).collect();
        return Err(IndicatorsError::Invalid(faults));
    }
    if warnings.is_empty() {
        return Ok(());
    }
    if !fields.is_confirmed {
        return Err(IndicatorsError::Unusual(warnings.into_iter().map(|it| it.words).collect()));
    }
    if fields.remark.trim().is_empty() {
        let words = "Số khác thường: ghi lý do để người thẩm định hiểu.";
        return Err(IndicatorsError::of_field("ghi-chu", words));
    }
    Ok(())
}
