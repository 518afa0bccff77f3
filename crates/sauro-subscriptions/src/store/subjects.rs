//! Tables `subscription_subjects` and `subscription_counts`.

use sauro_kernel::SubscriptionId;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Rhythm, Subject, Subscription, Way};

/// Subjects that are counted for editors.
const MOST: i64 = 1_000;

/// Lists who is told of a subject.
pub(super) const READERS: &str = "
    SELECT subscription_id, way, since_n FROM subscription_subjects
    WHERE subject = $1 AND rhythm = $2 AND subscription_id > $3
    ORDER BY subscription_id LIMIT $4";

/// Whom to tell, by which way, and after what it is news to them.
pub(crate) type Told = (SubscriptionId, Way, i64);

/// Makes `it` be about what it wants. What it was about already keeps its beginning; the rest begins after `n`.
pub(crate) async fn set(conn: &mut Conn, it: &Subscription, n: i64) -> Result<(), StoreError> {
    const ADD: &str = "
        INSERT INTO subscription_subjects (subject, rhythm, subscription_id, way, since_n)
        VALUES ($1, $2, $3, $4, $5)";
    let old = take_out(conn, it.id, it.way).await?;
    for subject in &it.wanted {
        let code = subject.code();
        let since_n = old.iter().find(|had| had.0 == code).map_or(n, |had| had.1);
        run!(conn, c => sqlx::query(ADD)
            .bind(&code)
            .bind(it.rhythm.code())
            .bind(it.id.0)
            .bind(it.way.code())
            .bind(since_n)
            .execute(c)
            .await
            .map(drop))?;
        count(conn, &code, it.way, 1).await?;
    }
    Ok(())
}

/// Makes the subscription be about nothing. Answers what it was about, and since when.
pub(crate) async fn take_out(
    conn: &mut Conn,
    id: SubscriptionId,
    way: Way,
) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "
        DELETE FROM subscription_subjects WHERE subscription_id = $1 RETURNING subject, since_n";
    let mut old: Vec<(String, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_all(c).await)?;
    // Counts are locked in one order, so that two who leave do not wait for each other.
    old.sort();
    for (code, _) in &old {
        count(conn, code, way, -1).await?;
    }
    Ok(old)
}

async fn count(conn: &mut Conn, code: &str, way: Way, by: i64) -> Result<(), StoreError> {
    let column = match way {
        Way::Mail => "n_mail",
        Way::Push => "n_push",
    };
    let (n_mail, n_push) = if way == Way::Mail { (by, 0) } else { (0, by) };
    let sql = format!(
        "INSERT INTO subscription_counts (subject, n_mail, n_push) VALUES ($1, $2, $3)
        ON CONFLICT (subject) DO UPDATE SET {column} = subscription_counts.{column} + $4"
    );
    run!(conn, c => sqlx::query(AssertSqlSafe(sql))
        .bind(code)
        .bind(n_mail)
        .bind(n_push)
        .bind(by)
        .execute(c)
        .await
        .map(drop))
}

/// How many confirmed subscriptions there are about each subject: by mail, and on devices.
pub(crate) async fn counts(conn: &mut Conn) -> Result<Vec<(Subject, i64, i64)>, StoreError> {
    const SQL: &str = "
        SELECT subject, n_mail, n_push FROM subscription_counts
        WHERE n_mail > 0 OR n_push > 0 ORDER BY subject LIMIT $1";
    let rows: Vec<(String, i64, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(MOST).fetch_all(c).await)?;
    let read = |(code, n_mail, n_push): (String, i64, i64)| {
        let subject = Subject::of_code(&code)
            .ok_or_else(|| corrupt("subscription_counts", Uuid::nil(), format!("no {code}")))?;
        Ok((subject, n_mail, n_push))
    };
    rows.into_iter().map(read).collect()
}

/// Lists who hears of `subject` at `rhythm`, after `after` in the order of ids.
pub(crate) async fn readers(
    conn: &mut Conn,
    (subject, rhythm): (Subject, Rhythm),
    after: SubscriptionId,
    limit: u16,
) -> Result<Vec<Told>, StoreError> {
    let rows: Vec<(Uuid, String, i64)> = run!(conn, c => sqlx::query_as(READERS)
        .bind(subject.code())
        .bind(rhythm.code())
        .bind(after.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let read = |(id, way, since_n): (Uuid, String, i64)| {
        let way = Way::of_code(&way)
            .ok_or_else(|| corrupt("subscription_subjects", id, "no such way"))?;
        Ok((SubscriptionId(id), way, since_n))
    };
    rows.into_iter().map(read).collect()
}
