//! A new item: from nothing, or with the words of another.

use sauro_kernel::{Ctx, PortalItemId, Right, SectionId};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::hold::Hold;
use super::write::fresh_mark;
use crate::model::{
    Act, Audience, Content, Item, Kind, Section, State, Tongue, Version, line, numbered, slug_of,
};
use crate::store::picture_uses::Place;
use crate::{PortalError, store};

/// Begins an item called `title` in a section of the caller's agency.
///
/// # Errors
///
/// [`PortalError::Denied`] to whoever does not write in that section, [`PortalError::Invalid`] without a title.
pub async fn begin(
    ctx: &Ctx,
    db: &Db,
    (section, kind): (SectionId, Kind),
    title: &str,
) -> Result<Item, PortalError> {
    ctx.require(Right::WritePortal, ctx.actor.own())?;
    let mut faults = Vec::new();
    let title = line("tieu-de", "tiêu đề", title, (200, true), &mut faults);
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    let mut conn = db.write().await?;
    let section = writable(ctx, &mut conn, section).await?;
    let content = Content { title, ..Content::default() };
    let birth = Birth { section: &section, kind, tongue: Tongue::Vietnamese, original: None };
    let item = born(ctx, &mut conn, birth, (content, "")).await?;
    conn.commit().await?;
    Ok(item)
}

/// Begins another item with the newest words of `id`.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's.
pub async fn copy(ctx: &Ctx, db: &Db, id: PortalItemId) -> Result<Item, PortalError> {
    let mut conn = db.write().await?;
    let hold = Hold::look(ctx, &mut conn, id, Act::Copy).await?;
    let n = hold.item.version_n;
    let version = store::versions::find(&mut conn, id, n).await?;
    let mut content = version.ok_or(PortalError::NotFound("version"))?.content;
    // Files stay with the item that they came with; pictures are the library's.
    content.blocks.retain(|it| it.file().is_none());
    for id in content.pictures() {
        let found = store::pictures::take(&mut conn, id).await?;
        if found.is_none_or(|it| it.removed_at.is_some()) {
            content.blocks.retain(|it| it.picture() != Some(id));
        }
    }
    // Its blocks are others than those that were copied.
    content.marks.clear();
    let (kind, tongue) = (hold.item.kind, hold.item.tongue);
    let birth = Birth { section: &hold.section, kind, tongue, original: None };
    let note = format!("Chép từ “{}”", hold.item.title);
    let item = born(ctx, &mut conn, birth, (content, &note)).await?;
    conn.commit().await?;
    Ok(item)
}

/// The section `id`, in which the caller writes.
async fn writable(ctx: &Ctx, conn: &mut Conn, id: SectionId) -> Result<Section, PortalError> {
    let section = store::sections::find(conn, id).await?;
    let section = section.filter(|it| {
        let relation = ctx.actor.relation_to(it.over());
        let who = Audience { role: ctx.actor.role, relation, is_author: true, has_vetted: false };
        crate::model::may(Act::Write, State::Draft, who, &it.roles)
    });
    section.ok_or_else(|| {
        PortalError::of_field("chuyen-muc", "Chọn chuyên mục mà chức danh này được viết.")
    })
}

/// What an item is born as.
pub(super) struct Birth<'a> {
    pub(super) section: &'a Section,
    pub(super) kind: Kind,
    pub(super) tongue: Tongue,
    pub(super) original: Option<&'a Item>,
}

pub(super) async fn born(
    ctx: &Ctx,
    conn: &mut Conn,
    Birth { section, kind, tongue, original }: Birth<'_>,
    (mut content, note): (Content, &str),
) -> Result<Item, PortalError> {
    content.mark(|| fresh_mark(ctx));
    let id = PortalItemId(ctx.ids.fresh());
    let now = ctx.now_us();
    // Letters that an address cannot have leave the word of the original.
    let spare =
        original.map_or_else(|| "bai".to_owned(), |it| format!("{}-{}", it.slug, tongue.code()));
    let slug = free_slug(conn, (&content.title, spare)).await?;
    let item = Item {
        id,
        kind,
        tongue,
        original: original.map(|it| it.id),
        section: section.id,
        agency: section.agency,
        agency_path: section.agency_path.clone(),
        state: State::Draft,
        slug,
        title: content.title.clone(),
        version_n: 1,
        live_n: None,
        live_title: String::new(),
        live_summary: String::new(),
        publish_at: None,
        published_at: None,
        changed_at: now,
        touched_at: now,
        note: String::new(),
        reason: String::new(),
        stamp: 1,
    };
    store::items::insert(conn, &item).await?;
    store::addresses::claim(conn, &item.slug, id).await?;
    let version = Version {
        n: 1,
        content,
        account: ctx.actor.account,
        author: ctx.actor.display_name.clone(),
        at: now,
        note: note.to_owned(),
    };
    store::versions::insert(conn, id, &version).await?;
    store::picture_uses::set(conn, id, (Place::Newest, &version.content.pictures())).await?;
    let relation = ctx.actor.relation_to(item.over());
    let who = Audience { role: ctx.actor.role, relation, is_author: true, has_vetted: false };
    let hold = Hold { item, section: section.clone(), who };
    let data = json!({ "tongue": tongue.code(), "original": hold.item.original });
    hold.tell(ctx, conn, ("PortalItemBegun", data)).await?;
    Ok(hold.item)
}

/// A word for the address of `title` that no item ever had.
async fn free_slug(conn: &mut Conn, (title, spare): (&str, String)) -> Result<String, PortalError> {
    let wanted = slug_of(title).unwrap_or(spare);
    // Titles repeat ("Thông báo"), but nobody reads the hundredth number in an address.
    for n in 1..200 {
        let slug = numbered(&wanted, n);
        if store::addresses::leads_to(conn, &slug).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(PortalError::of_field("tieu-de", "Đã có quá nhiều bài cùng tiêu đề này. Đặt tiêu đề khác."))
}
