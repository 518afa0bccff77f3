use std::sync::{Arc, Mutex, PoisonError};

use openidconnect::{
    ClientId, ClientSecret, IssuerUrl, PostLogoutRedirectUrl, ProviderMetadataWithLogout,
    RedirectUrl,
};
use sauro_wire::is_this_machine;
use tokio::sync::Semaphore;

use super::setup::{ProviderSetup, SetupError};
use super::wire::Wire;

/// People who may be on their way back at once; the next one is told to try again, so that a provider that
/// hangs holds no more of this process than that.
const AT_ONCE: usize = 64;

/// One provider.
pub(crate) struct Provider {
    pub(crate) setup: ProviderSetup,
    pub(super) client_id: ClientId,
    pub(super) secret: Option<ClientSecret>,
    pub(super) issuer: IssuerUrl,
    /// Where people come back to.
    pub(super) redirect: RedirectUrl,
    /// Where they come back to after signing out there.
    pub(super) after_leaving: PostLogoutRedirectUrl,
    pub(super) wire: Wire,
    pub(super) places: Semaphore,
    known: Mutex<Option<Known>>,
}

/// What a provider says of itself, with its keys.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) metadata: Arc<ProviderMetadataWithLogout>,
    /// When it was read, in microseconds.
    pub(super) read_at: i64,
}

impl Provider {
    pub(super) fn new(setup: ProviderSetup, public_url: &str) -> Result<Self, SetupError> {
        setup.checked()?;
        let wrong = |address: &str| SetupError::Address {
            code: setup.code.clone(),
            address: address.to_owned(),
        };
        let issuer = IssuerUrl::new(setup.issuer.clone()).map_err(|_| wrong(&setup.issuer))?;
        let host = issuer.url().host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if issuer.url().scheme() != "https" && !is_this_machine(&host) {
            return Err(wrong(&setup.issuer));
        }
        let back = format!("{public_url}/dang-nhap/qua/{}/ve", setup.code);
        let left = format!("{public_url}/dang-nhap/nguoi-dan/da-ra");
        let wire =
            Wire::trusting(&setup.trusted).map_err(|err| setup.unreadable(&setup.trusted, &err))?;
        Ok(Self {
            client_id: ClientId::new(setup.client_id.clone()),
            secret: setup.secret()?.map(ClientSecret::new),
            redirect: RedirectUrl::new(back.clone()).map_err(|_| wrong(&back))?,
            after_leaving: PostLogoutRedirectUrl::new(left.clone()).map_err(|_| wrong(&left))?,
            places: Semaphore::new(AT_ONCE),
            known: Mutex::new(None),
            issuer,
            wire,
            setup,
        })
    }

    /// What was read before.
    pub(super) fn known(&self) -> Option<Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn know(&self, known: Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }
}
