//! Table `petition_index`: which words stand in which public cases.

use sauro_kernel::PetitionId;
use sauro_store::{Conn, StoreError, insert_text, pieces, run, values_text};
use uuid::Uuid;

/// Cases of one word that are counted; a word in so many tells nothing apart.
pub(crate) const MOST: i64 = 2000;

/// Puts a case under its words.
pub(crate) async fn insert(
    conn: &mut Conn,
    id: PetitionId,
    words: &[String],
) -> Result<(), StoreError> {
    let rows: Vec<(&str, Uuid)> = words.iter().map(|it| (it.as_str(), id.0)).collect();
    insert_many(conn, &rows).await
}

/// Puts cases under their words; the nearer to each other alike words stand, the fewer pages it touches.
pub(crate) async fn insert_many(conn: &mut Conn, rows: &[(&str, Uuid)]) -> Result<(), StoreError> {
    const COLUMNS: [&str; 2] = ["word", "petition_id"];
    for piece in pieces(rows) {
        let sql = insert_text(conn.dialect(), "petition_index", &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for (word, id) in piece {
                query = query.bind(*word).bind(*id);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Takes a case out.
pub(crate) async fn remove(conn: &mut Conn, id: PetitionId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM petition_index WHERE petition_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// In how many cases each of `words` stands, counted up to [`MOST`]; words of none are left out.
///
/// One question for all words, of which a text has [`crate::model::MOST_WORDS`] at most; each walks no more
/// than its own part of the index.
pub(crate) async fn counts(
    conn: &mut Conn,
    words: &[String],
) -> Result<Vec<(String, i64)>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = values_text(conn.dialect(), 1, words.len());
    let sql = format!(
        "WITH wanted (word) AS ({wanted})
        SELECT word, (
            SELECT count(*) FROM (
                SELECT 1 FROM petition_index WHERE petition_index.word = wanted.word LIMIT {MOST}
            ) found
        )
        FROM wanted"
    );
    let mut counts: Vec<(String, i64)> = run!(conn, c => {
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
        for word in words {
            query = query.bind(word);
        }
        query.fetch_all(c).await
    })?;
    counts.retain(|it| it.1 > 0);
    Ok(counts)
}

/// The cases in which `weighted` words stand, those with the most weight first, at most `limit`; of words in fewer
/// than [`MOST`] cases, so that what is walked is bounded by their number.
pub(crate) async fn likest(
    conn: &mut Conn,
    weighted: &[(String, f64)],
    limit: u16,
) -> Result<Vec<(Uuid, f64)>, StoreError> {
    if weighted.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = values_text(conn.dialect(), 2, weighted.len());
    // The few words come first: a planner that began with the index would walk all of it.
    let sql = format!(
        "WITH wanted (word, weight) AS ({wanted})
        SELECT petition_index.petition_id, SUM(wanted.weight) AS weight
        FROM wanted CROSS JOIN petition_index
        WHERE petition_index.word = wanted.word
        GROUP BY petition_index.petition_id
        ORDER BY weight DESC, petition_index.petition_id DESC
        LIMIT {limit}"
    );
    run!(conn, c => {
        let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
        for (word, weight) in weighted {
            query = query.bind(word).bind(*weight);
        }
        query.fetch_all(c).await
    })
}
