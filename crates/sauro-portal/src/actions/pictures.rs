//! The library of pictures (kho ảnh) of an agency: found, described, cut, removed.

use sauro_journal::Event;
use sauro_kernel::{Ctx, Right};
use sauro_store::{Conn, Db};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{Item, PastShot, Picture, PictureFields, State};
use crate::store::picture_uses::Place;
use crate::store::pictures::MOST_WORDS;
use crate::{PortalError, store};

/// Pictures of one page of the library.
pub const PICTURES_PAGE: u16 = 24;

/// Why whoever is no editor or leader may not change what everybody sees.
const READ_WORDS: &str =
    "Ảnh đang hiện ở bài đã đăng. Đề nghị lãnh đạo thay ảnh, biên tập sửa lời.";

/// A page of the library, and after which picture the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// The pictures, added last first.
    pub pictures: Vec<Picture>,
    /// The last of this page, when others follow.
    pub next: Option<Uuid>,
}

/// A picture as its desk works with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPicture {
    /// The picture.
    pub picture: Picture,
    /// What it showed, the newest first.
    pub versions: Vec<PastShot>,
    /// Where it is used.
    pub uses: Vec<Use>,
    /// The caller may change its words and what stays in sight.
    pub may_describe: bool,
    /// The caller may put another file in its place.
    pub may_replace: bool,
}

/// An item that shows a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The item; none when its section is not for the caller.
    pub item: Option<Item>,
    /// How far it has come.
    pub state: State,
    /// The version that everybody reads shows it.
    pub is_live: bool,
}

/// A picture in the hands of somebody who is about to do something with it.
pub(super) struct Held {
    pub(super) picture: Picture,
    /// Items that show it in the version that everybody reads, while they are read.
    pub(super) read_in: Vec<Item>,
}

impl Held {
    /// Takes the picture `id` as its holder read it (`stamp`).
    pub(super) async fn take(
        ctx: &Ctx,
        conn: &mut Conn,
        (id, stamp): (Uuid, i64),
    ) -> Result<Self, PortalError> {
        let picture = store::pictures::take(conn, id).await?;
        let held = Self::of(ctx, conn, picture, id).await?;
        match held.picture.stamp == stamp {
            true => Ok(held),
            false => Err(PortalError::Stale),
        }
    }

    /// Looks at the picture `id`, which changes nothing.
    pub(super) async fn look(ctx: &Ctx, conn: &mut Conn, id: Uuid) -> Result<Self, PortalError> {
        let picture = store::pictures::find(conn, id).await?;
        Self::of(ctx, conn, picture, id).await
    }

    async fn of(
        ctx: &Ctx,
        conn: &mut Conn,
        picture: Option<Picture>,
        id: Uuid,
    ) -> Result<Self, PortalError> {
        ctx.require(Right::WritePortal, ctx.actor.own())?;
        let found = picture.filter(|it| it.removed_at.is_none());
        let missing = PortalError::NotFound("picture of the library");
        let Some(picture) = found else { return Err(missing) };
        if !ctx.may(Right::WritePortal, picture.over()) {
            tracing::warn!(
                post = %ctx.actor.post,
                agency = %ctx.actor.agency_code,
                picture = %id,
                "someone asked for a picture of the portal outside their scope"
            );
            return Err(missing);
        }
        let mut read_in = store::picture_uses::items_with(conn, id, Place::Live).await?;
        read_in.retain(|it| it.state.is_read());
        Ok(Self { picture, read_in })
    }

    /// What everybody sees changes by whoever has `right` alone.
    pub(super) fn allows(&self, ctx: &Ctx, right: Right) -> Result<(), PortalError> {
        match self.may(ctx, right) {
            true => Ok(()),
            false => Err(PortalError::NotNow(READ_WORDS)),
        }
    }

    fn may(&self, ctx: &Ctx, right: Right) -> bool {
        self.read_in.is_empty() || ctx.may(right, self.picture.over())
    }

    /// Writes the picture as it is now.
    pub(super) async fn keep(&mut self, ctx: &Ctx, conn: &mut Conn) -> Result<(), PortalError> {
        self.picture.changed_at = ctx.now_us();
        self.picture.stamp += 1;
        Ok(store::pictures::update(conn, &self.picture).await?)
    }

