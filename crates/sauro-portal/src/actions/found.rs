//! What everybody may find of the portal. Only what is public is read, so that no right is asked.

use sauro_kernel::PortalItemId;
use sauro_store::Conn;

use crate::model::{Content, Item, Kind};
use crate::{PortalError, store};

/// Items read at once.
const AT_ONCE: u16 = 500;

/// The items among `ids` that stand in a public list, each with the version that everybody reads.
///
/// # Errors
///
/// The store's.
pub async fn found_items(
    conn: &mut Conn,
    ids: &[PortalItemId],
) -> Result<Vec<(Item, Content)>, PortalError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(item) = store::items::find(conn, *id).await? else { continue };
        let Some(n) = item.live_n.filter(|_| item.state.is_listed()) else { continue };
        if let Some(version) = store::versions::find(conn, *id, n).await? {
            found.push((item, version.content));
        }
    }
    Ok(found)
}

/// The ids of the next listed items after `after`, in order: documents, or everything else.
///
/// # Errors
///
/// The store's.
pub async fn listed_items_after(
    conn: &mut Conn,
    mut after: PortalItemId,
    are_documents: bool,
) -> Result<Vec<PortalItemId>, PortalError> {
    loop {
        let items = store::lists::all_after(conn, after, AT_ONCE).await?;
        let Some(last) = items.last().map(|it| it.id) else { return Ok(Vec::new()) };
        after = last;
        let is_wanted = |it: &&Item| (it.kind == Kind::Document) == are_documents;
        let ids: Vec<PortalItemId> = items.iter().filter(is_wanted).map(|it| it.id).collect();
        if !ids.is_empty() {
            return Ok(ids);
        }
    }
}
