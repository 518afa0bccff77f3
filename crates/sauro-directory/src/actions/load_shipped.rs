use sauro_kernel::Ctx;
use sauro_store::Db;

use super::{import_agencies, import_holidays, import_predecessors, import_units};
use crate::DirectoryError;
use crate::store;

const AGENCIES: &str = include_str!("../../../../data/agencies.csv");
const PROVINCES: &str = include_str!("../../../../data/province_agencies.csv");
const ABOLISHED: &str = include_str!("../../../../data/agencies_abolished.csv");
const UNITS: &str = include_str!("../../../../data/units.csv");
const CHANGES: &str = include_str!("../../../../data/unit_changes.csv");
const PREDECESSORS: &str = include_str!("../../../../data/province_predecessors.csv");
const HOLIDAYS: &str = include_str!("../../../../data/holidays.csv");

/// Loads the shipped catalogue when there is no agency yet. Answers whether it did.
///
/// # Errors
///
/// What an import answers.
pub async fn load_shipped(ctx: &Ctx, db: &Db) -> Result<bool, DirectoryError> {
    if store::agencies::count(&mut db.read().await?).await? > 0 {
        return Ok(false);
    }
    import_holidays(ctx, db, HOLIDAYS).await?;
    import_agencies(ctx, db, AGENCIES).await?;
    import_agencies(ctx, db, ABOLISHED).await?;
    import_agencies(ctx, db, PROVINCES).await?;
    import_units(ctx, db, UNITS, Some(CHANGES)).await?;
    import_predecessors(ctx, db, PREDECESSORS).await?;
    Ok(true)
}
