use sauro_journal::Event;
use sauro_kernel::{CouncilId, Ctx, InitiativeId, Right, Role};
use sauro_store::{Conn, StoreError};
use serde_json::json;

use super::Room;
use super::case::{known, stakes};
use crate::model::{
    Ballot, Council, CouncilFields, Fault, Initiative, Judge, Member, Stage, Stakes,
};
use crate::{InitiativesError, store};

/// Opens a council of the caller's agency over `items`. Seats in conflict are recused at once.
///
/// # Errors
///
/// [`InitiativesError::Invalid`] with every fault, [`InitiativesError::NotFound`] when an initiative is not
/// the caller's, [`InitiativesError::Stale`] when one is not waiting for a council.
pub async fn open_council(
    ctx: &Ctx,
    room: &Room<'_>,
    items: &[InitiativeId],
    fields: &CouncilFields,
) -> Result<Council, InitiativesError> {
    ctx.require(Right::ChairCouncils, ctx.actor.own())?;
    let mut faults = Vec::new();
    let members = members(room, fields, &mut faults);
    let read = fields.read(members.len()).map_err(|found| faults.extend(found)).ok();
    if items.is_empty() || items.len() > 50 {
        faults.push(("ho-so".to_owned(), "Chọn từ 1 đến 50 hồ sơ đưa ra hội đồng.".to_owned()));
    }
    let (Some((name, criteria, threshold, quorum)), true) = (read, faults.is_empty()) else {
        return Err(InitiativesError::Invalid(faults));
    };
    let council = Council {
        id: CouncilId(ctx.ids.fresh()),
        agency: ctx.actor.agency,
        path: ctx.actor.agency_path.clone(),
        name,
        criteria,
        threshold,
        quorum,
        opened_by: ctx.actor.account,
        opened_at: ctx.now_us(),
        closed_at: None,
        stamp: 1,
    };
    let mut conn = room.db.write().await?;
    store::councils::insert(&mut conn, &council).await?;
    for it in &members {
        store::councils::add_member(&mut conn, council.id, it).await?;
    }
    for id in items {
        put_before(ctx, (&mut conn, room), (&council, &members), *id).await?;
    }
    let data = json!({
        "agency": council.agency,
        "initiatives": items,
        "criteria": council.criteria,
        "threshold": council.threshold,
        "quorum": council.quorum,
        "members": members.iter().map(|it| json!([it.agency, it.role.code()])).collect::<Vec<_>>(),
    });
    let event = Event::new("CouncilOpened", "council", council.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(council)
}

/// Puts one initiative before the council; what is known of its authors recuses seats.
async fn put_before(
    ctx: &Ctx,
    (conn, room): (&mut Conn, &Room<'_>),
    (council, members): (&Council, &[Member]),
    id: InitiativeId,
) -> Result<(), InitiativesError> {
    let it: Initiative = known(ctx, conn, id).await?;
    ctx.require(Right::ChairCouncils, it.over())?;
    if it.stage != Stage::Judging {
        return Err(InitiativesError::Stale);
    }
    match store::councils::add_item(conn, council.id, id).await {
        Err(StoreError::Conflict(_)) => return Err(InitiativesError::Stale),
        done => done?,
    }
    let stakes: Stakes = stakes(conn, room, &it).await?;
    for member in members {
        let judge = Judge { agency: member.agency, account: None, name: "" };
        let Some(conflict) = stakes.against(&judge) else { continue };
        let ballot = Ballot {
            member: member.n,
            account: None,
            conflict: Some(conflict),
            points: Vec::new(),
            at: ctx.now_us(),
        };
        store::ballots::put(conn, (council.id, id), &ballot).await?;
    }
    Ok(())
}

fn members(room: &Room<'_>, fields: &CouncilFields, faults: &mut Vec<Fault>) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    let mut say = |n: usize, words: &str| {
        faults.push((format!("thanh-vien-{n}"), words.to_owned()));
    };
    for (n, (agency, role)) in (1..).zip(&fields.members) {
        if agency.trim().is_empty() {
            continue;
        }
        let found = room.directory.resolve(agency).filter(|it| !it.agency.is_group);
        let role = Role::of_code(role).filter(|it| {
            sauro_kernel::may(*it, Right::ScoreInitiatives, sauro_kernel::Relation::Own)
        });
        match (found, role) {
            (None, _) => say(n, "Không có cơ quan tên như vậy. Ghi tên đầy đủ hoặc mã."),
            (_, None) => say(n, "Chọn chức danh được chấm."),
            (Some(hit), Some(role)) => {
                let agency = hit.agency.id;
                if members.iter().any(|it| it.agency == agency && it.role == role) {
                    say(n, "Thành viên này đã có ở trên.");
                } else {
                    let at = i64::try_from(members.len()).unwrap_or_default() + 1;
                    members.push(Member { n: at, agency, role });
                }
            }
        }
    }
    if members.is_empty() && faults.is_empty() {
        faults.push(("thanh-vien-1".to_owned(), "Chọn ít nhất một thành viên.".to_owned()));
    }
    members
}
