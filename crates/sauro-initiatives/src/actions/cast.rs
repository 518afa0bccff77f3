use rust_decimal::Decimal;
use sauro_journal::Event;
use sauro_kernel::{CouncilId, Ctx, InitiativeId, Right};
use serde_json::json;

use super::Room;
use super::case::stakes;
use super::councils::{known_council, own_place};
use crate::model::{Ballot, Conflict, Council, Fault, Judge, quantity};
use crate::{InitiativesError, store};

/// What a member says of an initiative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vote {
    /// Points as typed, in the order of the criteria.
    Points(Vec<String>),
    /// That they have to do with it.
    Declare,
}

/// Casts the ballot of the caller's desk on the initiative `item`. Whoever is in conflict is recused
/// instead, for good, and the record says why; until the council closes a member may change the points.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] to whoever is no member, [`InitiativesError::Stale`] once it is closed or
/// recused, [`InitiativesError::Invalid`] for points that are none.
pub async fn cast(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, item): (CouncilId, InitiativeId),
    vote: &Vote,
) -> Result<Ballot, InitiativesError> {
    let mut conn = room.db.write().await?;
    let is_open = store::councils::hold_open(&mut conn, id).await?;
    let (council, members) = known_council(ctx, &mut conn, id).await?;
    let member = own_place(ctx, &members).ok_or(InitiativesError::NotFound("seat in a council"))?;
    ctx.require(Right::ScoreInitiatives, ctx.actor.own())?;
    if !store::councils::items(&mut conn, id).await?.contains(&item) {
        return Err(InitiativesError::NotFound("initiative before a council"));
    }
    if !is_open {
        return Err(InitiativesError::Stale);
    }
    let found = store::initiatives::find(&mut conn, item).await?;
    let initiative = found.ok_or(InitiativesError::NotFound("initiative before a council"))?;
    let stakes = stakes(&mut conn, room, &initiative).await?;
    let judge = Judge {
        agency: ctx.actor.agency,
        account: Some(ctx.actor.account),
        name: &ctx.actor.display_name,
    };
    let declared = (*vote == Vote::Declare).then_some(Conflict::Declared);
    let conflict = stakes.against(&judge).or(declared);
    let points = match (conflict, vote) {
        (None, Vote::Points(typed)) => {
            points(&council, item, typed).map_err(InitiativesError::Invalid)?
        }
        _ => Vec::new(),
    };
    let ballot = Ballot {
        member: member.n,
        account: Some(ctx.actor.account),
        conflict,
        points,
        at: ctx.now_us(),
    };
    if !store::ballots::put(&mut conn, (id, item), &ballot).await? {
        return Err(InitiativesError::Stale);
    }
    // How much was given stays blind until the council closes, in the journal as well.
    let data = json!({
        "initiative": item,
        "member": member.n,
        "conflict": conflict.map(Conflict::code),
    });
    let kind = if conflict.is_some() { "CouncilMemberRecused" } else { "BallotCast" };
    let event = Event::new(kind, "council", id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(ballot)
}

fn points(
    council: &Council,
    item: InitiativeId,
    typed: &[String],
) -> Result<Vec<Decimal>, Vec<Fault>> {
    let (mut points, mut faults) = (Vec::new(), Vec::new());
    for (n, criterion) in council.criteria.iter().enumerate() {
        let value = typed.get(n).and_then(|it| quantity(it));
        match value.filter(|it| *it <= Decimal::ONE_HUNDRED && it.scale() <= 2) {
            Some(it) => points.push(it),
            None => {
                let words =
                    format!("{}: cho điểm từ 0 đến 100, tối đa 2 chữ số lẻ.", criterion.name);
                faults.push((format!("diem-{item}-{n}"), words));
            }
        }
    }
    if faults.is_empty() { Ok(points) } else { Err(faults) }
}
