//! Reading drafts, and what every verb on them shares.

use sauro_kernel::{AgencyId, Ctx, DirectiveId, DraftId, Over, Right};
use sauro_store::{Conn, Db};
use uuid::Uuid;

use super::guard::must_see;
use crate::model::{Draft, DraftBody, DraftState};
use crate::{Fault, TasksError, store};

/// The most drafts one act takes at once.
pub const MAX_DRAFTS: usize = 1000;

/// One draft that the caller may see.
pub async fn draft(ctx: &Ctx, db: &Db, id: DraftId) -> Result<Draft, TasksError> {
    let mut conn = db.read().await?;
    seen(ctx, &mut conn, id).await
}

/// The drafts of a directive that the caller may see, in their order.
pub async fn drafts_of(
    ctx: &Ctx,
    db: &Db,
    directive: DirectiveId,
) -> Result<Vec<Draft>, TasksError> {
    let mut conn = db.read().await?;
    let found = store::directives::find(&mut conn, directive).await?;
    let found = found.ok_or(TasksError::NotFound("directive"))?;
    must_see(ctx, "directive", Over { agency: found.owner, path: &found.owner_path })?;
    Ok(store::drafts::of_directive(&mut conn, directive).await?)
}

/// The drafts of the caller's agency in `state`, oldest change first, after the place `after`.
pub async fn own_drafts(
    ctx: &Ctx,
    db: &Db,
    state: DraftState,
    after: (i64, Uuid),
    limit: u16,
) -> Result<Vec<Draft>, TasksError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let mut conn = db.read().await?;
    Ok(store::drafts::of_owner_in(&mut conn, ctx.actor.agency, state, after, limit).await?)
}

/// The draft `id`, which must be there and within the caller's sight.
pub(crate) async fn seen(ctx: &Ctx, conn: &mut Conn, id: DraftId) -> Result<Draft, TasksError> {
    let found = store::drafts::find(conn, id).await?.ok_or(TasksError::NotFound("draft"))?;
    must_see(ctx, "draft", over(&found))?;
    Ok(found)
}

/// The drafts `ids`, each of which must be there, within sight, and open to `right`.
pub(crate) async fn taken(
    ctx: &Ctx,
    conn: &mut Conn,
    ids: &[DraftId],
    right: Right,
) -> Result<Vec<Draft>, TasksError> {
    if ids.is_empty() || ids.len() > MAX_DRAFTS {
        let sentence = format!("Chọn từ 1 đến {MAX_DRAFTS} dự thảo.");
        return Err(TasksError::Invalid(vec![Fault::new("du-thao", sentence)]));
    }
    let mut ids = ids.to_vec();
    let mut seen_ids = std::collections::HashSet::new();
    ids.retain(|id| seen_ids.insert(*id));
    let found = store::drafts::find_many(conn, &ids).await?;
    if found.len() != ids.len() {
        return Err(TasksError::NotFound("draft"));
    }
    for draft in &found {
        must_see(ctx, "draft", over(draft))?;
        ctx.require(right, over(draft))?;
    }
    Ok(found)
}

/// Writes `draft` as changed by the caller now.
pub(crate) async fn write(ctx: &Ctx, conn: &mut Conn, draft: &mut Draft) -> Result<(), TasksError> {
    draft.changed_by = ctx.actor.post;
    draft.changed_at = ctx.now_us();
    if !store::drafts::update(conn, draft).await? {
        return Err(TasksError::Stale);
    }
    draft.version += 1;
    Ok(())
}

/// `Ok` while the draft can still be edited.
pub(crate) fn must_be_open(draft: &Draft) -> Result<(), TasksError> {
    match draft.state {
        DraftState::Draft => Ok(()),
        DraftState::Proposed => Err(TasksError::WrongState(
            "Dự thảo đang chờ lãnh đạo duyệt giao. Đề nghị lãnh đạo trả lại nếu cần sửa.",
        )),
        DraftState::Issued => Err(TasksError::WrongState(
            "Dự thảo này đã giao thành nhiệm vụ nên không sửa được nữa.",
        )),
        DraftState::Dropped => {
            Err(TasksError::WrongState("Dự thảo này đã bỏ. Thêm dự thảo mới nếu vẫn cần giao."))
        }
    }
}

/// The agency whose thing a draft is.
pub(crate) fn over(draft: &Draft) -> Over<'_> {
    Over { agency: draft.owner, path: &draft.owner_path }
}

/// Most characters of a draft's texts.
const MAX_WORK: usize = 2000;
const MAX_LINE: usize = 500;
const MAX_LINES: usize = 50;
const MAX_AGENCIES: usize = 200;

/// `Ok` when `body` fits into a draft. A draft may lack anything; it may not be boundless.
pub(crate) fn must_fit(body: &DraftBody) -> Result<(), TasksError> {
    let mut faults = Vec::new();
    let mut limit = |field: &str, what: &str, len: usize, most: usize| {
        if len > most {
            let sentence = format!("{what} dài {len} ký tự, rút gọn còn tối đa {most} ký tự.");
            faults.push(Fault::new(field, sentence));
        }
    };
    limit("viec", "Nội dung việc", body.work.chars().count(), MAX_WORK);
    limit("trach-nhiem", "Chức danh", body.accountable.chars().count(), MAX_LINE);
    limit("han-chu", "Thời hạn bằng chữ", body.deadline.text.chars().count(), MAX_LINE);
    for line in &body.deliverables {
        limit("san-pham", "Một dòng sản phẩm", line.chars().count(), MAX_LINE);
    }
    if body.deliverables.len() > MAX_LINES {
        faults.push(Fault::new(
            "san-pham",
            format!("Ghi tối đa {MAX_LINES} sản phẩm, tách việc nếu nhiều hơn."),
        ));
    }
    if body.leads.len() > MAX_AGENCIES || body.partners.len() > MAX_AGENCIES {
        let sentence = format!(
            "Chọn tối đa {MAX_AGENCIES} cơ quan. Dùng tên tập hợp cho nhiều hơn, ví dụ UBND các tỉnh, thành phố."
        );
        faults.push(Fault::new("chu-tri", sentence));
    }
    if faults.is_empty() { Ok(()) } else { Err(TasksError::Invalid(faults)) }
}

/// The same agencies, each once, in order.
pub(crate) fn each_once(ids: &mut Vec<AgencyId>) {
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
}
