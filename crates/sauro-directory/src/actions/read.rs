use chrono::NaiveDate;
use sauro_journal::EntryId;
use sauro_kernel::Ctx;
use sauro_store::Db;

use super::change::last_of;
use super::guard::{CALENDAR, CATALOGUE};
use crate::DirectoryError;
use crate::model::{Directory, Place, PlaceName, Predecessor};
use crate::store;

/// The whole catalogue, under the names of today. Names of agencies are public, so no right is asked.
pub async fn directory(ctx: &Ctx, db: &Db) -> Result<Directory, DirectoryError> {
    let mut conn = db.read().await?;
    let agencies = store::agencies::all(&mut conn).await?;
    let atlas = store::places::atlas(&mut conn).await?;
    let former = store::place_predecessors::all(&mut conn).await?;
    Ok(Directory::new(agencies, atlas, &former, ctx.today()))
}

/// What the place `code` was called on `day`, such as "tỉnh Quảng Ninh".
pub async fn place_name_on(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    day: NaiveDate,
) -> Result<Option<String>, DirectoryError> {
    let place = place(ctx, db, code).await?;
    Ok(place.and_then(|it| it.name_on(day).map(PlaceName::full)))
}

/// The place `code` with all its names, oldest first.
pub async fn place(_ctx: &Ctx, db: &Db, code: &str) -> Result<Option<Place>, DirectoryError> {
    Ok(store::places::find(&mut db.read().await?, code).await?)
}

/// The former places that went into the place `code`.
pub async fn predecessors_of(
    _ctx: &Ctx,
    db: &Db,
    code: &str,
) -> Result<Vec<Predecessor>, DirectoryError> {
    Ok(store::place_predecessors::of(&mut db.read().await?, code).await?)
}

/// Tells one state of catalogue and calendar from another; cheap to ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State {
    catalogue: Option<EntryId>,
    calendar: Option<EntryId>,
}

/// The present state.
pub async fn state(db: &Db) -> Result<State, DirectoryError> {
    let mut conn = db.read().await?;
    Ok(State {
        catalogue: last_of(&mut conn, CATALOGUE).await?,
        calendar: last_of(&mut conn, CALENDAR).await?,
    })
}
