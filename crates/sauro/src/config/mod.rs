//! Configuration: one TOML file, every key overridable by a `SAURO_…` variable, sound with neither.

mod initiatives;
mod keys;
mod oidc;
mod petitions;
mod sms;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use initiatives::InitiativesConfig;
pub use keys::{KEYS, Key, Secrecy};
pub use oidc::{LevelConfig, OidcConfig, ProviderConfig};
pub use petitions::{PetitionMailConfig, PetitionsConfig};
pub use sms::SmsConfig;

/// The effective configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where everything is kept.
    pub store: StoreConfig,
    /// How the pages are served.
    pub http: HttpConfig,
    /// What this installation is.
    pub site: SiteConfig,
    /// Who may say who somebody is, beside the own accounts.
    pub oidc: OidcConfig,
    /// How notices go out by e-mail.
    pub mail: MailConfig,
    /// How short messages go out.
    pub sms: SmsConfig,
    /// How news goes to devices.
    pub push: PushConfig,
    /// Where the index of search lies.
    pub search: SearchConfig,
    /// How petitions come in beside the pages.
    pub petitions: PetitionsConfig,
    /// How long initiatives may take.
    pub initiatives: InitiativesConfig,
    /// What is written to the log.
    pub log: LogConfig,
}

/// Where everything is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreConfig {
    /// Folder of the database, the files and the seals.
    pub data: PathBuf,
    /// `sqlite:…` or `postgres://…`; empty means a SQLite file in the data folder.
    pub database: String,
    /// Where files lie; empty means a folder in the data folder.
    pub files: String,
    /// Where a clamd listens that scans every upload, such as `127.0.0.1:3310`; empty means none.
    pub clamd: String,
    /// Folder of a mirror of the public pages, which any web server can hand out; empty means none.
    pub mirror: String,
}

/// How the pages are served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpConfig {
    /// Address and port.
    pub listen: String,
    /// True behind HTTPS: cookies are sent over HTTPS only and carry the `__Host-` prefix.
    pub secure_cookies: bool,
    /// Longest time one request may take, in seconds.
    pub timeout_seconds: u64,
    /// True behind a proxy of one's own that sets `X-Forwarded-For`: its last entry is the address
    /// that sign-in counts attempts by.
    pub behind_proxy: bool,
    /// Memory for pages of the portal, in MB; 0 draws each page for each reader.
    pub page_cache_mb: u64,
}

/// What this installation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteConfig {
    /// Name in the masthead and in page titles.
    pub name: String,
    /// Origin that citizens see, without a slash at the end.
    pub public_url: String,
    /// True when figures are made up; pages say so and sign-in offers the sample accounts.
    pub demo: bool,
}

/// How notices go out by e-mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// True sends mail.
    pub enabled: bool,
    /// `smtps://`, `smtp+starttls://` or `smtp://`, with name and password if the server wants them.
    pub url: String,
    /// The sender, such as `Sáu Rõ <sauro@donvi.gov.vn>`.
    pub from: String,
}

/// How news goes to devices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PushConfig {
    /// True sends messages to devices whose holders asked for them, over the push servers of their browsers.
    pub enabled: bool,
    /// True asks push servers of the own network as well, over HTTP too.
    pub inside: bool,
}

/// Where the index of search lies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SearchConfig {
    /// A folder of this machine alone; empty means one in the data folder. It can be made again at any time.
    pub folder: PathBuf,
}

/// What is written to the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// Level, or a filter such as `info,sauro_store=debug`.
    pub filter: String,
    /// True writes one JSON object a line.
    pub json: bool,
}

