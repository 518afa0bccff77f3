//! Tables `subscription_news`, `subscription_news_subjects` and `subscription_counter`: what was told, each once.

use sauro_kernel::{BulletinId, PortalItemId, SubscriptionId};
use sauro_store::{Conn, FileHash, StoreError, run};
use uuid::Uuid;

use super::{coded, corrupt, decoded};
use crate::model::{Bulletin, Entry, Occasion, Subject};

const TABLE: &str = "subscription_news";

/// Most things told of in one letter.
pub(crate) const MOST_TOLD: usize = 200;

/// Lists what is to be told by now.
pub(super) const DUE: &str = "
    SELECT id, item_id, subjects, n, at_subject, after_id FROM subscription_news
    WHERE state = $1 AND due_at <= $2 ORDER BY due_at, id LIMIT $3";

/// Something that is told, and how far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Going {
    pub(crate) id: BulletinId,
    pub(crate) item: PortalItemId,
    pub(crate) subjects: Vec<Subject>,
    /// Its place among what was told.
    pub(crate) n: i64,
    /// The subject that is gone through, and after whom.
    pub(crate) place: (i64, SubscriptionId),
}

/// Writes down what is to be told, unless it was before.
pub(crate) async fn insert(
    conn: &mut Conn,
    id: BulletinId,
    it: &Bulletin,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO subscription_news (
            id, cause, item_id, occasion, subjects, due_at, state, n, at_subject, after_id)
        VALUES ($1, $2, $3, $4, $5, $6, 'waiting', NULL, 0, $7)
        ON CONFLICT (cause) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(FileHash::of(it.cause.as_bytes()).0.as_slice())
        .bind(it.item.0)
        .bind(it.occasion.code())
        .bind(coded(&it.subjects))
        .bind(it.due_at.timestamp_micros())
        .bind(Uuid::nil())
        .execute(c)
        .await
        .map(drop))
}

/// Forgets that `item` was to be told of on days that may have changed.
pub(crate) async fn unplan(conn: &mut Conn, item: PortalItemId) -> Result<(), StoreError> {
    const SQL: &str = "
        DELETE FROM subscription_news
        WHERE item_id = $1 AND state = 'waiting' AND occasion IN ('opens', 'closes')";
    run!(conn, c => sqlx::query(SQL).bind(item.0).execute(c).await.map(drop))
}

/// Takes back whatever was or is to be told of `item`.
pub(crate) async fn take_back(conn: &mut Conn, item: PortalItemId) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE subscription_news SET state = 'dropped' WHERE item_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(item.0).execute(c).await.map(drop))
}

/// Lists what is to be told by `now` (`waiting`), or is being told (`spreading`).
///
/// Uses index `subscription_news_to_go`.
pub(crate) async fn in_state(
    conn: &mut Conn,
    (state, now): (&'static str, i64),
    limit: u16,
) -> Result<Vec<Going>, StoreError> {
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(DUE)
        .bind(state)
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Going::try_from).collect()
}

/// Gives `it` its place among what is told, and lets digests find it. Answers false when another node did, or it was
/// taken back.
pub(crate) async fn let_go(conn: &mut Conn, it: &Going) -> Result<bool, StoreError> {
    // The row stays locked until the end of the transaction: places become visible in their order.
    const NEXT: &str = "
        INSERT INTO subscription_counter (id, n) VALUES (1, 1)
        ON CONFLICT (id) DO UPDATE SET n = subscription_counter.n + 1 RETURNING n";
    const SQL: &str = "
        UPDATE subscription_news SET state = 'spreading', n = $2 WHERE id = $1 AND state = 'waiting'";
    const FIND: &str =
        "INSERT INTO subscription_news_subjects (subject, n, news_id) VALUES ($1, $2, $3)";
    let n: i64 = run!(conn, c => sqlx::query_scalar(NEXT).fetch_one(c).await)?;
    let is_ours = run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(n)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))?;
    if !is_ours {
        return Ok(false);
    }
    for subject in &it.subjects {
        run!(conn, c => sqlx::query(FIND)
            .bind(subject.code())
            .bind(n)
            .bind(it.id.0)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(true)
}

/// Moves on through those who hear of `it` at once; without a next place everybody has been gone through. Answers
/// false when another node moved on.
pub(crate) async fn move_on(
    conn: &mut Conn,
    it: &Going,
    next: Option<(i64, SubscriptionId)>,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE subscription_news SET state = $4, at_subject = $5, after_id = $6
        WHERE id = $1 AND state = 'spreading' AND at_subject = $2 AND after_id = $3";
    let state = if next.is_some() { "spreading" } else { "told" };
    let (at_subject, after) = next.unwrap_or(it.place);
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.place.0)
        .bind(it.place.1.0)
        .bind(state)
        .bind(at_subject)
        .bind(after.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Says that nothing is to be told of `it` any more.
pub(crate) async fn drop_one(conn: &mut Conn, id: BulletinId) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE subscription_news SET state = 'dropped' WHERE id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// The place of what was told last.
pub(crate) async fn last_n(conn: &mut Conn) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT n FROM subscription_counter WHERE id = 1";
    let n: Option<i64> = run!(conn, c => sqlx::query_scalar(SQL).fetch_optional(c).await)?;
    Ok(n.unwrap_or(0))
}

/// What was told after `from` up to `until` of what the subscription is about, in order. What was taken back is not
/// among it.
pub(crate) async fn told_to(
    conn: &mut Conn,
    id: SubscriptionId,
    (from, until): (i64, i64),
    limit: usize,
) -> Result<Vec<Entry>, StoreError> {
    const SQL: &str = "
        SELECT DISTINCT w.n, w.id, w.item_id, w.occasion
        FROM subscription_subjects s
        JOIN subscription_news_subjects x ON x.subject = s.subject AND x.n > $2 AND x.n <= $3 AND x.n > s.since_n
        JOIN subscription_news w ON w.id = x.news_id
        WHERE s.subscription_id = $1 AND w.state <> 'dropped'
        ORDER BY w.n, w.id
        LIMIT $4";
    let rows: Vec<(i64, Uuid, Uuid, String)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(id.0)
        .bind(from)
        .bind(until)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(c)
        .await)?;
    let read = |(n, id, item, occasion): (i64, Uuid, Uuid, String)| {
        let occasion =
            Occasion::of_code(&occasion).ok_or_else(|| corrupt(TABLE, id, "no such occasion"))?;
        Ok(Entry { item: PortalItemId(item), occasion, n })
    };
    rows.into_iter().map(read).collect()
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    item_id: Uuid,
    subjects: String,
    n: Option<i64>,
    at_subject: i64,
    after_id: Uuid,
}

impl TryFrom<Row> for Going {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: BulletinId(row.id),
            item: PortalItemId(row.item_id),
            subjects: decoded(TABLE, row.id, &row.subjects)?,
            n: row.n.unwrap_or_default(),
            place: (row.at_subject, SubscriptionId(row.after_id)),
        })
    }
}
