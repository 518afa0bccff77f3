//! HTTP to push servers: whoever subscribes says where to ask, so that nothing of the own network may be reached.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper::header::{self, HeaderMap};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use sauro_kernel::causes;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
use url::Url;

use super::{Vapid, sealed_for};
use crate::model::{Device, is_public};

/// Longest time for one message.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most bytes of an answer that are read; what it says is of no interest.
const MOST_BYTES: usize = 16 << 10;

/// How long a push server keeps a message for a device that is off, in seconds.
const KEPT_S: u32 = 24 * 3600;

/// Longest wait that a push server may ask for, in seconds.
const LONGEST_WAIT_S: u64 = 6 * 3600;

/// A message to a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The device.
    pub device: Device,
    /// The words.
    pub message: Vec<u8>,
}

/// What became of handing a message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// The push server has it.
    Taken,
    /// The device is there no more, for good.
    Gone,
    /// The message is not taken, for good; why.
    Refused(String),
    /// Not now: why, and how long the server asks to wait.
    Later(String, Option<Duration>),
}

/// Why push servers cannot be asked at all.
#[derive(Debug, thiserror::Error)]
#[error("connections to push servers cannot be set up")]
pub struct PushError(#[source] tokio_rustls::rustls::Error);

/// The way to push servers.
#[derive(Clone)]
pub struct PushServers {
    tls: TlsConnector,
    vapid: Vapid,
    /// Push servers of the own network are asked as well, over HTTP too.
    may_be_private: bool,
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

impl PushServers {
    /// The way to push servers, signing with `vapid`.
    ///
    /// # Errors
    ///
    /// [`PushError`].
    pub fn new(vapid: Vapid, may_be_private: bool) -> Result<Self, PushError> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(PushError)?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), vapid, may_be_private })
    }

    /// Tries once to hand `push` over, at the instant `now`. No redirection is followed.
    pub async fn hand_over(&self, push: &Push, now: DateTime<Utc>) -> Handed {
        let Ok(url) = Url::parse(&push.device.endpoint) else { return Handed::Gone };
        let body = match sealed_for(&push.device, &push.message) {
            Ok(body) => body,
            Err(err) => return Handed::Refused(causes(&err)),
        };
        let asked = tokio::time::timeout(PATIENCE, self.ask(&url, body, now)).await;
        match asked {
            Ok(Ok((status, heads))) => judged(status, &heads),
            Ok(Err(Refusal::Private)) => Handed::Gone,
            Ok(Err(Refusal::Broken(cause))) => Handed::Later(causes(&*cause), None),
            Err(_) => Handed::Later("no answer in time".to_owned(), None),
        }
    }

    async fn ask(
        &self,
        url: &Url,
        body: Vec<u8>,
        now: DateTime<Utc>,
    ) -> Result<(StatusCode, HeaderMap), Refusal> {
        let is_tls = url.scheme() == "https";
        if !is_tls && !self.may_be_private {
            return Err(Refusal::Private);
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().unwrap_or(443);
        let tcp = TcpStream::connect(self.place(&host, port).await?).await.map_err(broken)?;
        let authority = url.authority().to_owned();
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, authority)
            .header(header::AUTHORIZATION, self.vapid.authorization(url, now))
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("ttl", KEPT_S)
            .header("urgency", "normal")
            .body(Full::new(Bytes::from(body)))
            .map_err(broken)?;
        if !is_tls {
            return exchange(tcp, request).await;
        }
        let name = ServerName::try_from(host).map_err(broken)?;
        exchange(self.tls.connect(name, tcp).await.map_err(broken)?, request).await
    }

    /// The address behind a name. It is judged and then connected to itself: asked again, the name might lead elsewhere.
    async fn place(&self, host: &str, port: u16) -> Result<SocketAddr, Refusal> {
        let found: Vec<SocketAddr> =
            tokio::net::lookup_host((host, port)).await.map_err(broken)?.collect();
        let first = found.iter().find(|it| self.may_be_private || is_public(it.ip()));
        match (first, found.is_empty()) {
            (Some(first), _) => Ok(*first),
            (None, true) => Err(broken("the name leads nowhere")),
            (None, false) => Err(Refusal::Private),
        }
    }
}

/// Why a push server was not asked to the end.
enum Refusal {
    /// It lies in the own network.
    Private,
    /// No connection, or it broke.
    Broken(Cause),
}

fn broken(cause: impl Into<Cause>) -> Refusal {
    Refusal::Broken(cause.into())
}

async fn exchange<S>(
    stream: S,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, HeaderMap), Refusal>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // It ends when the sender and the answer are dropped.
    tokio::spawn(async move { drop(connection.await) });
    let (parts, body) = sender.send_request(request).await.map_err(broken)?.into_parts();
    // Read so far as it goes, so that the connection ends in order.
    drop(Limited::new(body, MOST_BYTES).collect().await);
    Ok((parts.status, parts.headers))
}

/// What an answer means (RFC 8030, section 7.3 and 8.4).
fn judged(status: StatusCode, heads: &HeaderMap) -> Handed {
    let words = format!("the push server answers {}", status.as_u16());
    match status.as_u16() {
        200..=299 => Handed::Taken,
        404 | 410 => Handed::Gone,
        429 | 500..=599 => {
            let wait = heads.get(header::RETRY_AFTER).and_then(|it| it.to_str().ok()?.parse().ok());
            let wait = wait.map(|seconds: u64| Duration::from_secs(seconds.min(LONGEST_WAIT_S)));
            Handed::Later(words, wait)
        }
        _ => Handed::Refused(words),
    }
}
