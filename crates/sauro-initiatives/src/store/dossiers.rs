//! Table `initiative_dossiers`.

use sauro_journal::EntryId;
use sauro_kernel::InitiativeId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::corrupt;

/// A version of a dossier as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Counted from 1.
    pub n: i64,
    /// The text that was hashed.
    pub text: String,
    /// Its SHA-256.
    pub hash: [u8; 32],
    /// The entry of the journal that says so.
    pub entry: EntryId,
    /// When, in microseconds.
    pub at: i64,
}

/// Adds a version.
pub(crate) async fn insert(conn: &mut Conn, id: InitiativeId, it: &Kept) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO initiative_dossiers (initiative_id, n, dossier, hash, entry_id, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(it.n)
        .bind(&it.text)
        .bind(it.hash.as_slice())
        .bind(it.entry.0)
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the versions, oldest first.
pub(crate) async fn of_initiative(
    conn: &mut Conn,
    id: InitiativeId,
) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "
        SELECT n, dossier, hash, entry_id, at
        FROM initiative_dossiers
        WHERE initiative_id = $1
        ORDER BY n
        LIMIT 100";
    let rows: Vec<(i64, String, Vec<u8>, Uuid, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(id.0).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(n, text, hash, entry, at)| {
            let hash = hash
                .try_into()
                .map_err(|_| corrupt("initiative_dossiers", id.0, "the hash is not 32 bytes"))?;
            Ok(Kept { n, text, hash, entry: EntryId(entry), at })
        })
        .collect()
}
