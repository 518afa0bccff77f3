//! Tables `portal_threads` and `portal_comments`.

use sauro_kernel::{AccountId, PortalItemId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Comment, Said, Thread};

/// Threads of one item, at most.
pub(crate) const MOST: i64 = 500;

/// Begins a thread.
pub(crate) async fn begin(
    conn: &mut Conn,
    item: PortalItemId,
    it: &Thread,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_threads (id, item_id, mark, quote, n, is_settled) VALUES ($1, $2, $3, $4, $5, $6)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id)
        .bind(item.0)
        .bind(&it.mark)
        .bind(&it.quote)
        .bind(it.n)
        .bind(it.is_settled)
        .execute(c)
        .await
        .map(drop))
}

/// Adds what somebody said or did to the thread `thread`.
pub(crate) async fn add(
    conn: &mut Conn,
    (item, thread): (PortalItemId, Uuid),
    it: &Comment,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_comments (id, thread_id, item_id, act, body, account_id, author, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id)
        .bind(thread)
        .bind(item.0)
        .bind(it.said.code())
        .bind(&it.body)
        .bind(it.account.0)
        .bind(&it.author)
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// Says whether the thread is settled. Answers false when it was so already, or there is none.
pub(crate) async fn settle(
    conn: &mut Conn,
    (item, thread): (PortalItemId, Uuid),
    is_settled: bool,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE portal_threads SET is_settled = $1 WHERE id = $2 AND item_id = $3 AND is_settled <> $1";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(is_settled)
        .bind(thread)
        .bind(item.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// The threads of an item with what was said in them, the oldest first.
pub(crate) async fn of_item(
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<Vec<Thread>, StoreError> {
    const THREADS: &str = "
        SELECT id, mark, quote, n, is_settled FROM portal_threads WHERE item_id = $1 ORDER BY id LIMIT $2";
    const COMMENTS: &str = "
        SELECT id, thread_id, act, body, account_id, author, at FROM portal_comments
        WHERE item_id = $1 ORDER BY id LIMIT $2";
    let rows: Vec<(Uuid, String, String, i64, bool)> =
        run!(conn, c => sqlx::query_as(THREADS).bind(item.0).bind(MOST).fetch_all(c).await)?;
    let thread = |(id, mark, quote, n, is_settled): (Uuid, String, String, i64, bool)| Thread {
        id,
        mark,
        quote,
        n,
        is_settled,
        comments: Vec::new(),
    };
    let mut threads: Vec<Thread> = rows.into_iter().map(thread).collect();
    let rows: Vec<CommentRow> =
        run!(conn, c => sqlx::query_as(COMMENTS).bind(item.0).bind(MOST * 20).fetch_all(c).await)?;
    for row in rows {
        let place = threads.iter_mut().find(|it| it.id == row.thread_id);
        let comment = Comment::try_from(row)?;
        if let Some(thread) = place {
            thread.comments.push(comment);
        }
    }
    Ok(threads)
}

/// Whether there is such a thread of the item.
pub(crate) async fn is_of(
    conn: &mut Conn,
    (item, thread): (PortalItemId, Uuid),
) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT n FROM portal_threads WHERE id = $1 AND item_id = $2";
    let row: Option<i64> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(thread)
        .bind(item.0)
        .fetch_optional(c)
        .await)?;
    Ok(row.is_some())
}

/// How many threads an item has.
pub(crate) async fn count(conn: &mut Conn, item: PortalItemId) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM portal_threads WHERE item_id = $1";
    run!(conn, c => sqlx::query_scalar(SQL).bind(item.0).fetch_one(c).await)
}

/// How many threads of each of `items` are not settled; items without any are left out.
pub(crate) async fn open_of(
    conn: &mut Conn,
    items: &[PortalItemId],
) -> Result<Vec<(PortalItemId, i64)>, StoreError> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (2..items.len() + 2).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT item_id, COUNT(*) FROM portal_threads
        WHERE is_settled = $1 AND item_id IN ({})
        GROUP BY item_id ORDER BY item_id",
        places.join(", ")
    );
    let rows: Vec<(Uuid, i64)> = run!(conn, c => {
        let query = sqlx::query_as(AssertSqlSafe(sql)).bind(false);
        items.iter().fold(query, |query, it| query.bind(it.0)).fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|(id, n)| (PortalItemId(id), n)).collect())
}

#[derive(sqlx::FromRow)]
struct CommentRow {
    id: Uuid,
    thread_id: Uuid,
    act: String,
    body: String,
    account_id: Uuid,
    author: String,
    at: i64,
}

impl TryFrom<CommentRow> for Comment {
    type Error = StoreError;

    fn try_from(row: CommentRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            said: Said::of_code(&row.act)
                .ok_or_else(|| corrupt("portal_comments", row.id, "no such act"))?,
            body: row.body,
            account: AccountId(row.account_id),
            author: row.author,
            at: row.at,
        })
    }
}
