use sauro_journal::Event;
use sauro_kernel::{Ctx, RankingId, Right};
use sauro_store::Conn;
use sauro_ui::words;
use serde_json::{Value, json};

use super::compute::Room;
use super::rankings::shown_to;
use crate::model::{Audience, Edition, Ranking, UnitScore};
use crate::{ScoresError, store};

/// Freezes the ranking `id`, seen with `stamp`: facts, scores and the version of the method stay as they
/// are, whatever is reported later.
///
/// # Errors
///
/// [`ScoresError::Denied`] to others than those who manage it, [`ScoresError::Stale`] when someone else
/// has changed it since, [`ScoresError::Invalid`] before the period and the days for units are over.
pub async fn close_ranking(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, stamp): (RankingId, i64),
) -> Result<Ranking, ScoresError> {
    // The facts are read before a turn to write is taken: they cost more than the rows.
    let (ranking, design) = {
        let mut conn = room.db.read().await?;
        let (ranking, method, version) = shown_to(ctx, &mut conn, id).await?;
        ctx.require(Right::ManageScores, method.over())?;
        (ranking, version.design)
    };
    let today = ctx.today();
    let last = ranking.period.end().max(ranking.self_until);
    if !ranking.is_open() {
        return Err(ScoresError::of_field("viec", "Kỳ này đã chốt rồi."));
    }
    if today <= last {
        let words =
            format!("Chưa chốt được: kỳ hoặc hạn tự chấm còn đến hết ngày {}.", words::date(last));
        return Err(ScoresError::of_field("viec", words));
    }
    let adjustments = store::adjustments::of_ranking(&mut room.db.read().await?, id).await?;
    let scores = room.live(ctx, &design, ranking.period, &adjustments).await?;
    if scores.is_empty() {
        let words = "Kỳ này không có đơn vị nào để xếp hạng, nên không chốt được.";
        return Err(ScoresError::of_field("viec", words));
    }
    if ranking.stamp != stamp {
        return Err(ScoresError::Stale);
    }
    let mut conn = room.db.write().await?;
    let now = store::adjustments::of_ranking(&mut conn, id).await?;
    let is_same = now.len() == adjustments.len();
    let ranking =
        Ranking { edition: 1, closed_at: Some(ctx.now_us()), stamp: stamp + 1, ..ranking };
    if !is_same || !store::rankings::update(&mut conn, &ranking).await? {
        return Err(ScoresError::Stale);
    }
    let reason = format!("Chốt xếp hạng {}", ranking.period.label());
    freeze(ctx, &mut conn, &ranking, (&reason, &scores)).await?;
    let data = json!({
        "period": ranking.period.code(),
        "period_label": ranking.period.label(),
        "version": ranking.method_version,
        "agency": ranking.agency,
        "roster": design.roster.code(),
        "name": design.name,
        "edition": 1,
        "totals": totals(&scores),
    });
    sauro_journal::append(&mut conn, ctx, Event::new("RankingClosed", "ranking", id, data)).await?;
    conn.commit().await?;
    Ok(ranking)
}

/// Shows the closed ranking `id`, seen with `stamp`, to everybody.
///
/// # Errors
///
/// [`ScoresError::Invalid`] while it is open, and of what rests on more than everybody may see.
pub async fn publish_ranking(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, stamp): (RankingId, i64),
) -> Result<Ranking, ScoresError> {
    let mut conn = room.db.write().await?;
    let (ranking, method, version) = shown_to(ctx, &mut conn, id).await?;
    ctx.require(Right::ManageScores, method.over())?;
    if ranking.is_open() {
        return Err(ScoresError::of_field("viec", "Chốt kỳ này trước, rồi mới công khai."));
    }
    if version.design.audience != Audience::Public {
        let words = "Cách chấm này dùng cả số chưa công khai nên kết quả chỉ xem trong cơ quan.";
        return Err(ScoresError::of_field("viec", words));
    }
    if ranking.is_public() {
        return Ok(ranking);
    }
    if ranking.stamp != stamp {
        return Err(ScoresError::Stale);
    }
    let ranking = Ranking { published_at: Some(ctx.now_us()), stamp: stamp + 1, ..ranking };
    if !store::rankings::update(&mut conn, &ranking).await? {
        return Err(ScoresError::Stale);
    }
    let data = json!({ "period": ranking.period.code(), "edition": ranking.edition });
    let event = Event::new("RankingPublished", "ranking", id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(ranking)
}

/// Writes `scores` down as the edition of `ranking` that holds, and why there is one.
pub(super) async fn freeze(
    ctx: &Ctx,
    conn: &mut Conn,
    ranking: &Ranking,
    (reason, scores): (&str, &[UnitScore]),
) -> Result<(), ScoresError> {
    let edition = Edition {
        n: ranking.edition,
        reason: reason.to_owned(),
        by: ctx.actor.account,
        at: ctx.now_us(),
    };
    store::results::insert(conn, ranking.id, &edition, scores).await?;
    Ok(())
}

/// The totals by unit, for the journal: what was frozen can be proved by it.
pub(super) fn totals(scores: &[UnitScore]) -> Value {
    let total = |it: &UnitScore| it.total.map(|total| total.to_string());
    scores.iter().map(|it| (it.unit.code.clone(), json!(total(it)))).collect()
}
