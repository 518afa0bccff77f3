//! Identity providers (OpenID Connect): what is known of each, and the talk with it.

mod party;
mod setup;
mod talk;
mod wire;

use std::sync::Arc;

pub(crate) use party::Provider;
pub use setup::{ProviderSetup, SetupError};
pub(crate) use talk::{Person, Words};

/// The providers of an installation; none is the usual case.
#[derive(Clone, Default)]
pub struct Providers(Arc<[Provider]>);

impl Providers {
    /// Those of `setups`, which bring people back to pages below `public_url`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] says in Vietnamese which key is wrong and how to mend it.
    pub fn new(setups: Vec<ProviderSetup>, public_url: &str) -> Result<Self, SetupError> {
        let mut all: Vec<Provider> = Vec::new();
        for setup in setups {
            if all.iter().any(|it| it.setup.code == setup.code) {
                return Err(SetupError::Code(setup.code));
            }
            all.push(Provider::new(setup, public_url)?);
        }
        Ok(Self(all.into()))
    }

    /// Those that serve citizens.
    pub(crate) fn of_citizens(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter().filter(|it| it.setup.serves_citizens)
    }

    /// Those that serve officials.
    pub(crate) fn of_officials(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter().filter(|it| it.setup.serves_officials)
    }

    /// The one with the code `code`.
    pub(crate) fn find(&self, code: &str) -> Option<&Provider> {
        self.0.iter().find(|it| it.setup.code == code)
    }
}
