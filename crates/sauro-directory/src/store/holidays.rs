//! Table `holidays`.

use chrono::NaiveDate;
use sauro_store::{Conn, StoreError, run};
use serde_json::json;

use super::bulk::{Kind, Rows, Table};
use crate::model::DayOff;

const HOLIDAYS: Table = Table {
    name: "holidays",
    key: &["day"],
    columns: &[
        ("day", Kind::Day),
        ("is_worked", Kind::Flag),
        ("name", Kind::Text),
        ("kind", Kind::Text),
    ],
};

/// Adds `days`, or brings them up to date. No day may come twice.
pub(crate) async fn put(conn: &mut Conn, days: &[DayOff]) -> Result<(), StoreError> {
    let row = |it: &DayOff| json!([it.day, it.is_worked, it.name, it.kind]);
    HOLIDAYS.put(conn, &days.iter().map(row).collect::<Rows>()).await
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
