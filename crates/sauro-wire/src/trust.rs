use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore, crypto};

/// Why certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file cannot be read, or holds none.
    #[error("the file of certificates cannot be read")]
    File(#[source] PemError),
    /// One of them is none.
    #[error("a certificate cannot be used")]
    Certificate(#[source] Error),
}

/// What TLS is spoken with: trusts what the system trusts, and the certificates (PEM) of the file `trusted`, if it
/// is not empty.
///
/// # Errors
///
/// [`TrustError`].
pub fn trusting(trusted: &Path) -> Result<ClientConfig, TrustError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if !trusted.as_os_str().is_empty() {
        for certificate in CertificateDer::pem_file_iter(trusted).map_err(TrustError::File)? {
            let certificate = certificate.map_err(TrustError::File)?;
            roots.add(certificate).map_err(TrustError::Certificate)?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(TrustError::Certificate)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
