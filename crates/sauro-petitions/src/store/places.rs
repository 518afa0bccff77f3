//! Table `petition_places`.

use sauro_kernel::AgencyId;
use sauro_store::{Conn, Dialect, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::model::{PlaceCount, Scope};

/// Adds `it` to `scope` in the month `month`, in `field` (empty for all together).
pub(crate) async fn add(
    conn: &mut Conn,
    (scope, month, field): (Scope, &str, &str),
    it: PlaceCount,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_places (scope_id, month, field, parent_id, n_open, n_answered)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (scope_id, month, field) DO UPDATE SET
            n_open = petition_places.n_open + excluded.n_open,
            n_answered = petition_places.n_answered + excluded.n_answered";
    run!(conn, c => sqlx::query(SQL)
        .bind(scope.id.0)
        .bind(month)
        .bind(field)
        .bind(scope.parent.0)
        .bind(it.open)
        .bind(it.answered)
        .execute(c)
        .await
        .map(drop))
}

/// What was counted of each scope below `parent` in the months `from` to `to`, in `field`.
///
/// Uses index `petition_places_below`.
pub(crate) async fn below(
    conn: &mut Conn,
    parent: AgencyId,
    field: &str,
    (from, to): (&str, &str),
) -> Result<Vec<(AgencyId, PlaceCount)>, StoreError> {
    const SQL: &str = "
        SELECT scope_id, CAST(sum(n_open) AS BIGINT), CAST(sum(n_answered) AS BIGINT)
        FROM petition_places
        WHERE parent_id = $1 AND field = $2 AND month >= $3 AND month <= $4
        GROUP BY scope_id
        ORDER BY scope_id
        LIMIT 10000";
    let rows: Vec<(Uuid, i64, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(parent.0)
        .bind(field)
        .bind(from)
        .bind(to)
        .fetch_all(c)
        .await)?;
    let count = |(id, open, answered)| (AgencyId(id), PlaceCount { open, answered });
    Ok(rows.into_iter().filter(|it| it.0 != parent.0).map(count).collect())
}

/// What was counted of `scope` itself.
pub(crate) async fn of_scope(
    conn: &mut Conn,
    scope: AgencyId,
    field: &str,
    (from, to): (&str, &str),
) -> Result<PlaceCount, StoreError> {
    const SQL: &str = "
        SELECT CAST(coalesce(sum(n_open), 0) AS BIGINT), CAST(coalesce(sum(n_answered), 0) AS BIGINT)
        FROM petition_places
        WHERE scope_id = $1 AND field = $2 AND month >= $3 AND month <= $4";
    let (open, answered): (i64, i64) = run!(conn, c => sqlx::query_as(SQL)
        .bind(scope.0)
        .bind(field)
        .bind(from)
        .bind(to)
        .fetch_one(c)
        .await)?;
    Ok(PlaceCount { open, answered })
}

/// Counts all cases there are, for a past that was written at once. The only question here that reads every case.
pub(crate) async fn count_anew(conn: &mut Conn) -> Result<(), StoreError> {
    let (nil, month) = match conn.dialect() {
        Dialect::Sqlite => {
            ("zeroblob(16)", "strftime('%Y-%m', petitions.sent_at / 1000000 + 25200, 'unixepoch')")
        }
        Dialect::Postgres => (
            "CAST('00000000-0000-0000-0000-000000000000' AS UUID)",
            "to_char(to_timestamp(petitions.sent_at / 1000000 + 25200) AT TIME ZONE 'UTC', 'YYYY-MM')",
        ),
    };
    let sql = format!(
        "INSERT INTO petition_places (scope_id, month, field, parent_id, n_open, n_answered)
        SELECT scope_id, month, field, parent_id, sum(n_open), sum(n_answered)
        FROM (
            SELECT
                CASE scopes.n WHEN 0 THEN {nil} WHEN 1 THEN place.id ELSE province.id END AS scope_id,
                CASE WHEN scopes.n = 1 AND province.id IS NOT NULL THEN province.id ELSE {nil} END AS parent_id,
                {month} AS month,
                CASE fields.n WHEN 0 THEN '' ELSE petitions.field END AS field,
                CASE WHEN petitions.state IN ('answered', 'closed') THEN 0 ELSE 1 END AS n_open,
                CASE WHEN petitions.state IN ('answered', 'closed') THEN 1 ELSE 0 END AS n_answered
            FROM petitions
            CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) scopes
            CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1) fields
            LEFT JOIN agencies place ON place.id = petitions.place_id
            LEFT JOIN agencies province
                ON province.id = place.parent_id AND place.level = 'commune' AND province.level = 'province'
                    AND province.place_code IS NOT NULL
            WHERE petitions.before_merge = '' AND (fields.n = 0 OR petitions.field <> '')
        ) counted
        WHERE scope_id IS NOT NULL
        GROUP BY scope_id, month, field, parent_id"
    );
    run!(conn, c => sqlx::query("DELETE FROM petition_places").execute(c).await.map(drop))?;
    run!(conn, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(drop))
}
