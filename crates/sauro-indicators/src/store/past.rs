//! Figures and their steps as they stood at an instant.

use std::collections::HashMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId, IndicatorId, ObservationId};
use sauro_store::{Conn, StoreError, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::observations::{COLUMNS, ObservationRow};
use super::{corrupt, decimal, optional};
use crate::model::{Observation, PastStep, Period, Replaced, Step, UnitLevel};

/// The units whose newest figures are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose<'a> {
    /// One unit.
    Unit(AgencyId),
    /// All of a level.
    Level(UnitLevel),
    /// All of a level in one province.
    Province(&'a str, UnitLevel),
}

/// The end of a day: the day, and its last microsecond.
pub(crate) type End = (NaiveDate, i64);

/// Lists the newest figures of `whose` as they stood at the end of a day, newest first, at most `limit`.
///
/// Uses the indexes `observations_of_unit`, `observations_of_level` and `observations_of_province`: no
/// figure is as of a day after the one on which it was reported.
pub(crate) async fn newest(
    conn: &mut Conn,
    indicator: IndicatorId,
    whose: Whose<'_>,
    (day, at): End,
    limit: u16,
) -> Result<Vec<Observation>, StoreError> {
    let sql = newest_text(whose);
    let rows = run!(conn, c => {
        let query = sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
            .bind(indicator.0)
            .bind(day)
            .bind(at)
            .bind(i64::from(limit));
        match whose {
            Whose::Unit(unit) => query.bind(unit.0),
            Whose::Level(level) => query.bind(level.code()),
            Whose::Province(province, level) => query.bind(level.code()).bind(province),
        }
        .fetch_all(c)
        .await
    })?;
    let found = rows.into_iter().map(Observation::try_from).collect::<Result<Vec<_>, _>>()?;
    rewound(conn, found, at).await
}

fn newest_text(whose: Whose<'_>) -> String {
    let wanted = match whose {
        Whose::Unit(_) => "unit_id = $5",
        Whose::Level(_) => "unit_level = $5",
        Whose::Province(..) => "unit_level = $5 AND province = $6",
    };
    format!(
        "SELECT {COLUMNS} FROM observations
        WHERE indicator_id = $1 AND {wanted} AND as_of <= $2 AND reported_at <= $3
        ORDER BY as_of DESC, id DESC
        LIMIT $4"
    )
}

/// Lists the figures of all units for `period` as they stood at the instant `at`; of one province when one
/// is named. Walks the key by indicator, period and unit.
pub(crate) async fn of_period(
    conn: &mut Conn,
    (indicator, period): (IndicatorId, Period),
    province: Option<&str>,
    at: i64,
) -> Result<Vec<Observation>, StoreError> {
    let sql = period_text();
    let rows = run!(conn, c => sqlx::query_as::<_, ObservationRow>(AssertSqlSafe(sql))
        .bind(indicator.0)
        .bind(period.code())
        .bind(at)
        .bind(province.unwrap_or_default())
        .fetch_all(c)
        .await)?;
    let found = rows.into_iter().map(Observation::try_from).collect::<Result<Vec<_>, _>>()?;
    rewound(conn, found, at).await
}

fn period_text() -> String {
    format!(
        "SELECT {COLUMNS} FROM observations
        WHERE indicator_id = $1 AND period = $2 AND reported_at <= $3 AND ($4 = '' OR province = $4)
        ORDER BY unit_id"
    )
}

/// `figures` as they stood at the instant `at`, in the same order. Steps are read only of those that have
/// changed since.
async fn rewound(
    conn: &mut Conn,
    figures: Vec<Observation>,
    at: i64,
) -> Result<Vec<Observation>, StoreError> {
    let changed: Vec<ObservationId> =
        figures.iter().filter(|it| !it.stood_still_since(at)).map(|it| it.id).collect();
    let steps = steps_of(conn, &changed).await?;
    let then = |it: Observation| {
        let steps = steps.get(&it.id).map(Vec::as_slice).unwrap_or_default();
        it.rewound(steps, at)
    };
    Ok(figures.into_iter().filter_map(then).collect())
}

/// The steps of each of `observations`, oldest first.
async fn steps_of(
    conn: &mut Conn,
    observations: &[ObservationId],
) -> Result<HashMap<ObservationId, Vec<PastStep>>, StoreError> {
    let mut steps: HashMap<ObservationId, Vec<PastStep>> = HashMap::new();
    for piece in pieces(observations) {
        let sql = format!(
            "SELECT observation_id, version, step, value, by_account, agency_id, at, was_numerator,
                was_denominator, was_source, was_remark
            FROM observation_revisions
            WHERE observation_id IN ({})
            ORDER BY observation_id, version",
            values_text(conn.dialect(), 1, piece.len())
        );
        let rows = run!(conn, c => {
            let mut query = sqlx::query_as::<_, StepRow>(AssertSqlSafe(sql));
            for id in piece {
                query = query.bind(id.0);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            steps.entry(ObservationId(row.observation_id)).or_default().push(row.try_into()?);
        }
    }
    Ok(steps)
}

#[derive(sqlx::FromRow)]
struct StepRow {
    observation_id: Uuid,
    version: i64,
    step: String,
    value: String,
    by_account: Uuid,
    agency_id: Uuid,
    at: i64,
    was_numerator: Option<String>,
    was_denominator: Option<String>,
    was_source: Option<String>,
    was_remark: Option<String>,
}

impl TryFrom<StepRow> for PastStep {
    type Error = StoreError;

    fn try_from(row: StepRow) -> Result<Self, StoreError> {
        const TABLE: &str = "observation_revisions";
        let id = row.observation_id;
        let part = |it: Option<String>| -> Result<Option<Decimal>, StoreError> {
            optional(TABLE, id, it.as_deref())
        };
        let parts = part(row.was_numerator)?.zip(part(row.was_denominator)?);
        let replaced = row.was_source.map(|source| Replaced {
            parts,
            source,
            remark: row.was_remark.unwrap_or_default(),
        });
        Ok(Self {
            version: row.version,
            step: Step::of_code(&row.step).ok_or_else(|| corrupt(TABLE, id, "step"))?,
            value: decimal(TABLE, id, &row.value)?,
            by: AccountId(row.by_account),
            agency: AgencyId(row.agency_id),
            at: row.at,
            replaced,
        })
    }
}

#[cfg(test)]
mod tests {
    use sauro_kernel::AgencyId;
    use sauro_store::{Conn, Dialect, run};
    use sauro_testkit::{day, on_each_engine};
    use sqlx::AssertSqlSafe;
    use uuid::Uuid;

    use super::{UnitLevel, Whose, newest_text, period_text};

    /// How the engine answers `sql`, of `whose` newest figures or of a period.
    async fn plan(conn: &mut Conn, sql: &str, whose: Option<Whose<'_>>) -> String {
        macro_rules! bound {
            ($query:expr) => {
                match whose {
                    None => $query.bind(Uuid::nil()).bind("2026-05").bind(9_i64).bind(""),
                    Some(whose) => {
                        let query = $query.bind(Uuid::nil()).bind(day("2026-06-01"));
                        let query = query.bind(9_i64).bind(9_i64);
                        match whose {
                            Whose::Unit(unit) => query.bind(unit.0),
                            Whose::Level(level) => query.bind(level.code()),
                            Whose::Province(place, level) => query.bind(level.code()).bind(place),
                        }
                    }
                }
            };
        }
        if conn.dialect() == Dialect::Sqlite {
            let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
            let rows = run!(conn, c => {
                bound!(sqlx::query_as::<_, (i64, i64, i64, String)>(sql)).fetch_all(c).await
            });
            return rows.unwrap().into_iter().map(|it| it.3).collect::<Vec<_>>().join("\n");
        }
        // An empty table is scanned, or read whole and sorted, unless that is forbidden.
        for off in ["SET LOCAL enable_seqscan = off", "SET LOCAL enable_bitmapscan = off"] {
            run!(conn, c => sqlx::query(off).execute(c).await.map(drop)).unwrap();
        }
        let sql = AssertSqlSafe(format!("EXPLAIN {sql}"));
        let rows = run!(conn, c => bound!(sqlx::query_scalar::<_, String>(sql)).fetch_all(c).await);
        rows.unwrap().join("\n")
    }

    #[tokio::test]
    async fn a_past_day_walks_an_index_and_sorts_nothing() {
        on_each_engine(async |engine| {
            let commune = UnitLevel::Commune;
            let all = [
                Some(Whose::Unit(AgencyId(Uuid::nil()))),
                Some(Whose::Level(commune)),
                Some(Whose::Province("96", commune)),
                None,
            ];
            for whose in all {
                let mut conn = engine.db.read().await.unwrap();
                let sql = whose.map_or_else(period_text, newest_text);
                let plan = plan(&mut conn, &sql, whose).await;
                assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{whose:?}: {plan}");
                assert!(
                    !plan.contains("TEMP B-TREE") && !plan.contains("Sort"),
                    "{whose:?}: {plan}"
                );
            }
        })
        .await;
    }
}
