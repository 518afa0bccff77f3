use std::collections::HashSet;

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, Ctx, Right, Role};
use sauro_store::Conn;

use crate::IdentityError;
use crate::store::posts;

/// Agencies asked for in one query.
const AT_ONCE: usize = 400;

/// Who sits on the day `on` in each of `seats`, that is in which role in which agency: those who hold
/// one, and those it was lent to. Disabled accounts sit nowhere.
///
/// # Errors
///
/// [`IdentityError::Denied`] for everybody but the machine room; the store's.
pub async fn holders(
    ctx: &Ctx,
    conn: &mut Conn,
    seats: &[(AgencyId, Role)],
    on: NaiveDate,
) -> Result<Vec<((AgencyId, Role), AccountId)>, IdentityError> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    let wanted: HashSet<(AgencyId, Role)> = seats.iter().copied().collect();
    let agencies: HashSet<AgencyId> = seats.iter().map(|it| it.0).collect();
    let mut agencies: Vec<AgencyId> = agencies.into_iter().collect();
    agencies.sort_unstable();
    let mut found = Vec::new();
    for some in agencies.chunks(AT_ONCE) {
        let holders = posts::list_holders(conn, some, on).await?;
        found.extend(holders.into_iter().filter(|it| wanted.contains(&it.0)));
    }
    // Somebody may sit in one seat twice, by right and on loan.
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
