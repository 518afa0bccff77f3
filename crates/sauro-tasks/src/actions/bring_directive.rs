use sauro_journal::Event;
use sauro_kernel::{Ctx, DirectiveId, Over, ProgrammeId, Right, TaskId, nfc};
use sauro_store::{Db, FileHash, Stored};
use serde_json::json;

use super::drafts::{MAX_DRAFTS, must_fit};
use super::edit_drafts::{fresh, must_have_programme};
use super::guard::must_see;
use crate::model::{
    Directive, DirectiveHead, DirectiveLine, DraftBody, MAX_TEXT_CHARS, Task, secrecy,
};
use crate::{Fault, TasksError, store};

/// A directive about to be brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDirective {
    /// The programme its tasks will belong to.
    pub programme: ProgrammeId,
    /// The text; spans of the drafts count its code points after NFC.
    pub text: String,
    /// What its head says.
    pub head: DirectiveHead,
    /// The file it came as, kept already, and its name.
    pub file: Option<DirectiveFile>,
    /// The drafts read from it; may be none.
    pub drafts: Vec<DraftBody>,
}

/// The file a directive came as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveFile {
    /// It is durable already.
    pub stored: Stored,
    /// Its type, found from its content.
    pub mime: String,
    /// Its name as sent.
    pub name: String,
}

/// Brings a directive in (nhận văn bản chỉ đạo) with the drafts read from it, for the caller's agency.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::PrepareTasks`]; [`TasksError::Invalid`] for an empty or
/// over-long text, for a paper marked secret, for an unknown programme.
pub async fn bring_directive(
    ctx: &Ctx,
    db: &Db,
    new: NewDirective,
) -> Result<DirectiveId, TasksError> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let body = checked_text(&new.text)?;
    if new.drafts.len() > MAX_DRAFTS {
        let sentence =
            format!("Văn bản cho ra hơn {MAX_DRAFTS} dự thảo. Chia văn bản thành nhiều phần.");
        return Err(TasksError::Invalid(vec![Fault::new("van-ban", sentence)]));
    }
    for draft in &new.drafts {
        must_fit(draft)?;
    }
    let directive = Directive {
        id: DirectiveId(ctx.ids.fresh()),
        programme: new.programme,
        owner: ctx.actor.agency,
        owner_path: ctx.actor.agency_path.clone(),
        head: new.head,
        body_hash: FileHash::of(body.as_bytes()).0.to_vec(),
        body,
        file_hash: new.file.as_ref().map(|it| it.stored.hash.0.to_vec()),
        file_name: new.file.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
        added_by: ctx.actor.post,
        added_at: ctx.now_us(),
    };
    let mut conn = db.write().await?;
    let programme = must_have_programme(ctx, &mut conn, directive.programme).await?;
    let drafts: Vec<_> = (1..)
        .zip(new.drafts)
        .map(|(ordinal, mut body)| {
            programme.settings.fill(&mut body);
            fresh(ctx, directive.programme, Some(directive.id), ordinal, body)
        })
        .collect();
    if let Some(file) = &new.file {
        sauro_store::files::record(&mut conn, &file.stored, &file.mime, directive.added_at).await?;
    }
    store::directives::insert(&mut conn, &directive).await?;
    store::drafts::insert_many(&mut conn, &drafts).await?;
    sauro_journal::append(&mut conn, ctx, brought(&directive, drafts.len())).await?;
    conn.commit().await?;
    Ok(directive.id)
}

fn brought(it: &Directive, n_drafts: usize) -> Event {
    let data = json!({
        "number": it.head.number,
        "kind": it.head.kind,
        "issuer": it.head.issuer_text,
        "issued_on": it.head.issued_on,
        "subject": it.head.subject,
        "programme": it.programme,
        "body_hash": hex(&it.body_hash),
        "file_hash": it.file_hash.as_deref().map(hex),
        "drafts": n_drafts,
    });
    Event::new("DirectiveBrought", "directive", it.id, data)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text as it is kept, or why it cannot be.
///
/// # Errors
///
/// [`TasksError::Invalid`] on the field `van-ban`.
pub fn checked_text(text: &str) -> Result<String, TasksError> {
    let refuse = |sentence: String| Err(TasksError::Invalid(vec![Fault::new("van-ban", sentence)]));
    let body = nfc(text);
    let len = body.chars().count();
    if body.trim().is_empty() {
        return refuse("Dán nội dung văn bản hoặc chọn một tệp.".to_owned());
    }
    if len > MAX_TEXT_CHARS {
        return refuse(format!(
            "Văn bản dài {len} ký tự, nhiều hơn giới hạn {MAX_TEXT_CHARS}. Chỉ đưa vào phần giao nhiệm vụ, hoặc chia thành nhiều phần."
        ));
    }
    if let Some(mark) = secrecy(&body) {
        return refuse(format!(
            "Văn bản có dấu độ mật “{mark}”. Theo Luật Bảo vệ bí mật nhà nước, tài liệu mật không được đưa lên hệ thống này; xử lý theo đường văn bản mật của cơ quan."
        ));
    }
    Ok(body)
}

/// The directives in the caller's sight with the very same text.
pub async fn same_text(ctx: &Ctx, db: &Db, text: &str) -> Result<Vec<DirectiveId>, TasksError> {
    let hash = FileHash::of(nfc(text).as_bytes());
    let mut conn = db.read().await?;
    let found = store::directives::with_body(&mut conn, &hash.0).await?;
    let seen = found
        .into_iter()
        .filter(|(_, agency, path)| ctx.may(Right::ReadTasks, Over { agency: *agency, path }));
    Ok(seen.map(|(id, ..)| id).collect())
}

/// A directive that the caller may see.
///
/// # Errors
///
/// [`TasksError::NotFound`] also when it is outside the caller's sight.
pub async fn directive(ctx: &Ctx, db: &Db, id: DirectiveId) -> Result<Directive, TasksError> {
    let mut conn = db.read().await?;
    let found =
        store::directives::find(&mut conn, id).await?.ok_or(TasksError::NotFound("directive"))?;
    must_see(ctx, "directive", Over { agency: found.owner, path: &found.owner_path })?;
    Ok(found)
}

/// Lists the directives in the caller's scope, latest first, before the place `before`, at most `limit`.
pub async fn directives(
    ctx: &Ctx,
    db: &Db,
    before: Option<(i64, DirectiveId)>,
    limit: u16,
) -> Result<Vec<DirectiveLine>, TasksError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let (at, id) = before.map_or((i64::MAX, uuid::Uuid::max()), |(at, id)| (at, id.0));
    let mut conn = db.read().await?;
    Ok(store::directives::page(&mut conn, &ctx.actor.scope, ctx.actor.agency, (at, id), limit)
        .await?)
}

/// Lists the tasks issued from a directive that the caller may see, after the task `after`, at most `limit`.
///
/// # Errors
///
/// As [`directive`].
pub async fn tasks_of_directive(
    ctx: &Ctx,
    db: &Db,
    id: DirectiveId,
    after: Option<TaskId>,
    limit: u16,
) -> Result<Vec<Task>, TasksError> {
    directive(ctx, db, id).await?;
    let after = after.unwrap_or(TaskId(uuid::Uuid::nil()));
    let mut conn = db.read().await?;
    Ok(store::tasks::of_directive(&mut conn, id, after, limit).await?)
}
