//! Table `portal_renditions`.

use sauro_store::{Conn, StoreError, run};

use crate::model::Rendition;

/// A file that was drawn of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// Its content, by SHA-256.
    pub(crate) hash: String,
    /// Its size.
    pub(crate) n_bytes: i64,
}

/// Keeps what was drawn of the content `hash`; drawn twice the first stays.
pub(crate) async fn insert(
    conn: &mut Conn,
    (hash, of): (&str, Rendition),
    (drawn, at): (&Drawn, i64),
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_renditions (hash, width, format, drawn, n_bytes, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (hash, width, format) DO NOTHING";
    run!(conn, c => sqlx::query(SQL)
        .bind(hash)
        .bind(i64::from(of.width))
        .bind(of.format.extension())
        .bind(&drawn.hash)
        .bind(drawn.n_bytes)
        .bind(at)
        .execute(c)
        .await
        .map(drop))
}

/// What was drawn of the content `hash`.
pub(crate) async fn find(
    conn: &mut Conn,
    (hash, of): (&str, Rendition),
) -> Result<Option<Drawn>, StoreError> {
    const SQL: &str = "
        SELECT drawn, n_bytes FROM portal_renditions WHERE hash = $1 AND width = $2 AND format = $3";
    let row: Option<(String, i64)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(hash)
        .bind(i64::from(of.width))
        .bind(of.format.extension())
        .fetch_optional(c)
        .await)?;
    Ok(row.map(|(hash, n_bytes)| Drawn { hash, n_bytes }))
}
