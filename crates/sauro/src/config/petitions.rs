//! How petitions come in beside the pages.

use std::path::PathBuf;

use sauro_mailbox::actions::Mailbox;
use sauro_mailbox::jobs::ImapPlace;
use sauro_mailbox::model::Own;
use serde::{Deserialize, Serialize};

/// How petitions come in beside the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PetitionsConfig {
    /// The mailbox that is read.
    pub mail: PetitionMailConfig,
}

/// The mailbox that is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PetitionMailConfig {
    /// True reads it.
    pub enabled: bool,
    /// The address that people write to.
    pub address: String,
    /// The IMAP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// False only with a server on the same machine.
    pub tls: bool,
    /// Certificates to trust beside those of the system.
    pub trusted: PathBuf,
    /// Name to sign in with.
    pub user: String,
    /// The file that holds the password.
    pub password_file: PathBuf,
    /// The folder that is read.
    pub folder: String,
    /// The name under which the own server writes `Authentication-Results`.
    pub server_id: String,
    /// Code of the agency that receives what comes in, or empty.
    pub agency: String,
}

impl PetitionMailConfig {
    /// Where the mailbox is.
    pub fn place(&self) -> ImapPlace {
        ImapPlace {
            host: self.host.clone(),
            port: self.port,
            user: self.user.clone(),
            password_file: self.password_file.clone(),
            folder: self.folder.clone(),
            is_tls: self.tls,
            trusted: self.trusted.clone(),
        }
    }

    /// What the mailbox knows of itself, with `from`, the sender of outgoing mail.
    pub fn mailbox(&self, from: &str) -> Mailbox {
        // "Sáu Rõ <a@b.vn>" or "a@b.vn".
        let from = from.rsplit('<').next().unwrap_or_default().trim_end_matches('>');
        let addresses = [self.address.as_str(), &self.user, from].into_iter();
        let addresses = addresses.map(|it| it.trim().to_lowercase()).filter(|it| it.contains('@'));
        Mailbox {
            own: Own { addresses: addresses.collect(), server_id: self.server_id.clone() },
            agency: self.agency.clone(),
        }
    }
}

impl Default for PetitionMailConfig {
    fn default() -> Self {
        Self {
            enabled: false,
            address: String::new(),
            host: String::new(),
            port: 993,
            tls: true,
            trusted: PathBuf::new(),
            user: String::new(),
            password_file: PathBuf::new(),
            folder: "INBOX".to_owned(),
            server_id: String::new(),
            agency: String::new(),
        }
    }
}
