//! Table `task_numbers`.

use sauro_store::{Conn, StoreError, run};

/// Takes the next `n` numbers of `year` and answers the first of them.
pub(crate) async fn take(conn: &mut Conn, year: i32, n: i64) -> Result<i64, StoreError> {
    const SQL: &str = "
        INSERT INTO task_numbers (year, last_n)
        VALUES ($1, $2)
        ON CONFLICT (year) DO UPDATE SET last_n = task_numbers.last_n + excluded.last_n
        RETURNING last_n";
    let last: i64 = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(i64::from(year))
        .bind(n)
        .fetch_one(c)
        .await)?;
    Ok(last - n + 1)
}
