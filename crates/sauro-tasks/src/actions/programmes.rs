use sauro_journal::Event;
use sauro_kernel::{Ctx, Line, Over, ProgrammeId, Right};
use sauro_store::{Db, StoreError};
use serde_json::json;

use crate::model::Programme;
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
    let old = store::programmes::find_by_code(&mut conn, code).await?.filter(|it| is_seen(ctx, it));
    let old = old.ok_or(TasksError::NotFound("programme"))?;
    ctx.require(Right::ManageProgrammes, Over { agency: old.owner, path: &old.owner_path })?;
    let new = checked(ProgrammeFields { code: old.code.clone(), ..fields })?;
    let new =
        Programme { id: old.id, owner: old.owner, owner_path: old.owner_path, version, ..new };
    if !store::programmes::update(&mut conn, &new).await? {
        return Err(TasksError::Stale);
    }
    sauro_journal::append(&mut conn, ctx, event("ProgrammeChanged", &new)).await?;
    conn.commit().await?;
    Ok(())
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
    Ok(store::programmes::page(&mut conn, &ctx.actor.scope, &ctx.actor.agency_path, after, limit)
        .await?)
}

/// The programme with the code `code`.
///
/// # Errors
///
/// [`TasksError::NotFound`] also when the caller may not know of it.
pub async fn programme_by_code(ctx: &Ctx, db: &Db, code: &str) -> Result<Programme, TasksError> {
    let mut conn = db.read().await?;
    let found = store::programmes::find_by_code(&mut conn, code).await?;
    found.filter(|it| is_seen(ctx, it)).ok_or(TasksError::NotFound("programme"))
}

/// The programme `id`.
///
/// # Errors
///
/// As [`programme_by_code`].
pub async fn programme(ctx: &Ctx, db: &Db, id: ProgrammeId) -> Result<Programme, TasksError> {
    let mut conn = db.read().await?;
    let found = store::programmes::find(&mut conn, id).await?;
    found.filter(|it| is_seen(ctx, it)).ok_or(TasksError::NotFound("programme"))
}

pub(crate) fn is_seen(ctx: &Ctx, it: &Programme) -> bool {
    it.is_public || ctx.actor.scope.covers(&it.owner_path) || ctx.actor.agency == it.owner
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
            version: 1,
        }),
        _ => Err(TasksError::Invalid(faults)),
    }
}
