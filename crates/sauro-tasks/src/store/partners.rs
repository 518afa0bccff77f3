//! Table `task_partners`.

use sauro_kernel::{AgencyId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::bulk;

/// Adds cooperating agencies to many tasks.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    pairs: &[(TaskId, AgencyId)],
) -> Result<(), StoreError> {
    for chunk in pairs.chunks(bulk::ROWS) {
        let tuples = bulk::values(chunk.len(), 1, 2, |at| format!("(${at}, ${})", at + 1));
        let sql = format!("INSERT INTO task_partners (task_id, agency_id) VALUES {tuples}");
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (task, agency) in chunk {
                query = query.bind(task.0).bind(agency.0);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists the cooperating agencies of a task.
pub(crate) async fn of_task(conn: &mut Conn, task: TaskId) -> Result<Vec<AgencyId>, StoreError> {
    const SQL: &str = "
        SELECT agency_id
        FROM task_partners
        WHERE task_id = $1
        ORDER BY agency_id
        LIMIT 4000";
    let rows: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL).bind(task.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(AgencyId).collect())
}
