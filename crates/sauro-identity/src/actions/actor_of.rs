use std::sync::Arc;

use sauro_kernel::{AccountId, Actor, Ctx};
use sauro_ui::Seats;

use crate::model::{Lifetime, Seat, Stage};
use crate::secret::token;
use crate::store::accounts::AccountRow;
use crate::store::sessions::{Seated, SessionRow};
use crate::store::{accounts, posts, sessions};
use crate::{Identity, IdentityError, Visit};

/// A session that still lacks a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Whose it is.
    pub account: AccountId,
    /// The login.
    pub login: String,
    /// What comes next.
    pub stage: Stage,
}

/// Who holds the session of `token`, and from which seats that person may act. `None` for a forged,
/// ended or unfinished session, a disabled account and a seat that is not valid today.
///
/// # Errors
///
/// Only the store's.
pub async fn actor_of(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
) -> Result<Option<Arc<Visit>>, IdentityError> {
    let hash = token::hash(token);
    if let Some(visit) = identity.visit(&hash, ctx) {
        return Ok(Some(visit));
    }
    let (now, today) = (ctx.now_us(), ctx.today());
    let mut conn = identity.db.read().await?;
    let seated = sessions::find_seated(&mut conn, &hash, now).await?;
    let Some(seated) = seated.filter(|it| it.seat.is_valid_on(today)) else { return Ok(None) };
    let mut seats = posts::list_of(&mut conn, seated.seat.account).await?;
    drop(conn);
    seats.retain(|seat| seat.is_valid_on(today));
    // A page is not refused because its click could not be written down; the next one will be.
    let expires_at = slide(ctx, identity, &hash, &seated).await.unwrap_or(seated.expires_at);
    let actor = seated.seat.actor(&seated.display_name);
    let seats = shown(&seats, &actor);
    let visit = Arc::new(Visit { actor, seats, expires_at, looked_up_at: now, today });
    identity.remember(hash, visit.clone());
    Ok(Some(visit))
}

/// The session of `token` if it still lacks a step of signing in.
///
/// # Errors
///
/// Only the store's.
pub async fn pending_of(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
) -> Result<Option<Pending>, IdentityError> {
    Ok(unfinished(ctx, identity, token).await?.map(|(account, _, stage)| Pending {
        account: account.account(),
        login: account.login,
        stage,
    }))
}

pub(super) async fn unfinished(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
) -> Result<Option<(AccountRow, SessionRow, Stage)>, IdentityError> {
    let mut conn = identity.db.read().await?;
    let session = sessions::find(&mut conn, &token::hash(token), ctx.now_us()).await?;
    let Some(session) = session.filter(|it| it.post_id.is_none()) else { return Ok(None) };
    let account = accounts::find(&mut conn, AccountId(session.account_id)).await?;
    let Some(account) = account.filter(|it| it.disabled_at.is_none()) else { return Ok(None) };
    let stage = Stage::of(account.has_totp(), session.totp_passed, account.must_change_password);
    Ok(Some((account, session, stage)))
}

/// Writes the click down, at most once in a few minutes; answers when the session ends now.
async fn slide(
    ctx: &Ctx,
    identity: &Identity,
    hash: &[u8],
    seated: &Seated,
) -> Result<i64, IdentityError> {
    let now = ctx.now_us();
    if !Lifetime::is_worth_writing(seated.seen_at, now) {
        return Ok(seated.expires_at);
    }
    let until = Lifetime::until(seated.created_at, now);
    let mut conn = identity.db.write().await?;
    sessions::update_seen(&mut conn, hash, now, until).await?;
    conn.commit().await?;
    Ok(until)
}

fn shown(seats: &[Seat], actor: &Actor) -> Seats {
    let seats = seats.iter().map(|seat| sauro_ui::Seat {
        post: seat.id.to_string(),
        title: seat.words(),
        agency: seat.agency_name.clone(),
        is_current: seat.id == actor.post,
    });
    Seats(seats.collect())
}
