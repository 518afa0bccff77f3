use chrono::NaiveDate;
use sauro_kernel::Ctx;
use sauro_store::Db;

use super::change::{Base, Change, catalogue_event, change};
use super::guard::require_nation;
use crate::model::{self, Agency, Atlas};
use crate::{DirectoryError, Fault};

/// The usual departments of a province.
const DEPARTMENTS: &str = include_str!("../../../../data/departments.csv");

/// Takes a file of provinces and communes, or of changes of known ones (its heading has
/// `effective_date`): the places with their names in time, a people's committee for each commune,
/// and the departments of each province. `changes` may follow in the same step.
/// Answers how many rows there were.
///
/// # Errors
///
/// [`DirectoryError::Faults`] with every fault; nothing is taken then.
pub async fn import_units(
    ctx: &Ctx,
    db: &Db,
    csv: &str,
    changes: Option<&str>,
) -> Result<usize, DirectoryError> {
    require_nation(ctx)?;
    change(ctx, db, |base| {
        let mut atlas = base.atlas.clone();
        let n = take(&mut atlas, csv, changes)?;
        let agencies = base.changed_agencies(bodies(base, &atlas, ctx.today())?);
        let places = base.changed_places(&atlas);
        let events = vec![catalogue_event("UnitsImported", n)];
        Ok((Change { places, agencies, events, ..Change::default() }, n))
    })
    .await
}

/// Takes the files into `atlas`. Answers how many rows the first one had.
pub(super) fn take(
    atlas: &mut Atlas,
    csv: &str,
    changes: Option<&str>,
) -> Result<usize, DirectoryError> {
    let is_changes = csv.lines().next().unwrap_or_default().contains("effective_date");
    let taken = if is_changes { atlas.take_changes(csv) } else { atlas.take_units(csv) };
    let n = taken.map_err(DirectoryError::Faults)?;
    if let Some(changes) = changes {
        atlas.take_changes(changes).map_err(DirectoryError::Faults)?;
    }
    Ok(n)
}

/// Every body that carries the name of a place, under its name of `today`.
pub(super) fn bodies(
    base: &Base,
    atlas: &Atlas,
    today: NaiveDate,
) -> Result<Vec<Agency>, DirectoryError> {
    let mut bodies =
        model::departments(DEPARTMENTS, atlas, today).map_err(DirectoryError::Faults)?;
    bodies.extend(model::communes(atlas, today));
    let provincial =
        base.agencies.iter().filter(|it| matches!(&*it.kind, "province_pc" | "province_party"));
    bodies.extend(provincial.map(|it| Agency { name: it.name_on(atlas, today), ..it.clone() }));
    Ok(bodies)
}

/// Takes a file of former places and the present ones they went into. Answers how many pairs.
///
/// # Errors
///
/// [`DirectoryError::Faults`] with every fault; nothing is taken then.
pub async fn import_predecessors(ctx: &Ctx, db: &Db, csv: &str) -> Result<usize, DirectoryError> {
    require_nation(ctx)?;
    change(ctx, db, |base| {
        let predecessors = former(&base.atlas, csv)?;
        let n = predecessors.len();
        let events = vec![catalogue_event("PredecessorsImported", n)];
        Ok((Change { predecessors, events, ..Change::default() }, n))
    })
    .await
}

/// The former places of `csv`, each with a present one that `atlas` knows.
pub(super) fn former(atlas: &Atlas, csv: &str) -> Result<Vec<model::Predecessor>, DirectoryError> {
    let pairs = model::predecessors(csv).map_err(DirectoryError::Faults)?;
    let unknown = pairs.iter().filter(|(_, it)| atlas.place(&it.new_code).is_none());
    let faults: Vec<Fault> = unknown
        .map(|(line, it)| Fault {
            line: *line,
            column: "new_code".to_owned(),
            words: format!("không có đơn vị mang mã {}; nạp danh mục đơn vị trước.", it.new_code),
        })
        .collect();
    if !faults.is_empty() {
        return Err(DirectoryError::Faults(faults));
    }
    Ok(pairs.into_iter().map(|(_, it)| it).collect())
}
