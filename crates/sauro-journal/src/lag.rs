use sauro_store::{Conn, StoreError, run};

/// Readers looked at; there are about a dozen.
const MOST: i64 = 1000;

/// How far a reader has come.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReaderLag {
    /// The reader's name.
    pub name: String,
    /// The last entry it has handled.
    pub position: i64,
    /// How many entries it has not handled yet.
    pub behind: i64,
}

/// How far each reader has come, by name. For the page of the machine room and for alarms.
pub async fn lag(conn: &mut Conn) -> Result<Vec<ReaderLag>, StoreError> {
    // Entries that have no position yet (PostgreSQL) are ahead of every reader.
    const SQL: &str = "
        SELECT reader.name, reader.position, last.position - reader.position + unplaced.n AS behind
        FROM journal_readers AS reader,
            (SELECT coalesce(max(position), 0) AS position FROM journal_entries) AS last,
            (SELECT count(*) AS n FROM journal_entries WHERE position IS NULL) AS unplaced
        ORDER BY reader.name
        LIMIT $1";
    run!(conn, c => sqlx::query_as::<_, ReaderLag>(SQL).bind(MOST).fetch_all(c).await)
}
