//! What a recount of the roll-ups reads of `observations`: by indicator, the figures of one level.

use rust_decimal::Decimal;
use sauro_kernel::{IndicatorId, ObservationId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::observations::TABLE;
use super::{decimal, optional, period};
use crate::model::Period;

/// What counts of one figure.
pub(crate) struct Plain {
    pub(crate) id: ObservationId,
    pub(crate) definition_version: i64,
    pub(crate) level: String,
    pub(crate) province: String,
    pub(crate) period: Period,
    pub(crate) value: Decimal,
    pub(crate) parts: Option<(Decimal, Decimal)>,
    pub(crate) appraised: Option<Decimal>,
    pub(crate) at: i64,
    unit: Uuid,
}

/// Where a walk stands: the period as stored, and the unit within it.
pub(crate) type Place = (String, Uuid);

/// Before the first figure.
pub(crate) fn beginning() -> Place {
    (String::new(), Uuid::nil())
}

impl Plain {
    /// Where a walk goes on after it.
    pub(crate) fn place(&self) -> Place {
        (self.period.code(), self.unit)
    }
}

/// The walk of one indicator, along the key by indicator, period and unit.
const SQL: &str = "
    SELECT id, definition_version, unit_level, province, period, value, numerator, denominator, appraised,
        reported_at, unit_id
    FROM observations
    WHERE indicator_id = $1 AND (period, unit_id) > ($2, $3)
    ORDER BY period, unit_id
    LIMIT $4";

/// Reads the figures of `indicator` after `place`, by period and unit, at most `limit`.
pub(crate) async fn after(
    conn: &mut Conn,
    indicator: IndicatorId,
    place: &Place,
    limit: u16,
) -> Result<Vec<Plain>, StoreError> {
    let rows = run!(conn, c => sqlx::query_as::<_, PlainRow>(SQL)
        .bind(indicator.0)
        .bind(&place.0)
        .bind(place.1)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Plain::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct PlainRow {
    id: Uuid,
    definition_version: i64,
    unit_level: String,
    province: String,
    period: String,
    value: String,
    numerator: Option<String>,
    denominator: Option<String>,
    appraised: Option<String>,
    reported_at: i64,
    unit_id: Uuid,
}

impl TryFrom<PlainRow> for Plain {
    type Error = StoreError;

    fn try_from(row: PlainRow) -> Result<Self, StoreError> {
        let id = row.id;
        let numerator = optional(TABLE, id, row.numerator.as_deref())?;
        let denominator = optional(TABLE, id, row.denominator.as_deref())?;
        Ok(Self {
            id: ObservationId(id),
            definition_version: row.definition_version,
            level: row.unit_level,
            province: row.province,
            period: period(TABLE, id, &row.period)?,
            value: decimal(TABLE, id, &row.value)?,
            parts: numerator.zip(denominator),
            appraised: optional(TABLE, id, row.appraised.as_deref())?,
            at: row.reported_at,
            unit: row.unit_id,
        })
    }
}

#[cfg(test)]
mod tests {
    use sauro_store::{Dialect, run};
    use sauro_testkit::on_each_engine;
    use sqlx::AssertSqlSafe;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_recount_walks_the_key_of_figures_and_sorts_nothing() {
        on_each_engine(async |engine| {
            let mut conn = engine.db.read().await.unwrap();
            let plan: Vec<String> = if conn.dialect() == Dialect::Sqlite {
                let sql = || AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", super::SQL));
                let rows = run!(conn, c => sqlx::query_as::<_, (i64, i64, i64, String)>(sql())
                    .bind(Uuid::nil())
                    .bind("2026-01")
                    .bind(Uuid::nil())
                    .bind(9_i64)
                    .fetch_all(c)
                    .await);
                rows.unwrap().into_iter().map(|it| it.3).collect()
            } else {
                // An empty table is scanned unless that is forbidden.
                let off = "SET LOCAL enable_seqscan = off";
                run!(conn, c => sqlx::query(off).execute(c).await.map(drop)).unwrap();
                let sql = || AssertSqlSafe(format!("EXPLAIN {}", super::SQL));
                run!(conn, c => sqlx::query_scalar::<_, String>(sql())
                    .bind(Uuid::nil())
                    .bind("2026-01")
                    .bind(Uuid::nil())
                    .bind(9_i64)
                    .fetch_all(c)
                    .await)
                .unwrap()
            };
            let plan = plan.join("\n");
            assert!(!plan.contains("SCAN") && !plan.contains("Seq Scan"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "{plan}");
        })
        .await;
    }
}
