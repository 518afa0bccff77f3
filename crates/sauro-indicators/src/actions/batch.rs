use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rust_decimal::Decimal;
use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, IndicatorId, ObservationId};
use sauro_store::{Conn, StoreError};

use super::authority::may_report;
use super::calculated::{Parts, codes_of, lacking};
use super::rules::{Finding, Fresh, hold};
use super::take_figure::EARLIER;
use crate::model::formula::parse;
use crate::model::intake::{Field, Given, RowFault};
use crate::model::{
    Figure, Indicator, MOST_TOLD, Observation, Period, Severity, Shape, TOLD, checks, computed,
    told,
};
use crate::{IndicatorsError, store};

/// Whose figure of which period.
type Key = (IndicatorId, Period, AgencyId);

/// Figures that are right and new, ready to be written.
#[derive(Default)]
pub(super) struct Batch {
    observations: Vec<Observation>,
    /// The row of each of them.
    rows: Vec<usize>,
    /// Codes of their indicators.
    codes: BTreeMap<IndicatorId, String>,
    /// An official filled the table.
    is_by_hand: bool,
    /// Earlier figures of those who fill tables by hand, oldest first.
    earlier: HashMap<(IndicatorId, AgencyId), Vec<(Period, Decimal)>>,
    /// Version of the definition that the figures of each period follow, as read.
    versions: BTreeMap<(IndicatorId, Period), i64>,
    /// Figures that are there already.
    pub(super) n_known: usize,
}

/// Who filled a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// An official, who says why a figure is unusual as in the form of one figure.
    Hand,
    /// A program, with figures that were looked at where they come from.
    Program,
}

/// Holds `given` against rights, definitions and what is there already, some thousand rows with a few
/// questions. What a row lacks is a fault of its own.
pub(super) async fn prepare(
    ctx: &Ctx,
    conn: &mut Conn,
    indicators: &HashMap<String, Arc<Indicator>>,
    (given, by): (Vec<Given>, By),
) -> Result<(Batch, Vec<RowFault>), IndicatorsError> {
    let definitions = definitions(conn, &given).await?;
    let keys: Vec<Key> = given.iter().map(key_of).collect();
    let known = known(conn, &keys).await?;
    let versions = definitions.iter().map(|(pair, indicator)| (*pair, indicator.version));
    let earlier = if by == By::Hand { earlier(conn, &keys).await? } else { HashMap::new() };
    let (versions, is_by_hand) = (versions.collect(), by == By::Hand);
    let mut batch = Batch { versions, is_by_hand, earlier, ..Batch::default() };
    let (mut faults, mut calculated) = (Vec::new(), Vec::new());
    for it in given {
        let Some(indicator) = definitions.get(&(it.indicator.id, it.period)) else { continue };
        if let Err(fault) = allowed(ctx, &it, indicator) {
            faults.push(fault);
            continue;
        }
        match it.figure(indicator) {
            Ok(Some(figure)) => faults.extend(batch.take(ctx, &known, it, indicator, figure).err()),
            Ok(None) => calculated.push((it, indicator)),
            Err(found) => faults.extend(found),
        }
    }
    let parts = parts(conn, indicators, &calculated, &batch).await?;
    faults.extend(batch.calculate(ctx, &known, parts, calculated));
    faults.extend(hold(conn, &batch.fresh()).await?.into_iter().filter_map(|it| batch.broken(it)));
    Ok((batch, faults))
}

fn key_of(it: &Given) -> Key {
    (it.indicator.id, it.period, it.unit.id)
}

async fn known(conn: &mut Conn, keys: &[Key]) -> Result<HashMap<Key, Observation>, StoreError> {
    let found = store::observations_many::of_keys(conn, keys).await?;
    Ok(found.into_iter().map(|it| ((it.indicator, it.period, it.unit.id), it)).collect())
}

