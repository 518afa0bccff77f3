//! A link that shows a version which is not public, to whoever has it, until a moment.

use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::{Db, Keys};

use super::hold::Hold;
use crate::model::{Act, Item, ItemFile, PREVIEW_HOURS, Picture, Preview, State, Version};
use crate::{PortalError, store};

/// What a link shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Previewed {
    /// The item.
    pub item: Item,
    /// The version.
    pub version: Version,
    /// The files of the item.
    pub files: Vec<ItemFile>,
    /// The pictures that the version shows.
    pub pictures: Vec<Picture>,
    /// Until when the link shows it, in microseconds.
    pub until: i64,
}

/// The word of a link to the newest version of `id`, and until when it shows something.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's, [`PortalError::Stale`] for what was taken down.
pub async fn link_preview(
    ctx: &Ctx,
    (db, keys): (&Db, &Keys),
    id: PortalItemId,
) -> Result<(String, i64), PortalError> {
    let hold = Hold::look(ctx, &mut db.read().await?, id, Act::LinkPreview).await?;
    let until = ctx.now_us() + PREVIEW_HOURS * 3_600_000_000;
    let preview = Preview { item: id, n: hold.item.version_n, until };
    Ok((preview.token(&keys.sign(preview.words().as_bytes())), until))
}

/// What the link with `token` shows at `now`, in microseconds.
///
/// # Errors
///
/// [`PortalError::NotFound`] for a link that this house did not sign and for what was taken down,
/// [`PortalError::Expired`] for one that has run out.
pub async fn open_preview(
    (db, keys): (&Db, &Keys),
    token: &str,
    now: i64,
) -> Result<Previewed, PortalError> {
    let missing = PortalError::NotFound("preview");
    let Some(preview) = Preview::of_token(token, &keys.public_key()) else { return Err(missing) };
    if preview.until < now {
        return Err(PortalError::Expired);
    }
    let mut conn = db.read().await?;
    let item = store::items::find(&mut conn, preview.item).await?;
    let Some(item) = item.filter(|it| it.state != State::Withdrawn) else { return Err(missing) };
    let Some(version) = store::versions::find(&mut conn, item.id, preview.n).await? else {
        return Err(missing);
    };
    let files = store::files::of_item(&mut conn, item.id).await?;
    let mut pictures: Vec<Picture> = Vec::new();
    for id in version.content.pictures() {
        pictures.extend(store::pictures::find(&mut conn, id).await?);
    }
    Ok(Previewed { item, version, files, pictures, until: preview.until })
}
