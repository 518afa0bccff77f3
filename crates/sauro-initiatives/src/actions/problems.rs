//! What an agency does with its own problems: publish, edit, withdraw, say what solved them.

use chrono::Datelike;
use sauro_journal::Event;
use sauro_kernel::{Ctx, ProblemId, Right};
use sauro_store::{Conn, Db};
use serde_json::{Value, json};

use super::check::said;
use super::matching::{close_initiatives, show_problem};
use crate::model::{Code, Fault, Initiative, Problem, ProblemFields, ProblemState};
use crate::{InitiativesError, store};

/// Publishes a problem of the caller's agency. Initiatives that may solve it are named in the journal, so
/// that their side is told.
///
/// # Errors
///
/// [`InitiativesError::Denied`] to whoever does not handle initiatives of the agency,
/// [`InitiativesError::Invalid`] with every fault.
pub async fn publish_problem(
    ctx: &Ctx,
    db: &Db,
    fields: &ProblemFields,
) -> Result<Problem, InitiativesError> {
    ctx.require(Right::HandleInitiatives, ctx.actor.own())?;
    let text = fields.read(ctx.today(), None).map_err(InitiativesError::Invalid)?;
    let mut conn = db.write().await?;
    let year = ctx.today().year();
    let n = store::problems::next_number(&mut conn, year).await?;
    let it = Problem {
        id: ProblemId(ctx.ids.fresh()),
        number: Problem::numbered(year, n),
        agency: ctx.actor.agency,
        agency_path: ctx.actor.agency_path.clone(),
        text,
        published_at: ctx.now_us(),
        state: ProblemState::Open,
        stamp: 1,
    };
    store::problems::insert(&mut conn, &it).await?;
    show_problem(&mut conn, &it).await?;
    let close = close_initiatives(&mut conn, &it.text).await?;
    // Of one that nobody's agency sent, its receiver hears.
    let told = |like: &Initiative| {
        json!([like.id, like.code.as_str(), like.unit.unwrap_or(like.receiver)])
    };
    let told: Vec<Value> = close.iter().map(told).collect();
    written(ctx, &mut conn, ("ProblemPublished", &it), json!({ "told": told })).await?;
    conn.commit().await?;
    Ok(it)
}

/// Changes what the open problem `id` says, as its caller read it (`stamp`).
///
/// # Errors
///
/// As [`publish_problem`]; [`InitiativesError::NotFound`] when it is another agency's,
/// [`InitiativesError::Stale`] when it was changed or closed since.
pub async fn edit_problem(
    ctx: &Ctx,
    db: &Db,
    (id, stamp): (ProblemId, i64),
    fields: &ProblemFields,
) -> Result<Problem, InitiativesError> {
    let mut conn = db.write().await?;
    let it = own(ctx, &mut conn, id).await?;
    let read = fields.read(ctx.today(), Some(it.text.until));
    let text = read.map_err(InitiativesError::Invalid)?;
    let it = changed(&mut conn, Problem { text, ..it }, stamp).await?;
    written(ctx, &mut conn, ("ProblemEdited", &it), json!({})).await?;
    conn.commit().await?;
    Ok(it)
}

/// Withdraws the open problem `id` for a reason that everybody may read.
///
/// # Errors
///
/// As [`edit_problem`].
pub async fn withdraw_problem(
    ctx: &Ctx,
    db: &Db,
    (id, stamp): (ProblemId, i64),
    reason: &str,
) -> Result<Problem, InitiativesError> {
    let mut conn = db.write().await?;
    let it = own(ctx, &mut conn, id).await?;
    let mut faults = Vec::new();
    let reason = said("ly-do", "lý do rút bài toán", reason, true, &mut faults);
    if !faults.is_empty() {
        return Err(InitiativesError::Invalid(faults));
    }
    let state = ProblemState::Withdrawn(reason, ctx.now_us());
    let it = changed(&mut conn, Problem { state, ..it }, stamp).await?;
    written(ctx, &mut conn, ("ProblemWithdrawn", &it), json!({})).await?;
    conn.commit().await?;
    Ok(it)
}

