use sauro_journal::Event;
use sauro_kernel::{Ctx, DraftId, Line, Right};
use sauro_store::Db;
use serde_json::json;

use super::drafts::{taken, write};
use crate::model::{Agencies, DraftState, lacks};
use crate::{Fault, TasksError};

/// Proposes drafts for approval (trình duyệt). Those that lack a clarity, or are not being edited any
/// more, stay as they are; answers the ids of those that were proposed.
pub async fn propose_drafts(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    ids: &[DraftId],
) -> Result<Vec<DraftId>, TasksError> {
    let mut conn = db.write().await?;
    let drafts = taken(ctx, &mut conn, ids, Right::PrepareTasks).await?;
    let mut proposed = Vec::new();
    let mut events = Vec::new();
    for mut draft in drafts {
        let is_clear = lacks(directory, draft.owner, &draft.body).is_empty();
        if draft.state != DraftState::Draft || !is_clear {
            continue;
        }
        draft.state = DraftState::Proposed;
        draft.reason = String::new();
        write(ctx, &mut conn, &mut draft).await?;
        events.push(Event::new(
            "DraftProposed",
            "draft",
            draft.id,
            json!({ "work": draft.body.work }),
        ));
        proposed.push(draft.id);
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(proposed)
}

/// Sends proposed drafts back for editing (trả lại) with a reason.
pub async fn send_back_drafts(
    ctx: &Ctx,
    db: &Db,
    ids: &[DraftId],
    reason: &str,
) -> Result<(), TasksError> {
    let reason = Line::parse(reason)
        .map_err(|err| TasksError::Invalid(vec![Fault::of_text("ly-do", "lý do trả lại", err)]))?;
    let mut conn = db.write().await?;
    let drafts = taken(ctx, &mut conn, ids, Right::IssueTasks).await?;
    let mut events = Vec::new();
    for mut draft in drafts {
        if draft.state != DraftState::Proposed {
            return Err(TasksError::WrongState("Chỉ trả lại được dự thảo đang chờ duyệt giao."));
        }
        draft.state = DraftState::Draft;
        draft.reason = reason.as_str().to_owned();
        write(ctx, &mut conn, &mut draft).await?;
        let data = json!({ "work": draft.body.work, "reason": draft.reason });
        events.push(Event::new("DraftSentBack", "draft", draft.id, data));
    }
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(())
}
