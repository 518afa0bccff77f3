//! Tables `mails` and `mail_notices`: the outbox.

use chrono::DateTime;
use sauro_kernel::{AccountId, MailId, NoticeId};
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{Letter, Notice};
use crate::store::notices::NoticeRow;

/// Rows a statement holds at most.
const ROWS: usize = 300;

/// A mail to be begun, unless its reader has an open one.
pub(crate) struct NewMail {
    pub(crate) id: MailId,
    pub(crate) account: AccountId,
    pub(crate) is_hurried: bool,
    pub(crate) next_at: i64,
}

/// A mail whose time has come.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub(crate) letter: Letter,
    pub(crate) is_open: bool,
    pub(crate) next_at: i64,
}

/// The columns that [`DueRow`] reads.
macro_rules! columns {
    () => {
        "id, account_id, state, is_hurried, made_at, next_at, n_tries, address, subject, plain, html"
    };
}

/// Lists mails whose time has come.
pub(super) const DUE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM mails WHERE state IN ('open', 'closed') AND next_at <= $1 ORDER BY next_at, id LIMIT $2"
);

/// Begins a mail for each reader without an open one; an open one is sent no later than the new one
/// would be. Answers the open mail of each reader.
pub(crate) async fn open_many(
    conn: &mut Conn,
    mails: &[NewMail],
    now_us: i64,
) -> Result<Vec<(AccountId, MailId)>, StoreError> {
    let mut open = Vec::with_capacity(mails.len());
    for chunk in mails.chunks(ROWS) {
        let tuple = |row: usize| {
            let at = 2 + row * 4;
            format!(
                "(${at}, ${}, 'open', ${}, $1, ${}, 0, '', '', '', '', NULL, '')",
                at + 1,
                at + 2,
                at + 3
            )
        };
        let tuples: Vec<String> = (0..chunk.len()).map(tuple).collect();
        let sql = format!(
            "INSERT INTO mails (id, account_id, state, is_hurried, made_at, next_at, n_tries, address, subject,
                plain, html, sent_at, error)
            VALUES {}
            ON CONFLICT (account_id) WHERE state = 'open' DO UPDATE
            SET is_hurried = mails.is_hurried OR excluded.is_hurried,
                next_at = CASE WHEN excluded.next_at < mails.next_at THEN excluded.next_at ELSE mails.next_at END
            RETURNING account_id, id",
            tuples.join(", ")
        );
        let rows: Vec<(Uuid, Uuid)> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(now_us);
            for it in chunk {
                query = query.bind(it.id.0).bind(it.account.0).bind(it.is_hurried).bind(it.next_at);
            }
            query.fetch_all(c).await
        })?;
        open.extend(rows.into_iter().map(|(account, id)| (AccountId(account), MailId(id))));
    }
    Ok(open)
}

