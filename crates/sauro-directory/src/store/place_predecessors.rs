//! Table `place_predecessors`.

use sauro_kernel::fold;
use sauro_store::{Conn, StoreError, run};
use serde_json::json;

use super::bulk::{Kind, Rows, Table};
use super::places::read_level;
use crate::model::Predecessor;

const PREDECESSORS: Table = Table {
    name: "place_predecessors",
    key: &["new_code", "level", "old_code"],
    columns: &[
        ("new_code", Kind::Text),
        ("level", Kind::Text),
        ("old_code", Kind::Text),
        ("old_name", Kind::Text),
        ("old_fold", Kind::Text),
        ("context", Kind::Text),
        ("how", Kind::Text),
    ],
};

/// The rows of `pairs`, ready to be written.
pub(crate) fn rows(pairs: &[Predecessor]) -> Rows {
    let row = |it: &Predecessor| {
        let key = fold(&it.old_name);
        json!([it.new_code, it.level.code(), it.old_code, it.old_name, key, it.context, it.how])
    };
    pairs.iter().map(row).collect()
}

/// Adds pairs, or brings known ones up to date.
pub(crate) async fn put(conn: &mut Conn, rows: &Rows) -> Result<(), StoreError> {
    PREDECESSORS.put(conn, rows).await
}

/// Lists all former places.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Predecessor>, StoreError> {
    const SQL: &str = "
        SELECT new_code, level, old_code, old_name, context, how
        FROM place_predecessors
        ORDER BY new_code, level, old_code
        LIMIT 100000";
    let rows = run!(conn, c => sqlx::query_as::<_, PredecessorRow>(SQL).fetch_all(c).await)?;
    rows.into_iter().map(Predecessor::try_from).collect()
}

/// Lists the former places that went into the place `new_code`.
pub(crate) async fn of(conn: &mut Conn, new_code: &str) -> Result<Vec<Predecessor>, StoreError> {
    const SQL: &str = "
        SELECT new_code, level, old_code, old_name, context, how
        FROM place_predecessors
        WHERE new_code = $1
        ORDER BY level, old_code
        LIMIT 1000";
    let rows = run!(conn, c => sqlx::query_as::<_, PredecessorRow>(SQL)
        .bind(new_code)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Predecessor::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct PredecessorRow {
    new_code: String,
    level: String,
    old_code: String,
    old_name: String,
    context: String,
    how: String,
}

impl TryFrom<PredecessorRow> for Predecessor {
    type Error = StoreError;

    fn try_from(row: PredecessorRow) -> Result<Self, StoreError> {
        Ok(Self {
            level: read_level(&row.old_code, &row.level)?,
            new_code: row.new_code,
            old_code: row.old_code,
            old_name: row.old_name,
            context: row.context,
            how: row.how,
        })
    }
}
