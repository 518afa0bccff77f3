//! Numbers that were given: whoever goes on takes the next ones.

use chrono::{Days, NaiveDate};
use sauro_store::{Conn, Dialect, StoreError, run};

/// Notes that the numbers up to `last_n` of `year` are given to tasks.
pub(crate) async fn give_tasks(conn: &mut Conn, year: i32, last_n: i64) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO task_numbers (year, last_n)
        VALUES ($1, $2)
        ON CONFLICT (year) DO UPDATE SET last_n = excluded.last_n WHERE task_numbers.last_n < excluded.last_n";
    run!(conn, c => sqlx::query(SQL).bind(i64::from(year)).bind(last_n).execute(c).await.map(drop))
}

/// Notes that the numbers up to `last_n` of `day` are given to receipts.
pub(crate) async fn give_receipts(
    conn: &mut Conn,
    day: NaiveDate,
    last_n: i64,
) -> Result<(), StoreError> {
    const SQLITE: &str = "
        INSERT INTO receipt_numbers (day, last_n)
        VALUES ($1, $2)
        ON CONFLICT (day) DO UPDATE SET last_n = excluded.last_n WHERE receipt_numbers.last_n < excluded.last_n";
    // One sequence serves all days there.
    const POSTGRES: &str = "
        SELECT setval('receipt_numbers_given', greatest($2, last_value)) + 0 * ($1::date - $1::date)
        FROM receipt_numbers_given";
    let sql = match conn.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    run!(conn, c => sqlx::query(sql).bind(day).bind(last_n).execute(c).await.map(drop))
}

/// Lets recurring work that was reported on itself go on period by period from `today`; the first is
/// looked for tomorrow.
pub(crate) async fn go_on(conn: &mut Conn, today: NaiveDate) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE task_cycles SET from_on = $1, opens_on = $2 WHERE from_on < $1";
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    run!(conn, c => sqlx::query(SQL).bind(today).bind(tomorrow).execute(c).await.map(drop))
}
