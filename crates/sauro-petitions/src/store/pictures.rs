//! Table `petition_pictures`.

use sauro_kernel::{PetitionFileId, PetitionId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::{corrupt, hash};
use crate::model::{Picture, covers_of, covers_text};

const TABLE: &str = "petition_pictures";

/// Writes a copy, in the place of the one before at its stage.
pub(crate) async fn put(
    conn: &mut Conn,
    petition: PetitionId,
    it: &Picture,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_pictures
            (file_id, stage, petition_id, hash, width, height, n_bytes, covers, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (file_id, stage) DO UPDATE
        SET hash = excluded.hash, width = excluded.width, height = excluded.height,
            n_bytes = excluded.n_bytes, covers = excluded.covers, made_at = excluded.made_at";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.file.0)
        .bind(stage(it.is_public))
        .bind(petition.0)
        .bind(it.hash.as_slice())
        .bind(i64::from(it.width))
        .bind(i64::from(it.height))
        .bind(it.n_bytes)
        .bind(covers_text(&it.covers))
        .bind(it.made_at)
        .execute(c)
        .await
        .map(drop))
}

/// Lets every prepared copy of a case out.
pub(crate) async fn publish(conn: &mut Conn, petition: PetitionId) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO petition_pictures
            (file_id, stage, petition_id, hash, width, height, n_bytes, covers, made_at)
        SELECT file_id, 'public', petition_id, hash, width, height, n_bytes, covers, made_at
        FROM petition_pictures
        WHERE petition_id = $1 AND stage = 'prepared'
        ON CONFLICT (file_id, stage) DO UPDATE
        SET hash = excluded.hash, width = excluded.width, height = excluded.height,
            n_bytes = excluded.n_bytes, covers = excluded.covers, made_at = excluded.made_at";
    run!(conn, c => sqlx::query(SQL).bind(petition.0).execute(c).await.map(drop))
}

/// Takes the copies of a file away, at both stages.
pub(crate) async fn remove(conn: &mut Conn, file: PetitionFileId) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM petition_pictures WHERE file_id = $1";
    run!(conn, c => sqlx::query(SQL).bind(file.0).execute(c).await.map(drop))
}

/// Lists the copies of a case, in the order of its files.
pub(crate) async fn of_case(
    conn: &mut Conn,
    petition: PetitionId,
) -> Result<Vec<Picture>, StoreError> {
    const SQL: &str = "
        SELECT file_id, stage, hash, width, height, n_bytes, covers, made_at
        FROM petition_pictures
        WHERE petition_id = $1
        ORDER BY file_id, stage
        LIMIT 200";
    let rows: Vec<PictureRow> = run!(conn, c => sqlx::query_as(SQL)
        .bind(petition.0)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Picture::try_from).collect()
}

fn stage(is_public: bool) -> &'static str {
    if is_public { "public" } else { "prepared" }
}

#[derive(sqlx::FromRow)]
struct PictureRow {
    file_id: Uuid,
    stage: String,
    hash: Vec<u8>,
    width: i64,
    height: i64,
    n_bytes: i64,
    covers: String,
    made_at: i64,
}

impl TryFrom<PictureRow> for Picture {
    type Error = StoreError;

    fn try_from(row: PictureRow) -> Result<Self, StoreError> {
        let side = |n: i64| {
            u32::try_from(n).map_err(|_| corrupt(TABLE, row.file_id, "a side is out of range"))
        };
        Ok(Self {
            file: PetitionFileId(row.file_id),
            is_public: row.stage == "public",
            hash: hash(TABLE, row.file_id, &row.hash)?,
            width: side(row.width)?,
            height: side(row.height)?,
            n_bytes: row.n_bytes,
            covers: covers_of(&row.covers)
                .ok_or_else(|| corrupt(TABLE, row.file_id, "no such covers"))?,
            made_at: row.made_at,
        })
    }
}
