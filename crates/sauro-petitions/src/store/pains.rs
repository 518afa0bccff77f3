//! Table `petition_pains`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::{Pain, Scope};

/// Overdue cases that are read at most; a territory with more says so.
pub(crate) const MOST_OVERDUE: usize = 5000;

/// Adds `it` to `scope` in the week that begins on `week`, in `field` (empty for all together).
pub(crate) async fn add(
    conn: &mut Conn,
    (scope, week, field): (Scope, NaiveDate, &str),
    it: Pain,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_pains (scope_id, week, field, parent_id, sent, late, contested, refused)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (scope_id, week, field) DO UPDATE SET
            sent = petition_pains.sent + excluded.sent,
            late = petition_pains.late + excluded.late,
            contested = petition_pains.contested + excluded.contested,
            refused = petition_pains.refused + excluded.refused";
    run!(conn, c => sqlx::query(SQL)
        .bind(scope.id.0)
        .bind(week.to_string())
        .bind(field)
        .bind(scope.parent.0)
        .bind(it.sent)
        .bind(it.late)
        .bind(it.contested)
        .bind(it.refused)
        .execute(c)
        .await
        .map(drop))
}

/// What was counted of `scope` from the week `from` on: week, field, counts.
pub(crate) async fn of_scope(
    conn: &mut Conn,
    scope: AgencyId,
    from: NaiveDate,
) -> Result<Vec<(String, String, Pain)>, StoreError> {
    const SQL: &str = "
        SELECT scope_id, week, field, sent, late, contested, refused
        FROM petition_pains
        WHERE scope_id = $1 AND week >= $2
        ORDER BY week, field";
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(SQL)
        .bind(scope.0)
        .bind(from.to_string())
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(|it| (it.week.clone(), it.field.clone(), it.pain())).collect())
}

/// What was counted of each scope below `parent` from the week `from` on, all fields together: scope, week,
/// counts.
pub(crate) async fn below(
    conn: &mut Conn,
    parent: AgencyId,
    from: NaiveDate,
) -> Result<Vec<(AgencyId, String, Pain)>, StoreError> {
    const SQL: &str = "
        SELECT scope_id, week, field, sent, late, contested, refused
        FROM petition_pains
        WHERE parent_id = $1 AND week >= $2 AND field = ''
        ORDER BY week, scope_id";
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(SQL)
        .bind(parent.0)
        .bind(from.to_string())
        .fetch_all(c)
        .await)?;
    let known = rows.into_iter().filter(|it| it.scope_id != parent.0);
    Ok(known.map(|it| (AgencyId(it.scope_id), it.week.clone(), it.pain())).collect())
}

/// Who holds each case below `scope` whose day is past, at most [`MOST_OVERDUE`].
pub(crate) async fn overdue(
    conn: &mut Conn,
    scope: &AgencyPath,
    today: NaiveDate,
) -> Result<Vec<AgencyId>, StoreError> {
    let sql = format!(
        "SELECT holder_id
        FROM petitions
        WHERE due_on IS NOT NULL AND due_on < $1 AND holder_path >= $2 AND holder_path < $3
        ORDER BY due_on
        LIMIT {MOST_OVERDUE}"
    );
    let (from, to) = scope.below();
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(today)
        .bind(from)
        .bind(to)
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(AgencyId).collect())
}

#[derive(sqlx::FromRow)]
struct Row {
    scope_id: Uuid,
    week: String,
    field: String,
    sent: i64,
    late: i64,
    contested: i64,
    refused: i64,
}

impl Row {
    fn pain(&self) -> Pain {
        Pain { sent: self.sent, late: self.late, contested: self.contested, refused: self.refused }
    }
}
