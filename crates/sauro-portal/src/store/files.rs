//! Table `portal_files`.

use sauro_kernel::PortalItemId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::ItemFile;

type FileRow = (Uuid, String, String, String, i64);

/// Adds a file to an item.
pub(crate) async fn insert(
    conn: &mut Conn,
    item: PortalItemId,
    (it, at): (&ItemFile, i64),
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO portal_files (id, item_id, hash, name, mime, n_bytes, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    run!(conn, c => sqlx::query(SQL)
        .bind(it.id)
        .bind(item.0)
        .bind(&it.hash)
        .bind(&it.name)
        .bind(&it.mime)
        .bind(it.n_bytes)
        .bind(at)
        .execute(c)
        .await
        .map(drop))
}

/// The files of an item, in the order in which they came.
pub(crate) async fn of_item(
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<Vec<ItemFile>, StoreError> {
    const SQL: &str = "
        SELECT id, hash, name, mime, n_bytes FROM portal_files WHERE item_id = $1 ORDER BY id LIMIT 200";
    let rows: Vec<FileRow> = run!(conn, c => sqlx::query_as(SQL).bind(item.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(file).collect())
}

/// The file `id`, and the item that it belongs to.
pub(crate) async fn find(
    conn: &mut Conn,
    id: Uuid,
) -> Result<Option<(PortalItemId, ItemFile)>, StoreError> {
    const SQL: &str = "
        SELECT item_id, id, hash, name, mime, n_bytes FROM portal_files WHERE id = $1";
    let row: Option<(Uuid, Uuid, String, String, String, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await)?;
    Ok(row.map(|(item, id, hash, name, mime, n_bytes)| {
        (PortalItemId(item), file((id, hash, name, mime, n_bytes)))
    }))
}

fn file((id, hash, name, mime, n_bytes): FileRow) -> ItemFile {
    ItemFile { id, hash, name, mime, n_bytes }
}
