//! Table `holidays`.

use chrono::NaiveDate;
use sauro_store::{Conn, StoreError, run};

use crate::model::DayOff;

/// Adds `day`, or brings it up to date.
pub(crate) async fn put(conn: &mut Conn, day: &DayOff) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO holidays (day, is_worked, name, kind) VALUES ($1, $2, $3, $4)
        ON CONFLICT (day) DO UPDATE
        SET is_worked = excluded.is_worked, name = excluded.name, kind = excluded.kind";
    run!(conn, c => sqlx::query(SQL)
        .bind(day.day)
        .bind(day.is_worked)
        .bind(&day.name)
        .bind(&day.kind)
        .execute(c)
        .await
        .map(drop))
}

/// Takes `day` out. Answers whether it was there.
pub(crate) async fn remove(conn: &mut Conn, day: NaiveDate) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM holidays WHERE day = $1";
    run!(conn, c => sqlx::query(SQL).bind(day).execute(c).await.map(|it| it.rows_affected() > 0))
}

/// Lists the days from `from` on.
pub(crate) async fn from(conn: &mut Conn, from: NaiveDate) -> Result<Vec<DayOff>, StoreError> {
    const SQL: &str = "
        SELECT day, is_worked, name, kind FROM holidays WHERE day >= $1 ORDER BY day LIMIT 2000";
    let rows = run!(conn, c => sqlx::query_as::<_, (NaiveDate, bool, String, String)>(SQL)
        .bind(from)
        .fetch_all(c)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(day, is_worked, name, kind)| DayOff { day, is_worked, name, kind })
        .collect())
}
