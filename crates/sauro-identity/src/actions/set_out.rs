use sauro_kernel::Ctx;
use uuid::Uuid;

use super::change_password::prove;
use crate::model::{Errand, Trip};
use crate::provider::Words;
use crate::secret::token;
use crate::{Identity, IdentityError};

/// Where somebody is sent, and what the browser carries until it is back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The provider's page.
    pub address: String,
    /// The trip, sealed.
    pub cookie: String,
}

/// Whom trips are sealed for: nobody's id.
const TRIPS: Uuid = Uuid::from_u128(0x6f1d_c2a9_0b57_4d3e_8a44_71c9_e05b_3357);

/// Begins a way to a provider. Anybody may; `then` is where to go afterwards, a path of this site.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for a provider that does not serve `errand`, [`IdentityError::Trip`] when it does not
/// answer.
pub async fn set_out(
    ctx: &Ctx,
    identity: &Identity,
    provider: &str,
    errand: Errand,
    then: &str,
) -> Result<Departure, IdentityError> {
    let serves = |it: &&crate::provider::Provider| match errand {
        Errand::Citizen => it.setup.serves_citizens,
        Errand::Official | Errand::Link { .. } => it.setup.serves_officials,
    };
    let provider = identity.providers.find(provider).filter(serves);
    let provider = provider.ok_or(IdentityError::NotFound("provider"))?;
    let words = Words { state: token::fresh()?, nonce: token::fresh()? };
    let (address, verifier) = provider.address(ctx.clock.now(), &words).await?;
    let trip = Trip {
        provider: provider.setup.code.clone(),
        state: words.state,
        nonce: words.nonce,
        verifier,
        errand,
        then: then.to_owned(),
        expires_at: Trip::until(ctx.now_us()),
    };
    let plain = serde_json::to_vec(&trip)
        .map_err(|_| IdentityError::Secret("the trip cannot be written down"))?;
    let cookie = hex::encode(identity.keys()?.seal(TRIPS, &plain)?);
    Ok(Departure { address, cookie })
}

/// Begins the way on which the caller links the own account to a person at a provider. It takes the password, so
/// that a machine left open is not enough, and a form of our own, so that no other site begins it.
///
/// # Errors
///
/// [`IdentityError::Invalid`] for a wrong password; as [`set_out`].
pub async fn set_out_to_link(
    ctx: &Ctx,
    identity: &Identity,
    token: &str,
    provider: &str,
    password: &str,
) -> Result<Departure, IdentityError> {
    let is_here = |it: &crate::provider::Provider| it.setup.serves_officials;
    if !identity.providers.find(provider).is_some_and(is_here) {
        return Err(IdentityError::NotFound("provider"));
    }
    let account = prove(ctx, identity, password, "mat-khau-lien-ket").await?;
    let errand =
        Errand::Link { account: account.account(), session: hex::encode(token::hash(token)) };
    set_out(ctx, identity, provider, errand, "/tai-khoan?xong=lien-ket").await
}

/// What `cookie` carries; nothing of what was not sealed here.
pub(super) fn opened(identity: &Identity, cookie: &str) -> Result<Option<Trip>, IdentityError> {
    let sealed = hex::decode(cookie).unwrap_or_default();
    let plain = identity.keys()?.open_sealed(TRIPS, &sealed);
    Ok(plain.ok().and_then(|it| serde_json::from_slice(&it).ok()))
}
