//! How short messages go out.

use std::path::PathBuf;

use sauro_notices::jobs::SmsSetup;
use serde::{Deserialize, Serialize};

/// How short messages (SMS) to those who sent a case go out: over the gateway of an operator or of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmsConfig {
    /// True sends short messages.
    pub enabled: bool,
    /// Where the gateway is asked; `{to}`, `{text}`, `{id}` and `{secret}` may stand in it.
    pub url: String,
    /// What is posted; empty asks by GET.
    pub body: String,
    /// What kind of text the body is.
    pub content_type: String,
    /// The head `Authorization`, or empty.
    pub authorization: String,
    /// The file that holds what `{secret}` stands for.
    pub secret_file: PathBuf,
    /// What an answer holds when the message was taken; empty takes every 2xx for that.
    pub accepted: String,
    /// Certificates to trust beside those of the system.
    pub trusted: PathBuf,
    /// True writes Vietnamese with its marks: 70 letters in a message instead of 160.
    pub marks: bool,
    /// Messages of one day; those beyond wait for the next.
    pub most_a_day: u32,
}

impl SmsConfig {
    /// How the gateway is asked.
    pub fn setup(&self) -> SmsSetup {
        SmsSetup {
            url: self.url.clone(),
            body: self.body.clone(),
            content_type: self.content_type.clone(),
            authorization: self.authorization.clone(),
            secret_file: self.secret_file.clone(),
            accepted: self.accepted.clone(),
            trusted: self.trusted.clone(),
        }
    }
}

impl Default for SmsConfig {
    fn default() -> Self {
        Self {
            enabled: false,
            url: String::new(),
            body: String::new(),
            content_type: "application/json".to_owned(),
            authorization: String::new(),
            secret_file: PathBuf::new(),
            accepted: String::new(),
            trusted: PathBuf::new(),
            marks: false,
            most_a_day: 5_000,
        }
    }
}
