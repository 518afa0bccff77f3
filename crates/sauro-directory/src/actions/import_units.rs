use sauro_journal::Event;
use sauro_kernel::{Ctx, Right};
use sauro_store::Db;
use serde_json::json;

use super::import_agencies::put;
use crate::model::{self, Place};
use crate::store;
use crate::{DirectoryError, Fault};

/// The usual departments of a province.
const DEPARTMENTS: &str = include_str!("../../../../data/departments.csv");

/// Takes a file of provinces and communes (with the later `changes`, if given): the places with
/// their names in time, a people's committee for each commune, and the departments of each province.
/// Answers how many places there were.
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
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    let places = model::places(csv, changes).map_err(DirectoryError::Faults)?;
    let mut agencies = model::departments(DEPARTMENTS, &places).map_err(DirectoryError::Faults)?;
    agencies.extend(model::communes(&places));
    put_places(ctx, db, &places).await?;
    for chunk in agencies.chunks(1_000) {
        put(ctx, db, "units", chunk).await?;
    }
    Ok(places.len())
}

async fn put_places(ctx: &Ctx, db: &Db, places: &[Place]) -> Result<(), DirectoryError> {
    let mut conn = db.write().await?;
    store::places::put(&mut conn, places).await?;
    let event = Event::new("PlacesImported", "catalogue", "places", json!({ "n": places.len() }));
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}

/// Takes a file of former places and the present ones they went into. Answers how many pairs.
///
/// # Errors
///
/// [`DirectoryError::Faults`] with every fault; nothing is taken then.
pub async fn import_predecessors(ctx: &Ctx, db: &Db, csv: &str) -> Result<usize, DirectoryError> {
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    let pairs = model::predecessors(csv).map_err(DirectoryError::Faults)?;
    let mut conn = db.write().await?;
    let codes: Vec<&str> = pairs.iter().map(|it| it.new_code.as_str()).collect();
    let unknown = store::places::unknown(&mut conn, &codes).await?;
    if !unknown.is_empty() {
        let words =
            |code: &String| format!("không có đơn vị mang mã {code}; nạp danh mục đơn vị trước.");
        let fault = |code| Fault { line: 0, column: "new_code".to_owned(), words: words(code) };
        return Err(DirectoryError::Faults(unknown.iter().map(fault).collect()));
    }
    store::places::put_predecessors(&mut conn, &pairs).await?;
    let event =
        Event::new("PredecessorsImported", "catalogue", "places", json!({ "n": pairs.len() }));
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(pairs.len())
}