/// Puts notices into mails.
pub(crate) async fn enclose(
    conn: &mut Conn,
    pairs: &[(MailId, NoticeId)],
) -> Result<(), StoreError> {
    for chunk in pairs.chunks(ROWS) {
        let tuple = |row: usize| format!("(${}, ${})", row * 2 + 1, row * 2 + 2);
        let tuples: Vec<String> = (0..chunk.len()).map(tuple).collect();
        let sql = format!(
            "INSERT INTO mail_notices (mail_id, notice_id) VALUES {}
            ON CONFLICT (mail_id, notice_id) DO NOTHING",
            tuples.join(", ")
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (mail, notice) in chunk {
                query = query.bind(mail.0).bind(notice.0);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists mails whose time has come at `now_us`, the longest waiting first.
///
/// Uses index `mails_to_send`.
pub(crate) async fn due(conn: &mut Conn, now_us: i64, limit: u16) -> Result<Vec<Due>, StoreError> {
    let rows = run!(conn, c => sqlx::query_as::<_, DueRow>(DUE)
        .bind(now_us)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(Due::from).collect())
}

/// Lists the notices in a mail, oldest first.
pub(crate) async fn notices_of(conn: &mut Conn, mail: MailId) -> Result<Vec<Notice>, StoreError> {
    const SQL: &str = "
        SELECT n.id, n.agency_id, n.role, n.kind, n.n, n.items, n.at
        FROM mail_notices m
        JOIN notices n ON n.id = m.notice_id
        WHERE m.mail_id = $1
        ORDER BY n.at, n.id
        LIMIT 500";
    let rows = run!(conn, c => sqlx::query_as::<_, NoticeRow>(SQL)
        .bind(mail.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Notice::try_from).collect()
}

/// Fixes the words of an open mail. Answers false when another node did.
pub(crate) async fn close(conn: &mut Conn, letter: &Letter) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE mails SET state = 'closed', address = $2, subject = $3, plain = $4, html = $5
        WHERE id = $1 AND state = 'open'";
    run!(conn, c => sqlx::query(SQL)
        .bind(letter.id.0)
        .bind(&letter.address)
        .bind(&letter.subject)
        .bind(&letter.plain)
        .bind(&letter.html)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Takes a closed mail for one try, until `until`. Answers false when another node has it.
pub(crate) async fn take(
    conn: &mut Conn,
    id: MailId,
    seen: i64,
    until: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        UPDATE mails SET next_at = $3, n_tries = n_tries + 1
        WHERE id = $1 AND state = 'closed' AND next_at = $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(seen)
        .bind(until)
        .execute(c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Puts a mail off until `next_at`.
pub(crate) async fn put_off(
    conn: &mut Conn,
    id: MailId,
    next_at: i64,
    error: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE mails SET next_at = $2, error = $3 WHERE id = $1";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(next_at)
        .bind(error)
        .execute(c)
        .await
        .map(drop))
}

/// Ends a mail as `sent`, `rejected` or `dropped`. Its words go, what became of it stays.
pub(crate) async fn end(
    conn: &mut Conn,
    id: MailId,
    state: &'static str,
    error: &str,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE mails SET state = $2, error = $3, sent_at = $4, plain = '', html = ''
        WHERE id = $1 AND state IN ('open', 'closed')";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(state)
        .bind(error)
        .bind(Some(now_us).filter(|_| state == "sent"))
        .execute(c)
        .await
        .map(drop))
}

#[derive(sqlx::FromRow)]
struct DueRow {
    id: Uuid,
    account_id: Uuid,
    state: String,
    is_hurried: bool,
    made_at: i64,
    next_at: i64,
    n_tries: i64,
    address: String,
    subject: String,
    plain: String,
    html: String,
}

impl From<DueRow> for Due {
    fn from(row: DueRow) -> Self {
        Self {
            is_open: row.state == "open",
            next_at: row.next_at,
            letter: Letter {
                id: MailId(row.id),
                account: AccountId(row.account_id),
                address: row.address,
                subject: row.subject,
                plain: row.plain,
                html: row.html,
                is_hurried: row.is_hurried,
                n_tries: row.n_tries,
                made_at: DateTime::from_timestamp_micros(row.made_at).unwrap_or_default(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use sauro_store::{Limits, run};
    use sauro_testkit::on_sqlite;
    use sqlx::AssertSqlSafe;

    use super::DUE;

    #[tokio::test]
    async fn mails_whose_time_has_come_are_found_along_an_index() {
        let engine = on_sqlite(Limits::default()).await;
        let mut conn = engine.db.read().await.unwrap();
        let text = format!("EXPLAIN QUERY PLAN {DUE}");
        let rows: Vec<(i64, i64, i64, String)> =
            run!(conn, c => sqlx::query_as(AssertSqlSafe(text))
            .bind(0_i64)
            .bind(50_i64)
            .fetch_all(c)
            .await)
            .unwrap();
        let plan = rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("\n");
        assert!(plan.contains("USING INDEX mails_to_send"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
