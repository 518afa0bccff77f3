//! Table `petition_files`.

use sauro_kernel::{PetitionFileId, PetitionId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::{corrupt, hash};
use crate::model::{CaseFile, Side};

const TABLE: &str = "petition_files";

/// Adds a file.
pub(crate) async fn insert(
    conn: &mut Conn,
    petition: PetitionId,
    it: &CaseFile,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_files (id, petition_id, side, hash, name, mime, n_bytes, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(petition.0)
        .bind(it.side.code())
        .bind(it.hash.as_slice())
        .bind(&it.name)
        .bind(&it.mime)
        .bind(it.n_bytes)
        .bind(it.added_at)
        .execute(c)
        .await
        .map(drop))
}

/// Lists the files of a case, oldest first.
pub(crate) async fn of_case(
    conn: &mut Conn,
    petition: PetitionId,
) -> Result<Vec<CaseFile>, StoreError> {
    const SQL: &str = "
        SELECT id, side, hash, name, mime, n_bytes, added_at
        FROM petition_files
        WHERE petition_id = $1
        ORDER BY id
        LIMIT 100";
    let rows: Vec<FileRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(petition.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(CaseFile::try_from).collect()
}

#[derive(sqlx::FromRow)]
struct FileRow {
    id: Uuid,
    side: String,
    hash: Vec<u8>,
    name: String,
    mime: String,
    n_bytes: i64,
    added_at: i64,
}

impl TryFrom<FileRow> for CaseFile {
    type Error = StoreError;

    fn try_from(row: FileRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: PetitionFileId(row.id),
            side: Side::of_code(&row.side).ok_or_else(|| corrupt(TABLE, row.id, "no such side"))?,
            hash: hash(TABLE, row.id, &row.hash)?,
            name: row.name,
            mime: row.mime,
            n_bytes: row.n_bytes,
            added_at: row.added_at,
        })
    }
}
