//! Public cases, read for whoever makes them findable.

use sauro_kernel::PetitionId;
use sauro_store::{Conn, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::petitions::{COLUMNS, PetitionRow};
use crate::model::Petition;

/// The public cases among `ids`, in order of id; the others are left out.
pub(crate) async fn cases(
    conn: &mut Conn,
    ids: &[PetitionId],
) -> Result<Vec<Petition>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in pieces(ids) {
        let wanted = values_text(conn.dialect(), 1, some.len());
        let sql = format!(
            "SELECT {COLUMNS}
            FROM petitions
            WHERE id IN ({wanted}) AND answered_at IS NOT NULL AND may_publish AND NOT is_hidden
            ORDER BY id"
        );
        let rows: Vec<PetitionRow> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in some {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(Petition::try_from(row)?);
        }
    }
    Ok(found)
}

/// Lists the ids of public cases, in order, after `after`.
pub(crate) async fn ids_after(
    conn: &mut Conn,
    after: PetitionId,
    limit: u16,
) -> Result<Vec<PetitionId>, StoreError> {
    const SQL: &str = "
        SELECT id
        FROM petitions
        WHERE id > $1 AND answered_at IS NOT NULL AND may_publish AND NOT is_hidden
        ORDER BY id
        LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(PetitionId).collect())
}