/// Says that the recognised initiative with the code `typed` solved the open problem `id`.
///
/// # Errors
///
/// As [`edit_problem`]; [`InitiativesError::Invalid`] when no recognised initiative has that code.
pub async fn solve_problem(
    ctx: &Ctx,
    db: &Db,
    (id, stamp): (ProblemId, i64),
    typed: &str,
) -> Result<Problem, InitiativesError> {
    let mut conn = db.write().await?;
    let it = own(ctx, &mut conn, id).await?;
    let by = solver(&mut conn, typed).await?;
    let by = by.map_err(|fault| InitiativesError::Invalid(vec![fault]))?;
    let state = ProblemState::Solved(by.id, ctx.now_us());
    let it = changed(&mut conn, Problem { state, ..it }, stamp).await?;
    let data = json!({ "initiative": by.id, "code": by.code.as_str() });
    written(ctx, &mut conn, ("ProblemSolved", &it), data).await?;
    conn.commit().await?;
    Ok(it)
}

/// The problem `id` to be changed. Others than its agency are told that it is not there.
pub(super) async fn own(
    ctx: &Ctx,
    conn: &mut Conn,
    id: ProblemId,
) -> Result<Problem, InitiativesError> {
    ctx.require(Right::HandleInitiatives, ctx.actor.own())?;
    let found = store::problems::find(conn, id).await?;
    let found = found.filter(|it| ctx.may(Right::HandleInitiatives, it.over()));
    found.ok_or_else(|| {
        tracing::warn!(
            post = %ctx.actor.post,
            agency = %ctx.actor.agency_code,
            problem = %id,
            "someone asked for a problem that is not theirs"
        );
        InitiativesError::NotFound("problem of the own agency")
    })
}

/// Writes `it`, which was open with `stamp`, and keeps the index.
async fn changed(conn: &mut Conn, it: Problem, stamp: i64) -> Result<Problem, InitiativesError> {
    let before = store::problems::find(conn, it.id).await?;
    if before.is_none_or(|it| !it.is_open() || it.stamp != stamp) {
        return Err(InitiativesError::Stale);
    }
    let it = Problem { stamp: stamp + 1, ..it };
    if !store::problems::update(conn, &it).await? {
        return Err(InitiativesError::Stale);
    }
    show_problem(conn, &it).await?;
    Ok(it)
}

async fn written(
    ctx: &Ctx,
    conn: &mut Conn,
    (kind, it): (&'static str, &Problem),
    more: Value,
) -> Result<(), InitiativesError> {
    let mut data = json!({
        "number": it.number,
        "agency": it.agency,
        "area": it.text.area.code(),
        "until": it.text.until.to_string(),
    });
    if let (Some(data), Value::Object(more)) = (data.as_object_mut(), more) {
        data.extend(more);
    }
    let event = Event::new(kind, "problem", it.id, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(())
}

/// The recognised initiative with the code `typed`, or the fault of the field.
async fn solver(
    conn: &mut Conn,
    typed: &str,
) -> Result<Result<Initiative, Fault>, InitiativesError> {
    let fault = |words: &str| Err(("sang-kien".to_owned(), words.to_owned()));
    let Ok(code) = typed.parse::<Code>() else {
        return Ok(fault("Nhập mã sáng kiến, có dạng SK-7K2M-94QX."));
    };
    let found = store::initiatives::by_code(conn, &code).await?;
    Ok(match found.filter(|it| it.stage.is_listed()) {
        None => {
            fault("Không có sáng kiến công khai nào mang mã này. Xem lại mã ở trang Sáng kiến.")
        }
        Some(it) if !it.stage.is_recognised() => fault(
            "Sáng kiến này chưa được công nhận. Chỉ sáng kiến đã công nhận mới được ghi là giải xong bài toán.",
        ),
        Some(it) => Ok(it),
    })
}
