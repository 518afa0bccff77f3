use std::collections::HashMap;

use sauro_directory::Fault;
use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, ObservationId};
use sauro_store::{Conn, Db};

use super::authority::may_report;
use super::read::all;
use super::report_figure::{event, write};
use super::take_figure::definition_of;
use crate::model::{self, Figure, Indicator, ListedFigure, Observation};
use crate::{IndicatorsError, store};

/// Figures of one file at most: a whole file is one act, for which others wait.
const MOST: usize = 5_000;

/// Takes a file of figures, whole or not at all (nạp số liệu). Those that are there already with the same
/// value are left. Answers how many came in.
///
/// # Errors
///
/// [`IndicatorsError::Faults`] with the fault of every cell; nothing is taken then.
pub async fn import_figures(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    csv: &str,
) -> Result<usize, IndicatorsError> {
    let known = all(&mut db.read().await?).await?;
    let known: HashMap<String, Indicator> =
        known.into_iter().map(|it| (it.code.clone(), it)).collect();
    let find = |code: &str| known.get(code).cloned();
    let listed =
        model::figures(csv, directory, &find, ctx.today()).map_err(IndicatorsError::Faults)?;
    if listed.len() > MOST {
        let words =
            format!("tệp có {} số liệu, nhiều nhất {MOST}; chia thành nhiều tệp.", listed.len());
        return Err(IndicatorsError::Faults(vec![Fault { line: 1, column: String::new(), words }]));
    }
    let mut conn = db.write().await?;
    let n = take(ctx, &mut conn, listed).await?;
    conn.commit().await?;
    Ok(n)
}

/// Writes `listed`, in the transaction of `conn`. Answers how many were new.
pub(super) async fn take(
    ctx: &Ctx,
    conn: &mut Conn,
    listed: Vec<ListedFigure>,
) -> Result<usize, IndicatorsError> {
    let mut faults = Vec::new();
    let mut events = Vec::new();
    for it in listed {
        let fault =
            |column: &str, words: String| Fault { line: it.line, column: column.to_owned(), words };
        if may_report(ctx, &it.indicator, &it.unit).is_err() {
            let words = format!("đồng chí không báo số liệu thay {}.", it.unit.name);
            faults.push(fault("unit_code", words));
            continue;
        }
        // The figure of the whole country stands above those of its units.
        if !it.unit.is_nation() && !it.indicator.definition.is_reported_at(it.unit.level) {
            let words = format!("chỉ số này không báo ở {}.", it.unit.level.label());
            faults.push(fault("unit_code", words));
            continue;
        }
        let id = it.indicator.id;
        match store::observations::of_period(conn, id, it.unit.id, it.period).await? {
            Some(old) if old.reported.value == it.value => continue,
            Some(_) => {
                faults.push(fault(
                    "value",
                    "kỳ này đã có số khác; đính chính ở trang số liệu.".to_owned(),
                ));
                continue;
            }
            None => {}
        }
        let code = it.indicator.code.clone();
        let definition = definition_of(conn, it.indicator, it.period).await?;
        let observation = Observation {
            id: ObservationId(ctx.ids.fresh()),
            indicator: id,
            definition_version: definition.version,
            unit: it.unit,
            period: it.period,
            as_of: it.as_of.min(ctx.today()),
            reported: Figure { value: it.value, parts: None },
            source: it.source,
            remark: String::new(),
            reported_by: ctx.actor.account,
            reporter: ctx.actor.agency,
            reported_at: ctx.now_us(),
            appraised: None,
            appraisal: None,
            version: 1,
        };
        write(ctx, conn, &observation).await?;
        events.push(event(&observation, &code));
    }
    if !faults.is_empty() {
        return Err(IndicatorsError::Faults(faults));
    }
    let n = events.len();
    sauro_journal::append_many(conn, ctx, events).await?;
    Ok(n)
}
