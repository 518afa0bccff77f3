//! What editors see.

use sauro_kernel::{Ctx, PortalItemId, Right};
use sauro_store::{Conn, Db};

use super::hold::Hold;
use super::links::leading_to;
use super::translate::{Tongues, tongues_of};
use crate::model::{
    Act, Holder, Item, ItemFile, LegalOpinion, Picture, Section, Thread, Topic, Version,
};
use crate::store::drafts::Draft;
use crate::store::lists::START;
use crate::{PortalError, store};

/// Items of one page of the queue.
pub const QUEUE: u16 = 30;

/// An item that somebody typed into so lately is being worked on, in microseconds.
const BUSY_US: i64 = 90_000_000;

/// The items of the caller's agency, touched last first, and where the next page begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// The items.
    pub items: Vec<Item>,
    /// The sections of the agency.
    pub sections: Vec<Section>,
    /// After which item the next page begins.
    pub next: Option<(i64, PortalItemId)>,
    /// How many remarks of an item are not settled; items without any are left out.
    pub remarks: Vec<(PortalItemId, i64)>,
}

/// An item as its desk works with it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskItem {
    /// The item.
    pub item: Item,
    /// Its section.
    pub section: Section,
    /// The sections of its agency.
    pub sections: Vec<Section>,
    /// The newest version.
    pub version: Version,
    /// What the caller typed and did not keep.
    pub draft: Option<Draft>,
    /// Who else is typing now.
    pub others: Vec<String>,
    /// Who else has it open.
    pub holder: Option<Holder>,
    /// Legal opinions on what is not public yet, the newest first.
    pub opinions: Vec<LegalOpinion>,
    /// The same in other languages.
    pub tongues: Tongues,
    /// Items whose words lead here: id, title, how many links.
    pub leading: Vec<(PortalItemId, String, i64)>,
    /// Remarks on its blocks: the mark of each, and whether it is settled.
    pub threads: Vec<Thread>,
    /// Its files.
    pub files: Vec<ItemFile>,
    /// The pictures that the newest version and the caller's draft show.
    pub pictures: Vec<Picture>,
    /// All topics.
    pub topics: Vec<Topic>,
    /// What the caller may do now.
    pub acts: Vec<Act>,
    /// Why the caller may not let it out though their seat might, or empty.
    pub own_words: &'static str,
}

impl DeskItem {
    /// Whether the caller may do `act` now.
    pub fn may(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }
}

/// The items of the caller's agency after `after`.
///
/// # Errors
///
/// [`PortalError::Denied`] to whoever does not write for the portal.
pub async fn queue(
    ctx: &Ctx,
    db: &Db,
    after: Option<(i64, PortalItemId)>,
) -> Result<Desk, PortalError> {
    ctx.require(Right::SeePortal, ctx.actor.own())?;
    let mut conn = db.read().await?;
    let agency = ctx.actor.agency;
    let sections = store::sections::of_agency(&mut conn, agency).await?;
    let place = after.unwrap_or(START);
    let mut items = store::lists::of_agency(&mut conn, agency, place, QUEUE + 1).await?;
    let has_more = items.len() > usize::from(QUEUE);
    items.truncate(usize::from(QUEUE));
    let next = items.last().filter(|_| has_more).map(|it| (it.touched_at, it.id));
    // A section may keep a seat out.
    items.retain(|it| {
        let section = sections.iter().find(|section| section.id == it.section);
        section.is_some_and(|it| it.roles.allow(ctx.actor.role, Right::SeePortal))
    });
    let ids: Vec<PortalItemId> = items.iter().map(|it| it.id).collect();
    let remarks = store::comments::open_of(&mut conn, &ids).await?;
    Ok(Desk { items, sections, next, remarks })
}

/// The item `id` as the caller works with it.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's.
pub async fn desk_item(ctx: &Ctx, db: &Db, id: PortalItemId) -> Result<DeskItem, PortalError> {
    let mut conn = db.read().await?;
    let hold = Hold::look(ctx, &mut conn, id, Act::Look).await?;
    let version = store::versions::find(&mut conn, id, hold.item.version_n).await?;
    let version = version.ok_or(PortalError::NotFound("version"))?;
    let drafts = store::drafts::of_item(&mut conn, id).await?;
    let since = ctx.now_us() - BUSY_US;
    let (own, others): (Vec<Draft>, Vec<Draft>) =
        drafts.into_iter().partition(|it| it.account == ctx.actor.account);
    let others = others.into_iter().filter(|it| it.at >= since).map(|it| it.author).collect();
    let acts: Vec<Act> = Act::ALL.into_iter().filter(|it| hold.may(*it)).collect();
    let own_words =
        [Act::Approve, Act::Agree].into_iter().find_map(|it| match hold.allows(ctx, it) {
            Err(PortalError::NotNow(words)) => Some(words),
            _ => None,
        });
    let draft = own.into_iter().next();
    let holder = store::holders::find(&mut conn, id).await?;
    let holder = holder.filter(|it| it.account != ctx.actor.account && it.is_there(ctx.now_us()));
    Ok(DeskItem {
        pictures: pictures_of(&mut conn, (&version, draft.as_ref())).await?,
        sections: store::sections::of_agency(&mut conn, hold.item.agency).await?,
        files: store::files::of_item(&mut conn, id).await?,
        topics: store::topics::all(&mut conn).await?,
        version,
        draft,
        others,
        acts,
        own_words: own_words.unwrap_or_default(),
        holder,
        tongues: tongues_of(&mut conn, &hold.item).await?,
        leading: leading_to(&mut conn, &hold.item).await?,
        opinions: store::legal::after(&mut conn, id, hold.item.live_n.unwrap_or(0)).await?,
        threads: store::comments::of_item(&mut conn, id).await?,
        item: hold.item,
        section: hold.section,
    })
}

async fn pictures_of(
    conn: &mut Conn,
    (version, draft): (&Version, Option<&Draft>),
) -> Result<Vec<Picture>, PortalError> {
    let mut wanted = version.content.pictures();
    let blocks = draft.map(|it| it.fields.blocks.as_slice()).unwrap_or_default();
    for id in blocks.iter().filter(|it| it.kind == "anh").filter_map(|it| it.file.parse().ok()) {
        if !wanted.contains(&id) {
            wanted.push(id);
        }
    }
    let mut found = Vec::with_capacity(wanted.len());
    for id in wanted {
        found.extend(store::pictures::find(conn, id).await?);
    }
    Ok(found)
}
