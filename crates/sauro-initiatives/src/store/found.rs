//! Listed initiatives and problems, read for whoever makes them findable.

use sauro_kernel::{InitiativeId, ProblemId};
use sauro_store::{Conn, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::initiatives::{COLUMNS, InitiativeRow};
use crate::model::Initiative;

/// The listed initiatives among `ids`, in order of id; the others are left out.
pub(crate) async fn initiatives(
    conn: &mut Conn,
    ids: &[InitiativeId],
) -> Result<Vec<Initiative>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in pieces(ids) {
        let wanted = values_text(conn.dialect(), 1, some.len());
        let sql = format!(
            "SELECT {COLUMNS} FROM initiatives WHERE id IN ({wanted}) AND is_listed ORDER BY id"
        );
        let rows: Vec<InitiativeRow> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in some {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(Initiative::try_from(row)?);
        }
    }
    Ok(found)
}

/// Lists the ids of listed initiatives, in order, after `after`.
pub(crate) async fn initiatives_after(
    conn: &mut Conn,
    after: InitiativeId,
    limit: u16,
) -> Result<Vec<InitiativeId>, StoreError> {
    const SQL: &str = "SELECT id FROM initiatives WHERE id > $1 AND is_listed ORDER BY id LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(InitiativeId).collect())
}

/// Lists the ids of problems, in order, after `after`.
pub(crate) async fn problems_after(
    conn: &mut Conn,
    after: ProblemId,
    limit: u16,
) -> Result<Vec<ProblemId>, StoreError> {
    const SQL: &str = "SELECT id FROM problems WHERE id > $1 ORDER BY id LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(ProblemId).collect())
}
