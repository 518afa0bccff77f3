use sauro_journal::Event;
use sauro_kernel::{Ctx, Line, Over, ProgrammeId, Right, Role};
use sauro_store::{Db, StoreError};
use serde_json::json;

use crate::model::{Programme, ProgrammeSettings};
use crate::{Fault, TasksError, store};

/// What a person says of a programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeFields {
    /// Short code for addresses: lower-case letters, digits and `-`.
    pub code: String,
    /// Name.
    pub name: String,
    /// The document it rests on; may be empty.
    pub basis: String,
    /// Shown to the public.
    pub is_public: bool,
}

/// Opens a programme (mở chương trình) of the caller's agency.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::ManageProgrammes`]; [`TasksError::Invalid`] names every
/// field to mend, a code that is taken among them.
pub async fn open_programme(
    ctx: &Ctx,
    db: &Db,
    fields: ProgrammeFields,
) -> Result<ProgrammeId, TasksError> {
    ctx.require(Right::ManageProgrammes, ctx.actor.own())?;
    let programme = Programme {
        id: ProgrammeId(ctx.ids.fresh()),
        owner: ctx.actor.agency,
        owner_path: ctx.actor.agency_path.clone(),
        version: 1,
        ..checked(fields)?
    };
    let mut conn = db.write().await?;
    if store::programmes::find_by_code(&mut conn, &programme.code).await?.is_some() {
        return Err(taken());
    }
    match store::programmes::insert(&mut conn, &programme, ctx.now_us()).await {
        Err(StoreError::Conflict(_)) => return Err(taken()),
        other => other?,
    }
    sauro_journal::append(&mut conn, ctx, event("ProgrammeOpened", &programme)).await?;
    conn.commit().await?;
    Ok(programme.id)
}

/// Changes name, basis and openness of the programme `code`, as read at `version`. The code stays.
///
/// # Errors
///
/// [`TasksError::Stale`] when someone else changed it since.
pub async fn change_programme(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    version: i64,
    fields: ProgrammeFields,
) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let found = store::programmes::find_by_code(&mut conn, code).await?;
    let old = owned(ctx, found)?;
    let new = checked(ProgrammeFields { code: old.code.clone(), ..fields })?;
    let (name, basis, is_public) = (new.name, new.basis, new.is_public);
    let new = Programme { name, basis, is_public, version, ..old };
    if !store::programmes::update(&mut conn, &new).await? {
        return Err(TasksError::Stale);
    }
    sauro_journal::append(&mut conn, ctx, event("ProgrammeChanged", &new)).await?;
    conn.commit().await?;
    Ok(())
}

/// Writes what the programme `code`, as read at `version`, sets for its tasks (đặt cách làm). Tasks that
/// were issued stay as they are.
///
/// # Errors
///
/// [`TasksError::NotFound`] for anybody but its owner; [`TasksError::Stale`] when someone else changed
/// it since; [`TasksError::Invalid`] names every field to mend.
pub async fn set_programme_ways(
    ctx: &Ctx,
    db: &Db,
    code: &str,
    version: i64,
    settings: ProgrammeSettings,
) -> Result<(), TasksError> {
    let mut conn = db.write().await?;
    let found = store::programmes::find_by_code(&mut conn, code).await?;
    let old = owned(ctx, found)?;
    let settings = settings.cleaned().map_err(TasksError::Invalid)?;
    let new = Programme { settings, version, ..old };
    if !store::programmes::update_settings(&mut conn, &new).await? {
        return Err(TasksError::Stale);
    }
    let data = json!({ "code": new.code, "settings": new.settings });
    let event = Event::new("ProgrammeWaysSet", "programme", new.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(())
}

/// The programme `code`, to be changed by the caller.
///
/// # Errors
///
/// [`TasksError::NotFound`] for anybody but its owner, [`TasksError::Denied`] for those of the owner
/// without [`Right::ManageProgrammes`].
pub async fn own_programme(ctx: &Ctx, db: &Db, code: &str) -> Result<Programme, TasksError> {
    let found = store::programmes::find_by_code(&mut db.read().await?, code).await?;
    owned(ctx, found)
}

/// The programmes of the caller's own agency.
pub async fn own_programmes(ctx: &Ctx, db: &Db) -> Result<Vec<Programme>, TasksError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let mut conn = db.read().await?;
    Ok(store::programmes::of_owner(&mut conn, ctx.actor.agency, &ctx.actor.agency_path, 100)
        .await?)
}

