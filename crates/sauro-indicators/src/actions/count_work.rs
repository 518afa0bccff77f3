//! Figures counted of tasks: nobody is asked for what the program knows.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::future::Future;
use std::pin::Pin;

use chrono::NaiveDate;
use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::{AgencyId, Ctx, IndicatorId, ObservationId};
use sauro_store::{Conn, Db, StoreError};

use super::correct_figure::write as write_correction;
use super::read::all;
use super::report_figure::event;
use crate::model::{COUNTED, Figure, Indicator, Observation, Period, Unit, WorkCounts};
use crate::{IndicatorsError, store};

/// Periods that are still counted after they have ended: verification comes later than the deadline.
const PERIODS: usize = 2;

/// Where tasks are counted. The product gives one that asks the room of tasks.
pub trait WorkCounter: Send + Sync {
    /// The tasks due from one day to another, by the agency that leads them; `is_changed` tells of changes
    /// since an instant in microseconds.
    ///
    /// # Errors
    ///
    /// The store's.
    fn counts(&self, days: (NaiveDate, NaiveDate), since_us: i64) -> CountsFuture<'_>;
}

/// The answer of a [`WorkCounter`].
pub type CountsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Vec<WorkCounts>, StoreError>> + Send + 'a>>;

/// A figure to be written.
struct Counted {
    indicator: Indicator,
    unit: Unit,
    period: Period,
    figure: Figure,
}

/// Counts the tasks of the newest ended periods for every indicator that is counted of tasks, and writes
/// what differs from what is there: new figures, and corrections with their reason. Only units whose tasks
/// changed since `since_us` are looked at. Answers how many figures were written. For the machine room.
///
/// # Errors
///
/// The store's; the next call counts the same again.
pub async fn count_work(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    source: &dyn WorkCounter,
    since_us: i64,
) -> Result<usize, IndicatorsError> {
    let mut indicators = all(&mut db.read().await?).await?;
    indicators.retain(|it| it.definition.counts.is_some());
    let mut units: BTreeMap<Period, Vec<(Unit, WorkCounts)>> = BTreeMap::new();
    let mut counted = Vec::new();
    for indicator in indicators {
        for period in Period::latest(indicator.definition.rhythm, ctx.today(), PERIODS + 1) {
            if period.end() >= ctx.today() {
                continue;
            }
            let of_period = match units.entry(period) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let counts = source.counts((period.start, period.end()), since_us).await?;
                    place.insert(by_unit(directory, &counts))
                }
            };
            counted.extend(of_period.iter().filter_map(|it| figure(&indicator, period, it)));
        }
    }
    let counted = under_its_version(db, counted).await?;
    write(ctx, db, counted).await
}

/// What is counted in periods that follow the newest definition. A period with figures keeps the definition
/// that they were made under: what was typed then is not counted over, and another way of counting holds from
/// the next period on.
async fn under_its_version(
    db: &Db,
    mut counted: Vec<Counted>,
) -> Result<Vec<Counted>, IndicatorsError> {
    let pairs: BTreeSet<(IndicatorId, Period)> =
        counted.iter().map(|it| (it.indicator.id, it.period)).collect();
    let pairs: Vec<(IndicatorId, Period)> = pairs.into_iter().collect();
    let followed = store::observations_many::versions_of(&mut db.read().await?, &pairs).await?;
    let followed: BTreeMap<(IndicatorId, Period), i64> = followed.into_iter().collect();
    counted.retain(|it| {
        let version = followed.get(&(it.indicator.id, it.period));
        version.is_none_or(|version| *version == it.indicator.version)
    });
    Ok(counted)
}

fn figure(
    indicator: &Indicator,
    period: Period,
    (unit, counts): &(Unit, WorkCounts),
) -> Option<Counted> {
    let definition = &indicator.definition;
    if !counts.is_changed || !definition.is_reported_at(unit.level) {
        return None;
    }
    let figure = definition.counts?.figure(counts, definition)?;
    Some(Counted { indicator: indicator.clone(), unit: unit.clone(), period, figure })
}

