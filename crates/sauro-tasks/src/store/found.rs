//! Public tasks and programmes, read for whoever makes them findable.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, TaskId};
use sauro_store::{Conn, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::FoundTask;

/// The public tasks among `ids`, in order of id; the others are left out.
pub(crate) async fn tasks(conn: &mut Conn, ids: &[TaskId]) -> Result<Vec<FoundTask>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in pieces(ids) {
        let wanted = values_text(conn.dialect(), 1, some.len());
        let sql = format!(
            "SELECT tasks.id, tasks.code, tasks.work, tasks.lead_agency_id, tasks.issued_at, tasks.due_on,
                programmes.code AS programme_code, programmes.name AS programme_name,
                coalesce(directives.number, '') AS directive_number,
                coalesce(directives.subject, '') AS directive_subject
            FROM tasks
            JOIN programmes ON programmes.id = tasks.programme_id
            LEFT JOIN directives ON directives.id = tasks.directive_id
            WHERE tasks.id IN ({wanted}) AND tasks.is_public AND programmes.is_public
            ORDER BY tasks.id"
        );
        let rows: Vec<TaskRow> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in some {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        found.extend(rows.into_iter().map(FoundTask::from));
    }
    Ok(found)
}

/// What the tasks `ids` hand over: the task and the name of each deliverable, in their order.
pub(crate) async fn deliverables(
    conn: &mut Conn,
    ids: &[TaskId],
) -> Result<Vec<(TaskId, String)>, StoreError> {
    let mut found = Vec::new();
    for some in pieces(ids) {
        let wanted = values_text(conn.dialect(), 1, some.len());
        let sql = format!(
            "SELECT task_id, name FROM deliverables WHERE task_id IN ({wanted}) ORDER BY task_id, ordinal, id"
        );
        let rows: Vec<(Uuid, String)> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in some {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        found.extend(rows.into_iter().map(|(id, name)| (TaskId(id), name)));
    }
    Ok(found)
}

/// Lists the ids of public tasks, in order, after `after`.
pub(crate) async fn ids_after(
    conn: &mut Conn,
    after: TaskId,
    limit: u16,
) -> Result<Vec<TaskId>, StoreError> {
    const SQL: &str = "
        SELECT tasks.id
        FROM tasks
        JOIN programmes ON programmes.id = tasks.programme_id
        WHERE tasks.id > $1 AND tasks.is_public AND programmes.is_public
        ORDER BY tasks.id
        LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(TaskId).collect())
}

#[derive(sqlx::FromRow)]
struct TaskRow {
    id: Uuid,
    code: String,
    work: String,
    lead_agency_id: Uuid,
    issued_at: i64,
    due_on: NaiveDate,
    programme_code: String,
    programme_name: String,
    directive_number: String,
    directive_subject: String,
}

impl From<TaskRow> for FoundTask {
    fn from(row: TaskRow) -> Self {
        Self {
            id: TaskId(row.id),
            code: row.code,
            work: row.work,
            lead: AgencyId(row.lead_agency_id),
            issued_at: row.issued_at,
            due_on: row.due_on,
            programme: (row.programme_code, row.programme_name),
            directive: (row.directive_number, row.directive_subject),
            deliverables: Vec::new(),
        }
    }
}
