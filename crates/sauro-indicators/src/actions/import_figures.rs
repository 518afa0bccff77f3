use std::collections::HashMap;
use std::sync::Arc;

use sauro_directory::Fault;
use sauro_directory::model::Directory;
use sauro_kernel::Ctx;
use sauro_papers::Table;
use sauro_store::Db;

use super::batch::{Batch, By, prepare};
use super::read::all;
use crate::IndicatorsError;
use crate::model::intake::{self, CellFault, Known};
use crate::model::{Indicator, Unit};

/// What came of a table of figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Figures that are new.
    pub n_new: usize,
    /// Figures that were there already, the same.
    pub n_known: usize,
    /// Rows that were left blank.
    pub n_blank: usize,
}

/// Takes the figures of the one table among `tables` that has any, whole or not at all (nạp số liệu).
/// Those that are there already with the same value are left.
///
/// # Errors
///
/// [`IndicatorsError::Cells`] with the fault of every cell; nothing is taken then.
/// [`IndicatorsError::Stale`] when somebody else reported some of them meanwhile.
pub async fn intake_figures(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    tables: &[Table],
) -> Result<Taken, IndicatorsError> {
    let chosen = intake::chosen(tables);
    let (table, columns) = chosen.map_err(|fault| IndicatorsError::Cells(vec![*fault]))?;
    let own = directory.agency(ctx.actor.agency).and_then(|it| Unit::of_agency(directory, it));
    let mut conn = db.read().await?;
    let indicators = by_code(all(&mut conn).await?);
    let known = Known { indicators: &indicators, directory, own: own.as_ref(), today: ctx.today() };
    let read = intake::read(table, &columns, &known);
    let by = if columns.is_plain { By::Program } else { By::Hand };
    let (batch, more) = prepare(ctx, &mut conn, &indicators, (read.given, by)).await?;
    drop(conn);
    let mut faults: Vec<CellFault> =
        read.faults.into_iter().chain(more).map(|it| it.placed(table, &columns)).collect();
    if !faults.is_empty() {
        faults.sort_by_key(|it| (it.row, it.column));
        return Err(IndicatorsError::Cells(faults));
    }
    let taken = Taken { n_new: batch.len(), n_known: batch.n_known, n_blank: read.n_blank };
    write(ctx, db, batch).await?;
    Ok(taken)
}

/// Everything was read before, so that others wait only for what is written.
async fn write(ctx: &Ctx, db: &Db, batch: Batch) -> Result<(), IndicatorsError> {
    if batch.len() == 0 {
        return Ok(());
    }
    let mut conn = db.write().await?;
    batch.write(ctx, &mut conn).await?;
    conn.commit().await?;
    Ok(())
}

/// Takes a file of figures that a program wrote, `indicator,unit_code,period,value,source` and, if known,
/// `as_of,numerator,denominator,remark`. Answers how many came in.
///
/// # Errors
///
/// As [`intake_figures`], with [`IndicatorsError::Faults`] by line and column.
pub async fn import_figures(
    ctx: &Ctx,
    db: &Db,
    directory: &Directory,
    csv: &str,
) -> Result<usize, IndicatorsError> {
    let table = sauro_papers::paste_table(csv).map_err(|err| {
        let fault = Fault { line: 1, column: String::new(), words: err.sentence() };
        IndicatorsError::Faults(vec![fault])
    })?;
    match intake_figures(ctx, db, directory, &[table]).await {
        Ok(taken) => Ok(taken.n_new),
        Err(IndicatorsError::Cells(cells)) => {
            Err(IndicatorsError::Faults(cells.into_iter().map(of_line).collect()))
        }
        Err(err) => Err(err),
    }
}

fn of_line(it: CellFault) -> Fault {
    Fault { line: it.line as u64, column: it.heading, words: it.words }
}

/// Every indicator by its code.
pub(super) fn by_code(indicators: Vec<Indicator>) -> HashMap<String, Arc<Indicator>> {
    indicators.into_iter().map(|it| (it.code.clone(), Arc::new(it))).collect()
}
