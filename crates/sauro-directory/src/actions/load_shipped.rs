use sauro_journal::Event;
use sauro_kernel::Ctx;
use sauro_store::Db;
use serde_json::json;
use uuid::Uuid;

use super::change::{Base, Change, catalogue_event, change};
use super::guard::require_nation;
use super::{import_agencies, import_units};
use crate::DirectoryError;
use crate::model::{self, DayOff};
use crate::store;

const AGENCIES: &str = include_str!("../../../../data/agencies.csv");
const PROVINCES: &str = include_str!("../../../../data/province_agencies.csv");
const ABOLISHED: &str = include_str!("../../../../data/agencies_abolished.csv");
const DEPARTMENTS: &str = include_str!("../../../../data/departments.csv");
const UNITS: &str = include_str!("../../../../data/units.csv");
const CHANGES: &str = include_str!("../../../../data/unit_changes.csv");
const PREDECESSORS: &str = include_str!("../../../../data/province_predecessors.csv");
const HOLIDAYS: &str = include_str!("../../../../data/holidays.csv");

/// Where the journal says which edition was loaded.
const SHIPPED: &str = "catalogue/shipped";

/// Loads the shipped catalogue and calendar unless this very edition was loaded before, in one
/// transaction. What an administrator changed in the calendar stays. Answers whether it did.
///
/// # Errors
///
/// What an import answers.
pub async fn load_shipped(ctx: &Ctx, db: &Db) -> Result<bool, DirectoryError> {
    require_nation(ctx)?;
    let edition = edition().to_string();
    let mut conn = db.read().await?;
    let loaded = sauro_journal::history(&mut conn, SHIPPED, None, 1).await?;
    if loaded.first().is_some_and(|it| it.data.get("edition") == Some(&json!(edition))) {
        return Ok(false);
    }
    let last_day = store::holidays::all(&mut conn).await?.last().map(|it| it.day);
    drop(conn);
    let days = model::days_off(HOLIDAYS).map_err(DirectoryError::Faults)?;
    let is_later = |it: &DayOff| last_day.is_none_or(|last| it.day > last);
    let days: Vec<DayOff> = days.into_iter().filter(is_later).collect();
    change(ctx, db, |base| {
        let mut change = catalogue(ctx, base)?;
        change.days.clone_from(&days);
        if !days.is_empty() {
            let data = json!({ "n": days.len() });
            change.events.push(Event::new("HolidaysImported", "calendar", "all", data));
        }
        let data = json!({ "edition": edition });
        change.events.push(Event::new("CatalogueLoaded", "catalogue", "shipped", data));
        Ok((change, true))
    })
    .await
}

fn catalogue(ctx: &Ctx, base: &Base) -> Result<Change, DirectoryError> {
    let mut atlas = base.atlas.clone();
    import_units::take(&mut atlas, UNITS, Some(CHANGES))?;
    let mut agencies = import_units::bodies(base, &atlas, ctx.today())?;
    for csv in [AGENCIES, ABOLISHED, PROVINCES] {
        let more = import_agencies::planned(ctx, base, &atlas, &agencies, csv)?;
        // A body of a province that is stored already is in both; the file decides.
        agencies.retain(|it| !more.iter().any(|fresh| fresh.id == it.id));
        agencies.extend(more);
    }
    let agencies = base.changed_agencies(agencies);
    let events = vec![catalogue_event("AgenciesImported", agencies.len())];
    let predecessors = import_units::former(&atlas, PREDECESSORS)?;
    let places = base.changed_places(&atlas);
    Ok(Change { places, agencies, predecessors, events, days: Vec::new() })
}

/// Names the shipped files: another name when one of them is another.
fn edition() -> Uuid {
    let files =
        [AGENCIES, PROVINCES, ABOLISHED, DEPARTMENTS, UNITS, CHANGES, PREDECESSORS, HOLIDAYS];
    Uuid::new_v5(&Uuid::NAMESPACE_OID, files.concat().as_bytes())
}
