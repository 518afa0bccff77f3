//! Table `portal_picture_uses`: which items show which pictures.

use sauro_kernel::PortalItemId;
use sauro_store::{Conn, StoreError, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::items::{COLUMNS, ItemRow};
use super::lists::items;
use super::pictures::{COLUMNS as OF_PICTURE, PictureRow};
use crate::model::{Item, Picture, State};

/// The version of an item that shows a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The one that everybody reads.
    Live,
    /// The newest.
    Newest,
}

impl Place {
    fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Newest => "newest",
        }
    }
}

/// Writes which pictures the item shows at `place`, in their order.
pub(crate) async fn set(
    conn: &mut Conn,
    item: PortalItemId,
    (place, pictures): (Place, &[Uuid]),
) -> Result<(), StoreError> {
    const DELETE: &str = "DELETE FROM portal_picture_uses WHERE item_id = $1 AND place = $2";
    const INSERT: &str = "
        INSERT INTO portal_picture_uses (item_id, place, ord, picture_id) VALUES ($1, $2, $3, $4)";
    run!(conn, c => sqlx::query(DELETE)
        .bind(item.0)
        .bind(place.code())
        .execute(c)
        .await
        .map(drop))?;
    for (ord, picture) in (0_i64..).zip(pictures) {
        run!(conn, c => sqlx::query(INSERT)
            .bind(item.0)
            .bind(place.code())
            .bind(ord)
            .bind(picture)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// Items that show the picture at `place`, the oldest first.
pub(crate) async fn items_with(
    conn: &mut Conn,
    picture: Uuid,
    place: Place,
) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM portal_picture_uses u JOIN portal_items i ON i.id = u.item_id
        WHERE u.picture_id = $1 AND u.place = $2
        ORDER BY u.item_id
        LIMIT 500"
    );
    let rows: Vec<ItemRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(picture)
        .bind(place.code())
        .fetch_all(c)
        .await)?;
    items(rows)
}

/// Whether anybody may read an item that shows the picture.
pub(crate) async fn is_read(conn: &mut Conn, picture: Uuid) -> Result<bool, StoreError> {
    let states: Vec<String> = State::ALL
        .into_iter()
        .filter(|it| it.is_read())
        .map(|it| format!("'{}'", it.code()))
        .collect();
    let sql = format!(
        "SELECT u.ord FROM portal_picture_uses u JOIN portal_items i ON i.id = u.item_id
        WHERE u.picture_id = $1 AND u.place = $2 AND i.state IN ({})
        LIMIT 1",
        states.join(", ")
    );
    let row: Option<i64> = run!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(picture)
        .bind(Place::Live.code())
        .fetch_optional(c)
        .await)?;
    Ok(row.is_some())
}

/// The pictures that the item shows at `place`, in their order.
pub(crate) async fn of_item(
    conn: &mut Conn,
    item: PortalItemId,
    place: Place,
) -> Result<Vec<Picture>, StoreError> {
    let sql = format!(
        "SELECT {OF_PICTURE} FROM portal_picture_uses u JOIN portal_pictures p ON p.id = u.picture_id
        WHERE u.item_id = $1 AND u.place = $2
        ORDER BY u.ord
        LIMIT 1000"
    );
    let rows: Vec<PictureRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(item.0)
        .bind(place.code())
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(Picture::try_from).collect()
}

/// The first picture of what everybody reads of the item.
pub(crate) async fn lead(
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<Option<Picture>, StoreError> {
    let sql = format!(
        "SELECT {OF_PICTURE} FROM portal_picture_uses u JOIN portal_pictures p ON p.id = u.picture_id
        WHERE u.item_id = $1 AND u.place = $2 AND u.ord = 0"
    );
    let row: Option<PictureRow> = run!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(item.0)
        .bind(Place::Live.code())
        .fetch_optional(c)
        .await)?;
    row.map(Picture::try_from).transpose()
}
