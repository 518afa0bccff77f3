//! An item in the hands of somebody who is about to do something with it.

use sauro_journal::Event;
use sauro_kernel::{Ctx, Denied, PortalItemId, Right, Role};
use sauro_store::Conn;
use serde_json::{Value, json};

use crate::model::{Act, Audience, Item, Section, may};
use crate::{PortalError, store};

/// Why the author of a text may not let it out.
pub(super) const OWN_WORDS: &str =
    "Người viết không tự duyệt bài của mình. Đề nghị lãnh đạo khác của cơ quan duyệt.";

/// Why who gave the legal opinion may not let it out.
const OWN_OPINION: &str = "Người đã cho ý kiến pháp chế không duyệt đăng chính bài ấy. Đề nghị lãnh đạo khác của cơ quan duyệt.";

/// Why the author of a text may not give the legal opinion on it.
const OWN_LAW: &str =
    "Người viết không cho ý kiến pháp chế về bài của mình. Đề nghị người khác của cơ quan.";

/// An item, its section, and who holds it.
pub(super) struct Hold {
    pub(super) item: Item,
    pub(super) section: Section,
    pub(super) who: Audience,
}

impl Hold {
    /// Takes the item `id` to do `act`; with `stamp`, as its holder read it.
    pub(super) async fn take(
        ctx: &Ctx,
        conn: &mut Conn,
        id: PortalItemId,
        (act, stamp): (Act, Option<i64>),
    ) -> Result<Self, PortalError> {
        let item = store::items::take(conn, id).await?;
        let hold = Self::of(ctx, conn, item, id).await?;
        if stamp.is_some_and(|it| it != hold.item.stamp) {
            return Err(PortalError::Stale);
        }
        hold.allows(ctx, act)?;
        Ok(hold)
    }

    /// Looks at the item `id` to do `act`, which changes nothing.
    pub(super) async fn look(
        ctx: &Ctx,
        conn: &mut Conn,
        id: PortalItemId,
        act: Act,
    ) -> Result<Self, PortalError> {
        let item = store::items::find(conn, id).await?;
        let hold = Self::of(ctx, conn, item, id).await?;
        hold.allows(ctx, act)?;
        Ok(hold)
    }

    /// Others than those who work in its section are told that it is not there.
    async fn of(
        ctx: &Ctx,
        conn: &mut Conn,
        item: Option<Item>,
        id: PortalItemId,
    ) -> Result<Self, PortalError> {
        ctx.require(Right::SeePortal, ctx.actor.own())?;
        let missing = PortalError::NotFound("item of the portal");
        let Some(item) = item else { return Err(missing) };
        let section = store::sections::find(conn, item.section).await?;
        let section = section.ok_or(PortalError::NotFound("section"))?;
        let relation = ctx.actor.relation_to(item.over());
        let (mut is_author, mut has_vetted) = (false, false);
        if item.live_n != Some(item.version_n) {
            let since = (ctx.actor.account, item.live_n.unwrap_or(0));
            is_author = store::versions::wrote_after(conn, item.id, since).await?;
            has_vetted = store::legal::given_after(conn, item.id, since).await?;
        }
        let who = Audience { role: ctx.actor.role, relation, is_author, has_vetted };
        if !may(Act::Look, item.state, who, &section.roles) {
            tracing::warn!(
                post = %ctx.actor.post,
                agency = %ctx.actor.agency_code,
                item = %id,
                "someone asked for an item of the portal outside their scope"
            );
            return Err(missing);
        }
        Ok(Self { item, section, who })
    }

    /// Whether its holder may do `act` now.
    pub(super) fn may(&self, act: Act) -> bool {
        may(act, self.item.state, self.who, &self.section.roles)
    }

    pub(super) fn allows(&self, ctx: &Ctx, act: Act) -> Result<(), PortalError> {
        if self.may(act) {
            return Ok(());
        }
        if !act.is_possible(self.item.state) {
            return Err(PortalError::Stale);
        }
        let other = Audience { is_author: false, has_vetted: false, ..self.who };
        if may(act, self.item.state, other, &self.section.roles) {
            return Err(PortalError::NotNow(match act {
                Act::Agree | Act::Object => OWN_LAW,
                _ if self.who.is_author => OWN_WORDS,
                _ => OWN_OPINION,
            }));
        }
        let right = act.right(self.item.state).unwrap_or(Right::SeePortal);
        Err(Denied { role: ctx.actor.role, right, relation: self.who.relation }.into())
    }

    /// Writes the item as it is now.
    pub(super) async fn keep(&mut self, ctx: &Ctx, conn: &mut Conn) -> Result<(), PortalError> {
        self.item.touched_at = ctx.now_us();
        self.item.stamp += 1;
        match store::items::update(conn, &self.item).await? {
            true => Ok(()),
            false => Err(PortalError::Stale),
        }
    }

    /// The codes of the seats that write or edit here: whoever is told of remarks.
    pub(super) fn writers(&self) -> Vec<&'static str> {
        let roles = &self.section.roles;
        let all = roles.writers.iter().chain(&roles.editors).copied();
        let mut codes: Vec<&str> = all.map(Role::code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Writes into the journal what happened to it.
    pub(super) async fn tell(
        &self,
        ctx: &Ctx,
        conn: &mut Conn,
        (kind, more): (&'static str, Value),
    ) -> Result<(), PortalError> {
        let data = particulars(&self.item, more);
        sauro_journal::append(conn, ctx, Event::new(kind, "portal", self.item.id, data)).await?;
        Ok(())
    }
}

/// What the journal says of `it` at each step, and `more` of this one.
pub(crate) fn particulars(it: &Item, more: Value) -> Value {
    let mut data = json!({
        "kind": it.kind.code(),
        "agency": it.agency,
        "section": it.section,
        "state": it.state.code(),
        "path": it.path(),
        "title": it.title,
        "n": it.version_n,
        "original": it.original,
    });
    if let (Some(data), Value::Object(more)) = (data.as_object_mut(), more) {
        data.extend(more);
    }
    data
}
