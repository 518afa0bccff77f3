//! Table `urges`.

use sauro_kernel::{Ctx, TaskId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::bulk;

/// Adds an urging of each of `tasks` by the caller's agency today. Answers those that it had not
/// urged today.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    ctx: &Ctx,
    tasks: &[TaskId],
    words: &str,
) -> Result<Vec<TaskId>, StoreError> {
    let mut new = Vec::new();
    for chunk in tasks.chunks(bulk::ROWS) {
        let tuples = bulk::values(chunk.len(), 6, 2, |at| {
            format!("(${at}, ${}, $1, $2, $3, $4, $5)", at + 1)
        });
        let sql = format!(
            "INSERT INTO urges (id, task_id, by_post_id, by_agency_id, on_day, at, words)
            VALUES {tuples}
            ON CONFLICT (task_id, by_agency_id, on_day) DO NOTHING
            RETURNING task_id"
        );
        let rows: Vec<Uuid> = run!(conn, c => {
            let mut query = sqlx::query_scalar(AssertSqlSafe(sql))
                .bind(ctx.actor.post.0)
                .bind(ctx.actor.agency.0)
                .bind(ctx.today())
                .bind(ctx.now_us())
                .bind(words);
            for task in chunk {
                query = query.bind(ctx.ids.fresh()).bind(task.0);
            }
            query.fetch_all(c).await
        })?;
        new.extend(rows.into_iter().map(TaskId));
    }
    Ok(new)
}
