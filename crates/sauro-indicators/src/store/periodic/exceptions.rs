//! Table `round_exceptions`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, RoundId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::periodic::Exception;

/// Exceptions of one round at most: every unit of the country.
const MOST: i64 = 4_000;

/// Writes that a unit may send until a day; a second time in the place of the first.
pub(crate) async fn put(
    conn: &mut Conn,
    ctx: &Ctx,
    round: RoundId,
    it: &Exception,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO round_exceptions (round_id, unit_id, until_on, reason, by_account, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (round_id, unit_id) DO UPDATE SET until_on = $3, reason = $4, by_account = $5, at = $6";
    run!(conn, c => sqlx::query(SQL)
        .bind(round.0)
        .bind(it.unit.0)
        .bind(it.until_on)
        .bind(&it.reason)
        .bind(ctx.actor.account.0)
        .bind(ctx.now_us())
        .execute(c)
        .await
        .map(drop))
}

/// Lists the exceptions of `round`.
pub(crate) async fn of_round(
    conn: &mut Conn,
    round: RoundId,
) -> Result<Vec<Exception>, StoreError> {
    const SQL: &str = "
        SELECT unit_id, until_on, reason FROM round_exceptions WHERE round_id = $1 ORDER BY unit_id LIMIT $2";
    let rows = run!(conn, c => sqlx::query_as::<_, (Uuid, NaiveDate, String)>(SQL)
        .bind(round.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    let of = |(unit, until_on, reason)| Exception { unit: AgencyId(unit), until_on, reason };
    Ok(rows.into_iter().map(of).collect())
}

/// Finds the exception of `unit` in `round`.
pub(crate) async fn find(
    conn: &mut Conn,
    round: RoundId,
    unit: AgencyId,
) -> Result<Option<Exception>, StoreError> {
    const SQL: &str =
        "SELECT until_on, reason FROM round_exceptions WHERE round_id = $1 AND unit_id = $2";
    let row = run!(conn, c => sqlx::query_as::<_, (NaiveDate, String)>(SQL)
        .bind(round.0)
        .bind(unit.0)
        .fetch_optional(c)
        .await)?;
    Ok(row.map(|(until_on, reason)| Exception { unit, until_on, reason }))
}
