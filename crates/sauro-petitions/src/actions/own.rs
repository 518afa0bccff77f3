//! The cases of a citizen who signed in (Của tôi). A list of addresses and no more: each case is read and changed
//! by its code, as by everybody else.

use sauro_kernel::{CitizenId, Ctx};
use sauro_ui::Citizen;
use uuid::Uuid;

use super::follow::follow;
use super::hold::House;
use super::send::{Receipt, Sent, send_by};
use crate::model::{Petition, TrackingCode};
use crate::{PetitionsError, store};

/// Cases on one page.
const ON_A_PAGE: u16 = 50;

/// Takes a case in as [`send`](super::send()), from a citizen whom a provider has proved to be who they are. What
/// was proved stands beside what was typed, sealed with it, and the case is in the citizen's list. Whoever sends
/// without a name is not written down here either.
///
/// # Errors
///
/// As [`send`](super::send()).
pub async fn send_as(
    ctx: &Ctx,
    house: &House<'_>,
    sent: Sent,
    citizen: &Citizen,
) -> Result<Receipt, PetitionsError> {
    send_by(ctx, house, sent, Some(citizen)).await
}

/// The cases of `citizen`, the newest first, after (`before`) one that was read; and by which the next page begins.
///
/// # Errors
///
/// The store's.
pub async fn own_cases(
    house: &House<'_>,
    citizen: CitizenId,
    before: Option<Uuid>,
) -> Result<(Vec<Petition>, Option<Uuid>), PetitionsError> {
    let mut conn = house.db.read().await?;
    let before = before.unwrap_or(Uuid::max());
    let mut cases =
        store::citizens::list_of(&mut conn, citizen, before, ON_A_PAGE.saturating_add(1)).await?;
    let has_more = cases.len() > usize::from(ON_A_PAGE);
    cases.truncate(usize::from(ON_A_PAGE));
    let next = cases.last().filter(|_| has_more).map(|it| it.id.0);
    Ok((cases, next))
}

/// The code of a case of `citizen`, by its public number. None once its sender was forgotten: then the code is
/// known to whoever wrote it down, and to nobody else.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] for a case that is not the citizen's.
pub async fn own_code(
    house: &House<'_>,
    citizen: CitizenId,
    number: &str,
) -> Result<TrackingCode, PetitionsError> {
    let absent = || PetitionsError::NotFound("petition");
    let mut conn = house.db.read().await?;
    let case = store::petitions::by_number(&mut conn, number).await?.ok_or_else(absent)?;
    if !store::citizens::is_of(&mut conn, citizen, case.id).await? {
        return Err(absent());
    }
    let sender = house.sender(&mut conn, case.id).await?;
    sender.and_then(|it| TrackingCode::parse(&it.code)).ok_or_else(absent)
}

/// Adds the case that `typed` is the code of to those of `citizen`. Whoever has the code may read the case anyway.
///
/// # Errors
///
/// As [`follow`].
pub async fn add_own(
    ctx: &Ctx,
    house: &House<'_>,
    citizen: CitizenId,
    (typed, source): (&str, &str),
) -> Result<Petition, PetitionsError> {
    let it = follow(ctx, house, typed, source).await?;
    // Where the sender was forgotten nothing says any more whose it was.
    if it.sender.is_none() {
        return Err(PetitionsError::of_field(
            "ma",
            "Thông tin người gửi của vụ việc này đã được xóa. Tra cứu bằng mã.",
        ));
    }
    let mut conn = house.db.write().await?;
    if !store::citizens::add(&mut conn, citizen, it.case.id, ctx.now_us()).await? {
        return Err(PetitionsError::NotFound("citizen"));
    }
    conn.commit().await?;
    Ok(it.case)
}

/// Takes a case from the list of `citizen`; the case itself stays as it is.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] for a number of nothing.
pub async fn drop_own(
    house: &House<'_>,
    citizen: CitizenId,
    number: &str,
) -> Result<(), PetitionsError> {
    let mut conn = house.db.write().await?;
    let case = store::petitions::by_number(&mut conn, number).await?;
    let case = case.ok_or(PetitionsError::NotFound("petition"))?;
    store::citizens::remove(&mut conn, citizen, case.id).await?;
    Ok(conn.commit().await?)
}
