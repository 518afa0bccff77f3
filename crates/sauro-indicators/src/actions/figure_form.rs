use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::Days;
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, Ctx, IndicatorId, Right};
use sauro_store::{Conn, Db};

use super::authority::reported_units;
use super::read::all;
use crate::model::{Indicator, Observation, Period, PeriodKind, Shape, Unit};
use crate::{IndicatorsError, store};

/// What the caller's unit reports of one period, to be filled outside (mẫu nhập số liệu).
#[derive(Debug, Clone, PartialEq)]
pub struct FigureForm {
    /// The period.
    pub period: Period,
    /// A row for each indicator and unit, by code.
    pub rows: Vec<FormRow>,
    /// Indicators that are calculated, and not in the form.
    pub n_calculated: usize,
}

/// One row of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormRow {
    /// The indicator as it is defined for the period.
    pub indicator: Indicator,
    /// Whose figure it is.
    pub unit: Unit,
    /// The figure of the period before.
    pub before: Option<Observation>,
    /// The figure that was reported already.
    pub now: Option<Observation>,
}

/// Periods that a form is offered for, of each kind.
const OFFERED: usize = 6;

/// The periods for which the caller can report something, short kinds first, newest first.
///
/// # Errors
///
/// [`IndicatorsError::Denied`] for whoever reports no figures.
pub async fn form_periods(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
) -> Result<Vec<Period>, IndicatorsError> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    let indicators = all(&mut db.read().await?).await?;
    let kinds: BTreeSet<PeriodKind> = indicators
        .iter()
        .filter(|it| !matches!(it.definition.shape, Shape::Formula(_)))
        .filter(|it| !reported_units(ctx, directory, it).is_empty())
        .map(|it| it.definition.rhythm)
        .collect();
    Ok(kinds.into_iter().flat_map(|kind| Period::latest(kind, ctx.today(), OFFERED)).collect())
}

/// The form of `period`: every indicator that the caller reports then, with what was reported before.
///
/// # Errors
///
/// [`IndicatorsError::Denied`] for whoever reports no figures; [`IndicatorsError::NotFound`] for a period
/// that has not begun, or without anything to report.
pub async fn figure_form(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    period: Period,
) -> Result<FigureForm, IndicatorsError> {
    ctx.require(Right::ReportFigures, ctx.actor.own())?;
    if period.start > ctx.today() {
        return Err(IndicatorsError::NotFound("period that has begun"));
    }
    let mut conn = db.read().await?;
    let mut asked: Vec<(Indicator, Unit)> = Vec::new();
    for indicator in
        all(&mut conn).await?.into_iter().filter(|it| it.definition.rhythm == period.kind)
    {
        let units = reported_units(ctx, directory, &indicator);
        asked.extend(units.into_iter().map(|unit| (indicator.clone(), unit)));
    }
    let n_all = asked.len();
    asked.retain(|it| !matches!(it.0.definition.shape, Shape::Formula(_)));
    if asked.is_empty() {
        return Err(IndicatorsError::NotFound("indicator to report for this period"));
    }
    let n_calculated = n_all - asked.len();
    let rows = rows(&mut conn, asked, period).await?;
    Ok(FigureForm { period, rows, n_calculated })
}

async fn rows(
    conn: &mut Conn,
    asked: Vec<(Indicator, Unit)>,
    period: Period,
) -> Result<Vec<FormRow>, IndicatorsError> {
    let earlier = period.start.checked_sub_days(Days::new(1)).unwrap_or(period.start);
    let earlier = Period::containing(period.kind, earlier);
    let keys = |period: Period| -> Vec<(IndicatorId, Period, AgencyId)> {
        asked.iter().map(|(indicator, unit)| (indicator.id, period, unit.id)).collect()
    };
    let mut before = by_place(conn, keys(earlier)).await?;
    let mut now = by_place(conn, keys(period)).await?;
    let pairs: Vec<_> = asked.iter().map(|it| (it.0.id, period)).collect();
    let versions = store::observations_many::versions_of(conn, &pairs).await?;
    let versions: BTreeMap<IndicatorId, i64> =
        versions.into_iter().map(|it| (it.0.0, it.1)).collect();
    let older: Vec<(IndicatorId, i64)> = asked
        .iter()
        .filter_map(|(it, _)| versions.get(&it.id).map(|version| (it, *version)))
        .filter(|(it, version)| it.version != *version)
        .map(|(it, version)| (it.id, version))
        .collect();
    let older = store::indicators::find_versions(conn, &older).await?;
    let older: HashMap<IndicatorId, Indicator> = older.into_iter().map(|it| (it.id, it)).collect();
    let row = |(newest, unit): (Indicator, Unit)| {
        let place = (newest.id, unit.id);
        let indicator = older.get(&newest.id).cloned().unwrap_or(newest);
        FormRow { indicator, unit, before: before.remove(&place), now: now.remove(&place) }
    };
    Ok(asked.into_iter().map(row).collect())
}

async fn by_place(
    conn: &mut Conn,
    keys: Vec<(IndicatorId, Period, AgencyId)>,
) -> Result<HashMap<(IndicatorId, AgencyId), Observation>, IndicatorsError> {
    let found = store::observations_many::of_keys(conn, &keys).await?;
    Ok(found.into_iter().map(|it| ((it.indicator, it.unit.id), it)).collect())
}
