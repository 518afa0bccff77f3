//! The numbers of receipts.

use chrono::NaiveDate;
use sauro_store::{Conn, Dialect, StoreError, run};

/// The next number for a receipt of `day`; no other receipt of the day has it.
pub(crate) async fn next_number(conn: &mut Conn, day: NaiveDate) -> Result<i64, StoreError> {
    const SQLITE: &str = "
        INSERT INTO receipt_numbers (day, last_n)
        VALUES ($1, 1)
        ON CONFLICT (day) DO UPDATE SET last_n = receipt_numbers.last_n + 1
        RETURNING last_n";
    // A row that counts would make every sender of the day wait for the commit of the one before.
    const POSTGRES: &str = "SELECT nextval('receipt_numbers_given') + 0 * ($1::date - $1::date)";
    let sql = match conn.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    run!(conn, c => sqlx::query_scalar(sql).bind(day).fetch_one(c).await)
}
