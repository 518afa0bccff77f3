use sauro_store::{Conn, StoreError};

use crate::jobs::past::Urged;
use crate::store::bulk::insert_rows;

/// Adds urgings.
pub(crate) async fn urges(
    conn: &mut Conn,
    rows: &[(sauro_kernel::TaskId, &Urged, chrono::NaiveDate)],
) -> Result<(), StoreError> {
    const COLUMNS: &[&str] =
        &["id", "task_id", "by_post_id", "by_agency_id", "on_day", "at", "words"];
    insert_rows!(conn, "urges", COLUMNS, rows, |query, (task, it, on)| query
        .bind(it.id)
        .bind(task.0)
        .bind(it.by.post.0)
        .bind(it.by.agency.0)
        .bind(*on)
        .bind(it.by.at)
        .bind(&it.words))
}