/// What is another agency's programme is not there for whoever wants to change it.
fn owned(ctx: &Ctx, found: Option<Programme>) -> Result<Programme, TasksError> {
    let found = found.ok_or(TasksError::NotFound("programme"))?;
    if ctx.actor.role != Role::System && found.owner != ctx.actor.agency {
        log_stranger(ctx, &found);
        return Err(TasksError::NotFound("programme"));
    }
    ctx.require(Right::ManageProgrammes, Over { agency: found.owner, path: &found.owner_path })?;
    Ok(found)
}

fn log_stranger(ctx: &Ctx, it: &Programme) {
    tracing::warn!(
        programme = %it.code,
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        "someone asked for a programme outside their scope"
    );
}

/// Lists the programmes that the caller may know of, after the code `after`, at most `limit`: public
/// ones, and those of agencies in scope. National ones and those of a province stand side by side.
pub async fn programmes(
    ctx: &Ctx,
    db: &Db,
    after: &str,
    limit: u16,
) -> Result<Vec<Programme>, TasksError> {
    let mut conn = db.read().await?;
    // Who may not read below their own agency knows of its programmes only.
    let scope = Some(&ctx.actor.scope).filter(|_| super::task_view::reads_below(ctx));
    Ok(store::programmes::page(&mut conn, scope, &ctx.actor.agency_path, after, limit).await?)
}

/// The programme with the code `code`.
///
/// # Errors
///
/// [`TasksError::NotFound`] also when the caller may not know of it.
pub async fn programme_by_code(ctx: &Ctx, db: &Db, code: &str) -> Result<Programme, TasksError> {
    let mut conn = db.read().await?;
    seen(ctx, store::programmes::find_by_code(&mut conn, code).await?)
}

/// The programme `id`.
///
/// # Errors
///
/// As [`programme_by_code`].
pub async fn programme(ctx: &Ctx, db: &Db, id: ProgrammeId) -> Result<Programme, TasksError> {
    let mut conn = db.read().await?;
    seen(ctx, store::programmes::find(&mut conn, id).await?)
}

fn seen(ctx: &Ctx, found: Option<Programme>) -> Result<Programme, TasksError> {
    let found = found.ok_or(TasksError::NotFound("programme"))?;
    if is_seen(ctx, &found) {
        return Ok(found);
    }
    log_stranger(ctx, &found);
    Err(TasksError::NotFound("programme"))
}

pub(crate) fn is_seen(ctx: &Ctx, it: &Programme) -> bool {
    it.is_public
        || ctx.actor.agency == it.owner
        || ctx.may(Right::ReadTasks, Over { agency: it.owner, path: &it.owner_path })
}

fn event(kind: &'static str, it: &Programme) -> Event {
    let data =
        json!({ "code": it.code, "name": it.name, "basis": it.basis, "is_public": it.is_public });
    Event::new(kind, "programme", it.id, data)
}

fn taken() -> TasksError {
    let sentence =
        "Mã này đã có chương trình khác dùng. Chọn mã khác, ví dụ thêm năm hoặc tên tỉnh.";
    TasksError::Invalid(vec![Fault::new("ma", sentence)])
}

/// A programme with the checked words of `fields` and nothing else set.
fn checked(fields: ProgrammeFields) -> Result<Programme, TasksError> {
    let mut faults = Vec::new();
    let code = fields.code.trim().to_owned();
    let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(2..=40).contains(&code.len()) || !code.chars().all(is_code) || code.starts_with('-') {
        let sentence = "Nhập mã từ 2 đến 40 ký tự, chỉ gồm chữ thường không dấu, chữ số và dấu gạch ngang, ví dụ nq57.";
        faults.push(Fault::new("ma", sentence));
    }
    let name = Line::parse(&fields.name)
        .map_err(|err| faults.push(Fault::of_text("ten", "tên chương trình", err)));
    let basis = match fields.basis.trim() {
        "" => Ok(String::new()),
        text => Line::parse(text)
            .map(|it| it.as_str().to_owned())
            .map_err(|err| faults.push(Fault::of_text("can-cu", "căn cứ", err))),
    };
    match (name, basis) {
        (Ok(name), Ok(basis)) if faults.is_empty() => Ok(Programme {
            id: ProgrammeId(uuid::Uuid::nil()),
            code,
            name: name.as_str().to_owned(),
            basis,
            owner: sauro_kernel::AgencyId(uuid::Uuid::nil()),
            owner_path: sauro_kernel::AgencyPath::nation(),
            is_public: fields.is_public,
            settings: ProgrammeSettings::default(),
            version: 1,
        }),
        _ => Err(TasksError::Invalid(faults)),
    }
}
