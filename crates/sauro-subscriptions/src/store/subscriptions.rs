//! Table `subscriptions`.

use sauro_kernel::SubscriptionId;
use sauro_store::{Conn, Dialect, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{coded, corrupt, decoded};
use crate::model::{Rhythm, Subscription, Way};

const TABLE: &str = "subscriptions";

const COLUMNS: &str =
    "id, way, sealed, rhythm, wanted, consent, asked_at, confirmed_at, told_n, next_at";

/// Lists digests whose time has come.
const DUE: &str = "
    SELECT id, way, sealed, rhythm, wanted, consent, asked_at, confirmed_at, told_n, next_at
    FROM subscriptions WHERE next_at IS NOT NULL AND next_at <= $1 ORDER BY next_at, id LIMIT $2";

/// Adds a subscription. Answers false when there is one for the same contact.
pub(crate) async fn insert(
    conn: &mut Conn,
    it: &Subscription,
    (mark, confirm_hash): (&[u8], Option<&[u8]>),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO subscriptions (
            id, way, mark, sealed, rhythm, wanted, is_on, confirm_hash, consent, asked_at, confirmed_at, told_n, next_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (mark) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.way.code())
        .bind(mark)
        .bind(&it.sealed)
        .bind(it.rhythm.code())
        .bind(coded(&it.wanted))
        .bind(it.confirmed_at.is_some())
        .bind(confirm_hash)
        .bind(&it.consent)
        .bind(it.asked_at)
        .bind(it.confirmed_at)
        .bind(it.told_n)
        .bind(it.next_at)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// The subscription `id`.
pub(crate) async fn find(
    conn: &mut Conn,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE id = $1");
    let row: Option<Row> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(c).await)?;
    row.map(Subscription::try_from).transpose()
}

/// The subscription `id`, about to be changed or erased: on PostgreSQL others who would change it or write a letter for
/// it wait for the end of this transaction, on SQLite they wait anyway.
pub(crate) async fn take(
    conn: &mut Conn,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    let lock = match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE",
    };
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE id = $1{lock}");
    let row: Option<Row> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id.0).fetch_optional(c).await)?;
    row.map(Subscription::try_from).transpose()
}

/// The subscription of the contact with `mark`.
pub(crate) async fn by_mark(
    conn: &mut Conn,
    mark: &[u8],
) -> Result<Option<Subscription>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE mark = $1");
    let row: Option<Row> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(mark).fetch_optional(c).await)?;
    row.map(Subscription::try_from).transpose()
}

/// The subscription that the link with `hash` confirms.
pub(crate) async fn by_confirm_hash(
    conn: &mut Conn,
    hash: &[u8],
) -> Result<Option<Subscription>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM subscriptions WHERE confirm_hash = $1");
    let row: Option<Row> =
        run!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(hash).fetch_optional(c).await)?;
    row.map(Subscription::try_from).transpose()
}

/// Writes what changes of `it`, with the link that confirms it, if any.
pub(crate) async fn update(
    conn: &mut Conn,
    it: &Subscription,
    confirm_hash: Option<&[u8]>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE subscriptions
        SET rhythm = $2, wanted = $3, is_on = $4, confirm_hash = $5, consent = $6, asked_at = $7, confirmed_at = $8,
            told_n = $9, next_at = $10, sealed = $11
        WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.rhythm.code())
        .bind(coded(&it.wanted))
        .bind(it.confirmed_at.is_some())
        .bind(confirm_hash)
        .bind(&it.consent)
        .bind(it.asked_at)
        .bind(it.confirmed_at)
        .bind(it.told_n)
        .bind(it.next_at)
        .bind(&it.sealed)
        .execute(c)
        .await
        .map(drop))
}

/// Closes the digest of `it` that was due: the next one tells of what comes after `told_n`. Answers false when another
/// node did.
pub(crate) async fn close_digest(
    conn: &mut Conn,
    it: &Subscription,
    (told_n, next_at): (i64, Option<i64>),
) -> Result<bool, StoreError> {
    const SQL: &str =
        "UPDATE subscriptions SET told_n = $3, next_at = $4 WHERE id = $1 AND next_at = $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(it.next_at)
        .bind(told_n)
        .bind(next_at)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Lists digests whose time has come at `now`, the longest waiting first.
///
/// Uses index `subscriptions_due`.
pub(crate) async fn due(
    conn: &mut Conn,
    now: i64,
    limit: u16,
) -> Result<Vec<Subscription>, StoreError> {
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(DUE)
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Subscription::try_from).collect()
}

/// Lists what was asked for before `at` and never confirmed, the oldest first.
///
/// Uses index `subscriptions_asked`.
pub(crate) async fn unconfirmed(
    conn: &mut Conn,
    at: i64,
    limit: u16,
) -> Result<Vec<SubscriptionId>, StoreError> {
    const SQL: &str = "
        SELECT id FROM subscriptions WHERE NOT is_on AND asked_at < $1 ORDER BY asked_at, id LIMIT $2";
    let ids: Vec<Uuid> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(at)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(SubscriptionId).collect())
}

/// Erases a subscription whose subjects and letters are gone. Answers whether there was one.
pub(crate) async fn remove(conn: &mut Conn, id: SubscriptionId) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM subscriptions WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    way: String,
    sealed: Vec<u8>,
    rhythm: String,
    wanted: String,
    consent: String,
    asked_at: i64,
    confirmed_at: Option<i64>,
    told_n: i64,
    next_at: Option<i64>,
}

impl TryFrom<Row> for Subscription {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let bad = |reason: &str| corrupt(TABLE, row.id, reason);
        Ok(Self {
            id: SubscriptionId(row.id),
            way: Way::of_code(&row.way).ok_or_else(|| bad("no such way"))?,
            rhythm: Rhythm::of_code(&row.rhythm).ok_or_else(|| bad("no such rhythm"))?,
            wanted: decoded(TABLE, row.id, &row.wanted)?,
            sealed: row.sealed,
            consent: row.consent,
            asked_at: row.asked_at,
            confirmed_at: row.confirmed_at,
            told_n: row.told_n,
            next_at: row.next_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use sauro_store::{Limits, run};
    use sauro_testkit::on_sqlite;
    use sqlx::AssertSqlSafe;

    use super::DUE;
    use crate::store::{letters, news, subjects};

    #[tokio::test]
    async fn what_is_due_and_whom_it_goes_to_is_found_along_indexes() {
        let engine = on_sqlite(Limits::default()).await;
        let mut conn = engine.db.read().await.unwrap();
        for (sql, index) in [
            (DUE, "subscriptions_due"),
            (letters::DUE, "subscription_letters_to_send"),
            (news::DUE, "subscription_news_to_go"),
            (subjects::READERS, "sqlite_autoindex_subscription_subjects_1"),
        ] {
            let text = format!("EXPLAIN QUERY PLAN {sql}");
            let rows: Vec<(i64, i64, i64, String)> =
                run!(conn, c => sqlx::query_as(AssertSqlSafe(text)).fetch_all(c).await).unwrap();
            let plan = rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("\n");
            assert!(plan.contains(index), "{index}: {plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{plan}");
        }
    }
}