/// Newest figures of each indicator and unit of `keys`.
async fn earlier(
    conn: &mut Conn,
    keys: &[Key],
) -> Result<HashMap<(IndicatorId, AgencyId), Vec<(Period, Decimal)>>, StoreError> {
    let pairs: BTreeSet<(IndicatorId, AgencyId)> = keys.iter().map(|it| (it.0, it.2)).collect();
    let pairs: Vec<(IndicatorId, AgencyId)> = pairs.into_iter().collect();
    let mut earlier: HashMap<_, Vec<(Period, Decimal)>> = HashMap::new();
    let said = store::observations_many::values_of_units(conn, &pairs, EARLIER).await?;
    for (indicator, unit, period, value) in said {
        earlier.entry((indicator, unit)).or_default().push((period, value));
    }
    earlier.values_mut().for_each(|it| it.sort_unstable_by_key(|(period, _)| *period));
    Ok(earlier)
}

/// The definition of each indicator and period: that of the figures already there, or the newest one.
async fn definitions(
    conn: &mut Conn,
    given: &[Given],
) -> Result<BTreeMap<(IndicatorId, Period), Arc<Indicator>>, IndicatorsError> {
    let mut definitions: BTreeMap<(IndicatorId, Period), Arc<Indicator>> =
        given.iter().map(|it| ((it.indicator.id, it.period), it.indicator.clone())).collect();
    let pairs: Vec<(IndicatorId, Period)> = definitions.keys().copied().collect();
    let mut older: BTreeMap<(IndicatorId, i64), Vec<Period>> = BTreeMap::new();
    for ((indicator, period), version) in
        store::observations_many::versions_of(conn, &pairs).await?
    {
        let newest = definitions.get(&(indicator, period)).map(|it| it.version);
        if newest != Some(version) {
            older.entry((indicator, version)).or_default().push(period);
        }
    }
    let asked: Vec<(IndicatorId, i64)> = older.keys().copied().collect();
    for it in store::indicators::find_versions(conn, &asked).await? {
        let it = Arc::new(it);
        let periods = older.remove(&(it.id, it.version)).unwrap_or_default();
        definitions.extend(periods.into_iter().map(|period| ((it.id, period), it.clone())));
    }
    if !older.is_empty() {
        return Err(IndicatorsError::NotFound("version of a definition"));
    }
    Ok(definitions)
}

/// Whether the caller may say this; `then` is the indicator as it was defined for the period.
fn allowed(ctx: &Ctx, it: &Given, then: &Indicator) -> Result<(), RowFault> {
    if [&it.indicator, then].iter().any(|it| it.definition.counts.is_some()) {
        let words = "máy đếm chỉ số này từ nhiệm vụ; bỏ dòng này.";
        return Err(RowFault::new(it.at.row, Field::Indicator, words));
    }
    if may_report(ctx, &it.indicator, &it.unit).is_err() {
        let words = format!("đồng chí không báo số liệu thay {}.", it.unit.name);
        return Err(RowFault::new(it.at.row, Field::Unit, words));
    }
    // The figure of the whole country stands above those of its units.
    if !it.unit.is_nation() && !it.indicator.definition.is_reported_at(it.unit.level) {
        let words = format!("chỉ số này không báo ở {}.", it.unit.level.label());
        return Err(RowFault::new(it.at.row, Field::Unit, words));
    }
    Ok(())
}

/// The figures that formulas ask for, from this file and from what is there.
async fn parts(
    conn: &mut Conn,
    indicators: &HashMap<String, Arc<Indicator>>,
    calculated: &[(Given, &Arc<Indicator>)],
    batch: &Batch,
) -> Result<Parts, IndicatorsError> {
    let mut asked: BTreeMap<Key, String> = BTreeMap::new();
    for (it, indicator) in calculated {
        for code in codes_of(indicator) {
            if let Some(part) = indicators.get(&code) {
                asked.insert((part.id, it.period, it.unit.id), code);
            }
        }
    }
    let keys: Vec<Key> = asked.keys().copied().collect();
    let mut parts = Parts::new();
    for ((_, period, unit), it) in known(conn, &keys).await? {
        if let Some(code) = asked.get(&(it.indicator, period, unit)) {
            parts.insert((code.clone(), unit, period), it.value());
        }
    }
    for it in batch.observations.iter().filter(|_| !asked.is_empty()) {
        if let Some(code) = asked.get(&(it.indicator, it.period, it.unit.id)) {
            parts.insert((code.clone(), it.unit.id, it.period), it.reported.value);
        }
    }
    Ok(parts)
}

