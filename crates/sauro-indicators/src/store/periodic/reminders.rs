//! Table `round_reminders`.

use sauro_kernel::RoundId;
use sauro_store::{Conn, StoreError, run};

/// Writes down that a step was reached. Answers whether it was the first time.
pub(crate) async fn put(
    conn: &mut Conn,
    (round, is_commune, step): (RoundId, bool, i64),
    at: i64,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO round_reminders (round_id, is_commune, step, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (round_id, is_commune, step) DO NOTHING";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(round.0)
        .bind(is_commune)
        .bind(step)
        .bind(at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}
