use rust_decimal::Decimal;
use sauro_journal::Event;
use sauro_kernel::{Ctx, Prose, Right, ScoreAppealId};
use sauro_store::Conn;
use serde_json::json;

use super::adjust_score::{corrected, nobody_judges_the_own};
use super::close_ranking::{freeze, totals};
use super::compute::{Room, scores};
use super::rankings::shown_to;
use crate::error::text_fault;
use crate::model::{
    Adjustment, Appeal, AppealState, Counted, Measure, MethodVersion, Ranking, UnitScore, score_all,
};
use crate::{ScoresError, store};

/// What an appeal is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The unit is right: the component with this code gets these points. A closed ranking gets another
    /// edition; the one before stays.
    Accept {
        /// The code of the component's measure.
        measure: String,
        /// The points, as typed.
        points: String,
    },
    /// It stays as it is.
    Refuse,
}

/// Answers the appeal `id`, with a reason in any case.
///
/// # Errors
///
/// [`ScoresError::Denied`] to whoever does not answer for the agency that scores, [`ScoresError::Stale`]
/// when it was answered meanwhile, [`ScoresError::Invalid`] without a reason, of the own unit, and with
/// every fault of the form.
pub async fn answer_appeal(
    ctx: &Ctx,
    room: &Room<'_>,
    id: ScoreAppealId,
    (answer, words): (Answer, &str),
) -> Result<Appeal, ScoresError> {
    // The facts are read before a turn to write is taken: they cost more than the rows.
    let (it, ranking, version, found) = {
        let mut conn = room.db.read().await?;
        let absent = || ScoresError::NotFound("appeal");
        let it = store::appeals::find(&mut conn, id).await?.ok_or_else(absent)?;
        let (ranking, method, version) = shown_to(ctx, &mut conn, it.ranking).await?;
        ctx.require(Right::AnswerAppeals, method.over())?;
        drop(conn);
        let (found, _) = scores((ctx, room), (&ranking, &version.design), None).await?;
        (it, ranking, version, found)
    };
    if it.state != AppealState::Open {
        return Err(ScoresError::Stale);
    }
    if it.asked_by == ctx.actor.account {
        let words = "Người gửi phản hồi không tự trả lời. Nhờ người khác của cơ quan trả lời.";
        return Err(ScoresError::of_field("tra-loi", words));
    }
    let absent = ScoresError::NotFound("unit of an appeal");
    let score = found.iter().find(|one| one.unit.id == it.unit).ok_or(absent)?;
    let corrected = match &answer {
        Answer::Refuse => None,
        Answer::Accept { measure, points } => Some(corrected(score, measure, points)?),
    };
    let words = Prose::parse(words)
        .map_err(|err| ScoresError::of_field("tra-loi", text_fault("nội dung trả lời", err)))?;
    let mut it = Appeal {
        state: if corrected.is_some() { AppealState::Accepted } else { AppealState::Refused },
        answer: words.as_str().to_owned(),
        corrected,
        answered: Some((ctx.actor.account, ctx.now_us())),
        ..it
    };
    let mut conn = room.db.write().await?;
    nobody_judges_the_own(ctx, &mut conn, (ranking.id, it.unit)).await?;
    if let Some(correction) = corrected {
        it.answered_edition =
            correct(ctx, &mut conn, (&it, correction), (ranking, &version, &found)).await?;
    }
    if !store::appeals::answer(&mut conn, &it).await? {
        return Err(ScoresError::Stale);
    }
    told(ctx, &mut conn, &it, (&version.design.name, &score.unit.name)).await?;
    conn.commit().await?;
    Ok(it)
}

/// Sets a component right. Answers the edition that came of it; 0 while the ranking is open.
async fn correct(
    ctx: &Ctx,
    conn: &mut Conn,
    (it, (measure, points)): (&Appeal, (Measure, Decimal)),
    (ranking, version, found): (Ranking, &MethodVersion, &[UnitScore]),
) -> Result<i64, ScoresError> {
    let adjustment = Adjustment {
        id: ctx.ids.fresh(),
        unit: it.unit,
        measure,
        points,
        reason: format!("Chấp nhận phản hồi của đơn vị: {}", it.answer),
        by: (ctx.actor.account, ctx.actor.agency),
        at: ctx.now_us(),
    };
    if ranking.is_open() {
        if !store::rankings::hold_open(conn, ranking.id).await? {
            return Err(ScoresError::Stale);
        }
        store::adjustments::insert(conn, ranking.id, &adjustment).await?;
        return Ok(0);
    }
    store::adjustments::insert(conn, ranking.id, &adjustment).await?;
    let mut counted = Counted::of_scores(found);
    counted.adjusted.insert((it.unit, measure), points);
    let units: Vec<_> = found.iter().map(|it| it.unit.clone()).collect();
    let scores = score_all(&version.design, &units, &counted);
    let (edition, stamp) = (ranking.edition + 1, ranking.stamp + 1);
    let ranking = Ranking { edition, stamp, ..ranking };
    if !store::rankings::update(conn, &ranking).await? {
        return Err(ScoresError::Stale);
    }
    let name = units.iter().find(|unit| unit.id == it.unit).map_or("", |unit| unit.name.as_str());
    let reason = format!("Sửa theo phản hồi của {name}");
    freeze(ctx, conn, &ranking, (&reason, &scores)).await?;
    let data = json!({ "edition": edition, "appeal": it.id, "totals": totals(&scores) });
    let event = Event::new("RankingCorrected", "ranking", ranking.id, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(edition)
}

async fn told(
    ctx: &Ctx,
    conn: &mut Conn,
    it: &Appeal,
    (ranking_name, unit_name): (&str, &str),
) -> Result<(), ScoresError> {
    let corrected = it.corrected.map(|it| json!([it.0.code(), it.1.to_string()]));
    let data = json!({
        "ranking": it.ranking,
        "agency": it.agency,
        "unit": it.unit,
        "unit_code": it.unit_code,
        "unit_name": unit_name,
        "about": it.about(),
        "ranking_name": ranking_name,
        "state": it.state.code(),
        "answer": it.answer,
        "corrected": corrected,
        "edition": it.answered_edition,
    });
    let event = Event::new("ScoreAppealAnswered", "score_appeal", it.id, data);
    sauro_journal::append(conn, ctx, event).await?;
    Ok(())
}
