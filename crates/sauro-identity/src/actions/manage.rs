//! Who may manage an account: an administrator over all of its seats, and never the person itself.

use sauro_kernel::{AccountId, Ctx, Over, Right, Role};
use sauro_store::Conn;

use crate::IdentityError;
use crate::model::Seat;
use crate::store::accounts::{self, AccountRow};
use crate::store::posts;

/// The account with its seats, when the caller may manage it.
///
/// An account with a seat elsewhere belongs to whoever oversees both places: else one administrator
/// could take over a seat outside their scope by resetting a password.
pub(super) async fn managed(
    conn: &mut Conn,
    ctx: &Ctx,
    id: AccountId,
) -> Result<(AccountRow, Vec<Seat>), IdentityError> {
    ctx.require(Right::ManageAccounts, ctx.actor.own())?;
    let account = accounts::find(conn, id).await?.ok_or(IdentityError::NotFound("account"))?;
    let seats = posts::list_of(conn, id).await?;
    if may_manage(ctx, &seats) {
        Ok((account, seats))
    } else {
        Err(IdentityError::NotFound("account"))
    }
}

/// [`managed`], and not the caller's own account.
pub(super) async fn managed_other(
    conn: &mut Conn,
    ctx: &Ctx,
    id: AccountId,
) -> Result<(AccountRow, Vec<Seat>), IdentityError> {
    if id == ctx.actor.account {
        return Err(IdentityError::Refused(
            "Không tự thay đổi tài khoản của chính mình ở đây. Đề nghị người quản trị khác thực hiện.",
        ));
    }
    managed(conn, ctx, id).await
}

/// Seats that count: those not over; when all are over, all of them.
pub(super) fn may_manage(ctx: &Ctx, seats: &[Seat]) -> bool {
    if ctx.actor.role == Role::System {
        return true;
    }
    let mut counted: Vec<&Seat> =
        seats.iter().filter(|seat| !seat.term.is_over(ctx.today())).collect();
    if counted.is_empty() {
        counted = seats.iter().collect();
    }
    let is_below = |seat: &Seat| {
        ctx.may(Right::ManageAccounts, Over { agency: seat.agency, path: &seat.agency_path })
    };
    !counted.is_empty() && counted.into_iter().all(is_below)
}
