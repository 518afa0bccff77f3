use sauro_journal::{Event, append};
use sauro_kernel::{CitizenId, Ctx};
use sauro_store::{Conn, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::actor_of::actor_of;
use super::admit::{Proof, SignIn, Step, admit};
use super::set_out::opened;
use crate::model::{Client, Errand, Trip, TripFault};
use crate::provider::{Person, Provider};
use crate::secret::token;
use crate::store::citizens::{self, NewSession};
use crate::store::{accounts, subjects, trips};
use crate::{Identity, IdentityError};

/// With what a browser comes back from a provider.
#[derive(Debug, Clone, Copy)]
pub struct Return<'a> {
    /// Code of the provider, as the address has it.
    pub provider: &'a str,
    /// What the provider gave back.
    pub state: &'a str,
    /// The code to redeem, or empty.
    pub code: &'a str,
    /// What went wrong there, or empty.
    pub error: &'a str,
    /// Who says so (RFC 9207), or empty.
    pub issuer: &'a str,
    /// The sealed trip.
    pub cookie: &'a str,
    /// The official's session that the browser has, or empty.
    pub token: &'a str,
    /// The citizen's session that it has, or empty.
    pub citizen_token: &'a str,
    /// The machine.
    pub client: &'a Client,
}

/// Where a trip ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// A citizen is in.
    Citizen {
        /// The token of the session.
        token: String,
        /// Where to go.
        then: String,
    },
    /// An official is in, or the second factor comes next.
    Official {
        /// As after a password.
        answer: SignIn,
        /// Where to go.
        then: String,
    },
    /// The caller's account is linked.
    Linked {
        /// Where to go.
        then: String,
    },
}

/// What is kept of a citizen, sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) provider: String,
    pub(super) subject: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
}

/// However busy, a citizen's session ends after this long, in microseconds.
const CITIZENS_DAY: i64 = 12 * 3600 * 1_000_000;

/// Ends a trip: what the provider says is proved, and the errand done. Anybody may come; whoever began it is who
/// holds the cookie.
///
/// # Errors
///
/// [`IdentityError::NotFound`] for a provider that is not here; [`IdentityError::Trip`] says why the trip came to
/// nothing; then nothing has changed.
pub async fn come_back(
    ctx: &Ctx,
    identity: &Identity,
    it: Return<'_>,
) -> Result<Arrival, IdentityError> {
    let provider =
        identity.providers.find(it.provider).ok_or(IdentityError::NotFound("provider"))?;
    let trip = opened(identity, it.cookie)?;
    let is_the_one = |trip: &Trip| trip.is_the_one(it.provider, it.state, ctx.now_us());
    let trip = trip.filter(is_the_one).ok_or(TripFault::NotOurs)?;
    if !it.issuer.is_empty() && it.issuer != provider.setup.issuer {
        return Err(TripFault::Unproved.into());
    }
    match it.error {
        "" => {}
        "access_denied" => return Err(TripFault::Cancelled.into()),
        "temporarily_unavailable" | "server_error" => return Err(TripFault::Away.into()),
        _ => return Err(TripFault::Unproved.into()),
    }
    let person = provider.person(ctx.clock.now(), it.code, &trip).await?;
    let named = format!("{}\0{}", provider.setup.issuer, person.subject);
    let met = Met { mark: identity.keys()?.mark(named.as_bytes()), person, provider };
    let linker = linker(ctx, identity, &trip.errand, it.token).await?;
    let mut conn = identity.db.write().await?;
    let state = token::hash(&trip.state);
    if !trips::use_up(&mut conn, &state, trip.expires_at, ctx.now_us()).await? {
        return Err(TripFault::NotOurs.into());
    }
    match (trip.errand, linker) {
        (Errand::Citizen, _) => {
            let token = citizen(ctx, identity, conn, &met, it.citizen_token).await?;
            Ok(Arrival::Citizen { token, then: trip.then })
        }
        (Errand::Official, _) => {
            let answer = official(ctx, identity, conn, &met, it).await?;
            Ok(Arrival::Official { answer, then: trip.then })
        }
        (Errand::Link { .. }, Some(ctx)) => {
            link(&ctx, conn, &met).await?;
            Ok(Arrival::Linked { then: trip.then })
        }
        (Errand::Link { .. }, None) => Err(TripFault::NotOurs.into()),
    }
}