fn is_below_one(figure: Decimal) -> bool {
    figure > Decimal::ZERO && figure < Decimal::ONE
}

/// The column that says `figure`.
fn field_of(figure: Figure) -> Field {
    if figure.parts.is_some() { Field::Numerator } else { Field::Value }
}

impl Batch {
    /// How many figures are to be written.
    pub(super) fn len(&self) -> usize {
        self.observations.len()
    }

    /// Takes the figure of `it`, unless the same is there already.
    fn take(
        &mut self,
        ctx: &Ctx,
        known: &HashMap<Key, Observation>,
        it: Given,
        indicator: &Indicator,
        figure: Figure,
    ) -> Result<(), RowFault> {
        match known.get(&key_of(&it)) {
            Some(old) if old.reported == figure => {
                self.n_known += 1;
                return Ok(());
            }
            Some(old) => {
                let words = format!(
                    "kỳ này đã có số khác ({}); đính chính ở trang số liệu.",
                    indicator.definition.written(old.reported.value)
                );
                return Err(RowFault::new(it.at.row, field_of(figure), words));
            }
            None => {}
        }
        self.look_at(&it, indicator, figure)?;
        let observation = Observation {
            id: ObservationId(ctx.ids.fresh()),
            indicator: indicator.id,
            definition_version: indicator.version,
            unit: it.unit,
            period: it.period,
            as_of: it.as_of,
            reported: figure,
            source: it.source,
            remark: it.remark,
            reported_by: ctx.actor.account,
            reporter: ctx.actor.agency,
            reported_at: ctx.now_us(),
            appraised: None,
            appraisal: None,
            version: 1,
        };
        self.codes.entry(indicator.id).or_insert_with(|| indicator.code.clone());
        self.rows.push(it.at.row);
        self.observations.push(observation);
        Ok(())
    }

    /// Looks at `figure` beside the earlier ones of its unit: what is unusual needs a remark.
    fn look_at(&self, it: &Given, indicator: &Indicator, figure: Figure) -> Result<(), RowFault> {
        if !self.is_by_hand || !it.remark.is_empty() {
            return Ok(());
        }
        let definition = &indicator.definition;
        let known = self.earlier.get(&(indicator.id, it.unit.id)).map(Vec::as_slice);
        let before = known.unwrap_or_default().iter();
        let before = before.filter(|(period, _)| period.start < it.period.start);
        let before: Vec<Decimal> = before.map(|(_, value)| *value).collect();
        let unusual = checks(definition, figure.value, &before).into_iter().next();
        let words = match (unusual, figure.parts) {
            (Some(found), _) => found.words,
            // A cell may make 0,3952 of what was typed as 39,52%.
            (None, None) if definition.is_share() && is_below_one(figure.value) => format!(
                "{} là dưới 1%. Nếu phải là {}, ghi lại; nếu đúng, ghi lý do.",
                definition.written(figure.value),
                definition.written(figure.value * Decimal::ONE_HUNDRED)
            ),
            (None, _) => return Ok(()),
        };
        let words = format!("{words} Lý do ghi ở cột Ghi chú.");
        Err(RowFault::new(it.at.row, field_of(figure), words))
    }

    /// What rules look at.
    fn fresh(&self) -> Vec<Fresh> {
        let fresh = |it: &Observation| Fresh {
            key: (it.indicator, it.period, it.unit.id),
            level: it.unit.level,
            value: it.reported.value,
        };
        self.observations.iter().map(fresh).collect()
    }

    /// The fault of a row that breaks a rule. One that only warns is none where a remark says why, and
    /// programs are not asked.
    fn broken(&self, it: Finding) -> Option<RowFault> {
        let touched = it.touched.iter().filter_map(|at| self.observations.get(*at));
        let is_explained = touched.clone().any(|it| !it.remark.is_empty());
        let is_warning = it.check.severity == Severity::Warning;
        if is_warning && (is_explained || !self.is_by_hand) {
            return None;
        }
        let row = self.rows.get(*it.touched.first()?)?;
        let field = field_of(touched.clone().next()?.reported);
        let ask = if is_warning { " Nếu đúng, ghi lý do ở cột Ghi chú." } else { "" };
        Some(RowFault::new(*row, field, format!("{}{ask}", it.check.words)))
    }

