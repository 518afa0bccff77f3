//! Table `mail_settings`.

use chrono::DateTime;
use sauro_kernel::AccountId;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::MailSettings;

/// Accounts asked for in one query.
const ROWS: usize = 400;

type Row = (Uuid, String, bool, bool, Option<i64>, String);

fn settings((_, address, is_on, is_daily, rejected_at, words): Row) -> MailSettings {
    let rejected_at = rejected_at.and_then(DateTime::from_timestamp_micros);
    MailSettings { address, is_on, is_daily, rejected: rejected_at.map(|at| (at, words)) }
}

/// What `account` has chosen; nothing by default.
pub(crate) async fn find(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Option<MailSettings>, StoreError> {
    const SQL: &str = "
        SELECT account_id, address, is_on, is_daily, rejected_at, rejected_words
        FROM mail_settings
        WHERE account_id = $1";
    let row: Option<Row> =
        run!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_optional(c).await)?;
    Ok(row.map(settings))
}

/// Lists which of `accounts` want mail and can be reached.
pub(crate) async fn wanting(
    conn: &mut Conn,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, MailSettings)>, StoreError> {
    let mut found = Vec::new();
    for some in accounts.chunks(ROWS) {
        let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT account_id, address, is_on, is_daily, rejected_at, rejected_words
            FROM mail_settings
            WHERE account_id IN ({}) AND is_on AND rejected_at IS NULL
            ORDER BY account_id
            LIMIT {}",
            places.join(", "),
            some.len()
        );
        let rows: Vec<Row> = run!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for account in some {
                query = query.bind(account.0);
            }
            query.fetch_all(c).await
        })?;
        found.extend(rows.into_iter().map(|row| (AccountId(row.0), settings(row))));
    }
    Ok(found)
}

/// Writes what `account` has chosen; a refusal of an address before is forgotten.
pub(crate) async fn put(
    conn: &mut Conn,
    account: AccountId,
    it: &MailSettings,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO mail_settings (account_id, address, is_on, is_daily, rejected_at, rejected_words, changed_at)
        VALUES ($1, $2, $3, $4, NULL, '', $5)
        ON CONFLICT (account_id) DO UPDATE
        SET address = $2, is_on = $3, is_daily = $4, rejected_at = NULL, rejected_words = '', changed_at = $5";
    run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .bind(&it.address)
        .bind(it.is_on)
        .bind(it.is_daily)
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))
}

/// Writes down that the mail server takes nothing for `address`, if that is still the person's.
pub(crate) async fn reject(
    conn: &mut Conn,
    account: AccountId,
    address: &str,
    words: &str,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE mail_settings SET rejected_at = $3, rejected_words = $4
        WHERE account_id = $1 AND address = $2";
    run!(conn, c => sqlx::query(SQL)
        .bind(account.0)
        .bind(address)
        .bind(now_us)
        .bind(words)
        .execute(c)
        .await
        .map(drop))
}