    /// Writes into the journal what happened to it, and which items show something else from now on.
    pub(super) async fn tell(
        &self,
        ctx: &Ctx,
        conn: &mut Conn,
        (kind, more): (&'static str, Value),
    ) -> Result<(), PortalError> {
        let items: Vec<String> = self.read_in.iter().map(|it| it.id.to_string()).collect();
        let mut data = json!({ "agency": self.picture.agency, "items": items });
        if let (Some(data), Value::Object(more)) = (data.as_object_mut(), more) {
            data.extend(more);
        }
        let event = Event::new(kind, "portal-picture", self.picture.id, data);
        sauro_journal::append(conn, ctx, event).await?;
        Ok(())
    }
}

/// Pictures of the caller's agency that hold every word of `sought` (four at most), after the picture `after`.
///
/// # Errors
///
/// [`PortalError::Denied`] to whoever does not write for the portal.
pub async fn pictures(
    ctx: &Ctx,
    db: &Db,
    sought: &str,
    after: Option<Uuid>,
) -> Result<Library, PortalError> {
    ctx.require(Right::WritePortal, ctx.actor.own())?;
    let folded = sauro_kernel::fold(sought);
    let words: Vec<String> =
        folded.split_whitespace().take(MOST_WORDS).map(str::to_owned).collect();
    let mut conn = db.read().await?;
    let of = (ctx.actor.agency, words.as_slice());
    let after = after.unwrap_or(Uuid::max());
    let mut pictures = store::pictures::of_agency(&mut conn, of, after, PICTURES_PAGE + 1).await?;
    let has_more = pictures.len() > usize::from(PICTURES_PAGE);
    pictures.truncate(usize::from(PICTURES_PAGE));
    let next = pictures.last().filter(|_| has_more).map(|it| it.id);
    Ok(Library { pictures, next })
}

/// The picture `id` as its desk works with it.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's.
pub async fn desk_picture(ctx: &Ctx, db: &Db, id: Uuid) -> Result<DeskPicture, PortalError> {
    let mut conn = db.read().await?;
    let held = Held::look(ctx, &mut conn, id).await?;
    let sections = store::sections::of_agency(&mut conn, held.picture.agency).await?;
    let mut uses: Vec<Use> = Vec::new();
    let live = store::picture_uses::items_with(&mut conn, id, Place::Live).await?;
    let newest = store::picture_uses::items_with(&mut conn, id, Place::Newest).await?;
    let only_newest = newest.into_iter().filter(|it| live.iter().all(|other| other.id != it.id));
    let only_newest: Vec<(Item, bool)> = only_newest.map(|it| (it, false)).collect();
    for (item, is_live) in live.into_iter().map(|it| (it, true)).chain(only_newest) {
        let section = sections.iter().find(|it| it.id == item.section);
        let may_know = section.is_some_and(|it| it.roles.allow(ctx.actor.role, Right::WritePortal));
        let state = item.state;
        uses.push(Use { item: may_know.then_some(item), state, is_live });
    }
    Ok(DeskPicture {
        versions: store::picture_versions::of_picture(&mut conn, id).await?,
        uses,
        may_describe: held.may(ctx, Right::EditPortal),
        may_replace: held.may(ctx, Right::ApprovePortal),
        picture: held.picture,
    })
}

/// Changes what is said about the picture `id`, as its caller read it (`stamp`).
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's, [`PortalError::Stale`] when it was changed since,
/// [`PortalError::NotNow`] to whoever does not edit while everybody reads an item that shows it,
/// [`PortalError::Invalid`] with every fault.
pub async fn describe_picture(
    ctx: &Ctx,
    db: &Db,
    key: (Uuid, i64),
    fields: &PictureFields,
) -> Result<Picture, PortalError> {
    let mut conn = db.write().await?;
    let mut held = Held::take(ctx, &mut conn, key).await?;
    held.allows(ctx, Right::EditPortal)?;
    let mut faults = Vec::new();
    fields.read(&mut faults, &mut held.picture);
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    held.keep(ctx, &mut conn).await?;
    let it = &held.picture;
    let data = json!({ "alt": it.alt, "licence": it.licence, "source": it.source });
    held.tell(ctx, &mut conn, ("PortalPictureDescribed", data)).await?;
    conn.commit().await?;
    Ok(held.picture)
}

/// Says what of the picture `id` has to stay in sight where it is cut: so many thousandths from the left and from
/// above.
///
/// # Errors
///
/// As [`describe_picture`].
pub async fn aim_picture(
    ctx: &Ctx,
    db: &Db,
    key: (Uuid, i64),
    focal: (i64, i64),
) -> Result<Picture, PortalError> {
    let mut conn = db.write().await?;
    let mut held = Held::take(ctx, &mut conn, key).await?;
    held.allows(ctx, Right::EditPortal)?;
    if !(0..=1000).contains(&focal.0) || !(0..=1000).contains(&focal.1) {
        return Err(PortalError::of_field("ngang", "Ghi số từ 0 đến 100."));
    }
    held.picture.focal = focal;
    held.keep(ctx, &mut conn).await?;
    let data = json!({ "focal": [focal.0, focal.1] });
    held.tell(ctx, &mut conn, ("PortalPictureAimed", data)).await?;
    conn.commit().await?;
    Ok(held.picture)
}

/// Removes the picture `id` from the library. Items that still show it hold it there.
///
/// # Errors
///
/// As [`describe_picture`]; [`PortalError::Invalid`] names the items that show it.
pub async fn remove_picture(ctx: &Ctx, db: &Db, key: (Uuid, i64)) -> Result<(), PortalError> {
    let mut conn = db.write().await?;
    let mut held = Held::take(ctx, &mut conn, key).await?;
    let mut shown_in: Vec<Item> = held.read_in.clone();
    for it in store::picture_uses::items_with(&mut conn, key.0, Place::Newest).await? {
        if it.state != State::Withdrawn && shown_in.iter().all(|other| other.id != it.id) {
            shown_in.push(it);
        }
    }
    if !shown_in.is_empty() {
        let named: Vec<String> =
            shown_in.iter().take(3).map(|it| format!("“{}”", it.title)).collect();
        let rest = shown_in.len().saturating_sub(named.len());
        let more = if rest > 0 { format!(" và {rest} bài khác") } else { String::new() };
        let words = format!(
            "Ảnh đang dùng ở {}{more}. Bỏ ảnh khỏi các bài ấy trước, hoặc thay bằng ảnh khác.",
            named.join(", ")
        );
        return Err(PortalError::of_field("bo", words));
    }
    held.picture.removed_at = Some(ctx.now_us());
    held.keep(ctx, &mut conn).await?;
    held.tell(ctx, &mut conn, ("PortalPictureRemoved", json!({}))).await?;
    conn.commit().await?;
    Ok(())
}