/// What the agencies of each unit lead together: a province with its departments.
fn by_unit(directory: &Directory, counts: &[WorkCounts]) -> Vec<(Unit, WorkCounts)> {
    let mut units: BTreeMap<AgencyId, (Unit, WorkCounts)> = BTreeMap::new();
    for it in counts {
        let Some(agency) = directory.agency(it.lead) else { continue };
        let Some(unit) = unit_of_lead(directory, agency) else { continue };
        let none = WorkCounts::none(unit.id);
        units.entry(unit.id).or_insert((unit, none)).1.add(it);
    }
    units.into_values().collect()
}

fn unit_of_lead(directory: &Directory, agency: &Agency) -> Option<Unit> {
    let of_place = |it: &str| directory.by_code(&format!("UBND-{it}"));
    let above = agency.place.as_deref().filter(|_| agency.level == Level::Province);
    Unit::of_agency(directory, above.and_then(of_place).unwrap_or(agency))
}

async fn write(ctx: &Ctx, db: &Db, counted: Vec<Counted>) -> Result<usize, IndicatorsError> {
    let keys: Vec<(IndicatorId, Period, AgencyId)> =
        counted.iter().map(|it| (it.indicator.id, it.period, it.unit.id)).collect();
    let known = store::observations_many::of_keys(&mut db.read().await?, &keys).await?;
    let known: HashMap<_, _> =
        known.into_iter().map(|it| ((it.indicator, it.period, it.unit.id), it)).collect();
    let (mut fresh, mut changed) = (Vec::new(), Vec::new());
    for it in counted {
        match known.get(&(it.indicator.id, it.period, it.unit.id)) {
            None => fresh.push(it),
            Some(old) if old.is_counted() && old.reported != it.figure => {
                changed.push((old.clone(), it))
            }
            Some(_) => {}
        }
    }
    let n = fresh.len() + changed.len();
    if n == 0 {
        return Ok(0);
    }
    let mut conn = db.write().await?;
    insert(ctx, &mut conn, fresh).await?;
    for (old, it) in changed {
        correct(ctx, &mut conn, old, &it).await?;
    }
    conn.commit().await?;
    Ok(n)
}

async fn insert(ctx: &Ctx, conn: &mut Conn, fresh: Vec<Counted>) -> Result<(), IndicatorsError> {
    let (mut observations, mut events) = (Vec::new(), Vec::new());
    for it in fresh {
        let observation = Observation {
            id: ObservationId(ctx.ids.fresh()),
            indicator: it.indicator.id,
            definition_version: it.indicator.version,
            as_of: it.period.end(),
            unit: it.unit,
            period: it.period,
            reported: it.figure,
            source: COUNTED.to_owned(),
            remark: String::new(),
            reported_by: ctx.actor.account,
            reporter: ctx.actor.agency,
            reported_at: ctx.now_us(),
            appraised: None,
            appraisal: None,
            version: 1,
        };
        events.push(event(&observation, &it.indicator.code));
        observations.push(observation);
    }
    store::observations_many::insert_many(conn, &observations).await?;
    store::revisions::insert_first(conn, ctx, &observations).await?;
    sauro_journal::append_many(conn, ctx, events).await?;
    Ok(())
}

/// Nobody appraises what is counted, so nothing but the figure changes; every earlier one stays in its history.
async fn correct(
    ctx: &Ctx,
    conn: &mut Conn,
    old: Observation,
    it: &Counted,
) -> Result<(), IndicatorsError> {
    const REASON: &str = "Nhiệm vụ đến hạn trong kỳ được xác minh hoặc thay đổi thêm";
    let new = Observation { reported: it.figure, version: old.version + 1, ..old.clone() };
    write_correction(ctx, conn, &it.indicator.code, (&old, &new), REASON).await
}
