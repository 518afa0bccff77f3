//! Table `holidays`.

use chrono::NaiveDate;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;

use crate::model::DayOff;

const AT_ONCE: usize = 300;

/// Adds `days`, or brings them up to date. No day may come twice.
pub(crate) async fn put(conn: &mut Conn, days: &[DayOff]) -> Result<(), StoreError> {
    for chunk in days.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO holidays (day, is_worked, name, kind) VALUES {}
             ON CONFLICT (day) DO UPDATE
             SET is_worked = excluded.is_worked, name = excluded.name, kind = excluded.kind",
            super::places_of(chunk.len(), 4)
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in chunk {
                query = query.bind(it.day).bind(it.is_worked).bind(&it.name).bind(&it.kind);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Takes `day` out. Answers whether it was there.
pub(crate) async fn remove(conn: &mut Conn, day: NaiveDate) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM holidays WHERE day = $1";
    run!(conn, c => sqlx::query(SQL).bind(day).execute(c).await.map(|it| it.rows_affected() > 0))
}

/// Lists all days, oldest first.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<DayOff>, StoreError> {
    const SQL: &str = "SELECT day, is_worked, name, kind FROM holidays ORDER BY day LIMIT 10000";
    let rows = run!(conn, c => sqlx::query_as::<_, (NaiveDate, bool, String, String)>(SQL)
        .fetch_all(c)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(day, is_worked, name, kind)| DayOff { day, is_worked, name, kind })
        .collect())
}
