//! The same in another language: an item of its own beside its original, with a way of its own.

use sauro_kernel::{Ctx, PortalItemId, Right};
use sauro_store::{Conn, Db};

use super::begin::{Birth, born};
use super::hold::Hold;
use crate::model::{Act, Content, Fault, Item, Tongue, line};
use crate::{PortalError, store};

/// Items that the desk shows at once.
const MOST: u16 = 100;

/// What the desk has to know of other languages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tongues {
    /// The original and its translations, withdrawn ones aside; empty when it stands alone.
    pub family: Vec<Item>,
    /// What the original says, for whoever translates it.
    pub original: Option<Content>,
    /// Translations whose original was written anew since.
    pub outdated: Vec<PortalItemId>,
}

/// Begins `id` in another language, called `title` in it, with the words of the original to be written over.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's, [`PortalError::Stale`] for what is not public,
/// [`PortalError::Invalid`] without a title, for Vietnamese, and when it is there already.
pub async fn translate(
    ctx: &Ctx,
    db: &Db,
    id: PortalItemId,
    (tongue, title): (&str, &str),
) -> Result<Item, PortalError> {
    let mut conn = db.write().await?;
    let hold = Hold::take(ctx, &mut conn, id, (Act::Translate, None)).await?;
    let mut faults: Vec<Fault> = Vec::new();
    let title = line("tieu-de-dich", "tiêu đề bằng ngôn ngữ ấy", title, (200, true), &mut faults);
    let tongue = Tongue::of_code(tongue).filter(|it| *it != Tongue::Vietnamese);
    let is_there = match (tongue, hold.item.original) {
        (None, _) => {
            faults.push(("ngon-ngu".to_owned(), "Chọn ngôn ngữ.".to_owned()));
            false
        }
        (_, Some(_)) => {
            let words = "Bài này đã là bản dịch. Mở bản gốc rồi dịch từ đó.";
            faults.push(("ngon-ngu".to_owned(), words.to_owned()));
            false
        }
        (Some(tongue), None) => {
            let family = store::tongues::family(&mut conn, id).await?;
            family.iter().any(|it| it.tongue == tongue)
        }
    };
    if is_there {
        let words = "Bài đã có bản bằng ngôn ngữ này. Mở bản ấy để sửa.";
        faults.push(("ngon-ngu".to_owned(), words.to_owned()));
    }
    let (Some(tongue), true) = (tongue, faults.is_empty()) else {
        return Err(PortalError::Invalid(faults));
    };
    let n = hold.item.live_n.ok_or(PortalError::Stale)?;
    let version = store::versions::find(&mut conn, id, n).await?;
    let mut content = version.ok_or(PortalError::NotFound("version"))?.content;
    // Files stay with the item that they came with; marks stay, so that each block finds its original.
    let (blocks, marks) =
        content.blocks.into_iter().zip(content.marks).filter(|(it, _)| it.file().is_none()).unzip();
    (content.blocks, content.marks, content.title) = (blocks, marks, title);
    let note = format!("Dịch từ “{}”, phiên bản {n}", hold.item.title);
    let birth =
        Birth { section: &hold.section, kind: hold.item.kind, tongue, original: Some(&hold.item) };
    let item = born(ctx, &mut conn, birth, (content, &note)).await?;
    conn.commit().await?;
    Ok(item)
}

/// What the desk has to know of other languages of `item`.
pub(super) async fn tongues_of(conn: &mut Conn, item: &Item) -> Result<Tongues, PortalError> {
    let family = store::tongues::family(conn, item.original.unwrap_or(item.id)).await?;
    let first = family.iter().find(|it| it.original.is_none());
    let Some(n) = first.and_then(|it| it.live_n).filter(|_| family.len() > 1) else {
        return Ok(Tongues::default());
    };
    let id = first.map_or(item.id, |it| it.id);
    let Some(live) = store::versions::find(conn, id, n).await? else {
        return Ok(Tongues::default());
    };
    let mut outdated = Vec::new();
    for it in family.iter().filter(|it| it.original.is_some()) {
        let Some(own_n) = it.live_n else { continue };
        let own = store::versions::find(conn, it.id, own_n).await?;
        if own.is_some_and(|own| live.at > own.at) {
            outdated.push(it.id);
        }
    }
    let original = (item.id != id).then_some(live.content);
    Ok(Tongues { family, original, outdated })
}

/// Whether what `item` says in another language may go out: its original is there to be compared with.
pub(super) async fn stands_beside(conn: &mut Conn, item: &Item) -> Result<(), PortalError> {
    let Some(id) = item.original else { return Ok(()) };
    let original = store::items::find(conn, id).await?;
    match original.is_some_and(|it| it.state.is_listed()) {
        true => Ok(()),
        false => Err(PortalError::NotNow(
            "Bản gốc tiếng Việt không còn đăng. Đăng bản gốc trước, rồi duyệt bản dịch.",
        )),
    }
}

/// What of the caller's agency is public in no other language, and what was translated before its original changed.
///
/// # Errors
///
/// [`PortalError::Denied`] to whoever does not see drafts of the portal.
pub async fn to_translate(ctx: &Ctx, db: &Db) -> Result<(Vec<Item>, Vec<Item>), PortalError> {
    ctx.require(Right::SeePortal, ctx.actor.own())?;
    let mut conn = db.read().await?;
    let without = store::tongues::without(&mut conn, ctx.actor.agency, MOST).await?;
    let outdated = store::tongues::outdated(&mut conn, ctx.actor.agency, MOST).await?;
    Ok((without, outdated))
}

/// Where `item` is read in each language: of all that are public, itself among them.
pub(super) async fn read_in(
    conn: &mut Conn,
    item: &Item,
) -> Result<Vec<(Tongue, String)>, PortalError> {
    let family = store::tongues::family(conn, item.original.unwrap_or(item.id)).await?;
    let is_out = |it: &&Item| it.state.is_listed() || it.id == item.id;
    let all: Vec<_> = family.iter().filter(is_out).map(|it| (it.tongue, it.path())).collect();
    Ok(if all.len() > 1 { all } else { Vec::new() })
}
