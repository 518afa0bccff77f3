//! Tables `portal_consultations` and `portal_opinions`.

use chrono::NaiveDate;
use sauro_kernel::PortalItemId;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Consultation, ConsultationDetails, Opinion, Stance};

/// Says when opinions are taken; what was counted stays.
pub(crate) async fn set(
    conn: &mut Conn,
    item: PortalItemId,
    it: &ConsultationDetails,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_consultations (item_id, opens_on, closes_on, n_for, n_against, n_partly)
        VALUES ($1, $2, $3, 0, 0, 0)
        ON CONFLICT (item_id) DO UPDATE SET opens_on = excluded.opens_on, closes_on = excluded.closes_on";
    run!(conn, c => sqlx::query(SQL)
        .bind(item.0)
        .bind(it.opens_on)
        .bind(it.closes_on)
        .execute(c)
        .await
        .map(drop))
}

/// The consultation `item`.
pub(crate) async fn find(
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<Option<Consultation>, StoreError> {
    const SQL: &str = "
        SELECT opens_on, closes_on, n_for, n_against, n_partly FROM portal_consultations WHERE item_id = $1";
    let row: Option<(NaiveDate, NaiveDate, i64, i64, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(item.0).fetch_optional(c).await)?;
    Ok(row.map(|(opens_on, closes_on, n_for, n_against, n_partly)| Consultation {
        opens_on,
        closes_on,
        n_for,
        n_against,
        n_partly,
    }))
}

/// Keeps an opinion and counts it. Answers false when the same form came before.
pub(crate) async fn add(
    conn: &mut Conn,
    item: PortalItemId,
    it: &Opinion,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO portal_opinions (id, item_id, stance, giver, body, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO NOTHING";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.id)
        .bind(item.0)
        .bind(it.stance.code())
        .bind(&it.giver)
        .bind(&it.body)
        .bind(it.at)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if n == 0 {
        return Ok(false);
    }
    let column = match it.stance {
        Stance::For => "n_for",
        Stance::Against => "n_against",
        Stance::Partly => "n_partly",
    };
    let sql = format!("UPDATE portal_consultations SET {column} = {column} + 1 WHERE item_id = $1");
    run!(conn, c => sqlx::query(AssertSqlSafe(sql)).bind(item.0).execute(c).await.map(drop))?;
    Ok(true)
}

/// Opinions on an item before `before`, the newest first.
pub(crate) async fn opinions(
    conn: &mut Conn,
    item: PortalItemId,
    (before, limit): (Uuid, u16),
) -> Result<Vec<Opinion>, StoreError> {
    const SQL: &str = "
        SELECT id, stance, giver, body, at FROM portal_opinions
        WHERE item_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    let rows: Vec<(Uuid, String, String, String, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(item.0)
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let read = |(id, stance, giver, body, at): (Uuid, String, String, String, i64)| {
        let stance = Stance::of_code(&stance)
            .ok_or_else(|| corrupt("portal_opinions", id, "no such stance"))?;
        Ok(Opinion { id, stance, giver, body, at })
    };
    rows.into_iter().map(read).collect()
}
