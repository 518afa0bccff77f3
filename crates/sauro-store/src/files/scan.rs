//! What a scanner for malware (clamd) says of an upload, before it is kept.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clamav_client::tokio::{Tcp, scan_buffer, scan_file};

use super::FilesError;

/// How long a scanner may take for one file.
const PATIENCE: Duration = Duration::from_secs(60);

/// A clamd that listens on TCP, such as `127.0.0.1:3310`.
#[derive(Clone)]
pub(super) struct Scanner(pub(super) Arc<str>);

impl Scanner {
    pub(super) async fn look_at(&self, content: &[u8]) -> Result<(), FilesError> {
        self.judged(scan_buffer(content, self.tcp(), None)).await
    }

    pub(super) async fn look_at_file(&self, path: &Path) -> Result<(), FilesError> {
        self.judged(scan_file(path, self.tcp(), None)).await
    }

    fn tcp(&self) -> Tcp<&str> {
        Tcp { host_address: &self.0 }
    }

    /// What cannot be scanned is not kept either.
    async fn judged(
        &self,
        asked: impl Future<Output = std::io::Result<Vec<u8>>>,
    ) -> Result<(), FilesError> {
        let answer = tokio::time::timeout(PATIENCE, asked).await;
        let answer = answer.map_err(|_| FilesError::NotScanned("it took too long".to_owned()))?;
        let answer = answer.map_err(|err| FilesError::NotScanned(err.to_string()))?;
        match clamav_client::clean(&answer) {
            Ok(true) => Ok(()),
            _ => {
                let said = String::from_utf8_lossy(&answer).trim_matches(['\0', '\n']).to_owned();
                match said.contains("FOUND") {
                    true => Err(FilesError::Infected(said)),
                    false => Err(FilesError::NotScanned(said)),
                }
            }
        }
    }
}
