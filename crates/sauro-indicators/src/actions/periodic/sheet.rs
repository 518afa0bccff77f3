//! A report as it is written and read: its form, what is filled in, and what nobody has to type.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, Ctx, FormId, PeriodicReportId, RoundId};
use sauro_store::{Conn, Db};

use super::authority::{may_draft, may_read, may_receive, may_send, writer};
use super::read::{form_of_unit, receiver, round_within, unit_in};
use super::work::{Span, Work, WorkSource};
use crate::actions::read::all;
use crate::model::periodic::{
    Cell, Exception, Form, Frozen, PeriodicReport, Round, StepTaken, Trace,
};
use crate::model::{Indicator, Observation, Period, Tally, Unit, UnitLevel};
use crate::store::rollups::{Cell as RollupCell, NATION};
use crate::{IndicatorsError, store};

/// Figures of a unit read of each indicator: the one of the period, and the one before.
const FIGURES: u16 = 6;

/// A report with all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The round.
    pub round: Round,
    /// The form with what was added to it for this unit.
    pub form: Form,
    /// Which design was added, for a report that is begun now.
    pub extension: Option<(FormId, i64)>,
    /// Whose.
    pub unit: Unit,
    /// To whom it goes.
    pub receiver: Option<AgencyId>,
    /// The report, once it is begun.
    pub report: Option<PeriodicReport>,
    /// Its sections by the names of their parts.
    pub texts: BTreeMap<String, String>,
    /// Its figures, by part and in the order of the form.
    pub figures: Vec<(String, FigureLine)>,
    /// Figures as they stood when it was sent.
    pub frozen: Vec<Frozen>,
    /// Where merged sentences come from.
    pub traces: Vec<Trace>,
    /// What was done to it, newest first.
    pub steps: Vec<StepTaken>,
    /// The unit may send although the round is locked.
    pub exception: Option<Exception>,
    /// What the room of tasks knows.
    pub work: Work,
    /// How many reports this unit has of those who send to it.
    pub n_below: i64,
    /// The reports that its sentences come from, with whose they are.
    pub below: Vec<(PeriodicReportId, AgencyId)>,
    /// The unit is still writing, and the caller is not of those who write: neither words nor figures are shown.
    pub is_sealed: bool,
    /// What the caller may do.
    pub may: SheetRights,
}

/// What the caller may do with a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SheetRights {
    /// Write in it.
    pub draft: bool,
    /// Sign and send it.
    pub send: bool,
    /// Accept or return it.
    pub receive: bool,
}

/// One figure of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureLine {
    /// The indicator.
    pub indicator: Indicator,
    /// The period of the figure.
    pub period: Period,
    /// Where it comes from.
    pub given: Given,
    /// The unit's figure before, with its period.
    pub before: Option<(Decimal, Period)>,
    /// What is typed and not yet sent.
    pub cell: Option<Cell>,
}

/// Where a figure of a report comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// It is there already: nobody is asked.
    Observed(Box<Observation>),
    /// It is added up from the units below: nobody is asked.
    RolledUp(Decimal, i64),
    /// It is asked, with what the units below come to as a suggestion.
    Asked(Option<(Decimal, i64)>),
    /// It is calculated from other figures when the report is sent.
    Calculated,
    /// Not reported at this level, and no unit below has reported it.
    Nothing,
}

impl FigureLine {
    /// The figure itself, where it is known before sending.
    pub fn value(&self) -> Option<Decimal> {
        match &self.given {
            Given::Observed(it) => Some(it.value()),
            Given::RolledUp(value, _) => Some(*value),
            _ => None,
        }
    }

    /// What the units below come to, as it would be typed; nothing where they have said nothing.
    pub fn suggestion(&self) -> String {
        match &self.given {
            Given::Asked(Some((value, _))) => {
                crate::model::write_figure(*value, self.indicator.definition.decimals)
            }
            _ => String::new(),
        }
    }

    /// True when somebody has to type it.
    pub fn is_asked(&self) -> bool {
        matches!(self.given, Given::Asked(_))
    }
}

impl Sheet {
    /// The figures of the part `key`.
    pub fn figures_of(&self, key: &str) -> impl Iterator<Item = &FigureLine> {
        self.figures.iter().filter(move |it| it.0 == key).map(|it| &it.1)
    }

