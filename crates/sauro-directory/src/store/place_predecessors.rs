//! Table `place_predecessors`.

use sauro_kernel::fold;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;

use super::places::read_level;
use crate::model::Predecessor;

const AT_ONCE: usize = 300;

/// Adds `pairs`, or brings known ones up to date.
pub(crate) async fn put(conn: &mut Conn, pairs: &[Predecessor]) -> Result<(), StoreError> {
    for chunk in pairs.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO place_predecessors (new_code, level, old_code, old_name, old_fold, context, how)
             VALUES {}
             ON CONFLICT (new_code, level, old_code) DO UPDATE SET old_name = excluded.old_name,
                 old_fold = excluded.old_fold, context = excluded.context, how = excluded.how",
            super::places_of(chunk.len(), 7)
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in chunk {
                query = query
                    .bind(&it.new_code)
                    .bind(it.level.code())
                    .bind(&it.old_code)
                    .bind(&it.old_name)
                    .bind(fold(&it.old_name))
                    .bind(&it.context)
                    .bind(&it.how);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
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
