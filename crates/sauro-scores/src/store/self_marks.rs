//! Table `score_self_marks`.

use sauro_kernel::{AccountId, AgencyId, RankingId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::{decimal, measure};
use crate::model::SelfMark;

const TABLE: &str = "score_self_marks";

/// Marks of one ranking at most: nine of every commune of a province.
const MOST: i64 = 20_000;

/// Writes what a unit says of one component, in place of what it said before.
pub(crate) async fn put(
    conn: &mut Conn,
    ranking: RankingId,
    it: &SelfMark,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO score_self_marks (ranking_id, unit_id, measure, points, note, by_account, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (ranking_id, unit_id, measure) DO UPDATE
        SET points = excluded.points, note = excluded.note, by_account = excluded.by_account, at = excluded.at";
    run!(conn, c => sqlx::query(SQL)
        .bind(ranking.0)
        .bind(it.unit.0)
        .bind(it.measure.code())
        .bind(it.points.to_string())
        .bind(&it.note)
        .bind(it.by.0)
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// Lists what all units of a ranking say of themselves.
pub(crate) async fn of_ranking(
    conn: &mut Conn,
    ranking: RankingId,
) -> Result<Vec<SelfMark>, StoreError> {
    const SQL: &str = "
        SELECT unit_id, measure, points, note, by_account, at FROM score_self_marks
        WHERE ranking_id = $1
        ORDER BY unit_id, measure
        LIMIT $2";
    let rows: Vec<(Uuid, String, String, String, Uuid, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(ranking.0)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    rows.into_iter()
        .map(|(unit, code, points, note, by, at)| {
            Ok(SelfMark {
                unit: AgencyId(unit),
                measure: measure(TABLE, unit, &code)?,
                points: decimal(TABLE, unit, &points)?,
                note,
                by: AccountId(by),
                at,
            })
        })
        .collect()
}
