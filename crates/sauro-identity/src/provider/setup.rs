use std::path::PathBuf;

use crate::model::Levels;

/// One identity provider, as an administrator set it up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProviderSetup {
    /// Stands in addresses: small letters without diacritics, digits, dashes.
    pub code: String,
    /// Stands on buttons, such as "VNeID".
    pub name: String,
    /// The issuer, as the provider writes it.
    pub issuer: String,
    /// Under which name the provider knows this installation.
    pub client_id: String,
    /// The file that holds the secret; empty for a client without one.
    pub secret_file: PathBuf,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// Its levels of assurance.
    pub levels: Levels,
    /// Whether citizens sign in with it.
    pub serves_citizens: bool,
    /// Whether officials may link themselves to it.
    pub serves_officials: bool,
    /// Certificates to trust beside those of the system (PEM); empty for none.
    pub trusted: PathBuf,
}

/// What is wrong with the setup of a provider, in Vietnamese.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The code cannot stand in an address, or stands there twice.
    #[error(
        "Nhà cung cấp định danh “{0}”: `code` chỉ gồm chữ thường không dấu, số, dấu gạch ngang, và không trùng nhau. Sửa mục [[oidc.providers]]."
    )]
    Code(String),
    /// A key that must be there is empty.
    #[error("Nhà cung cấp định danh “{code}”: thiếu `{key}`. Ghi vào mục [[oidc.providers]].")]
    Missing {
        /// Of which provider.
        code: String,
        /// The key.
        key: &'static str,
    },
    /// The issuer or the own address is no address that people can be sent to.
    #[error(
        "Nhà cung cấp định danh “{code}”: “{address}” không dùng được. Ghi địa chỉ https://…; http:// chỉ dùng được với máy này."
    )]
    Address {
        /// Of which provider.
        code: String,
        /// What was written.
        address: String,
    },
    /// A file cannot be read.
    #[error(
        "Nhà cung cấp định danh “{code}”: không đọc được {path} ({reason}). Kiểm tra đường dẫn và quyền đọc."
    )]
    File {
        /// Of which provider.
        code: String,
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The level that is enough is none of the levels.
    #[error(
        "Nhà cung cấp định danh “{0}”: `officials_from` không có trong `levels`. Ghi đúng một giá trị `acr` của danh sách, hoặc để trống."
    )]
    Levels(String),
}

impl ProviderSetup {
    /// Whether everything that must be there is there.
    pub(super) fn checked(&self) -> Result<(), SetupError> {
        let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.code.is_empty() || self.code.len() > 40 || !self.code.chars().all(is_fit) {
            return Err(SetupError::Code(self.code.clone()));
        }
        let needed =
            [("name", &self.name), ("issuer", &self.issuer), ("client_id", &self.client_id)];
        for (key, value) in needed {
            if value.trim().is_empty() {
                return Err(SetupError::Missing { code: self.code.clone(), key });
            }
        }
        if self.levels.is_sound() { Ok(()) } else { Err(SetupError::Levels(self.code.clone())) }
    }

    /// The secret, without the line end that editors add.
    pub(super) fn secret(&self) -> Result<Option<String>, SetupError> {
        if self.secret_file.as_os_str().is_empty() {
            return Ok(None);
        }
        let path = &self.secret_file;
        let text = std::fs::read_to_string(path).map_err(|err| self.unreadable(path, &err))?;
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    pub(super) fn unreadable(
        &self,
        path: &std::path::Path,
        err: &dyn std::error::Error,
    ) -> SetupError {
        SetupError::File {
            code: self.code.clone(),
            path: path.display().to_string(),
            reason: err.to_string(),
        }
    }
}
