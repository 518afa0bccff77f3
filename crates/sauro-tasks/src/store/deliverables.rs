//! Table `deliverables`: adding and finding. Progress is in `tasks_progress`.

use sauro_kernel::{DeliverableId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{bulk, corrupt};
use crate::model::{Deliverable, DeliverableStage, Product};

/// A deliverable to add.
#[derive(Debug, Clone, Copy)]
pub(crate) struct New<'a> {
    pub(crate) id: DeliverableId,
    pub(crate) task: TaskId,
    pub(crate) ordinal: i64,
    pub(crate) product: &'a Product,
}

/// Adds deliverables.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[New<'_>]) -> Result<(), StoreError> {
    for chunk in rows.chunks(bulk::ROWS) {
        let tuples = bulk::values(chunk.len(), 1, 5, |at| {
            let own: Vec<String> = (at..at + 5).map(|n| format!("${n}")).collect();
            format!("({}, 'assigned', 1)", own.join(", "))
        });
        let sql = format!(
            "INSERT INTO deliverables (id, task_id, ordinal, name, measure, stage, version) VALUES {tuples}"
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for row in chunk {
                query = query
                    .bind(row.id.0)
                    .bind(row.task.0)
                    .bind(row.ordinal)
                    .bind(&row.product.name)
                    .bind(&row.product.measure);
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
