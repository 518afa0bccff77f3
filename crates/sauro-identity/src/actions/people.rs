use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, Ctx, Right};
use sauro_store::Conn;

use crate::IdentityError;
use crate::store::posts;

/// Somebody who sits in an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// The title of the seat, or empty.
    pub title: String,
    /// Of which agency.
    pub agency: AgencyId,
}

/// Who sits on the day `on` in `agencies`, by name; at most a thousand. Disabled accounts sit nowhere.
///
/// # Errors
///
/// [`IdentityError::Denied`] for everybody but the machine room; the store's.
pub async fn people(
    ctx: &Ctx,
    conn: &mut Conn,
    agencies: &[AgencyId],
    on: NaiveDate,
) -> Result<Vec<Seated>, IdentityError> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    if agencies.is_empty() {
        return Ok(Vec::new());
    }
    let rows = posts::list_seated(conn, agencies, on).await?;
    let seated = |(account, name, title, agency)| Seated { account, name, title, agency };
    let mut all: Vec<Seated> = rows.into_iter().map(seated).collect();
    // Somebody may sit there twice, by right and on loan.
    let mut seen = std::collections::HashSet::new();
    all.retain(|it| seen.insert((it.account, it.agency)));
    all.sort_by_cached_key(|it| sauro_kernel::fold(&it.name));
    Ok(all)
}