/// Who links: the person of the very session that began the trip, as long as it lasts.
async fn linker(
    ctx: &Ctx,
    identity: &Identity,
    errand: &Errand,
    token: &str,
) -> Result<Option<Ctx>, IdentityError> {
    let Errand::Link { account, session } = errand else { return Ok(None) };
    if hex::encode(token::hash(token)) != *session {
        return Ok(None);
    }
    let visit = actor_of(ctx, identity, token).await?;
    let visit = visit.filter(|it| it.actor.account == *account);
    Ok(visit.map(|it| identity.ctx(it.actor.clone())))
}

/// Somebody whom a provider has proved to be there.
struct Met<'a> {
    /// By which they are found again.
    mark: Vec<u8>,
    person: Person,
    provider: &'a Provider,
}

async fn citizen(
    ctx: &Ctx,
    identity: &Identity,
    mut conn: Conn,
    met: &Met<'_>,
    before: &str,
) -> Result<String, IdentityError> {
    let now = ctx.now_us();
    let fresh = CitizenId(ctx.ids.fresh());
    let (id, is_new) = citizens::take(&mut conn, &met.mark, fresh, now).await?;
    let known = Known {
        provider: met.provider.setup.name.clone(),
        subject: met.person.subject.clone(),
        name: met.person.name.clone(),
        email: met.person.email.clone(),
        phone: met.person.phone.clone(),
    };
    let plain = serde_json::to_vec(&known)
        .map_err(|_| IdentityError::Secret("the citizen cannot be written down"))?;
    citizens::update(&mut conn, id, &identity.keys()?.seal(id.0, &plain)?).await?;
    citizens::delete_ended(&mut conn, now).await?;
    // A session that the browser had before is worth nothing from now on, whoever else knows its token.
    citizens::delete_session(&mut conn, &token::hash(before)).await?;
    let token = token::fresh()?;
    let session = NewSession {
        token_hash: &token::hash(&token),
        citizen: id,
        provider: &met.provider.setup.code,
        level: &met.person.acr,
        made_at: now,
        expires_at: now + CITIZENS_DAY,
    };
    citizens::insert_session(&mut conn, session).await?;
    let data = json!({
        "provider": met.provider.setup.code, "level": met.person.acr, "is_new": is_new,
    });
    append(&mut conn, ctx, Event::new("CitizenSignedIn", "citizen", id, data)).await?;
    conn.commit().await?;
    Ok(token)
}

async fn official(
    ctx: &Ctx,
    identity: &Identity,
    mut conn: Conn,
    met: &Met<'_>,
    it: Return<'_>,
) -> Result<SignIn, IdentityError> {
    let id = subjects::account_of(&mut conn, &met.mark).await?.ok_or(TripFault::Unknown)?;
    // Everybody knows the sample accounts: they open a demonstration and nothing else.
    let is_open = |account: &accounts::AccountRow| {
        account.disabled_at.is_none() && (!account.is_sample || identity.site.is_demo)
    };
    let account = accounts::find(&mut conn, id).await?.filter(is_open).ok_or(TripFault::Unknown)?;
    let is_enough = met.provider.setup.levels.is_enough(&met.person.acr);
    if !is_enough && !account.has_totp() {
        return Err(TripFault::TooLow.into());
    }
    let before = token::hash(it.token);
    let proof = Proof { provider: &met.provider.setup.code, level: &met.person.acr };
    let step = Step {
        account: &account,
        client: it.client,
        totp_passed: is_enough,
        replaces: Some(&before),
        by: Some(proof),
    };
    let answer = admit(&mut conn, ctx, step).await?;
    conn.commit().await?;
    identity.forget(&before);
    Ok(answer)
}

async fn link(ctx: &Ctx, mut conn: Conn, met: &Met<'_>) -> Result<(), IdentityError> {
    let (account, code) = (ctx.actor.account, &met.provider.setup.code);
    match subjects::account_of(&mut conn, &met.mark).await? {
        Some(other) if other != account => return Err(TripFault::Taken.into()),
        Some(_) => return Ok(conn.commit().await?),
        None => {}
    }
    // Whoever changes the person at the same provider says so by this trip.
    subjects::delete(&mut conn, account, code).await?;
    match subjects::insert(&mut conn, &met.mark, account, code, ctx.now_us()).await {
        Err(StoreError::Conflict(_)) => return Err(TripFault::Taken.into()),
        linked => linked?,
    }
    let data = json!({ "provider": code, "level": met.person.acr });
    append(&mut conn, ctx, Event::new("SubjectLinked", "account", account, data)).await?;
    Ok(conn.commit().await?)
}
