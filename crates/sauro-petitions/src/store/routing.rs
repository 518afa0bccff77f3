//! Tables `petition_words`, `petition_routing` and `petition_spared`.

use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;

/// Targets of one word that are read: a word that leads everywhere tells nothing.
const MOST_TARGETS: i64 = 400;

/// What past cases taught about `words`, for targets that begin with `kind` ("field:", "agency:").
pub(crate) async fn learned(
    conn: &mut Conn,
    words: &[String],
    kind: &str,
) -> Result<Vec<(String, String, i64)>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=words.len()).map(|n| format!("${n}")).collect();
    let n = words.len();
    let sql = format!(
        "SELECT word, target, n
        FROM petition_words
        WHERE word IN ({}) AND target >= ${} AND target < ${}
        ORDER BY n DESC, word, target
        LIMIT ${}",
        places.join(", "),
        n + 1,
        n + 2,
        n + 3
    );
    // ":" and ";" are neighbours, so that this is every target of the kind.
    let end = kind.replace(':', ";");
    let rows: Vec<(String, String, i64)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for word in words {
            query = query.bind(word);
        }
        query.bind(kind).bind(end).bind(MOST_TARGETS).fetch_all(c).await
    })?;
    let bare = |target: String| target.strip_prefix(kind).unwrap_or_default().to_owned();
    Ok(rows.into_iter().map(|(word, target, n)| (word, bare(target), n)).collect())
}

/// Learns that `words` led to `target`.
pub(crate) async fn learn(
    conn: &mut Conn,
    words: &[String],
    target: &str,
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 3] = ["word", "target", "n"];
    // In one order, so that two who learn at once do not wait for each other in a circle.
    let mut words: Vec<&String> = words.iter().collect();
    words.sort();
    for piece in pieces(&words) {
        let values = insert_text(conn.dialect(), "petition_words", &COLUMNS, piece.len());
        let sql =
            format!("{values} ON CONFLICT (word, target) DO UPDATE SET n = petition_words.n + 1");
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for word in piece {
                query = query.bind(*word).bind(target).bind(1_i64);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// How good suggestions were in a month.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Month {
    /// `2026-11`.
    pub(crate) month: String,
    /// Cases answered.
    pub(crate) n: i64,
    /// Answered by the agency suggested first.
    pub(crate) n_first: i64,
    /// By one of the three suggested.
    pub(crate) n_third: i64,
    /// That were refused by somebody on their way.
    pub(crate) n_wrong: i64,
}

/// Counts a case that was answered.
pub(crate) async fn count(conn: &mut Conn, it: &Month) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_routing (month, n, n_first, n_third, n_wrong)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (month) DO UPDATE
        SET n = petition_routing.n + excluded.n, n_first = petition_routing.n_first + excluded.n_first,
            n_third = petition_routing.n_third + excluded.n_third,
            n_wrong = petition_routing.n_wrong + excluded.n_wrong";
    run!(conn, c => sqlx::query(SQL)
        .bind(&it.month)
        .bind(it.n)
        .bind(it.n_first)
        .bind(it.n_third)
        .bind(it.n_wrong)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the last months, newest first.
pub(crate) async fn months(conn: &mut Conn) -> Result<Vec<Month>, StoreError> {
    const SQL: &str = "
        SELECT month, n, n_first, n_third, n_wrong
        FROM petition_routing
        ORDER BY month DESC
        LIMIT 12";
    run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}

/// Counts somebody who found an answer and did not have to send.
pub(crate) async fn spare(conn: &mut Conn, month: &str, field: &str) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_spared (month, field, n)
        VALUES ($1, $2, 1)
        ON CONFLICT (month, field) DO UPDATE SET n = petition_spared.n + 1";
    run!(conn, c => sqlx::query(SQL).bind(month).bind(field).execute(c).await.map(drop))
}

/// How many were spared, by month and field, newest first.
pub(crate) async fn spared(conn: &mut Conn) -> Result<Vec<(String, String, i64)>, StoreError> {
    const SQL: &str = "
        SELECT month, field, n
        FROM petition_spared
        ORDER BY month DESC, n DESC, field
        LIMIT 300";
    run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)
}
