//! What is said to a provider, and what of its answers is believed.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreIdToken, CoreIdTokenClaims,
    CoreIdTokenVerifier, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError,
    CsrfToken, DiscoveryError, EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    ProviderMetadataWithLogout, RequestTokenError, Scope, SignatureVerificationError,
    TokenResponse, UserInfoError,
};

use sauro_kernel::causes;

use super::party::{Known, Provider};
use crate::model::{Trip, TripFault};

/// Longest time for all that one sign-in asks of a provider.
const PATIENCE: Duration = Duration::from_secs(10);

/// A description is read anew after this long, in microseconds.
const FRESH: i64 = 3_600_000_000;

/// A key that is not known makes the keys be read anew, but not more often than this: forged tokens are no
/// lever to make this server ask the provider without end.
const ROTATION: i64 = 60_000_000;

/// How far the provider's clock may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// Longest text taken from a provider, in characters.
const LONGEST: usize = 300;

/// Longest subject (OpenID Connect Core, section 2).
const LONGEST_SUBJECT: usize = 255;

/// This installation, as the provider knows it.
type Party = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Who a provider says that somebody is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Person {
    /// Never reassigned by the provider.
    pub(crate) subject: String,
    /// How surely it knows the person, or empty.
    pub(crate) acr: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
}

/// Words for one trip that nobody can guess.
pub(crate) struct Words {
    pub(crate) state: String,
    pub(crate) nonce: String,
}

impl Provider {
    /// Where to send somebody, and what proves later that the code is for us.
    ///
    /// # Errors
    ///
    /// [`TripFault::Away`] when the provider does not say where.
    pub(crate) async fn address(
        &self,
        now: DateTime<Utc>,
        words: &Words,
    ) -> Result<(String, String), TripFault> {
        let _place = self.places.try_acquire().map_err(|_| TripFault::Away)?;
        let party = self.party(&*self.metadata(now, FRESH).await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (state, nonce) = (words.state.clone(), words.nonce.clone());
        let mut request = party
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(challenge)
            .add_scopes(self.setup.scopes.iter().cloned().map(Scope::new));
        // The first one is the one that is liked best.
        for level in self.setup.levels.all.iter().rev() {
            let acr = AuthenticationContextClass::new(level.acr.clone());
            request = request.add_auth_context_value(acr);
        }
        let (url, _, _) = request.url();
        Ok((url.into(), verifier.secret().clone()))
    }

    /// Who came back on `trip` with `code`.
    ///
    /// # Errors
    ///
    /// [`TripFault::Unproved`] when anything of the token does not hold, [`TripFault::Away`] without an answer in
    /// time.
    pub(crate) async fn person(
        &self,
        now: DateTime<Utc>,
        code: &str,
        trip: &Trip,
    ) -> Result<Person, TripFault> {
        let _place = self.places.try_acquire().map_err(|_| TripFault::Away)?;
        let asked = tokio::time::timeout(PATIENCE, self.asked(now, code, trip));
        asked.await.unwrap_or_else(|_| Err(self.away("no answer in time")))
    }

    /// Where a person signs out at the provider as well, if it offers that. Nothing is asked for: what is known
    /// is enough, or there is no such address.
    pub(crate) fn leaving(&self) -> Option<String> {
        let known = self.known()?;
        let end = known.metadata.additional_metadata().end_session_endpoint.clone()?;
        let request = LogoutRequest::from(end)
            .set_client_id(self.client_id.clone())
            .set_post_logout_redirect_uri(self.after_leaving.clone());
        Some(request.http_get_url().into())
    }

    async fn asked(
        &self,
        now: DateTime<Utc>,
        code: &str,
        trip: &Trip,
    ) -> Result<Person, TripFault> {
        let party = self.party(&*self.metadata(now, FRESH).await?);
        let request = party
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|err| self.unproved(&causes(&err)))?
            .set_pkce_verifier(PkceCodeVerifier::new(trip.verifier.clone()));
        let answer = request.request_async(&self.wire).await.map_err(|err| match err {
            RequestTokenError::Request(err) => self.away(&causes(&err)),
            // What lies below would quote what the provider says of the person.
            err => self.unproved(&err.to_string()),
        })?;
        let token = answer.id_token().ok_or_else(|| self.unproved("no id token"))?;
        let nonce = Nonce::new(trip.nonce.clone());
        let verifier = verifier(&party, now);
        match claims(token, &verifier, &nonce, &answer) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // The provider may have changed its keys.
                let party = self.party(&*self.metadata(now, ROTATION).await?);
                let verifier = self::verifier(&party, now);
                let claims = claims(token, &verifier, &nonce, &answer);
                let claims = claims.map_err(|err| self.unproved(&causes(&err)))?;
                self.told(&party, &answer, claims).await
            }
            Err(err) => Err(self.unproved(&causes(&err))),
            Ok(claims) => self.told(&party, &answer, claims).await,
        }
    }

    /// What the token and the provider's page about the person say.
    async fn told(
        &self,
        party: &Party,
        answer: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Person, TripFault> {
        let subject = claims.subject();
        if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
            return Err(self.unproved("the subject is empty or endless"));
        }
        let is_other = |it: &openidconnect::ClientId| *it != self.client_id;
        if claims.authorized_party().is_some_and(is_other) {
            return Err(self.unproved("the token was issued to another party"));
        }
        let mut person = Person {
            subject: subject.as_str().to_owned(),
            acr: claims.auth_context_ref().map(|it| short(it.as_str())).unwrap_or_default(),
            name: claims.name().and_then(|it| it.get(None)).map(|it| short(it)).unwrap_or_default(),
            email: claims.email().map(|it| short(it)).unwrap_or_default(),
            phone: claims.phone_number().map(|it| short(it)).unwrap_or_default(),
        };
        let access = answer.access_token().clone();
        let Ok(request) = party.user_info(access, Some(subject.clone())) else { return Ok(person) };
        let told =
            request.request_async::<EmptyAdditionalClaims, _, CoreGenderClaim>(&self.wire).await;
        match told {
            Ok(more) => person.learn(&more),
            // The cause would name the subject.
            Err(UserInfoError::ClaimsVerification(_)) => {
                return Err(self.unproved("the page about the person is about another"));
            }
            // Who it is has been proved; name and telephone are typed by hand then.
            Err(_) => self.note("the page about the person does not answer", "no claims"),
        }
        Ok(person)
    }

    fn party(&self, metadata: &ProviderMetadataWithLogout) -> Party {
        let (id, secret) = (self.client_id.clone(), self.secret.clone());
        CoreClient::from_provider_metadata(metadata.clone(), id, secret)
            .set_redirect_uri(self.redirect.clone())
    }

    /// What the provider says of itself, not older than `age`. When it does not answer, what it said before
    /// will do as long as it is not its keys that are in question.
    async fn metadata(
        &self,
        now: DateTime<Utc>,
        age: i64,
    ) -> Result<Arc<ProviderMetadataWithLogout>, TripFault> {
        let (before, now) = (self.known(), now.timestamp_micros());
        if let Some(known) = before.as_ref().filter(|it| now - it.read_at < age) {
            return Ok(known.metadata.clone());
        }
        let issuer = self.issuer.clone();
        let asked = ProviderMetadataWithLogout::discover_async(issuer, &self.wire);
        let read = tokio::time::timeout(PATIENCE, asked).await;
        match (read, before) {
            (Ok(Ok(metadata)), _) => {
                let metadata = Arc::new(metadata);
                self.know(Known { metadata: metadata.clone(), read_at: now });
                Ok(metadata)
            }
            (_, Some(known)) if age == FRESH => Ok(known.metadata),
            (Ok(Err(err @ (DiscoveryError::Validation(_) | DiscoveryError::Parse(_)))), _) => {
                Err(self.unproved(&causes(&err)))
            }
            (Ok(Err(err)), _) => Err(self.away(&causes(&err))),
            (Err(err), _) => Err(self.away(&causes(&err))),
        }
    }

    fn away(&self, cause: &str) -> TripFault {
        self.note("the identity provider does not answer", cause);
        TripFault::Away
    }

    fn unproved(&self, cause: &str) -> TripFault {
        self.note("what the identity provider answered does not hold", cause);
        TripFault::Unproved
    }

    /// The log of the administrator: the provider and why, and nothing of the person.
    fn note(&self, words: &str, cause: &str) {
        tracing::warn!(provider = %self.setup.code, cause, "{words}");
    }
}

