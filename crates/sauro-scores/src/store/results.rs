//! Tables `score_editions` and `score_results`.

use sauro_kernel::{AccountId, RankingId};
use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::corrupt;
use crate::model::{Edition, UnitScore};

const TABLE: &str = "score_results";

/// Units of one ranking at most: every commune of a province, and more.
const MOST: i64 = 4_000;

/// Freezes `scores`, in their order, as an edition of the ranking.
pub(crate) async fn insert(
    conn: &mut Conn,
    ranking: RankingId,
    edition: &Edition,
    scores: &[UnitScore],
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO score_editions (ranking_id, n, reason, by_account, at)
        VALUES ($1, $2, $3, $4, $5)";
    const COLUMNS: [&str; 5] = ["ranking_id", "edition", "place", "unit_id", "score"];
    run!(conn, c => sqlx::query(SQL)
        .bind(ranking.0)
        .bind(edition.n)
        .bind(&edition.reason)
        .bind(edition.by.0)
        .bind(edition.at)
        .execute(c)
        .await
        .map(drop))?;
    let mut rows = Vec::with_capacity(scores.len());
    for (place, it) in (1_i64..).zip(scores) {
        let text = serde_json::to_string(it).map_err(|err| corrupt(TABLE, ranking.0, err))?;
        rows.push((place, it.unit.id.0, text));
    }
    for piece in pieces(&rows) {
        let sql = insert_text(conn.dialect(), TABLE, &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (place, unit, text) in piece {
                query = query.bind(ranking.0).bind(edition.n).bind(place).bind(unit).bind(text);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Lists the frozen scores of an edition, in their order.
pub(crate) async fn of_edition(
    conn: &mut Conn,
    ranking: RankingId,
    edition: i64,
) -> Result<Vec<UnitScore>, StoreError> {
    const SQL: &str = "
        SELECT score FROM score_results
        WHERE ranking_id = $1 AND edition = $2
        ORDER BY place
        LIMIT $3";
    let rows: Vec<String> = run!(conn, c => sqlx::query_scalar(SQL)
        .bind(ranking.0)
        .bind(edition)
        .bind(MOST)
        .fetch_all(c)
        .await)?;
    let read =
        |text: &String| serde_json::from_str(text).map_err(|err| corrupt(TABLE, ranking.0, err));
    rows.iter().map(read).collect()
}

/// Lists the editions of a ranking, newest first.
pub(crate) async fn editions(
    conn: &mut Conn,
    ranking: RankingId,
) -> Result<Vec<Edition>, StoreError> {
    const SQL: &str = "
        SELECT n, reason, by_account, at FROM score_editions
        WHERE ranking_id = $1
        ORDER BY n DESC
        LIMIT 200";
    let rows: Vec<(i64, String, Uuid, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(ranking.0).fetch_all(c).await)?;
    let edition = |(n, reason, by, at)| Edition { n, reason, by: AccountId(by), at };
    Ok(rows.into_iter().map(edition).collect())
}
