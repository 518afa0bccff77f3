//! Table `score_adjustments`.

use sauro_kernel::{AccountId, AgencyId, RankingId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::{decimal, measure};
use crate::model::Adjustment;

const TABLE: &str = "score_adjustments";

/// Adjustments of one ranking at most.
const MOST: i64 = 20_000;

/// Adds an adjustment.
pub(crate) async fn insert(
    conn: &mut Conn,
    ranking: RankingId,
    it: &Adjustment,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO score_adjustments (id, ranking_id, unit_id, measure, points, reason, by_account, agency_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id)
        .bind(ranking.0)
        .bind(it.unit.0)
        .bind(it.measure.code())
        .bind(it.points.to_string())
        .bind(&it.reason)
        .bind(it.by.0.0)
        .bind(it.by.1.0)
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the adjustments of a ranking, oldest first: the last of a component holds.
pub(crate) async fn of_ranking(
    conn: &mut Conn,
    ranking: RankingId,
) -> Result<Vec<Adjustment>, StoreError> {
    const SQL: &str = "
        SELECT id, unit_id, measure, points, reason, by_account, agency_id, at FROM score_adjustments
        WHERE ranking_id = $1
        ORDER BY at, id
        LIMIT $2";
    type Row = (Uuid, Uuid, String, String, String, Uuid, Uuid, i64);
    let rows: Vec<Row> = run!(conn, c => sqlx::query_as(SQL)
        .bind(ranking.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    rows.into_iter()
        .map(|(id, unit, code, points, reason, by, agency, at)| {
            Ok(Adjustment {
                id,
                unit: AgencyId(unit),
                measure: measure(TABLE, id, &code)?,
                points: decimal(TABLE, id, &points)?,
                reason,
                by: (AccountId(by), AgencyId(agency)),
                at,
            })
        })
        .collect()
}
