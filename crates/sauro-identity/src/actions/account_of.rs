use sauro_kernel::{AccountId, Ctx};

use super::manage::{managed, may_manage};
use crate::model::{Login, Seat};
use crate::store::accounts::{self, AccountRow};
use crate::{Identity, IdentityError};

/// An account, as its administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// The account.
    pub id: AccountId,
    /// The login.
    pub login: String,
    /// How the person is shown.
    pub display_name: String,
    /// Seats that are not over, own before lent.
    pub seats: Vec<Seat>,
    /// Whether sign-in is refused.
    pub is_disabled: bool,
    /// Whether a code is asked for at sign-in.
    pub has_totp: bool,
    /// Whether the one-time password was not changed yet.
    pub must_change_password: bool,
    /// Whether the caller may change it: all its seats lie in the caller's scope and it is not the caller.
    pub is_managed: bool,
}

impl AccountView {
    pub(super) fn of(ctx: &Ctx, row: AccountRow, mut seats: Vec<Seat>) -> Self {
        let is_managed = row.account() != ctx.actor.account && may_manage(ctx, &seats);
        seats.retain(|seat| !seat.term.is_over(ctx.today()));
        Self {
            id: row.account(),
            has_totp: row.has_totp(),
            login: row.login,
            display_name: row.display_name,
            seats,
            is_disabled: row.disabled_at.is_some(),
            must_change_password: row.must_change_password,
            is_managed,
        }
    }
}

/// One account that the caller manages.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for an account elsewhere.
pub async fn account_of(
    ctx: &Ctx,
    identity: &Identity,
    id: AccountId,
) -> Result<AccountView, IdentityError> {
    let mut conn = identity.db.read().await?;
    let (row, seats) = managed(&mut conn, ctx, id).await?;
    Ok(AccountView::of(ctx, row, seats))
}

/// The account with the login typed, if the caller manages it; for commands that name people so.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for an unknown login and for an account elsewhere.
pub async fn account_by_login(
    ctx: &Ctx,
    identity: &Identity,
    login: &str,
) -> Result<AccountView, IdentityError> {
    let login = Login::parse(login).ok_or(IdentityError::NotFound("account"))?;
    let mut conn = identity.db.read().await?;
    let row = accounts::find_by_login(&mut conn, login.as_str()).await?;
    let id = row.map(|it| it.account()).ok_or(IdentityError::NotFound("account"))?;
    let (row, seats) = managed(&mut conn, ctx, id).await?;
    Ok(AccountView::of(ctx, row, seats))
}
