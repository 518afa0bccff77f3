use sauro_kernel::{Ctx, Role};

use super::admit::{SignIn, Step, admit};
use crate::model::Client;
use crate::store::{accounts, posts};
use crate::{Identity, IdentityError};

/// A sample account of a demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The login.
    pub login: String,
    /// How it is shown.
    pub display_name: String,
    /// The role of its first seat.
    pub role: Role,
    /// The title of that seat.
    pub title: String,
    /// The agency of that seat.
    pub agency: String,
}

/// Lists the sample accounts in the order they were opened; nothing unless this is a demonstration.
///
/// # Errors
///
/// Only the store's.
pub async fn list_samples(ctx: &Ctx, identity: &Identity) -> Result<Vec<Sample>, IdentityError> {
    if !identity.site.is_demo {
        return Ok(Vec::new());
    }
    let mut conn = identity.db.read().await?;
    let mut samples: Vec<Sample> = Vec::new();
    for row in accounts::list_samples(&mut conn).await? {
        let seats = posts::list_of(&mut conn, row.account()).await?;
        let seat = seats.into_iter().find(|seat| seat.is_valid_on(ctx.today()));
        if let Some(seat) = seat {
            samples.push(Sample {
                login: row.login,
                display_name: row.display_name,
                role: seat.role,
                title: seat.title,
                agency: seat.agency_name,
            });
        }
    }
    Ok(samples)
}

/// Signs in as a sample account without a password. Only in a demonstration, only sample accounts.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for anything else.
pub async fn sign_in_sample(
    ctx: &Ctx,
    identity: &Identity,
    login: &str,
    client: &Client,
) -> Result<SignIn, IdentityError> {
    const NOT_ONE: IdentityError = IdentityError::NotFound("sample account");
    if !identity.site.is_demo {
        return Err(NOT_ONE);
    }
    let mut conn = identity.db.write().await?;
    let account = accounts::find_by_login(&mut conn, login).await?;
    let account = account.filter(|it| it.is_sample && it.disabled_at.is_none()).ok_or(NOT_ONE)?;
    let step = Step { account: &account, client, totp_passed: false, replaces: None, by: None };
    let answer = admit(&mut conn, ctx, step).await?;
    conn.commit().await?;
    Ok(answer)
}
