//! HTTP to a provider: few requests, each answered in time and in bounds, or given up.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use openidconnect::http::{HeaderValue, Request, Response, Uri, header};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

/// Longest time for one request.
const PATIENCE: Duration = Duration::from_secs(5);

/// Most bytes of an answer: discovery, keys and tokens are a few thousand.
const MOST_BYTES: usize = 256 << 10;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum WireError {
    /// Not an address that is asked: HTTPS, or HTTP on this machine.
    #[error("not an address to ask: {0}")]
    Address(Uri),
    /// No connection, or it broke.
    #[error("the connection failed")]
    Broken(#[source] Cause),
    /// Nothing in time.
    #[error("no answer within {} s", PATIENCE.as_secs())]
    Silent,
}

/// A way to one provider. It follows no redirection: where to ask is said by the provider's own description.
#[derive(Clone)]
pub(super) struct Wire(TlsConnector);

impl Wire {
    /// Trusts what the system trusts, and the certificates of `trusted`.
    pub(super) fn trusting(trusted: &Path) -> Result<Self, Cause> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if !trusted.as_os_str().is_empty() {
            for certificate in CertificateDer::pem_file_iter(trusted)? {
                roots.add(certificate?)?;
            }
        }
        let provider = Arc::new(crypto::ring::default_provider());
        let config =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, WireError> {
        let asked = tokio::time::timeout(PATIENCE, self.exchange(request));
        asked.await.map_err(|_| WireError::Silent)?
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, WireError> {
        let uri = request.uri().clone();
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let is_tls = uri.scheme_str() == Some("https");
        if host.is_empty() || !(is_tls || is_this_machine(&host)) {
            return Err(WireError::Address(uri));
        }
        let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let tcp = TcpStream::connect((host.as_str(), port)).await.map_err(broken)?;
        if !is_tls {
            return ask(tcp, request).await;
        }
        let name = ServerName::try_from(host).map_err(broken)?;
        ask(self.0.connect(name, tcp).await.map_err(broken)?, request).await
    }
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = WireError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, WireError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// Whether plain HTTP goes no further than this machine.
pub(super) fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

async fn ask<S>(stream: S, request: HttpRequest) -> Result<HttpResponse, WireError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // It ends when the sender and the answer are dropped.
    tokio::spawn(async move { drop(connection.await) });
    let (mut parts, body) = request.into_parts();
    let authority = parts.uri.authority().map(|it| it.as_str().to_owned()).unwrap_or_default();
    parts.headers.insert(header::HOST, HeaderValue::try_from(authority).map_err(broken)?);
    let path = parts.uri.path_and_query().map_or("/", |it| it.as_str());
    parts.uri = Uri::try_from(path).map_err(broken)?;
    let request = Request::from_parts(parts, Full::new(Bytes::from(body)));
    let (parts, body) = sender.send_request(request).await.map_err(broken)?.into_parts();
    let body = Limited::new(body, MOST_BYTES).collect().await.map_err(WireError::Broken)?;
    Ok(Response::from_parts(parts, body.to_bytes().to_vec()))
}

fn broken(cause: impl Into<Cause>) -> WireError {
    WireError::Broken(cause.into())
}
