//! Table `portal_picture_versions`.

use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use super::pictures::ShotRow;
use crate::model::PastShot;

/// Adds what a picture shows from now on.
pub(crate) async fn insert(
    conn: &mut Conn,
    picture: Uuid,
    it: &PastShot,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_picture_versions (
            picture_id, n, hash, name, mime, width, height, is_clear, n_bytes, author, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    run!(conn, c => sqlx::query(SQL)
        .bind(picture)
        .bind(it.n)
        .bind(&it.shot.hash)
        .bind(&it.shot.name)
        .bind(&it.shot.mime)
        .bind(it.shot.width)
        .bind(it.shot.height)
        .bind(it.shot.is_clear)
        .bind(it.shot.n_bytes)
        .bind(&it.author)
        .bind(it.at)
        .execute(c)
        .await
        .map(drop))
}

/// What a picture showed so far, the newest first.
pub(crate) async fn of_picture(
    conn: &mut Conn,
    picture: Uuid,
) -> Result<Vec<PastShot>, StoreError> {
    const SQL: &str = "
        SELECT n, hash, name, mime, width, height, is_clear, n_bytes, author, at FROM portal_picture_versions
        WHERE picture_id = $1 ORDER BY n DESC LIMIT 50";
    let rows: Vec<PastRow> = run!(conn, c => sqlx::query_as(SQL).bind(picture).fetch_all(c).await)?;
    Ok(rows.into_iter().map(PastShot::from).collect())
}

#[derive(sqlx::FromRow)]
struct PastRow {
    n: i64,
    #[sqlx(flatten)]
    shot: ShotRow,
    author: String,
    at: i64,
}

impl From<PastRow> for PastShot {
    fn from(row: PastRow) -> Self {
        Self { n: row.n, shot: row.shot.into(), author: row.author, at: row.at }
    }
}