impl Person {
    /// Takes what the token did not say.
    fn learn(&mut self, more: &CoreUserInfoClaims) {
        let name = more.name().and_then(|it| it.get(None));
        for (own, more) in [
            (&mut self.name, name.map(|it| short(it))),
            (&mut self.email, more.email().map(|it| short(it))),
            (&mut self.phone, more.phone_number().map(|it| short(it))),
        ] {
            if own.is_empty() {
                *own = more.unwrap_or_default();
            }
        }
    }
}

/// Signatures by the provider's own keys alone: a secret that two share proves nothing of either.
fn verifier(party: &Party, now: DateTime<Utc>) -> CoreIdTokenVerifier<'_> {
    use openidconnect::core::CoreJwsSigningAlgorithm as Alg;
    let known = [
        Alg::RsaSsaPkcs1V15Sha256,
        Alg::RsaSsaPkcs1V15Sha384,
        Alg::RsaSsaPkcs1V15Sha512,
        Alg::RsaSsaPssSha256,
        Alg::EcdsaP256Sha256,
        Alg::EcdsaP384Sha384,
        Alg::EdDsa,
    ];
    party
        .id_token_verifier()
        .set_allowed_algs(known)
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |at| match at <= now + AHEAD {
            true => Ok(()),
            false => Err("issued in the future".to_owned()),
        })
}

/// What the token says, once its signature, issuer, audience, times and nonce hold, and it belongs to the access
/// token beside it.
fn claims<'a>(
    token: &'a CoreIdToken,
    verifier: &CoreIdTokenVerifier<'_>,
    nonce: &Nonce,
    answer: &CoreTokenResponse,
) -> Result<&'a CoreIdTokenClaims, ClaimsVerificationError> {
    let claims = token.claims(verifier, nonce)?;
    if let Some(expected) = claims.access_token_hash() {
        let wrong = ClaimsVerificationError::SignatureVerification;
        let alg = token.signing_alg().map_err(wrong)?;
        let key = token.signing_key(verifier).map_err(wrong)?;
        let found = AccessTokenHash::from_token(answer.access_token(), alg, key)
            .map_err(|err| ClaimsVerificationError::Other(err.to_string()))?;
        if found != *expected {
            return Err(ClaimsVerificationError::Other("another access token".to_owned()));
        }
    }
    Ok(claims)
}

/// Text of a provider on one line and not without end.
fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}
