//! Tables `problem_index` and `initiative_index`: which words stand in which open problems and in which
//! listed initiatives.

use sauro_store::{Conn, StoreError, insert_text, pieces, run, values_text};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Texts of one word that are counted; a word in so many tells nothing apart.
pub(crate) const MOST: i64 = 500;

/// One of the two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Index {
    /// Open problems.
    Problems,
    /// Listed initiatives.
    Initiatives,
}

impl Index {
    fn table(self) -> (&'static str, &'static str) {
        match self {
            Self::Problems => ("problem_index", "problem_id"),
            Self::Initiatives => ("initiative_index", "initiative_id"),
        }
    }
}

/// Puts the text `id` under `words` and takes it from where it stood; without words it is out.
pub(crate) async fn put(
    conn: &mut Conn,
    index: Index,
    id: Uuid,
    words: &[String],
) -> Result<(), StoreError> {
    let (table, column) = index.table();
    let sql = format!("DELETE FROM {table} WHERE {column} = $1");
    run!(conn, c => sqlx::query(AssertSqlSafe(sql)).bind(id).execute(c).await.map(drop))?;
    for piece in pieces(words) {
        let sql = insert_text(conn.dialect(), table, &["word", column], piece.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for word in piece {
                query = query.bind(word).bind(id);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// In how many texts each of `words` stands, counted up to [`MOST`]: one question for all words, each of
/// which walks no more than its own part of the index.
pub(crate) async fn counts(
    conn: &mut Conn,
    index: Index,
    words: &[String],
) -> Result<Vec<(String, i64)>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (table, _) = index.table();
    let wanted = values_text(conn.dialect(), 1, words.len());
    let sql = format!(
        "WITH wanted (word) AS ({wanted})
        SELECT word, (
            SELECT count(*) FROM (
                SELECT 1 FROM {table} WHERE {table}.word = wanted.word LIMIT {MOST}
            ) found
        )
        FROM wanted"
    );
    run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for word in words {
            query = query.bind(word);
        }
        query.fetch_all(c).await
    })
}

/// The texts in which `words` stand, each with the word; of words in fewer than [`MOST`] texts, so that the
/// answer is bounded by their number.
pub(crate) async fn found(
    conn: &mut Conn,
    index: Index,
    words: &[(String, f64)],
) -> Result<Vec<(String, Uuid)>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (table, column) = index.table();
    let wanted = values_text(conn.dialect(), 1, words.len());
    let most = MOST * i64::try_from(words.len()).unwrap_or(1);
    let sql = format!(
        "SELECT word, {column}
        FROM {table}
        WHERE word IN ({wanted})
        ORDER BY word, {column}
        LIMIT {most}"
    );
    run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for (word, _) in words {
            query = query.bind(word);
        }
        query.fetch_all(c).await
    })
}
