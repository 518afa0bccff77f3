use sauro_kernel::{AgencyPath, Ctx, InitiativeId, Prose, Right};
use sauro_store::Conn;
use serde_json::{Value, json};

use super::Room;
use super::case::known;
use super::matching::{close_problems, show_initiative};
use super::step::{Done, moved};
use crate::error::text_fault;
use crate::model::{Dossier, Fault, Initiative, Move};
use crate::{InitiativesError, store};

/// What is decided about the form of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It is right; this agency gives its opinion, by name or code.
    Accept(String),
    /// Something is lacking.
    Ask,
    /// It is not taken.
    Refuse,
}

/// Decides about the form of the dossier `id` as its caller read it (`stamp`), with `words` for the author.
///
/// # Errors
///
/// [`InitiativesError::Denied`] to whoever does not handle what was sent to the agency,
/// [`InitiativesError::Invalid`] without a reason or a reviewer, [`InitiativesError::Stale`] when it has
/// moved on.
pub async fn check(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, stamp): (InitiativeId, i64),
    (check, words): (&Check, &str),
) -> Result<Initiative, InitiativesError> {
    let mut conn = room.db.write().await?;
    let it = known(ctx, &mut conn, id).await?;
    ctx.require(Right::HandleInitiatives, it.over())?;
    if it.stamp != stamp {
        return Err(InitiativesError::Stale);
    }
    let mut faults = Vec::new();
    let (by, kind, reviewer) = match check {
        Check::Accept(typed) => {
            let found = reviewer(room, typed).map_err(|it| faults.push(it)).ok();
            (Move::Accept, "InitiativeAccepted", found)
        }
        Check::Ask => (Move::Ask, "InitiativeAsked", None),
        Check::Refuse => (Move::Refuse, "InitiativeRefused", None),
    };
    let needs_words = by != Move::Accept;
    let reason = said("ly-do", "lý do cho tác giả", words, needs_words, &mut faults);
    if !faults.is_empty() {
        return Err(InitiativesError::Invalid(faults));
    }
    let before = Initiative { reviewer: reviewer.or(it.reviewer), ..it };
    // Once its form is right everybody may find it, and whoever has a problem like it is told.
    let told = match by {
        Move::Accept => listed(&mut conn, &before).await?,
        _ => Vec::new(),
    };
    let data = json!({ "reviewer": before.reviewer, "problems": told });
    let done = Done { kind, reason, desk: reviewer, data };
    let after = moved(ctx, (&mut conn, room), (&before, by), done).await?;
    conn.commit().await?;
    Ok(after)
}

/// Lets `it` be found by its words. Answers the open problems that it answers or is close to: id, number,
/// agency.
async fn listed(conn: &mut Conn, it: &Initiative) -> Result<Vec<Value>, InitiativesError> {
    let versions = store::dossiers::of_initiative(conn, it.id).await?;
    let newest = versions.last().and_then(|it| Dossier::read(&it.text));
    let dossier = newest.ok_or(InitiativesError::NotFound("dossier of an initiative"))?;
    show_initiative(conn, (it, &dossier)).await?;
    let close = close_problems(conn, (it, &dossier)).await?;
    Ok(close.iter().map(|it| json!([it.id, it.number, it.agency])).collect())
}

/// Gives the opinion of the caller's agency on the initiative `id`.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] to whoever was not asked, else as [`check`].
pub async fn opine(
    ctx: &Ctx,
    room: &Room<'_>,
    (id, stamp): (InitiativeId, i64),
    words: &str,
) -> Result<Initiative, InitiativesError> {
    let mut conn = room.db.write().await?;
    let it = known(ctx, &mut conn, id).await?;
    if it.reviewer != Some(ctx.actor.agency) {
        return Err(InitiativesError::NotFound("initiative to review"));
    }
    ctx.require(Right::ReviewInitiatives, ctx.actor.own())?;
    if it.stamp != stamp {
        return Err(InitiativesError::Stale);
    }
    let mut faults = Vec::new();
    let opinion = said("y-kien", "ý kiến thẩm định", words, true, &mut faults);
    if !faults.is_empty() {
        return Err(InitiativesError::Invalid(faults));
    }
    let desk = Some(it.receiver);
    let before = Initiative { opinion: opinion.clone(), ..it };
    let done = Done { kind: "InitiativeReviewed", reason: opinion, desk, data: json!({}) };
    let after = moved(ctx, (&mut conn, room), (&before, Move::Opine), done).await?;
    conn.commit().await?;
    Ok(after)
}

/// What was written, or a fault when it must be there and is not, or is too long.
pub(super) fn said(
    field: &str,
    label: &str,
    typed: &str,
    is_needed: bool,
    faults: &mut Vec<Fault>,
) -> String {
    match Prose::parse(typed) {
        Ok(it) if it.as_str().chars().count() <= 5_000 => return it.as_str().to_owned(),
        Ok(_) => {
            faults.push((field.to_owned(), format!("Rút gọn {label} còn tối đa 5.000 ký tự.")))
        }
        Err(sauro_kernel::TextError::Empty) if !is_needed => {}
        Err(err) => faults.push((field.to_owned(), text_fault(label, err))),
    }
    String::new()
}

fn reviewer(room: &Room<'_>, typed: &str) -> Result<sauro_kernel::AgencyId, Fault> {
    let fault = |words: &str| ("tham-dinh".to_owned(), words.to_owned());
    let hit = room.directory.resolve(typed).filter(|it| !it.agency.is_group);
    if let Some(hit) = hit {
        return Ok(hit.agency.id);
    }
    match room.directory.search(typed, &AgencyPath::nation(), 2).as_slice() {
        [one] if !one.agency.is_group => Ok(one.agency.id),
        [] => Err(fault("Nhập cơ quan thẩm định, ví dụ “Sở Khoa học và Công nghệ tỉnh Cà Mau”.")),
        _ => Err(fault("Có nhiều cơ quan tên giống như vậy. Ghi tên đầy đủ, kèm tên tỉnh.")),
    }
}
