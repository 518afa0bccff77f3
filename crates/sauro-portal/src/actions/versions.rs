//! The versions of an item: listed, compared, brought back.

use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::Db;
use serde_json::json;

use super::hold::Hold;
use super::write::{add, files_are_here};
use crate::model::{Act, Block, Content, Item, Row, Version, compared};
use crate::{PortalError, store};

/// Versions on one page.
const PAGE: u16 = 50;

/// A page of versions, the newest first, and whether older ones follow.
pub type Versions = (Item, Vec<Version>, bool);

/// Two versions side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The item.
    pub item: Item,
    /// The older one.
    pub old: Version,
    /// The newer one.
    pub new: Version,
    /// Title, summary and blocks.
    pub rows: Vec<Row>,
}

/// The versions of `id` before the version `before`.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's.
pub async fn versions(
    ctx: &Ctx,
    db: &Db,
    (id, before): (PortalItemId, Option<i64>),
) -> Result<Versions, PortalError> {
    let mut conn = db.read().await?;
    let hold = Hold::look(ctx, &mut conn, id, Act::History).await?;
    let asked = (before.unwrap_or(i64::MAX), PAGE + 1);
    let mut found = store::versions::before(&mut conn, id, asked).await?;
    let has_more = found.len() > usize::from(PAGE);
    found.truncate(usize::from(PAGE));
    Ok((hold.item, found, has_more))
}

/// The versions `a` and `b` of `id`, the older one first.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's and for versions that there are not.
pub async fn compare(
    ctx: &Ctx,
    db: &Db,
    id: PortalItemId,
    (a, b): (i64, i64),
) -> Result<Compared, PortalError> {
    let mut conn = db.read().await?;
    let hold = Hold::look(ctx, &mut conn, id, Act::Compare).await?;
    let missing = PortalError::NotFound("version");
    let old = store::versions::find(&mut conn, id, a.min(b)).await?;
    let Some(old) = old else { return Err(missing) };
    let Some(new) = store::versions::find(&mut conn, id, a.max(b)).await? else {
        return Err(missing);
    };
    let rows = compared(&lines(&old.content), &lines(&new.content));
    Ok(Compared { item: hold.item, old, new, rows })
}

/// Makes the words of the version `n` the newest ones.
///
/// # Errors
///
/// As [`super::write`].
pub async fn restore(
    ctx: &Ctx,
    db: &Db,
    (id, stamp): (PortalItemId, i64),
    n: i64,
) -> Result<Item, PortalError> {
    let mut conn = db.write().await?;
    let mut hold = Hold::take(ctx, &mut conn, id, (Act::Restore, Some(stamp))).await?;
    let old = store::versions::find(&mut conn, id, n).await?;
    let old = old.ok_or(PortalError::NotFound("version"))?;
    files_are_here(&mut conn, &hold.item, &old.content).await?;
    let note = format!("Khôi phục phiên bản {n}");
    add(ctx, &mut conn, &mut hold, (old.content, &note)).await?;
    hold.keep(ctx, &mut conn).await?;
    hold.tell(ctx, &mut conn, ("PortalVersionKept", json!({ "restored": n }))).await?;
    conn.commit().await?;
    Ok(hold.item)
}

/// What is compared: title, summary, blocks.
fn lines(content: &Content) -> Vec<String> {
    let whole = [content.title.clone(), content.summary.clone()];
    let blocks = content.blocks.iter().map(Block::words);
    whole.into_iter().chain(blocks).filter(|it| !it.trim().is_empty()).collect()
}
