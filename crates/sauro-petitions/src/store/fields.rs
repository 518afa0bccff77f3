//! Tables `petition_fields` and `petition_limits`.

use sauro_store::{Conn, StoreError, run};

use crate::model::{Field, Limits};

type FieldRow = (String, String, String, String, bool);

/// Lists the fields in the order of the screen.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Field>, StoreError> {
    const SQL: &str = "
        SELECT code, name, words, agency_code, allows_anonymous
        FROM petition_fields
        ORDER BY place, code
        LIMIT 200";
    let rows: Vec<FieldRow> = run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    let words = |text: String| {
        text.split(';').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let field = |(code, name, text, agency_code, allows_anonymous): FieldRow| Field {
        code,
        name,
        words: words(text),
        agency_code,
        allows_anonymous,
    };
    Ok(rows.into_iter().map(field).collect())
}

/// Adds a field, or changes it.
pub(crate) async fn put(conn: &mut Conn, it: &Field, place: i64) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_fields (code, name, words, agency_code, allows_anonymous, place)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (code) DO UPDATE
        SET name = excluded.name, words = excluded.words, agency_code = excluded.agency_code,
            allows_anonymous = excluded.allows_anonymous, place = excluded.place";
    run!(conn, c => sqlx::query(SQL)
        .bind(&it.code)
        .bind(&it.name)
        .bind(it.words.join(";"))
        .bind(&it.agency_code)
        .bind(it.allows_anonymous)
        .bind(place)
        .execute(c)
        .await
        .map(drop))
}

/// The limits in force: what was set, and the defaults for the rest.
pub(crate) async fn limits(conn: &mut Conn) -> Result<Limits, StoreError> {
    const SQL: &str = "SELECT step, days FROM petition_limits ORDER BY step LIMIT 50";
    let rows: Vec<(String, i64)> = run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    let mut limits = Limits::default();
    for (step, days) in rows {
        if let (Some(place), Ok(days)) = (limits.place(&step), u32::try_from(days)) {
            *place = days;
        }
    }
    Ok(limits)
}

/// Sets one limit.
pub(crate) async fn set_limit(
    conn: &mut Conn,
    step: &str,
    days: u32,
    at: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_limits (step, days, changed_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (step) DO UPDATE SET days = excluded.days, changed_at = excluded.changed_at";
    run!(conn, c => sqlx::query(SQL)
        .bind(step)
        .bind(i64::from(days))
        .bind(at)
        .execute(c)
        .await
        .map(drop))
}
