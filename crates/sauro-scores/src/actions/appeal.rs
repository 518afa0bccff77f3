use sauro_journal::Event;
use sauro_kernel::{Ctx, Prose, RankingId, Right, ScoreAppealId, WorkingCalendar};
use sauro_store::StoreError;
use serde_json::json;

use super::compute::{Room, scores};
use super::rankings::shown_to;
use crate::error::text_fault;
use crate::model::{Appeal, AppealState, Design, Fault, Measure, UnitScore, written};
use crate::{ScoresError, store};

/// What a unit contests, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppealFields {
    /// The code of a component's measure; empty for the whole score.
    pub measure: String,
    /// Why.
    pub reason: String,
    /// Where that can be seen, or empty.
    pub evidence: String,
}

/// Contests a figure or the score of the caller's own unit in the ranking `id`.
///
/// # Errors
///
/// [`ScoresError::Denied`] to whoever does not speak for a unit, [`ScoresError::NotFound`] when the unit is
/// not scored there, [`ScoresError::Invalid`] with every fault, and while one about the same is open.
pub async fn appeal(
    ctx: &Ctx,
    room: &Room<'_>,
    calendar: &WorkingCalendar,
    id: RankingId,
    fields: &AppealFields,
) -> Result<Appeal, ScoresError> {
    let (ranking, design, found) = {
        let mut conn = room.db.read().await?;
        let (ranking, _, version) = shown_to(ctx, &mut conn, id).await?;
        ctx.require(Right::AppealScores, ctx.actor.own())?;
        drop(conn);
        let found = scores((ctx, room), (&ranking, &version.design), None).await?.0;
        (ranking, version.design, found)
    };
    let score = found
        .iter()
        .find(|it| it.unit.id == ctx.actor.agency)
        .ok_or(ScoresError::NotFound("unit of a ranking"))?;
    let (measure, reason, evidence) = read(&design, fields).map_err(ScoresError::Invalid)?;
    let days = design.appeal_days;
    let it = Appeal {
        id: ScoreAppealId(ctx.ids.fresh()),
        ranking: id,
        agency: ranking.agency,
        unit: score.unit.id,
        unit_code: score.unit.code.clone(),
        measure,
        edition: ranking.edition,
        shown: shown(score, measure),
        reason,
        evidence,
        asked_by: ctx.actor.account,
        asked_at: ctx.now_us(),
        due_on: calendar.add_working_days(ctx.today(), days),
        state: AppealState::Open,
        answer: String::new(),
        corrected: None,
        answered: None,
        answered_edition: 0,
    };
    let mut conn = room.db.write().await?;
    match store::appeals::insert(&mut conn, &it).await {
        Err(StoreError::Conflict(_)) => {
            let words = "Đơn vị đã có một phản hồi về nội dung này đang chờ trả lời.";
            return Err(ScoresError::of_field("noi-dung", words));
        }
        done => done?,
    }
    let data = json!({
        "ranking": id,
        "agency": it.agency,
        "unit": it.unit,
        "unit_code": it.unit_code,
        "unit_name": score.unit.name,
        "about": it.about(),
        "ranking_name": design.name,
        "period": ranking.period.label(),
        "shown": it.shown,
        "reason": it.reason,
        "evidence": it.evidence,
        "due_on": it.due_on.to_string(),
    });
    let event = Event::new("ScoreAppealed", "score_appeal", it.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(it)
}

/// Component, reason and evidence.
type Read = (Option<Measure>, String, String);

fn read(design: &Design, fields: &AppealFields) -> Result<Read, Vec<Fault>> {
    let mut faults = Vec::new();
    let measure = match fields.measure.as_str() {
        "" => None,
        code => {
            let found = Measure::of_code(code).filter(|it| design.component(*it).is_some());
            if found.is_none() {
                faults.push(("noi-dung".to_owned(), "Chọn nội dung trong danh sách.".to_owned()));
            }
            found
        }
    };
    let reason = match Prose::parse(&fields.reason) {
        Ok(reason) if reason.as_str().chars().count() <= 5_000 => reason.as_str().to_owned(),
        Ok(_) => {
            let words = "Rút gọn lý do còn tối đa 5.000 ký tự; phần còn lại để trong minh chứng.";
            faults.push(("ly-do".to_owned(), words.to_owned()));
            String::new()
        }
        Err(err) => {
            faults.push(("ly-do".to_owned(), text_fault("lý do", err)));
            String::new()
        }
    };
    let evidence = fields.evidence.trim();
    let is_link = ["https://", "http://"].iter().any(|it| evidence.starts_with(it))
        && evidence.chars().count() <= 500
        && !evidence.chars().any(|it| it.is_whitespace() || it.is_control());
    if !evidence.is_empty() && !is_link {
        let words =
            "Địa chỉ minh chứng bắt đầu bằng https://, không có dấu cách, tối đa 500 ký tự.";
        faults.push(("minh-chung".to_owned(), words.to_owned()));
    }
    if faults.is_empty() { Ok((measure, reason, evidence.to_owned())) } else { Err(faults) }
}

/// What stands of `score` now, in words.
fn shown(score: &UnitScore, measure: Option<Measure>) -> String {
    match measure.and_then(|it| score.part(it)) {
        Some(part) => match (&part.share, &part.sums) {
            (Some(share), Some(sums)) => {
                format!("{} trên {}, {} điểm", share.hits, share.of, written(sums.points()))
            }
            (Some(share), None) => format!("{} trên {}, chưa đủ số liệu", share.hits, share.of),
            _ => "chưa có số liệu".to_owned(),
        },
        None => match (score.total, score.rank) {
            (Some(total), Some(rank)) => format!("{} điểm, hạng {rank}", written(total)),
            _ => "chưa xếp hạng".to_owned(),
        },
    }
}
