use sauro_kernel::AccountId;
use serde::{Deserialize, Serialize};

/// A way to a provider and back (lượt định danh), from the click until the browser is here again. The browser
/// carries it sealed, so that whoever only clicks leaves no row behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trip {
    /// Code of the provider.
    pub provider: String,
    /// What the provider gives back as it is.
    pub state: String,
    /// What must stand in its token.
    pub nonce: String,
    /// What proves that the code is for us (PKCE).
    pub verifier: String,
    /// What for.
    pub errand: Errand,
    /// Where to go afterwards: a path of this site.
    pub then: String,
    /// Not good after this, in microseconds.
    pub expires_at: i64,
}

/// What somebody goes to a provider for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// A citizen signs in.
    Citizen,
    /// An official who is linked signs in.
    Official,
    /// An official who is signed in links themself.
    Link {
        /// Whose account.
        account: AccountId,
        /// Hash of the session that asked, in hexadecimal.
        session: String,
    },
}

/// Why a trip came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TripFault {
    /// It was not begun in this browser, too long ago, or has come back before.
    #[error("the trip was not begun here, has ended or was used")]
    NotOurs,
    /// The person turned back at the provider.
    #[error("the person turned back")]
    Cancelled,
    /// What the provider gave does not prove who it is.
    #[error("the provider's answer does not hold")]
    Unproved,
    /// The provider does not answer, or too slowly.
    #[error("the provider does not answer")]
    Away,
    /// Nobody here is linked to this person.
    #[error("no account is linked to this subject")]
    Unknown,
    /// The level is too low, and there is no second factor to ask for.
    #[error("the level of assurance is too low")]
    TooLow,
    /// Another account is linked to this person.
    #[error("the subject is linked to another account")]
    Taken,
}

impl Trip {
    /// Time to come back.
    const LASTS: i64 = 10 * 60 * 1_000_000;

    /// When a trip that begins at `now` ends.
    pub fn until(now: i64) -> i64 {
        now + Self::LASTS
    }

    /// Whether whoever came back from `provider` with `state` at `now` is on this trip.
    pub fn is_the_one(&self, provider: &str, state: &str, now: i64) -> bool {
        !state.is_empty()
            && self.provider == provider
            && self.state == state
            && now < self.expires_at
    }
}