    /// Takes what is calculated; those that rest on others come after them.
    fn calculate(
        &mut self,
        ctx: &Ctx,
        known: &HashMap<Key, Observation>,
        mut parts: Parts,
        mut waiting: Vec<(Given, &Arc<Indicator>)>,
    ) -> Vec<RowFault> {
        let mut faults = Vec::new();
        loop {
            let n_waiting = waiting.len();
            let mut left = Vec::new();
            for (it, indicator) in waiting {
                let part =
                    |code: &str| parts.get(&(code.to_owned(), it.unit.id, it.period)).copied();
                if codes_of(indicator).iter().any(|code| part(code).is_none()) {
                    left.push((it, indicator));
                    continue;
                }
                let Shape::Formula(text) = &indicator.definition.shape else { continue };
                let figure = parse(text).ok().and_then(|formula| computed(&formula, &part));
                let row = it.at.row;
                let Some(figure) = figure else {
                    let words =
                        "công thức chia cho 0 hoặc ra số quá lớn, nên kỳ này không có số liệu.";
                    faults.push(RowFault::new(row, Field::Value, words));
                    continue;
                };
                if it.value.is_some_and(|said| said != figure.value) {
                    let words = format!(
                        "khác số máy tính được ({}). Sửa, hoặc bỏ dòng này.",
                        indicator.definition.written(figure.value)
                    );
                    faults.push(RowFault::new(row, Field::Value, words));
                    continue;
                }
                parts.insert((indicator.code.clone(), it.unit.id, it.period), figure.value);
                faults.extend(self.take(ctx, known, it, indicator, figure).err());
            }
            if left.is_empty() || left.len() == n_waiting {
                faults.extend(left.iter().map(|(it, indicator)| lacking(it, indicator, &parts)));
                return faults;
            }
            waiting = left;
        }
    }

    /// What the journal hears: one entry for some hundred figures of an indicator and period, since one
    /// for each would cost more than the figures.
    fn events(&self) -> Vec<Event> {
        let mut sheets: BTreeMap<(IndicatorId, Period), Vec<&Observation>> = BTreeMap::new();
        for it in &self.observations {
            sheets.entry((it.indicator, it.period)).or_default().push(it);
        }
        let mut events = Vec::new();
        for ((indicator, period), figures) in sheets {
            let code = self.codes.get(&indicator).map(String::as_str).unwrap_or_default();
            for some in figures.chunks(MOST_TOLD) {
                let Some(first) = some.first() else { continue };
                let data = told(code, period, some);
                events.push(Event::new("FiguresReported", TOLD, first.id, data));
            }
        }
        events
    }

    /// Writes all of it in the transaction of `conn`.
    ///
    /// # Errors
    ///
    /// [`IndicatorsError::Stale`] when somebody else reported meanwhile, or under another definition.
    pub(super) async fn write(self, ctx: &Ctx, conn: &mut Conn) -> Result<(), IndicatorsError> {
        let pairs: Vec<(IndicatorId, Period)> = self.versions.keys().copied().collect();
        for (pair, version) in store::observations_many::versions_of(conn, &pairs).await? {
            if self.versions.get(&pair) != Some(&version) {
                return Err(IndicatorsError::Stale);
            }
        }
        // What others wrote meanwhile may be the other side of a rule.
        let broken = hold(conn, &self.fresh()).await?;
        if broken.iter().any(|it| it.check.severity == Severity::Block) {
            return Err(IndicatorsError::Stale);
        }
        let written = store::observations_many::insert_many(conn, &self.observations).await;
        written.map_err(|err| match err {
            StoreError::Conflict(_) => IndicatorsError::Stale,
            err => err.into(),
        })?;
        store::revisions::insert_first(conn, ctx, &self.observations).await?;
        sauro_journal::append_many(conn, ctx, self.events()).await?;
        Ok(())
    }
}
