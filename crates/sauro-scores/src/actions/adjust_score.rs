use rust_decimal::Decimal;
use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, Prose, RankingId, Right};
use sauro_store::Conn;
use serde_json::json;

use super::compute::{Room, scores};
use super::rankings::shown_to;
use crate::error::text_fault;
use crate::model::{Adjustment, Measure, UnitScore, points_of};
use crate::{ScoresError, store};

/// Gives `points` for one component of another unit in the open ranking `id`, instead of what was
/// computed, and says why. Both stay.
///
/// # Errors
///
/// [`ScoresError::Denied`] to whoever does not appraise for the agency that scores,
/// [`ScoresError::Invalid`] for the own unit, a closed ranking, a component without enough data, and
/// with every fault of the form.
pub async fn adjust_score(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, unit): (RankingId, &str),
    (measure, points, reason): (&str, &str, &str),
) -> Result<(), ScoresError> {
    let (ranking, found) = {
        let mut conn = room.db.read().await?;
        let (ranking, method, version) = shown_to(ctx, &mut conn, id).await?;
        ctx.require(Right::AppraiseScores, method.over())?;
        drop(conn);
        let found = scores((ctx, room), (&ranking, &version.design), None).await?.0;
        (ranking, found)
    };
    let score = found
        .iter()
        .find(|it| it.unit.code == unit)
        .ok_or(ScoresError::NotFound("unit of a ranking"))?;
    if !ranking.is_open() {
        let words = "Kỳ đã chốt. Điểm chỉ sửa được qua phản hồi số liệu của đơn vị.";
        return Err(ScoresError::of_field("tieu-chi", words));
    }
    let (measure, points) = corrected(score, measure, points)?;
    let reason = Prose::parse(reason)
        .map_err(|err| ScoresError::of_field("ly-do-sua", text_fault("lý do điều chỉnh", err)))?;
    let mut conn = room.db.write().await?;
    nobody_judges_the_own(ctx, &mut conn, (id, score.unit.id)).await?;
    let it = Adjustment {
        id: ctx.ids.fresh(),
        unit: score.unit.id,
        measure,
        points,
        reason: reason.as_str().to_owned(),
        by: (ctx.actor.account, ctx.actor.agency),
        at: ctx.now_us(),
    };
    if !store::rankings::hold_open(&mut conn, id).await? {
        return Err(ScoresError::Stale);
    }
    store::adjustments::insert(&mut conn, id, &it).await?;
    let computed = score.part(measure).and_then(|it| it.sums.as_ref()).map(|it| it.computed);
    let data = json!({
        "unit": score.unit.code,
        "measure": measure.code(),
        "computed": computed.map(|it| it.to_string()),
        "points": points.to_string(),
        "reason": it.reason,
    });
    sauro_journal::append(&mut conn, ctx, Event::new("ScoreAdjusted", "ranking", id, data)).await?;
    conn.commit().await?;
    Ok(())
}

/// Appeals of one unit in one ranking looked through.
const MOST_APPEALS: u16 = 200;

/// The component of `score` and the points that were typed for it.
pub(super) fn corrected(
    score: &UnitScore,
    measure: &str,
    points: &str,
) -> Result<(Measure, Decimal), ScoresError> {
    let mut faults = Vec::new();
    let part = Measure::of_code(measure).and_then(|it| score.part(it));
    let is_rated = part.is_some_and(|it| it.sums.is_some());
    if part.is_none() {
        faults.push(("tieu-chi".to_owned(), "Chọn tiêu chí trong danh sách.".to_owned()));
    } else if !is_rated {
        let words = "Tiêu chí này chưa đủ số liệu nên không có điểm để sửa.";
        faults.push(("tieu-chi".to_owned(), words.to_owned()));
    }
    let points = points_of(points);
    if points.is_none() {
        let words = "Điểm là số từ 0 đến 100, tối đa hai chữ số thập phân, ví dụ 72,5.";
        faults.push(("diem".to_owned(), words.to_owned()));
    }
    match (part, points) {
        (Some(part), Some(points)) if faults.is_empty() => Ok((part.component.measure, points)),
        _ => Err(ScoresError::Invalid(faults)),
    }
}

/// Nobody judges what the own unit, or the own hand, has written.
pub(super) async fn nobody_judges_the_own(
    ctx: &Ctx,
    conn: &mut Conn,
    (id, unit): (RankingId, AgencyId),
) -> Result<(), ScoresError> {
    let marks = store::self_marks::of_ranking(conn, id).await?;
    let is_own_hand = |it: &crate::model::SelfMark| it.unit == unit && it.by == ctx.actor.account;
    let appeals = store::appeals::of_unit(conn, id, unit, MOST_APPEALS).await?;
    let has_asked = appeals.iter().any(|it| it.asked_by == ctx.actor.account);
    if unit == ctx.actor.agency || marks.iter().any(is_own_hand) || has_asked {
        let words = "Không ai thẩm định điểm của chính đơn vị mình. Nhờ người khác thẩm định.";
        return Err(ScoresError::of_field("tieu-chi", words));
    }
    Ok(())
}
