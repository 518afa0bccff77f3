use sauro_journal::Event;
use sauro_kernel::{Ctx, DirectiveId, DraftId, Line, Over, ProgrammeId, Right};
use sauro_store::{Conn, Db};
use serde_json::json;

use super::drafts::{each_once, must_be_open, must_fit, over, seen, taken, write};
use super::guard::must_see;
use crate::model::{Draft, DraftBody, DraftState, Programme};
use crate::{Fault, TasksError, store};

/// Adds a draft at the end of a directive.
pub async fn add_draft(
    ctx: &Ctx,
    db: &Db,
    directive: DirectiveId,
    body: DraftBody,
) -> Result<DraftId, TasksError> {
    must_fit(&body)?;
    let mut conn = db.write().await?;
    let found = store::directives::find(&mut conn, directive)
        .await?
        .ok_or(TasksError::NotFound("directive"))?;
    let over = Over { agency: found.owner, path: &found.owner_path };
    must_see(ctx, "directive", over)?;
    ctx.require(Right::PrepareTasks, over)?;
    let others = store::drafts::of_directive(&mut conn, directive).await?;
    let ordinal = others.last().map_or(1, |it| it.ordinal + 1);
    let draft = fresh(ctx, found.programme, Some(directive), ordinal, body);
    let draft = Draft { owner: found.owner, owner_path: found.owner_path, ..draft };
    store::drafts::insert_many(&mut conn, std::slice::from_ref(&draft)).await?;
    sauro_journal::append(&mut conn, ctx, event("DraftAdded", &draft)).await?;
    conn.commit().await?;
    Ok(draft.id)
}

/// Enters a draft by hand, without a directive (nhập nhiệm vụ).
pub async fn enter_task(
    ctx: &Ctx,
    db: &Db,
    programme: ProgrammeId,
    body: DraftBody,
) -> Result<DraftId, TasksError> {
    enter_task_once(ctx, db, programme, DraftId(ctx.ids.fresh()), body).await
}

/// [`enter_task`] under an id that whoever asks has chosen: the same id again adds nothing.
///
/// # Errors
///
/// Besides, [`TasksError::Invalid`] when another agency has a draft with this id.
pub async fn enter_task_once(
    ctx: &Ctx,
    db: &Db,
    programme: ProgrammeId,
    id: DraftId,
    mut body: DraftBody,
) -> Result<DraftId, TasksError> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    must_fit(&body)?;
    let mut conn = db.write().await?;
    if let Some(found) = store::drafts::find(&mut conn, id).await? {
        if found.owner == ctx.actor.agency {
            return Ok(id);
        }
        let sentence = "Việc này đã có dự thảo nhiệm vụ ở cơ quan khác.";
        return Err(TasksError::Invalid(vec![Fault::new("viec", sentence)]));
    }
    must_have_programme(ctx, &mut conn, programme).await?.settings.fill(&mut body);
    let draft = Draft { id, ..fresh(ctx, programme, None, 1, body) };
    store::drafts::insert_many(&mut conn, std::slice::from_ref(&draft)).await?;
    sauro_journal::append(&mut conn, ctx, event("DraftAdded", &draft)).await?;
    conn.commit().await?;
    Ok(draft.id)
}

/// Writes `body` into a draft as read at `version`.
///
/// # Errors
///
/// [`TasksError::Stale`] when someone else changed it since: nothing is written, the caller shows both texts.
pub async fn change_draft(
    ctx: &Ctx,
    db: &Db,
    id: DraftId,
    body: DraftBody,
    version: i64,
) -> Result<(), TasksError> {
    must_fit(&body)?;
    let mut conn = db.write().await?;
    let mut draft = seen(ctx, &mut conn, id).await?;
    ctx.require(Right::PrepareTasks, over(&draft))?;
    must_be_open(&draft)?;
    if draft.version != version {
        return Err(TasksError::Stale);
    }
    // Where it was read stays: a person mends the words, not the origin.
    draft.body = DraftBody {
        span: draft.body.span,
        item_label: draft.body.item_label,
        reasons: draft.body.reasons,
        ..body
    };
    each_once(&mut draft.body.leads);
    each_once(&mut draft.body.partners);
    draft.reason = String::new();
    write(ctx, &mut conn, &mut draft).await?;
    sauro_journal::append(&mut conn, ctx, event("DraftChanged", &draft)).await?;
    conn.commit().await?;
    Ok(())
}

/// Splits a draft in two: the second gets `second` as its work, and everything else of the first.
pub async fn split_draft(
    ctx: &Ctx,
    db: &Db,
    id: DraftId,
    first: &str,
    second: &str,
    version: i64,
) -> Result<DraftId, TasksError> {
    let first = Line::parse(first).map_err(|err| fault_of("viec-1", err))?;
    let second = Line::parse(second).map_err(|err| fault_of("viec-2", err))?;
    let mut conn = db.write().await?;
    let mut draft = seen(ctx, &mut conn, id).await?;
    ctx.require(Right::PrepareTasks, over(&draft))?;
    must_be_open(&draft)?;
    if draft.version != version {
        return Err(TasksError::Stale);
    }
    let mut other =
        fresh(ctx, draft.programme, draft.directive, draft.ordinal + 1, draft.body.clone());
    other.owner = draft.owner;
    other.owner_path = draft.owner_path.clone();
    other.body.work = second.as_str().to_owned();
    draft.body.work = first.as_str().to_owned();
    write(ctx, &mut conn, &mut draft).await?;
    if let Some(directive) = draft.directive {
        store::drafts::make_room(&mut conn, directive, draft.ordinal).await?;
    }
    store::drafts::insert_many(&mut conn, std::slice::from_ref(&other)).await?;
    let data = json!({ "into": other.id, "first": draft.body.work, "second": other.body.work });
    sauro_journal::append(&mut conn, ctx, Event::new("DraftSplit", "draft", draft.id, data))
        .await?;
    conn.commit().await?;
    Ok(other.id)
}

