use sauro_journal::Event;
use sauro_kernel::{Ctx, Right};
use sauro_store::Db;
use serde_json::json;

use crate::DirectoryError;
use crate::model::{self, Agency};
use crate::store;

/// Takes a file of central bodies, bodies of provinces, or abolished bodies; the headings tell which.
/// Answers how many there were.
///
/// # Errors
///
/// [`DirectoryError::Faults`] with every fault; nothing is taken then.
pub async fn import_agencies(ctx: &Ctx, db: &Db, csv: &str) -> Result<usize, DirectoryError> {
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    let heading = csv.lines().next().unwrap_or_default();
    let agencies = if heading.contains("successor_code") {
        model::abolished(csv)
    } else if heading.contains("province_code") {
        model::provincial(csv)
    } else {
        model::central(csv)
    };
    let agencies = agencies.map_err(DirectoryError::Faults)?;
    put(ctx, db, "agencies", &agencies).await?;
    Ok(agencies.len())
}

/// Writes `agencies` and says so in the journal.
pub(super) async fn put(
    ctx: &Ctx,
    db: &Db,
    what: &'static str,
    agencies: &[Agency],
) -> Result<(), DirectoryError> {
    let mut conn = db.write().await?;
    store::agencies::put(&mut conn, agencies).await?;
    let event = Event::new("AgenciesImported", "catalogue", what, json!({ "n": agencies.len() }));
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}
