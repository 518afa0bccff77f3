//! Tables `rollups` and `rollup_parts`, many rows with one question.

use sauro_kernel::{IndicatorId, ObservationId};
use sauro_store::{Conn, Dialect, StoreError, insert_text, pieces, run, values_text};
use sqlx::AssertSqlSafe;

use super::arrays;
use super::rollups::{Cell, Part, PartRow, RollupRow};
use crate::model::Tally;

/// Lists the roll-ups of `place` of each of `indicators`, at most the `limit` newest of each; with
/// `is_appraised`, those alone of which every figure was appraised.
pub(crate) async fn of_place(
    conn: &mut Conn,
    indicators: &[IndicatorId],
    place: &str,
    (limit, is_appraised): (u16, bool),
) -> Result<Vec<(Cell, i64, Tally)>, StoreError> {
    let mut found = Vec::new();
    let only = if is_appraised { "AND n = n_appraised" } else { "" };
    for piece in pieces(indicators) {
        let newest = |n: usize| {
            let (a, b) = super::observations_many::places(conn.dialect(), n);
            format!(
                "SELECT * FROM (
                    SELECT indicator_id, period, place, definition_version, n, n_appraised, total, base, held
                    FROM rollups
                    WHERE indicator_id = {a} AND place = {b} {only}
                    ORDER BY period DESC
                    LIMIT {limit}
                ) AS it{n}"
            )
        };
        let sql: Vec<String> = (0..piece.len()).map(newest).collect();
        let sql = sql.join(" UNION ALL ");
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, RollupRow>(AssertSqlSafe(sql));
            for indicator in piece {
                query = query.bind(indicator.0).bind(place);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// Finds the roll-ups `cells`, each with the version of the definition that it follows.
pub(crate) async fn find_many(
    conn: &mut Conn,
    cells: &[Cell],
) -> Result<Vec<(Cell, i64, Tally)>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(cells) {
        let sql = format!(
            "WITH asked (asked_indicator, asked_period, asked_place) AS ({})
            SELECT indicator_id, period, place, definition_version, n, n_appraised, total, base, held
            FROM asked CROSS JOIN rollups
            WHERE indicator_id = asked_indicator AND period = asked_period AND place = asked_place
            ORDER BY indicator_id, period, place",
            values_text(conn.dialect(), 3, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, RollupRow>(AssertSqlSafe(sql));
            for it in piece {
                query = query.bind(it.indicator.0).bind(it.period.code()).bind(&it.place);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

const PARTS: &str = "
    SELECT observation_id, indicator_id, period, province, value, numerator, denominator, is_appraised, at
    FROM rollup_parts";

/// Finds what is counted of `observations`, by id.
pub(crate) async fn parts(
    conn: &mut Conn,
    observations: &[ObservationId],
) -> Result<Vec<Part>, StoreError> {
    if conn.dialect() == Dialect::Postgres {
        let sql = format!("{PARTS} WHERE observation_id = ANY ($1) ORDER BY observation_id");
        let ids = observations.iter().map(|it| it.0).collect();
        let rows = arrays::of_ids::<PartRow>(conn, sql, ids).await?;
        return rows.into_iter().map(Part::try_from).collect();
    }
    let mut found = Vec::new();
    for piece in pieces(observations) {
        let sql = format!(
            "{PARTS}
            WHERE observation_id IN ({})
            ORDER BY observation_id",
            values_text(conn.dialect(), 1, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, PartRow>(AssertSqlSafe(sql));
            for id in piece {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// What follows an insert that may find the row already there.
fn replacing(key: &str, columns: &[&str]) -> String {
    let sets: Vec<String> = columns.iter().map(|it| format!("{it} = excluded.{it}")).collect();
    format!(" ON CONFLICT ({key}) DO UPDATE SET {}", sets.join(", "))
}

/// Writes what is counted of many observations.
pub(crate) async fn put_parts(conn: &mut Conn, parts: &[Part]) -> Result<(), StoreError> {
    const COLUMNS: [&str; 9] = [
        "observation_id",
        "indicator_id",
        "period",
        "province",
        "value",
        "numerator",
        "denominator",
        "is_appraised",
        "at",
    ];
    if conn.dialect() == Dialect::Postgres && parts.len() > arrays::FEW {
        return arrays::put_parts(conn, parts).await;
    }
    for piece in pieces(parts) {
        let mut sql = insert_text(conn.dialect(), "rollup_parts", &COLUMNS, piece.len());
        let changed = ["value", "numerator", "denominator", "is_appraised"];
        sql.push_str(&replacing("observation_id", &changed));
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in piece {
                query = query
                    .bind(it.observation.0)
                    .bind(it.indicator.0)
                    .bind(it.period.code())
                    .bind(&it.province)
                    .bind(it.counted.value.to_string())
                    .bind(it.counted.parts.map(|it| it.0.to_string()))
                    .bind(it.counted.parts.map(|it| it.1.to_string()))
                    .bind(it.counted.is_appraised)
                    .bind(it.at);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes roll-ups, each with the version of the definition that it follows.
pub(crate) async fn put(conn: &mut Conn, rollups: &[(Cell, i64, Tally)]) -> Result<(), StoreError> {
    const COLUMNS: [&str; 9] = [
        "indicator_id",
        "period",
        "place",
        "definition_version",
        "n",
        "n_appraised",
        "total",
        "base",
        "held",
    ];
    for piece in pieces(rollups) {
        let mut sql = insert_text(conn.dialect(), "rollups", &COLUMNS, piece.len());
        let changed = ["n", "n_appraised", "total", "base", "held"];
        sql.push_str(&replacing("indicator_id, period, place", &changed));
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (cell, version, tally) in piece {
                query = query
                    .bind(cell.indicator.0)
                    .bind(cell.period.code())
                    .bind(&cell.place)
                    .bind(version)
                    .bind(tally.n)
                    .bind(tally.n_appraised)
                    .bind(tally.total.to_string())
                    .bind(tally.base.to_string())
                    .bind(tally.held.map(|it| it.to_string()));
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}
