//! Lists of tasks with optional filters, paged by key.

mod drive;
mod facts;
mod query;
mod words;

use chrono::NaiveDate;
use sauro_kernel::TaskId;
use sauro_store::{Conn, Dialect, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

pub(crate) use self::query::{Part, Start, Wanted};
use self::query::{Query, Value};
pub(crate) use self::words::few_with;
use super::tasks::{TaskRow, task_columns};
use crate::model::{Cursor, Key, Moment, Sort, StatusFacts, Task};

/// Binds the values of a query, in order.
macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Id(id) => query.bind(id),
                Value::Text(text) => query.bind(text),
                Value::Day(day) => query.bind(day),
                Value::Number(n) => query.bind(n),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

/// Lists the tasks wanted in their order, at most `limit`, from `from` on.
pub(crate) async fn page(
    conn: &mut Conn,
    wanted: &Wanted,
    from: Option<&Start>,
    limit: u16,
) -> Result<Vec<Task>, StoreError> {
    let mut query = Query::of(conn.dialect(), wanted);
    let sql = query.page(task_columns!(), from, limit);
    let mut rows = run!(conn, c => {
        bound!(sqlx::query_as::<_, TaskRow>(AssertSqlSafe(sql)), query.values).fetch_all(c).await
    })?;
    if from.is_some_and(|it| it.cursor.is_back) {
        rows.reverse();
    }
    rows.into_iter().map(Task::try_from).collect()
}

/// Counts the tasks wanted, up to `most`.
pub(crate) async fn count(conn: &mut Conn, wanted: &Wanted, most: i64) -> Result<i64, StoreError> {
    let query = Query::of_set(conn.dialect(), wanted);
    let sql = query.count(most);
    run!(conn, c => {
        bound!(sqlx::query_scalar(AssertSqlSafe(sql)), query.values).fetch_one(c).await
    })
}

/// How many of the tasks wanted are due on each day.
pub(crate) async fn days(
    conn: &mut Conn,
    wanted: &Wanted,
) -> Result<Vec<(NaiveDate, i64)>, StoreError> {
    let query = Query::of_set(conn.dialect(), wanted);
    let sql = query.days();
    run!(conn, c => {
        bound!(sqlx::query_as(AssertSqlSafe(sql)), query.values).fetch_all(c).await
    })
}

/// Where a page that begins at `cursor` begins, in a list in the order `sort`; none when the cursor
/// does not fit, or names a lead or a programme that is not there.
pub(crate) async fn from(
    conn: &mut Conn,
    cursor: Option<&Cursor>,
    sort: Sort,
) -> Result<Option<Start>, StoreError> {
    let Some(cursor) = cursor.filter(|it| it.fits(sort)).cloned() else { return Ok(None) };
    let Key::Group(group, _) = cursor.key else {
        return Ok(Some(Start { cursor, group_sort: Vec::new() }));
    };
    const LEAD: &str = "SELECT name_sort FROM agencies WHERE id = $1";
    const PROGRAMME: &str = "SELECT name_sort FROM programmes WHERE id = $1";
    let sql = if sort == Sort::Lead { LEAD } else { PROGRAMME };
    let found: Option<Vec<u8>> =
        run!(conn, c => sqlx::query_scalar(sql).bind(group).fetch_optional(c).await)?;
    Ok(found.map(|group_sort| Start { cursor, group_sort }))
}

/// The tasks handed down from `parent` (not the periods of recurring work), counted by all that their status follows from.
///
/// Uses index `tasks_of_parent`.
pub(crate) async fn counts_of_children(
    conn: &mut Conn,
    parent: TaskId,
    moment: Moment,
) -> Result<Vec<(StatusFacts, i64)>, StoreError> {
    let in_time = facts::cut_off_sql(conn.dialect());
    // One row stands for all that the formula cannot tell apart: the same stage, the same side of both
    // days, reported in time or not.
    let sql = format!(
        "SELECT stage, MAX(due_on), MAX(CASE WHEN reported_at <= {in_time} THEN reported_at END), COUNT(*)
        FROM tasks
        WHERE parent_id = $1 AND period = ''
        GROUP BY stage, due_on < $2, due_on <= $3, coalesce(reported_at <= {in_time}, {no})
        ORDER BY stage, 2
        LIMIT 100",
        no = match conn.dialect() {
            Dialect::Sqlite => "0",
            Dialect::Postgres => "FALSE",
        },
    );
    let rows: Vec<(String, NaiveDate, Option<i64>, i64)> = run!(conn, c => {
        sqlx::query_as(AssertSqlSafe(sql))
            .bind(parent.0)
            .bind(moment.open_day)
            .bind(moment.open_day + StatusFacts::DUE_SOON)
            .fetch_all(c)
            .await
    })?;
    let facts = |(stage, due_on, reported_at, n): (String, NaiveDate, Option<i64>, i64)| {
        let stage = crate::model::Stage::of_code(&stage)
            .ok_or_else(|| super::corrupt("tasks", Uuid::nil(), format!("stage {stage}")))?;
        Ok((StatusFacts { stage, due_on, reported_at }, n))
    };
    rows.into_iter().map(facts).collect()
}

#[cfg(test)]
mod tests;
