//! Table `report_items`.

use sauro_kernel::{DeliverableId, ReportId, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{bulk, corrupt};
use crate::model::{Claim, ReportItem};

/// Adds what a report says of each deliverable.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    report: ReportId,
    items: &[ReportItem],
) -> Result<(), StoreError> {
    for chunk in items.chunks(bulk::ROWS) {
        let tuples =
            bulk::values(chunk.len(), 2, 3, |at| format!("($1, ${at}, ${}, ${})", at + 1, at + 2));
        let sql = format!(
            "INSERT INTO report_items (report_id, deliverable_id, claim, note) VALUES {tuples}"
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(report.0);
            for item in chunk {
                query = query.bind(item.deliverable.0).bind(item.claim.code()).bind(&item.note);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Takes away all that a report says of deliverables.
pub(crate) async fn delete_all(conn: &mut Conn, report: ReportId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM report_items WHERE report_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(report.0).execute(c).await.map(drop))
}

/// Lists what a report says of each deliverable.
pub(crate) async fn of_report(
    conn: &mut Conn,
    report: ReportId,
) -> Result<Vec<ReportItem>, StoreError> {
    const SQL: &str = "
        SELECT report_id, deliverable_id, claim, note
        FROM report_items
        WHERE report_id = $1
        ORDER BY deliverable_id
        LIMIT 500";
    let rows =
        run!(conn, c => sqlx::query_as::<_, ItemRow>(SQL).bind(report.0).fetch_all(c).await)?;
    rows.into_iter().map(ReportItem::try_from).collect()
}

/// Lists what all reports of `task` say, with the report of each.
pub(crate) async fn of_task(
    conn: &mut Conn,
    task: TaskId,
) -> Result<Vec<(ReportId, ReportItem)>, StoreError> {
    const SQL: &str = "
        SELECT i.report_id, i.deliverable_id, i.claim, i.note
        FROM reports r JOIN report_items i ON i.report_id = r.id
        WHERE r.task_id = $1
        ORDER BY r.sent_at DESC, r.id DESC, i.deliverable_id
        LIMIT 2000";
    let rows = run!(conn, c => sqlx::query_as::<_, ItemRow>(SQL).bind(task.0).fetch_all(c).await)?;
    rows.into_iter().map(|row| Ok((ReportId(row.report_id), ReportItem::try_from(row)?))).collect()
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    report_id: Uuid,
    deliverable_id: Uuid,
    claim: String,
    note: String,
}

impl TryFrom<ItemRow> for ReportItem {
    type Error = StoreError;

    fn try_from(row: ItemRow) -> Result<Self, StoreError> {
        let claim = Claim::of_code(&row.claim).ok_or_else(|| {
            corrupt("report_items", row.report_id, format!("no such claim: {}", row.claim))
        })?;
        Ok(Self { deliverable: DeliverableId(row.deliverable_id), claim, note: row.note })
    }
}
