//! Table `deliverables`: adding and finding. Progress is in `tasks_progress`.

use sauro_kernel::{DeliverableId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{bulk, corrupt};
use crate::model::{Deliverable, DeliverableStage};

/// Adds the deliverable `name`, at place `ordinal`, to each of many tasks.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    ordinal: i64,
    name: &str,
    rows: &[(DeliverableId, TaskId)],
) -> Result<(), StoreError> {
    for chunk in rows.chunks(bulk::ROWS) {
        let tuples = bulk::values(chunk.len(), 3, 2, |at| {
            format!("(${at}, ${}, $1, $2, '', 'assigned', 1)", at + 1)
        });
        let sql = format!(
            "INSERT INTO deliverables (id, task_id, ordinal, name, measure, stage, version) VALUES {tuples}"
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(ordinal).bind(name);
            for (id, task) in chunk {
                query = query.bind(id.0).bind(task.0);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists the deliverables of a task, in their order.
pub(crate) async fn of_task(conn: &mut Conn, task: TaskId) -> Result<Vec<Deliverable>, StoreError> {
    const SQL: &str = "
        SELECT id, task_id, ordinal, name, measure, stage, reported_at, accepted_at, in_use_at, version
        FROM deliverables
        WHERE task_id = $1
        ORDER BY ordinal, id
        LIMIT 500";
    let rows =
        run!(conn, c => sqlx::query_as::<_, DeliverableRow>(SQL).bind(task.0).fetch_all(c).await)?;
    rows.into_iter().map(Deliverable::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct DeliverableRow {
    id: Uuid,
    task_id: Uuid,
    ordinal: i64,
    name: String,
    measure: String,
    stage: String,
    reported_at: Option<i64>,
    accepted_at: Option<i64>,
    in_use_at: Option<i64>,
    version: i64,
}

impl TryFrom<DeliverableRow> for Deliverable {
    type Error = StoreError;

    fn try_from(row: DeliverableRow) -> Result<Self, StoreError> {
        let stage = DeliverableStage::of_code(&row.stage).ok_or_else(|| {
            corrupt("deliverables", row.id, format!("no such stage: {}", row.stage))
        })?;
        Ok(Self {
            id: DeliverableId(row.id),
            task: TaskId(row.task_id),
            ordinal: row.ordinal,
            name: row.name,
            measure: row.measure,
            stage,
            reported_at: row.reported_at,
            accepted_at: row.accepted_at,
            in_use_at: row.in_use_at,
            version: row.version,
        })
    }
}
