//! Sections and topics: opened and changed by whoever runs the portal of an agency.

use sauro_journal::Event;
use sauro_kernel::{Ctx, Right, Role, SectionId, TopicId};
use sauro_store::Db;
use serde_json::json;

use crate::model::{Fault, Section, SectionRoles, Topic, line, slug_of};
use crate::{PortalError, store};

/// A section as typed: the name, and the codes of the roles that write, edit and approve.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionFields {
    /// The name.
    pub name: String,
    /// Seats that write.
    pub writers: Vec<String>,
    /// Seats that edit.
    pub editors: Vec<String>,
    /// Seats that let out.
    pub approvers: Vec<String>,
    /// Seats that give the legal opinion; none when none is asked for.
    pub vetters: Vec<String>,
    /// Remarks must be settled before it goes out.
    pub must_settle: bool,
}

impl SectionFields {
    fn read(&self, faults: &mut Vec<Fault>) -> (String, SectionRoles) {
        let name = line("ten", "tên chuyên mục", &self.name, (100, true), faults);
        let most = SectionRoles::default();
        // What the policy does not give, no section gives.
        let roles = |codes: &[String], most: &[Role]| -> Vec<Role> {
            most.iter().copied().filter(|it| codes.iter().any(|code| code == it.code())).collect()
        };
        let roles = SectionRoles {
            writers: roles(&self.writers, &most.writers),
            editors: roles(&self.editors, &most.editors),
            approvers: roles(&self.approvers, &most.approvers),
            vetters: roles(&self.vetters, &most.vetters),
        };
        if roles.editors.is_empty() || roles.approvers.is_empty() {
            let words = "Chọn ít nhất một chức danh biên tập và một chức danh duyệt.";
            faults.push(("bien-tap".to_owned(), words.to_owned()));
        }
        (name, roles)
    }
}

/// The sections of the caller's agency.
///
/// # Errors
///
/// [`PortalError::Denied`] to whoever does not write for the portal.
pub async fn sections(ctx: &Ctx, db: &Db) -> Result<Vec<Section>, PortalError> {
    ctx.require(Right::SeePortal, ctx.actor.own())?;
    Ok(store::sections::of_agency(&mut db.read().await?, ctx.actor.agency).await?)
}

/// Opens a section of the caller's agency.
///
/// # Errors
///
/// [`PortalError::Denied`] without the right, [`PortalError::Invalid`] with every fault.
pub async fn open_section(
    ctx: &Ctx,
    db: &Db,
    fields: &SectionFields,
) -> Result<Section, PortalError> {
    ctx.require(Right::ManagePortal, ctx.actor.own())?;
    let mut faults = Vec::new();
    let (name, roles) = fields.read(&mut faults);
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    let word = slug_of(&name).unwrap_or_else(|| "muc".to_owned());
    let agency_word = slug_of(&ctx.actor.agency_code).unwrap_or_default();
    let it = Section {
        id: SectionId(ctx.ids.fresh()),
        code: format!("{agency_word}-{word}"),
        name,
        agency: ctx.actor.agency,
        agency_path: ctx.actor.agency_path.clone(),
        roles,
        must_settle: fields.must_settle,
    };
    let mut conn = db.write().await?;
    if !store::sections::insert(&mut conn, &it).await? {
        return Err(PortalError::of_field(
            "ten",
            "Cơ quan đã có chuyên mục tên này. Đặt tên khác.",
        ));
    }
    let data = json!({ "code": it.code, "name": it.name });
    let event = Event::new("PortalSectionOpened", "portal-section", it.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(it)
}

/// Changes the name of a section and who works in it.
///
/// # Errors
///
/// As [`open_section`]; [`PortalError::NotFound`] for another agency's.
pub async fn change_section(
    ctx: &Ctx,
    db: &Db,
    id: SectionId,
    fields: &SectionFields,
) -> Result<Section, PortalError> {
    ctx.require(Right::ManagePortal, ctx.actor.own())?;
    let mut conn = db.write().await?;
    let found = store::sections::find(&mut conn, id).await?;
    let found = found.filter(|it| ctx.may(Right::ManagePortal, it.over()));
    let found = found.ok_or(PortalError::NotFound("section of the own agency"))?;
    let mut faults = Vec::new();
    let (name, roles) = fields.read(&mut faults);
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    let it = Section { name, roles, must_settle: fields.must_settle, ..found };
    store::sections::update(&mut conn, &it).await?;
    let codes = |roles: &[Role]| roles.iter().map(|it| it.code()).collect::<Vec<_>>();
    let data = json!({
        "name": it.name,
        "writers": codes(&it.roles.writers),
        "editors": codes(&it.roles.editors),
        "approvers": codes(&it.roles.approvers),
        "vetters": codes(&it.roles.vetters),
        "must_settle": it.must_settle,
    });
    let event = Event::new("PortalSectionChanged", "portal-section", it.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(it)
}

/// All topics.
///
/// # Errors
///
/// The store's.
pub async fn topics(db: &Db) -> Result<Vec<Topic>, PortalError> {
    Ok(store::topics::all(&mut db.read().await?).await?)
}

/// The topic with `slug`.
///
/// # Errors
///
/// [`PortalError::NotFound`] when there is none.
pub async fn topic_of(db: &Db, slug: &str) -> Result<Topic, PortalError> {
    let found = store::topics::by_slug(&mut db.read().await?, slug).await?;
    found.ok_or(PortalError::NotFound("topic"))
}

/// Opens a topic for all sections.
///
/// # Errors
///
/// [`PortalError::Denied`] without the right, [`PortalError::Invalid`] without a name or when it is there.
pub async fn open_topic(ctx: &Ctx, db: &Db, name: &str) -> Result<Topic, PortalError> {
    ctx.require(Right::ManagePortal, ctx.actor.own())?;
    let mut faults = Vec::new();
    let name = line("chu-de-moi", "tên chủ đề", name, (60, true), &mut faults);
    if !faults.is_empty() {
        return Err(PortalError::Invalid(faults));
    }
    let Some(slug) = slug_of(&name) else {
        return Err(PortalError::of_field("chu-de-moi", "Tên chủ đề cần có chữ."));
    };
    let it = Topic { id: TopicId(ctx.ids.fresh()), slug, name };
    let mut conn = db.write().await?;
    if !store::topics::insert(&mut conn, &it).await? {
        return Err(PortalError::of_field("chu-de-moi", "Đã có chủ đề này. Dùng chủ đề đang có."));
    }
    let data = json!({ "slug": it.slug, "name": it.name });
    let event = Event::new("PortalTopicOpened", "portal-topic", it.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(it)
}
