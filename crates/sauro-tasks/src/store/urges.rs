//! Table `urges`.

use chrono::NaiveDate;
use sauro_kernel::{Ctx, TaskId, UrgeId};
use sauro_store::{Conn, StoreError, run};

/// Adds an urging by the caller's agency on the day `on`. Answers false when there is one already.
pub(crate) async fn insert(
    conn: &mut Conn,
    ctx: &Ctx,
    task: TaskId,
    on: NaiveDate,
    words: &str,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO urges (id, task_id, by_post_id, by_agency_id, on_day, at, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (task_id, by_agency_id, on_day) DO NOTHING";
    let id = UrgeId(ctx.ids.fresh());
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(task.0)
        .bind(ctx.actor.post.0)
        .bind(ctx.actor.agency.0)
        .bind(on)
        .bind(ctx.now_us())
        .bind(words)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}
