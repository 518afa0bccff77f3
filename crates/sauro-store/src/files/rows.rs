use super::{FileHash, Stored};
use crate::{Conn, StoreError, run};

/// What the database knows of a file.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FileRow {
    /// Its name.
    pub hash: FileHash,
    /// Its size.
    pub n_bytes: i64,
    /// Its type, as sniffed from the content.
    pub mime: String,
    /// When it first came, microseconds since 1970, UTC.
    pub added_at: i64,
}

/// Names a stored file in the database. The same content a second time changes nothing.
///
/// Call it after [`Files::put`](super::Files::put) has answered, in the transaction of the row that needs the file.
pub async fn record(
    conn: &mut Conn,
    stored: &Stored,
    mime: &str,
    now_us: i64,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO files (hash, n_bytes, mime, added_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (hash) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(stored.hash)
        .bind(i64::try_from(stored.n_bytes).unwrap_or(i64::MAX))
        .bind(mime)
        .bind(now_us)
        .execute(c)
        .await
        .map(drop))
}

/// The file with this content, if one was recorded.
pub async fn find(conn: &mut Conn, hash: &FileHash) -> Result<Option<FileRow>, StoreError> {
    const SQL: &str = "SELECT hash, n_bytes, mime, added_at FROM files WHERE hash = $1";
    run!(conn, c => sqlx::query_as::<_, FileRow>(SQL).bind(*hash).fetch_optional(c).await)
}

/// The recorded files after `cursor` in the order of their hashes, at most `limit`. For a walk over all.
pub async fn page_after(
    conn: &mut Conn,
    cursor: Option<FileHash>,
    limit: u16,
) -> Result<Vec<FileRow>, StoreError> {
    const SQL: &str = "
        SELECT hash, n_bytes, mime, added_at
        FROM files
        WHERE hash > $1
        ORDER BY hash
        LIMIT $2";
    let after = cursor.map_or_else(Vec::new, |hash| hash.0.to_vec());
    run!(conn, c => sqlx::query_as::<_, FileRow>(SQL)
        .bind(&after)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)
}
