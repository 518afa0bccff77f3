use sauro_journal::Event;
use sauro_kernel::{CouncilId, Ctx, Right};
use serde_json::json;

use super::Room;
use super::councils::known_council;
use super::step::{Done, moved};
use crate::model::{Council, Fault, Initiative, Move, Tally};
use crate::{InitiativesError, store};

/// Closes the council `id` as its caller saw it (`stamp`): each initiative is recognised, or is not, as
/// its points say. Nobody decides otherwise.
///
/// # Errors
///
/// [`InitiativesError::Invalid`] names each initiative that too few members have scored.
pub async fn close_council(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, stamp): (CouncilId, i64),
) -> Result<Council, InitiativesError> {
    let mut conn = room.db.write().await?;
    let is_closed = store::councils::close(&mut conn, id, (stamp, ctx.now_us())).await?;
    let (council, members) = known_council(ctx, &mut conn, id).await?;
    ctx.require(Right::ChairCouncils, council.over())?;
    if !is_closed {
        return Err(InitiativesError::Stale);
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut found: Vec<(Initiative, Tally)> = Vec::new();
    for item in store::councils::items(&mut conn, id).await? {
        let ballots = store::ballots::of_item(&mut conn, (id, item)).await?;
        let it = store::initiatives::find(&mut conn, item).await?;
        let it = it.ok_or(InitiativesError::NotFound("initiative before a council"))?;
        let tally = Tally::of(&council.criteria, &ballots);
        let n = tally.as_ref().map_or(0, |it| i64::try_from(it.n).unwrap_or_default());
        match tally {
            Some(tally) if n >= council.quorum => found.push((it, tally)),
            _ => faults.push((
                "chot".to_owned(),
                format!("{}: mới có {n} phiếu chấm, cần {}.", it.title, council.quorum),
            )),
        }
    }
    if !faults.is_empty() {
        return Err(InitiativesError::Invalid(faults));
    }
    for (it, tally) in &found {
        let is_enough = tally.total >= council.threshold;
        let (by, kind) = match is_enough {
            true => (Move::Recognise, "InitiativeRecognised"),
            false => (Move::Decline, "InitiativeDeclined"),
        };
        let total = tally.total.normalize().to_string().replace('.', ",");
        let reason = format!("Điểm hội đồng {total}, ngưỡng {}.", council.threshold.normalize());
        let data = json!({ "council": id, "total": tally.total, "ballots": tally.n });
        let done = Done { kind, reason, desk: None, data };
        moved(ctx, (&mut conn, room), (it, by), done).await?;
    }
    let data = json!({ "initiatives": found.len(), "members": members.len() });
    let event = Event::new("CouncilClosed", "council", id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(council)
}
