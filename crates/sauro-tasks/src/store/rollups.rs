//! Table `task_rollups`: the tasks handed down, counted by triggers, and the rule of the parent.

use sauro_kernel::TaskId;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{RollRule, Rollup};

/// The counts and the rule of one task; all zero when nothing was handed down.
pub(crate) async fn of_task(conn: &mut Conn, task: TaskId) -> Result<Rollup, StoreError> {
    let found = of_tasks(conn, &[task]).await?;
    Ok(found.into_iter().next().map(|(_, it)| it).unwrap_or_default())
}

/// The counts and the rules of the tasks `ids`; those without any are left out.
pub(crate) async fn of_tasks(
    conn: &mut Conn,
    ids: &[TaskId],
) -> Result<Vec<(TaskId, Rollup)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified
        FROM task_rollups
        WHERE parent_id IN ({places})
        ORDER BY parent_id
        LIMIT {}",
        ids.len()
    );
    let rows: Vec<(Uuid, String, i64, i64, i64, i64, i64)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(id.0);
        }
        query.fetch_all(c).await
    })?;
    let of = |(id, rule, value, total, cancelled, paused, verified): (
        Uuid,
        String,
        i64,
        i64,
        i64,
        i64,
        i64,
    )| {
        let rule = RollRule::of_code(&rule, value);
        (TaskId(id), Rollup { rule, total, cancelled, paused, verified })
    };
    Ok(rows.into_iter().map(of).collect())
}

/// States the rule of `task`, or takes it away.
pub(crate) async fn set_rule(
    conn: &mut Conn,
    task: TaskId,
    rule: Option<RollRule>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO task_rollups (parent_id, rule, rule_value, n_tasks, n_cancelled, n_paused, n_verified)
        VALUES ($1, $2, $3, 0, 0, 0, 0)
        ON CONFLICT (parent_id) DO UPDATE SET rule = excluded.rule, rule_value = excluded.rule_value";
    let (kind, value) = rule.map_or(("", 0), RollRule::code);
    run!(conn, c => sqlx::query(SQL)
        .bind(task.0)
        .bind(kind)
        .bind(value)
        .execute(c)
        .await
        .map(drop))
}