/// Merges drafts of one directive into the first of them: agencies and deliverables are joined, the
/// works follow each other, what the first lacks comes from the others. The others are dropped.
pub async fn merge_drafts(ctx: &Ctx, db: &Db, ids: &[DraftId]) -> Result<DraftId, TasksError> {
    let mut conn = db.write().await?;
    let mut drafts = taken(ctx, &mut conn, ids, Right::PrepareTasks).await?;
    drafts.sort_by_key(|it| (it.ordinal, it.id));
    for draft in &drafts {
        must_be_open(draft)?;
    }
    let mut drafts = drafts.into_iter();
    let Some(mut first) = drafts.next() else { return Err(TasksError::NotFound("draft")) };
    let others: Vec<Draft> = drafts.collect();
    if others.is_empty()
        || others
            .iter()
            .any(|it| (it.directive, it.programme) != (first.directive, first.programme))
    {
        let sentence = "Chọn từ hai dự thảo trở lên của cùng một văn bản để gộp.";
        return Err(TasksError::Invalid(vec![Fault::new("du-thao", sentence)]));
    }
    for other in &others {
        first.body.absorb(&other.body);
    }
    must_fit(&first.body)?;
    write(ctx, &mut conn, &mut first).await?;
    let mut events = vec![Event::new(
        "DraftsMerged",
        "draft",
        first.id,
        json!({ "from": others.iter().map(|it| it.id).collect::<Vec<_>>(), "work": first.body.work }),
    )];
    for mut other in others {
        other.state = DraftState::Dropped;
        other.reason = format!("Gộp vào dự thảo {}.", first.ordinal);
        write(ctx, &mut conn, &mut other).await?;
        events.push(dropped(&other));
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(first.id)
}

/// Sets a draft aside (bỏ dự thảo) with a reason.
pub async fn drop_draft(ctx: &Ctx, db: &Db, id: DraftId, reason: &str) -> Result<(), TasksError> {
    let reason = Line::parse(reason)
        .map_err(|err| TasksError::Invalid(vec![Fault::of_text("ly-do", "lý do bỏ", err)]))?;
    let mut conn = db.write().await?;
    let mut draft = seen(ctx, &mut conn, id).await?;
    ctx.require(Right::PrepareTasks, over(&draft))?;
    must_be_open(&draft)?;
    draft.state = DraftState::Dropped;
    draft.reason = reason.as_str().to_owned();
    write(ctx, &mut conn, &mut draft).await?;
    sauro_journal::append(&mut conn, ctx, dropped(&draft)).await?;
    conn.commit().await?;
    Ok(())
}

/// A new draft of the caller's agency.
pub(crate) fn fresh(
    ctx: &Ctx,
    programme: ProgrammeId,
    directive: Option<DirectiveId>,
    ordinal: i64,
    mut body: DraftBody,
) -> Draft {
    each_once(&mut body.leads);
    each_once(&mut body.partners);
    Draft {
        id: DraftId(ctx.ids.fresh()),
        directive,
        programme,
        owner: ctx.actor.agency,
        owner_path: ctx.actor.agency_path.clone(),
        parent: None,
        ordinal,
        state: DraftState::Draft,
        body,
        reason: String::new(),
        changed_by: ctx.actor.post,
        changed_at: ctx.now_us(),
        version: 1,
    }
}

/// The programme, when the caller may know of it.
pub(crate) async fn must_have_programme(
    ctx: &Ctx,
    conn: &mut Conn,
    id: ProgrammeId,
) -> Result<Programme, TasksError> {
    let found = store::programmes::find(conn, id).await?;
    if let Some(found) = found.filter(|it| super::programmes::is_seen(ctx, it)) {
        return Ok(found);
    }
    Err(TasksError::Invalid(vec![Fault::new(
        "chuong-trinh",
        "Chọn một chương trình có trong danh sách.",
    )]))
}

/// The event of a changed draft: the whole body, so that the history can show what changed.
pub(crate) fn event(kind: &'static str, draft: &Draft) -> Event {
    let data = json!({ "directive": draft.directive, "body": draft.body });
    Event::new(kind, "draft", draft.id, data)
}

fn dropped(draft: &Draft) -> Event {
    Event::new(
        "DraftDropped",
        "draft",
        draft.id,
        json!({ "work": draft.body.work, "reason": draft.reason }),
    )
}

fn fault_of(field: &str, err: sauro_kernel::TextError) -> TasksError {
    TasksError::Invalid(vec![Fault::of_text(field, "nội dung việc", err)])
}
