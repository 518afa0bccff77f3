use chrono::NaiveDate;
use sauro_kernel::Ctx;
use sauro_store::Db;

use crate::DirectoryError;
use crate::model::Directory;
use crate::store;

/// The whole catalogue. Names of agencies are public, so no right is asked.
pub async fn directory(_ctx: &Ctx, db: &Db) -> Result<Directory, DirectoryError> {
    let mut conn = db.read().await?;
    let agencies = store::agencies::all(&mut conn).await?;
    let former = store::places::predecessors(&mut conn).await?;
    Ok(Directory::new(agencies, &former))
}

/// What the place `code` was called on `day`, such as "tỉnh Quảng Ninh".
pub async fn place_name_on(
    _ctx: &Ctx,
    db: &Db,
    code: &str,
    day: NaiveDate,
) -> Result<Option<String>, DirectoryError> {
    let named = store::places::name_on(&mut db.read().await?, code, day).await?;
    Ok(named.map(|(kind, name)| format!("{kind} {name}")))
}