    /// The section `key`, or nothing.
    pub fn text(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// True while the unit may write and the round takes it.
    pub fn is_open(&self, today: chrono::NaiveDate) -> bool {
        let is_writable = self.report.as_ref().is_none_or(|it| it.state.is_open());
        is_writable && self.is_taken(today)
    }

    /// True while the round takes this report. The one that ends the chain waits for all others, the last of
    /// whom send on the day of the lock; so it is written after the lock as well.
    pub(super) fn is_taken(&self, today: chrono::NaiveDate) -> bool {
        self.receiver.is_none() || self.round.takes(self.exception.as_ref(), today)
    }

    /// Figures that were appraised or corrected after the report was sent.
    pub fn changed_figures(&self) -> Vec<(&FigureLine, Decimal)> {
        let lines = self.figures.iter().map(|it| &it.1);
        let changed = lines.filter_map(|line| {
            let frozen = self.frozen.iter().find(|it| it.indicator == line.indicator.id)?;
            (line.value()? != frozen.value).then_some((line, frozen.value))
        });
        changed.collect()
    }
}

/// The report of the unit named `code` in the round `id`, begun or not.
///
/// # Errors
///
/// [`IndicatorsError::NotFound`] for strangers too.
pub async fn sheet(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    source: &dyn WorkSource,
    id: RoundId,
    code: &str,
) -> Result<Sheet, IndicatorsError> {
    let mut conn = db.read().await?;
    let mut sheet = sheet_within(ctx, &mut conn, directory, id, code).await?;
    drop(conn);
    sheet.work = work_of(ctx, source, &sheet).await?;
    Ok(sheet)
}

async fn work_of(
    ctx: &Ctx,
    source: &dyn WorkSource,
    sheet: &Sheet,
) -> Result<Work, IndicatorsError> {
    let period = sheet.round.period;
    let to = sheet.round.cut_off_on.max(period.start);
    let next = Period::containing(period.kind, period.end().succ_opt().unwrap_or(period.end()));
    let agency = writer(&sheet.form, &sheet.unit).agency;
    let is_nation = sheet.unit.is_nation();
    let span = Span { agency, is_nation, from: period.start, to, next: next.end() };
    Ok(source.work(ctx, span).await?)
}

/// As [`sheet`], without the work, in the transaction of `conn`.
pub(super) async fn sheet_within(
    ctx: &Ctx,
    conn: &mut Conn,
    directory: &Directory,
    id: RoundId,
    code: &str,
) -> Result<Sheet, IndicatorsError> {
    let (round, root) = round_within(conn, id).await?;
    let unit = unit_in(directory, &root, code)?;
    let to = receiver(directory, &root, &unit);
    if !may_read(ctx, &root, &unit, to) {
        return Err(IndicatorsError::NotFound("periodic report"));
    }
    let may = SheetRights {
        draft: may_draft(ctx, &root, &unit).is_ok(),
        send: may_send(ctx, &root, &unit).is_ok(),
        receive: to.is_some_and(|it| may_receive(ctx, directory, it).is_ok()),
    };
    let report = store::periodic::reports::of_unit(conn, id, unit.id).await?;
    let is_readable = may.draft || report.as_ref().is_some_and(|it| !it.state.is_open());
    if !is_readable
        && !may.receive
        && !ctx.may(sauro_kernel::Right::ReadTasks, writer(&root, &unit))
    {
        return Err(IndicatorsError::NotFound("periodic report"));
    }
    let is_written = report.as_ref().is_some_and(|it| it.state.is_open());
    let (form, extension) = form_of_unit(conn, root, &unit, report.as_ref()).await?;
    let mut sheet = Sheet {
        is_sealed: is_written && !may.draft && !may.send,
        extension,
        receiver: to,
        texts: BTreeMap::new(),
        figures: Vec::new(),
        frozen: Vec::new(),
        traces: Vec::new(),
        steps: Vec::new(),
        exception: store::periodic::exceptions::find(conn, id, unit.id).await?,
        work: Work::default(),
        n_below: store::periodic::reports::n_with(conn, id, writer(&form, &unit).agency).await?,
        below: Vec::new(),
        round,
        form,
        unit,
        report,
        may,
    };
    let mut cells = Vec::new();
    let readable = sheet.report.as_ref().filter(|_| !sheet.is_sealed);
    if let Some(report) = readable.map(|it| it.id) {
        sheet.texts = store::periodic::contents::texts(conn, report).await?.into_iter().collect();
        sheet.frozen = store::periodic::contents::figures(conn, report).await?;
        sheet.traces = store::periodic::traces::of(conn, report).await?;
        sheet.steps = store::periodic::steps::of(conn, report).await?;
        cells = store::periodic::contents::cells(conn, report).await?;
    }
    if !sheet.traces.is_empty() {
        let receiver = writer(&sheet.form, &sheet.unit).agency;
        let below = store::periodic::reports::to_receiver(conn, id, receiver).await?;
        sheet.below = below.into_iter().map(|it| (it.id, it.unit.id)).collect();
    }
    sheet.figures = figures(conn, &sheet, cells).await?;
    Ok(sheet)
}

async fn figures(
    conn: &mut Conn,
    sheet: &Sheet,
    cells: Vec<Cell>,
) -> Result<Vec<(String, FigureLine)>, IndicatorsError> {
    let known: BTreeMap<String, Indicator> =
        all(conn).await?.into_iter().map(|it| (it.code.clone(), it)).collect();
    let mut lines = Vec::new();
    for item in &sheet.form.design.items {
        for code in item.codes() {
            let Some(indicator) = known.get(code).cloned() else { continue };
            let line = figure(conn, sheet, indicator, &cells).await?;
            lines.push((item.key.clone(), line));
        }
    }
    Ok(lines)
}

async fn figure(
    conn: &mut Conn,
    sheet: &Sheet,
    indicator: Indicator,
    cells: &[Cell],
) -> Result<FigureLine, IndicatorsError> {
    let (unit, def) = (&sheet.unit, &indicator.definition);
    let period = sheet.round.figure_period(def.rhythm);
    let known = store::observations::of_unit(conn, indicator.id, unit.id, FIGURES).await?;
    let before =
        known.iter().find(|it| it.period.start < period.start).map(|it| (it.value(), it.period));
    let observed = known.into_iter().find(|it| it.period == period);
    let rolled = rolled_up(conn, &indicator, unit, period).await?;
    let is_reported = def.is_reported_at(unit.level) && def.counts.is_none();
    let given = match (observed, rolled) {
        (Some(it), _) => Given::Observed(Box::new(it)),
        (None, _) if is_reported && matches!(def.shape, crate::model::Shape::Formula(_)) => {
            Given::Calculated
        }
        // The nation's figure is what its units come to, unless none has one.
        (None, Some((value, n))) if unit.is_nation() || !is_reported => Given::RolledUp(value, n),
        (None, rolled) if is_reported && sheet.may_report_figures() => Given::Asked(rolled),
        (None, _) => Given::Nothing,
    };
    let cell = cells.iter().find(|it| it.indicator == indicator.id).cloned();
    Ok(FigureLine { indicator, period, given, before, cell })
}

impl Sheet {
    /// The figure of the nation is reported by the agency that answers for its indicator, not in a report.
    fn may_report_figures(&self) -> bool {
        !self.unit.is_nation()
    }
}

/// What the units below `unit` come to for `period`.
async fn rolled_up(
    conn: &mut Conn,
    indicator: &Indicator,
    unit: &Unit,
    period: Period,
) -> Result<Option<(Decimal, i64)>, IndicatorsError> {
    let place = match unit.level {
        UnitLevel::National => NATION.to_owned(),
        UnitLevel::Province => unit.province.clone(),
        UnitLevel::Ministry | UnitLevel::Commune => return Ok(None),
    };
    // What is counted of the unit itself is no sum of others.
    if indicator.definition.grain() == unit.level {
        return Ok(None);
    }
    let cell = RollupCell { indicator: indicator.id, period, place };
    let kept = store::rollups_many::find_many(conn, &[cell]).await?;
    if let Some((_, version, tally)) = kept.into_iter().next() {
        let found = store::indicators::find_version(conn, indicator.id, version).await?;
        let value = found.and_then(|it| tally.figure(&it.definition));
        return Ok(value.map(|it| (it, tally.n)));
    }
    // Where communes have said nothing, the nation is what its provinces say of themselves.
    if !unit.is_nation() || !indicator.definition.is_reported_at(UnitLevel::Province) {
        return Ok(None);
    }
    let key = (indicator.id, UnitLevel::Province, period);
    let figures = store::observations::of_level_in(conn, key).await?;
    let def = &indicator.definition;
    let counted: Vec<_> = figures.iter().map(|it| it.counted(def)).collect();
    let tally = Tally::of(&counted, def);
    Ok(tally.figure(def).map(|it| (it, tally.n)))
}
