//! Table `observations`, many rows with one question: whole tables of figures, lists, roll-ups.

use rust_decimal::Decimal;
use sauro_kernel::{AgencyId, IndicatorId, ObservationId};
use sauro_store::{Conn, Dialect, StoreError, insert_text, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::observations::{COLUMNS, ObservationRow, TABLE};
use super::{arrays, decimal, period};
use crate::model::{Observation, Period};

/// Adds figures. Fails with [`StoreError::Conflict`] when one of the units has one for the period.
pub(crate) async fn insert_many(
    conn: &mut Conn,
    observations: &[Observation],
) -> Result<(), StoreError> {
    if conn.dialect() == Dialect::Postgres && observations.len() > arrays::FEW {
        return arrays::insert_observations(conn, observations).await;
    }
    let columns: Vec<&str> = COLUMNS.split(',').map(str::trim).collect();
    for piece in pieces(observations) {
        let sql = insert_text(conn.dialect(), TABLE, &columns, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in piece {
                query = query
                    .bind(it.id.0)
                    .bind(it.indicator.0)
                    .bind(it.definition_version)
                    .bind(it.unit.id.0)
                    .bind(&it.unit.code)
                    .bind(it.unit.level.code())
                    .bind(&it.unit.province)
                    .bind(it.unit.path.as_str())
                    .bind(it.period.code())
                    .bind(it.as_of)
                    .bind(it.reported.value.to_string())
                    .bind(it.reported.parts.map(|it| it.0.to_string()))
                    .bind(it.reported.parts.map(|it| it.1.to_string()))
                    .bind(&it.source)
                    .bind(&it.remark)
                    .bind(it.reported_by.0)
                    .bind(it.reporter.0)
                    .bind(it.reported_at)
                    .bind(it.appraised.map(|it| it.to_string()))
                    .bind(it.appraisal.map(|it| it.0.0))
                    .bind(it.appraisal.map(|it| it.1))
                    .bind(it.version);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Finds the figures of `keys`: indicator, period and unit.
pub(crate) async fn of_keys(
    conn: &mut Conn,
    keys: &[(IndicatorId, Period, AgencyId)],
) -> Result<Vec<Observation>, StoreError> {
    if conn.dialect() == Dialect::Postgres {
        let sql = format!(
            "SELECT {COLUMNS}
            FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS asked (asked_indicator, asked_period, asked_unit)
            JOIN observations
                ON indicator_id = asked_indicator AND period = asked_period AND unit_id = asked_unit
            ORDER BY id"
        );
        let rows = arrays::of_keys::<ObservationRow>(conn, sql, keys).await?;
        return rows.into_iter().map(Observation::try_from).collect();
    }
    let mut found = Vec::new();
    for piece in pieces(keys) {
        // CROSS JOIN keeps SQLite from walking the figures to look each up among those asked for.
        let sql = format!(
            "WITH asked (asked_indicator, asked_period, asked_unit) AS ({})
            SELECT {COLUMNS} FROM asked CROSS JOIN observations
            WHERE indicator_id = asked_indicator AND period = asked_period AND unit_id = asked_unit
            ORDER BY id",
            values_text(conn.dialect(), 3, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql));
            for (indicator, period, unit) in piece {
                query = query.bind(indicator.0).bind(period.code()).bind(unit.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    Ok(found)
}

/// Lists the figures of each indicator and period of `pairs`, by pair and unit, at most `limit` in all.
pub(crate) async fn of_pairs(
    conn: &mut Conn,
    pairs: &[(IndicatorId, Period)],
    limit: usize,
) -> Result<Vec<Observation>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(pairs) {
        let sql = format!(
            "WITH asked (asked_indicator, asked_period) AS ({})
            SELECT {COLUMNS} FROM asked CROSS JOIN observations
            WHERE indicator_id = asked_indicator AND period = asked_period
            ORDER BY indicator_id, period, unit_id
            LIMIT {}",
            values_text(conn.dialect(), 2, piece.len()),
            limit - found.len()
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql));
            for (indicator, period) in piece {
                query = query.bind(indicator.0).bind(period.code());
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.try_into()?);
        }
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

/// Finds the figures `ids`, by id; what is not there is left out.
pub(crate) async fn find_many(
    conn: &mut Conn,
    ids: &[ObservationId],
) -> Result<Vec<Observation>, StoreError> {
    if conn.dialect() == Dialect::Postgres {
        let sql = format!("SELECT {COLUMNS} FROM observations WHERE id = ANY ($1) ORDER BY id");
        let ids = ids.iter().map(|it| it.0).collect();
        let rows = arrays::of_ids::<ObservationRow>(conn, sql, ids).await?;
        return rows.into_iter().map(Observation::try_from).collect();
    }
    let mut found = Vec::new();
    for piece in pieces(ids) {
        let sql = format!(
            "SELECT {COLUMNS} FROM observations WHERE id IN ({}) ORDER BY id",
            values_text(conn.dialect(), 1, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql));
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

/// The version of the definition that the figures of each indicator and period were made under; pairs
/// without figures are left out.
pub(crate) async fn versions_of(
    conn: &mut Conn,
    pairs: &[(IndicatorId, Period)],
) -> Result<Vec<((IndicatorId, Period), i64)>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(pairs) {
        // The first figure of each pair, as one walk down the index answers it.
        let first = |n: usize| {
            let (a, b) = places(conn.dialect(), n);
            format!(
                "SELECT * FROM (
                    SELECT indicator_id, period, definition_version FROM observations
                    WHERE indicator_id = {a} AND period = {b}
                    ORDER BY unit_id
                    LIMIT 1
                ) AS it{n}"
            )
        };
        let sql: Vec<String> = (0..piece.len()).map(first).collect();
        let sql = sql.join(" UNION ALL ");
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, (Uuid, String, i64)>(AssertSqlSafe(sql));
            for (indicator, period) in piece {
                query = query.bind(indicator.0).bind(period.code());
            }
            query.fetch_all(c).await
        })?;
        for (indicator, code, version) in rows {
            found.push(((IndicatorId(indicator), period(TABLE, indicator, &code)?), version));
        }
    }
    Ok(found)
}

/// Lists the newest figures of each indicator and unit of `pairs`, each pair's newest first, at most
/// `limit` of each.
pub(crate) async fn of_units(
    conn: &mut Conn,
    pairs: &[(IndicatorId, AgencyId)],
    limit: u16,
) -> Result<Vec<Observation>, StoreError> {
    let mut found = Vec::new();
    for piece in pieces(pairs) {
        let sql = newest_of_each(conn.dialect(), COLUMNS, piece.len(), limit);
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql));
            for (indicator, unit) in piece {
                query = query.bind(indicator.0).bind(unit.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            found.push(row.try_into()?);
        }
    }
    // Parts of a union stand in no order that is promised.
    found.sort_by_key(|it: &Observation| std::cmp::Reverse((it.as_of, it.id)));
    Ok(found)
}

/// What units said: indicator, unit, period and the figure that counts.
pub(crate) type Said = (IndicatorId, AgencyId, Period, Decimal);

/// Lists what each indicator and unit of `pairs` newly said, at most `limit` of each, in no order.
pub(crate) async fn values_of_units(
    conn: &mut Conn,
    pairs: &[(IndicatorId, AgencyId)],
    limit: u16,
) -> Result<Vec<Said>, StoreError> {
    const SAID: &str = "indicator_id, unit_id, period, coalesce(appraised, value) AS value";
    let mut found = Vec::new();
    for piece in pieces(pairs) {
        let sql = newest_of_each(conn.dialect(), SAID, piece.len(), limit);
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, (Uuid, Uuid, String, String)>(AssertSqlSafe(sql));
            for (indicator, unit) in piece {
                query = query.bind(indicator.0).bind(unit.0);
            }
            query.fetch_all(c).await
        })?;
        for (indicator, unit, code, value) in rows {
            let period = period(TABLE, indicator, &code)?;
            let value = decimal(TABLE, indicator, &value)?;
            found.push((IndicatorId(indicator), AgencyId(unit), period, value));
        }
    }
    Ok(found)
}

/// The newest figures of each of `n` pairs of indicator and unit. PostgreSQL plans one question that it
/// repeats; SQLite has none such, and walks the index once for each part of a union.
fn newest_of_each(dialect: Dialect, columns: &str, n: usize, limit: u16) -> String {
    let newest = |indicator: &str, unit: &str| {
        format!(
            "SELECT {columns} FROM observations
            WHERE indicator_id = {indicator} AND unit_id = {unit}
            ORDER BY as_of DESC, id DESC
            LIMIT {limit}"
        )
    };
    match dialect {
        Dialect::Sqlite => {
            let part = |n: usize| format!("SELECT * FROM ({}) AS it{n}", newest("?", "?"));
            (0..n).map(part).collect::<Vec<_>>().join(" UNION ALL ")
        }
        Dialect::Postgres => format!(
            "WITH asked (asked_indicator, asked_unit) AS ({})
            SELECT it.* FROM asked CROSS JOIN LATERAL ({}) AS it",
            values_text(dialect, 2, n),
            newest("asked_indicator", "asked_unit")
        ),
    }
}

/// The two placeholders of the part `n` of a union.
pub(super) fn places(dialect: Dialect, n: usize) -> (String, String) {
    match dialect {
        Dialect::Sqlite => ("?".to_owned(), "?".to_owned()),
        Dialect::Postgres => (format!("${}", n * 2 + 1), format!("${}", n * 2 + 2)),
    }
}
