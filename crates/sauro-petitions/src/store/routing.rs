//! Tables `petition_words`, `petition_routing` and `petition_spared`.

use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;

/// Targets that are read of each word: where it led most often. A word that led everywhere has thousands, and the
/// last of them say nothing.
const MOST_TARGETS: usize = 15;

/// What past cases taught about `words`, for targets that begin with `kind` ("field:", "agency:"): of each word
/// where it led most often.
pub(crate) async fn learned(
    conn: &mut Conn,
    words: &[String],
    kind: &str,
) -> Result<Vec<(String, String, i64)>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    // There are few fields, which stand together in the key; agencies are many, and are walked from the first on.
    let order = if kind == "field:" { "n + 0 DESC" } else { "n DESC, target DESC" };
    let of_word = |n: usize| {
        format!(
            "SELECT word, target, n FROM (
                SELECT word, target, n
                FROM petition_words
                WHERE word = ${} AND target >= $1 AND target < $2
                ORDER BY {order}
                LIMIT {MOST_TARGETS}
            ) AS of_{n}",
            n + 3
        )
    };
    let sql = (0..words.len()).map(of_word).collect::<Vec<_>>().join(" UNION ALL ");
    // ":" and ";" are neighbours, so that this is every target of the kind.
    let end = kind.replace(':', ";");
    let mut rows: Vec<(String, String, i64)> = run!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(kind).bind(end);
        for word in words {
            query = query.bind(word);
        }
        query.fetch_all(c).await
    })?;
    rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
    let bare = |target: String| target.strip_prefix(kind).unwrap_or_default().to_owned();
    Ok(rows.into_iter().map(|(word, target, n)| (word, bare(target), n)).collect())
}

/// Learns that `words` led to `target`.
pub(crate) async fn learn(
    conn: &mut Conn,
    words: &[String],
    target: &str,
) -> Result<(), StoreError> {
    // In one order, so that two who learn at once do not wait for each other in a circle.
    let mut words: Vec<&String> = words.iter().collect();
    words.sort();
    let rows: Vec<(&str, &str, i64)> =
        words.into_iter().map(|it| (it.as_str(), target, 1)).collect();
    learn_many(conn, &rows).await
}

/// Learns how often words led to targets. Rows stand in the order of words and targets, each pair once.
pub(crate) async fn learn_many(
    conn: &mut Conn,
    rows: &[(&str, &str, i64)],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 3] = ["word", "target", "n"];
    for piece in pieces(rows) {
        let values = insert_text(conn.dialect(), "petition_words", &COLUMNS, piece.len());
        let sql = format!(
            "{values} ON CONFLICT (word, target) DO UPDATE SET n = petition_words.n + excluded.n"
        );
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (word, target, n) in piece {
                query = query.bind(*word).bind(*target).bind(*n);
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
