//! Table `signin_trips`.

use sauro_store::{Conn, StoreError, run};

/// Uses a trip up; false when it has come back before. Forgets those that have ended.
pub(crate) async fn use_up(
    conn: &mut Conn,
    state_hash: &[u8],
    expires_at: i64,
    now: i64,
) -> Result<bool, StoreError> {
    const ENDED: &str = "DELETE FROM signin_trips WHERE expires_at <= $1";
    const SQL: &str = "
        INSERT INTO signin_trips (state_hash, expires_at)
        VALUES ($1, $2)
        ON CONFLICT (state_hash) DO NOTHING";
    run!(conn, c => sqlx::query(ENDED).bind(now).execute(c).await.map(drop))?;
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(state_hash)
        .bind(expires_at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}
