use sauro_journal::{Event, append};
use sauro_kernel::Ctx;
use serde_json::json;

use super::confirm_totp::is_right;
use super::gate::{Entry, Gate};
use crate::secret::{otpauth, token};
use crate::store::{accounts, recovery_codes, sessions};
use crate::{Identity, IdentityError};

/// What an authenticator application needs.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The QR code, as SVG.
    pub qr_svg: String,
    /// The same secret, to type by hand.
    pub typed: String,
}

/// How an account is protected beyond its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protection {
    /// Whether a code is asked for at sign-in.
    pub has_totp: bool,
    /// Recovery codes left.
    pub n_recovery_codes: i64,
}

/// Recovery codes handed out at once.
const RECOVERY_CODES: usize = 8;

/// Bytes of a generator's secret, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// Starts to give the caller's account a code generator, or shows the one that was started. It counts
/// only once [`confirm_enrolment`] has seen a code.
///
/// # Errors
///
/// [`IdentityError::Refused`] when one is in use.
pub async fn enroll_totp(ctx: &Ctx, identity: &Identity) -> Result<Enrolment, IdentityError> {
    let keys = identity.keys()?;
    let id = ctx.actor.account;
    let mut conn = identity.db.write().await?;
    let account = accounts::find(&mut conn, id).await?.ok_or(IdentityError::NotFound("account"))?;
    if account.has_totp() {
        return Err(IdentityError::Refused(
            "Tài khoản đã bật mã xác thực. Tắt mã cũ trước khi đổi máy.",
        ));
    }
    let secret = match &account.totp_secret {
        Some(sealed) => keys.open_sealed(id.0, sealed)?,
        None => {
            let mut secret = vec![0_u8; SECRET_BYTES];
            getrandom::fill(&mut secret).map_err(|_| IdentityError::Secret("no randomness"))?;
            let sealed = keys.seal(id.0, &secret)?;
            accounts::update_totp(&mut conn, id, Some(&sealed), None).await?;
            secret
        }
    };
    conn.commit().await?;
    let (address, typed) = otpauth(&secret, &identity.site.name, &account.login);
    let drawn = sauro_ui::qr(&address, "Mã QR để quét bằng ứng dụng xác thực", 220);
    let qr_svg = drawn.ok_or(IdentityError::Secret("the text does not fit a QR code"))?;
    Ok(Enrolment { qr_svg, typed })
}

/// Turns the generator on, once `code` shows that the application has it. Answers the recovery codes,
/// which are never shown again. `token` is the caller's session, which counts as proved by code.
///
/// # Errors
///
/// [`IdentityError::Invalid`] for a wrong code; [`IdentityError::Slowed`] after several.
pub async fn confirm_enrolment(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
    code: &str,
) -> Result<Vec<String>, IdentityError> {
    let id = ctx.actor.account;
    let gate = Gate::of_account("enrol", id);
    if let Entry::Closed { retry_after_s } = gate.enter(ctx, &identity.db).await? {
        return Err(IdentityError::Slowed(retry_after_s));
    }
    let mut conn = identity.db.write().await?;
    let account = accounts::find(&mut conn, id).await?.ok_or(IdentityError::NotFound("account"))?;
    if account.has_totp() {
        return Err(IdentityError::Refused("Tài khoản đã bật mã xác thực rồi."));
    }
    if !is_right(&mut conn, ctx, identity, &account, code).await? {
        return Err(IdentityError::invalid(
            "ma",
            "Mã không đúng hoặc đã hết hạn. Nhập 6 chữ số đang hiện trên ứng dụng.",
        ));
    }
    gate.clear(&mut conn, ctx.now_us()).await?;
    let sealed = account.totp_secret.as_deref();
    accounts::update_totp(&mut conn, id, sealed, Some(ctx.now_us())).await?;
    sessions::update_totp_passed(&mut conn, &token::hash(token)).await?;
    recovery_codes::delete_of(&mut conn, id).await?;
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let code = token::recovery()?;
        recovery_codes::insert(&mut conn, id, &token::hash_of_recovery(&code)).await?;
        codes.push(code);
    }
    append(&mut conn, ctx, Event::new("TotpEnrolled", "account", id, json!({}))).await?;
    conn.commit().await?;
    identity.forget_all();
    Ok(codes)
}

/// Turns the generator off. Asks for the password, so that a machine left open is not enough.
///
/// # Errors
///
/// [`IdentityError::Invalid`] for a wrong password.
pub async fn disable_totp(
    ctx: &Ctx,
    identity: &Identity,
    password: &str,
) -> Result<(), IdentityError> {
    super::change_password::prove(ctx, identity, password, "mat-khau-tat-ma").await?;
    let id = ctx.actor.account;
    let mut conn = identity.db.write().await?;
    accounts::update_totp(&mut conn, id, None, None).await?;
    recovery_codes::delete_of(&mut conn, id).await?;
    append(&mut conn, ctx, Event::new("TotpDisabled", "account", id, json!({}))).await?;
    conn.commit().await?;
    Ok(())
}

/// How the caller's account is protected.
///
/// # Errors
///
/// Only the store's.
pub async fn protection_of(ctx: &Ctx, identity: &Identity) -> Result<Protection, IdentityError> {
    let mut conn = identity.db.read().await?;
    let account = accounts::find(&mut conn, ctx.actor.account).await?;
    let n_recovery_codes = recovery_codes::count_left(&mut conn, ctx.actor.account).await?;
    Ok(Protection { has_totp: account.is_some_and(|it| it.has_totp()), n_recovery_codes })
}
