//! Table `petition_index`: which words stand in which public cases.

use sauro_kernel::PetitionId;
use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use uuid::Uuid;

/// Cases of one word that are looked at.
const MOST: i64 = 2000;

/// Puts a case under its words.
pub(crate) async fn insert(
    conn: &mut Conn,
    id: PetitionId,
    words: &[String],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 2] = ["word", "petition_id"];
    for piece in pieces(words) {
        let sql = insert_text(conn.dialect(), "petition_index", &COLUMNS, piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for word in piece {
                query = query.bind(word).bind(id.0);
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

/// In how many cases each of `words` stands, counted up to `most`; words of none are left out.
pub(crate) async fn counts(
    conn: &mut Conn,
    words: &[String],
    most: i64,
) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "
        SELECT count(*) FROM (SELECT petition_id FROM petition_index WHERE word = $1 LIMIT $2) found";
    let mut counts = Vec::new();
    for word in words {
        let n: i64 = run!(conn, c => sqlx::query_scalar(SQL)
            .bind(word)
            .bind(most)
            .fetch_one(c)
            .await)?;
        if n > 0 {
            counts.push((word.clone(), n));
        }
    }
    Ok(counts)
}

/// The cases in which `word` stands, the newest first.
pub(crate) async fn cases(conn: &mut Conn, word: &str) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "
        SELECT petition_id
        FROM petition_index
        WHERE word = $1
        ORDER BY petition_id DESC
        LIMIT $2";
    run!(conn, c => sqlx::query_scalar(SQL).bind(word).bind(MOST).fetch_all(c).await)
}