/// What is wrong with the configuration, in Vietnamese.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file named cannot be read.
    #[error("Không đọc được tệp cấu hình {path}: {reason}. Kiểm tra đường dẫn và quyền đọc.")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The file is not TOML, has an unknown key or a wrong type.
    #[error(
        "Tệp cấu hình {path} sai: {reason}. Sửa dòng đó, hoặc chạy `sauro config` để xem các khóa có thể đặt."
    )]
    Malformed {
        /// The file, or the variable.
        path: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// A variable has a value of the wrong type.
    #[error("Biến {variable} có giá trị sai. {expected}")]
    Variable {
        /// The variable.
        variable: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}

impl Config {
    /// Reads `file` if given (a missing default file is no error), then the variables.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] names the file or the variable and how to mend it.
    pub fn load(
        file: Option<&Path>,
        variables: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let mut table = match file {
            Some(path) => read(path)?,
            None => toml::Table::new(),
        };
        for key in KEYS {
            if let Some(value) = variables(key.variable) {
                key.put(&mut table, &value)?;
            }
        }
        let origin =
            file.map_or_else(|| "(biến môi trường)".to_owned(), |path| path.display().to_string());
        toml::Value::Table(table).try_into().map_err(|err: toml::de::Error| {
            ConfigError::Malformed { path: origin, reason: err.message().to_owned() }
        })
    }

    /// The URL of the database.
    pub fn database_url(&self) -> String {
        if self.store.database.is_empty() {
            format!("sqlite://{}", self.store.data.join("sauro.db").display())
        } else {
            self.store.database.clone()
        }
    }

    /// Where files lie.
    pub fn files_url(&self) -> String {
        if self.store.files.is_empty() {
            self.store.data.join("files").display().to_string()
        } else {
            self.store.files.clone()
        }
    }

    /// Where the index of search lies.
    pub fn search_folder(&self) -> PathBuf {
        if self.search.folder.as_os_str().is_empty() {
            self.store.data.join("search")
        } else {
            self.search.folder.clone()
        }
    }

    /// The effective values as TOML, secrets hidden, each with what it means.
    pub fn shown(&self) -> String {
        let whole = toml::Value::Table(toml::Table::try_from(self).unwrap_or_default());
        let mut text = String::from(
            "# Cấu hình đang có hiệu lực. Mỗi khóa đặt được bằng biến ghi bên cạnh.\n",
        );
        let mut section = "";
        for key in KEYS {
            if key.section != section {
                section = key.section;
                text.push_str(&format!("\n[{section}]\n"));
            }
            let section_of = key.section.split('.').try_fold(&whole, |it, name| it.get(name));
            let value = section_of
                .and_then(|it| it.get(key.name))
                .map_or_else(|| "\"\"".to_owned(), toml::Value::to_string);
            let value = match key.secrecy {
                Secrecy::Open => value,
                Secrecy::Password => hidden(&value, false),
                Secrecy::Parameters => hidden(&value, true),
                Secrecy::Whole if value == r#""""# => value,
                Secrecy::Whole => r#""•••""#.to_owned(),
            };
            text.push_str(&format!(
                "{} = {value}  # {} · {}\n",
                key.name, key.variable, key.meaning
            ));
        }
        text
    }
}

/// Hides the password of a URL, before the host or among the parameters; with `all`, every parameter.
fn hidden(value: &str, all: bool) -> String {
    let Some((head, rest)) = value.split_once("://") else { return value.to_owned() };
    let parts = rest.split_inclusive(['?', '&']);
    let rest: String = parts.map(|it| hidden_parameter(it, all)).collect();
    match rest.rsplit_once('@') {
        Some((login, host)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{head}://{user}:•••@{host}")
        }
        None => format!("{head}://{rest}"),
    }
}

fn hidden_parameter(pair: &str, all: bool) -> String {
    let is_secret = |name: &str| {
        let name = name.to_lowercase();
        ["pass", "pwd", "secret", "token", "key"].iter().any(|it| name.contains(it))
    };
    match pair.split_once('=') {
        // A place that is filled later says nothing.
        Some((_, value)) if value.starts_with('{') => pair.to_owned(),
        Some((name, value)) if all || is_secret(name) => {
            // What ends the pair, the quote of the whole included, is shown.
            let end = value.chars().last().filter(|it| matches!(it, '&' | '"'));
            format!("{name}=•••{}", end.map(String::from).unwrap_or_default())
        }
        _ => pair.to_owned(),
    }
}

fn read(path: &Path) -> Result<toml::Table, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|err| ConfigError::Unreadable {
        path: path.display().to_string(),
        reason: err.to_string(),
    })?;
    text.parse().map_err(|err: toml::de::Error| {
        let line = err
            .span()
            .map_or(0, |span| text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1);
        ConfigError::Malformed {
            path: path.display().to_string(),
            reason: format!("dòng {line}: {}", err.message()),
        }
    })
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            data: PathBuf::from("var"),
            database: String::new(),
            files: String::new(),
            clamd: String::new(),
            mirror: String::new(),
        }
    }
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:5757".to_owned(),
            secure_cookies: false,
            timeout_seconds: 60,
            behind_proxy: false,
            page_cache_mb: 64,
        }
    }
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            name: "Sáu Rõ".to_owned(),
            public_url: "http://127.0.0.1:5757".to_owned(),
            demo: false,
        }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { filter: "warn".to_owned(), json: false }
    }
}
