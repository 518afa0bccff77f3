//! Opening a session, at whatever step of signing in somebody is.

use sauro_journal::{Event, append};
use sauro_kernel::Ctx;
use sauro_store::Conn;
use serde_json::json;

use crate::IdentityError;
use crate::model::{Client, Lifetime, Seat, Stage};
use crate::secret::token;
use crate::store::accounts::AccountRow;
use crate::store::sessions::SessionRow;
use crate::store::{devices, posts, sessions};

/// How an attempt to sign in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// The person is in.
    In(Ticket),
    /// The code of the authenticator application comes next.
    NeedsTotp(Ticket),
    /// A password of the person's own comes next.
    MustChange(Ticket),
    /// Wrong, unknown, disabled or too soon; nobody is told which.
    Refused {
        /// Seconds before the next attempt is looked at; 0 when it may come at once.
        retry_after_s: i64,
        /// False when it came too soon and was not looked at.
        was_checked: bool,
    },
    /// The password is right, but no seat is held today.
    NoSeat,
}

/// What the browser keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The session's token.
    pub token: String,
    /// The token of this machine, when the person is in.
    pub device: Option<String>,
}

/// What is known when a step was passed.
pub(super) struct Step<'a> {
    pub(super) account: &'a AccountRow,
    pub(super) client: &'a Client,
    pub(super) totp_passed: bool,
    /// The session of the step before: a new token for each step, so that a stolen early one is worth nothing.
    pub(super) replaces: Option<&'a [u8]>,
    /// The provider that proved who it is, when no password did.
    pub(super) by: Option<Proof<'a>>,
}

/// What a provider said.
pub(super) struct Proof<'a> {
    pub(super) provider: &'a str,
    pub(super) level: &'a str,
}

/// Machines unseen for this long are strangers again.
const DEVICE_MEMORY: i64 = 180 * 86_400_000_000;

pub(super) async fn admit(
    conn: &mut Conn,
    ctx: &Ctx,
    step: Step<'_>,
) -> Result<SignIn, IdentityError> {
    let account = step.account;
    let stage = Stage::of(account.has_totp(), step.totp_passed, account.must_change_password);
    let seats = posts::list_of(conn, account.account()).await?;
    let Some(seat) = seats.iter().find(|seat| seat.is_valid_on(ctx.today())) else {
        return Ok(SignIn::NoSeat);
    };
    let token = token::fresh()?;
    open(conn, ctx, &step, (stage == Stage::In).then_some(seat), &token).await?;
    let ticket = Ticket { token, device: None };
    Ok(match stage {
        Stage::Totp => SignIn::NeedsTotp(ticket),
        Stage::NewPassword => SignIn::MustChange(ticket),
        Stage::In => {
            let device = remember_device(conn, ctx, &step).await?;
            let ctx = Ctx { actor: seat.actor(&account.display_name), ..ctx.clone() };
            let data = match &step.by {
                Some(by) => json!({ "provider": by.provider, "level": by.level }),
                None => json!({ "with_code": step.totp_passed }),
            };
            append(conn, &ctx, Event::new("SignedIn", "account", account.id, data)).await?;
            SignIn::In(Ticket { device: Some(device), ..ticket })
        }
    })
}

async fn open(
    conn: &mut Conn,
    ctx: &Ctx,
    step: &Step<'_>,
    seat: Option<&Seat>,
    token: &str,
) -> Result<(), IdentityError> {
    let now = ctx.now_us();
    sessions::delete_ended(conn, now).await?;
    if let Some(hash) = step.replaces {
        sessions::delete(conn, hash).await?;
    }
    let row = SessionRow {
        token_hash: token::hash(token),
        account_id: step.account.id,
        post_id: seat.map(|it| it.id.0),
        created_at: now,
        seen_at: now,
        expires_at: match seat {
            Some(_) => Lifetime::until(now, now),
            None => Lifetime::pending_until(now),
        },
        user_agent: step.client.user_agent.clone(),
        address_hint: step.client.address_hint.clone(),
        totp_passed: step.totp_passed,
    };
    Ok(sessions::insert(conn, &row).await?)
}

async fn remember_device(
    conn: &mut Conn,
    ctx: &Ctx,
    step: &Step<'_>,
) -> Result<String, IdentityError> {
    let is_ours = |it: &&String| it.len() == 64 && it.bytes().all(|byte| byte.is_ascii_hexdigit());
    let device = match step.client.device.as_ref().filter(is_ours) {
        Some(device) => device.clone(),
        None => token::fresh()?,
    };
    let (account, now) = (step.account.account(), ctx.now_us());
    devices::delete_before(conn, account, now - DEVICE_MEMORY).await?;
    devices::upsert(conn, &token::hash(&device), account, now).await?;
    Ok(device)
}
