//! Who may say who somebody is, beside the own accounts.

use std::path::PathBuf;

use sauro_identity::model::{Level, Levels};
use sauro_identity::provider::ProviderSetup;
use serde::{Deserialize, Serialize};

/// Who may say who somebody is, beside the own accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OidcConfig {
    /// One table each; none means that nobody is offered one.
    pub providers: Vec<ProviderConfig>,
}

/// One identity provider (OpenID Connect).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProviderConfig {
    /// Stands in addresses: small letters without diacritics, digits, dashes.
    pub code: String,
    /// Stands on buttons.
    pub name: String,
    /// The issuer, as the provider writes it.
    pub issuer: String,
    /// Under which name the provider knows this installation.
    pub client_id: String,
    /// The file that holds the secret; empty for a client without one.
    pub secret_file: PathBuf,
    /// What is asked for beside `openid`, with spaces between.
    pub scopes: String,
    /// Its levels of assurance, the lowest first.
    pub levels: Vec<LevelConfig>,
    /// The `acr` from which on an official is asked for no second factor; empty means always.
    pub officials_from: String,
    /// False where citizens do not sign in with it.
    pub citizens: bool,
    /// False where officials may not link themselves to it.
    pub officials: bool,
    /// Certificates to trust beside those of the system.
    pub trusted: PathBuf,
}

/// One level of assurance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LevelConfig {
    /// As the provider says it.
    pub acr: String,
    /// As people say it.
    pub name: String,
}

impl OidcConfig {
    /// The same for the room of accounts.
    pub fn setups(&self) -> Vec<ProviderSetup> {
        self.providers.iter().map(ProviderConfig::setup).collect()
    }
}

impl ProviderConfig {
    fn setup(&self) -> ProviderSetup {
        let level = |it: &LevelConfig| Level { acr: it.acr.clone(), name: it.name.clone() };
        ProviderSetup {
            code: self.code.clone(),
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            secret_file: self.secret_file.clone(),
            scopes: self.scopes.split_whitespace().map(str::to_owned).collect(),
            levels: Levels {
                all: self.levels.iter().map(level).collect(),
                enough: self.officials_from.clone(),
            },
            serves_citizens: self.citizens,
            serves_officials: self.officials,
            trusted: self.trusted.clone(),
        }
    }
}

impl Default for ProviderConfig {
    fn default() -> Self {
        Self {
            code: String::new(),
            name: String::new(),
            issuer: String::new(),
            client_id: String::new(),
            secret_file: PathBuf::new(),
            scopes: "profile email phone".to_owned(),
            levels: Vec::new(),
            officials_from: String::new(),
            citizens: true,
            officials: true,
            trusted: PathBuf::new(),
        }
    }
}
