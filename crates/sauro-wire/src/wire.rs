use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{self, HeaderValue};
use hyper::http::response::Parts;
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::{TrustError, is_public, is_this_machine, trusting};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A connection, in the open or not.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Where may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// HTTPS anywhere, HTTP on this machine: for an address that the administrator wrote.
    Secure,
    /// HTTPS on the public internet: for an address that a stranger gave, which may lead to nothing of the own network.
    Public,
    /// Anywhere, HTTP too.
    Anywhere,
}

/// How long and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Longest time from the first step to the whole answer.
    pub patience: Duration,
    /// Most bytes of an answer.
    pub most_bytes: usize,
    /// Where may be asked.
    pub reach: Reach,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// Not an address that may be asked.
    #[error("not an address to ask: {0}")]
    Address(String),
    /// No connection, or none in time: nothing was asked.
    #[error("no connection")]
    Unreached(#[source] Cause),
    /// The connection broke: what was asked may have been heard.
    #[error("the connection failed")]
    Broken(#[source] Cause),
    /// Nothing in time: what was asked may have been heard.
    #[error("no answer in time")]
    Silent,
    /// The answer began, and was too long, or not whole in time or at its end.
    #[error("the answer {} is not whole", head.status)]
    Cut {
        /// How it began.
        head: Box<Parts>,
        /// Why.
        #[source]
        cause: Cause,
    },
}

/// The way to other servers.
#[derive(Clone)]
pub struct Wire(TlsConnector);

impl Wire {
    /// Trusts what the system trusts, and the certificates of the file `trusted`, if it is not empty.
    ///
    /// # Errors
    ///
    /// [`TrustError`].
    pub fn trusting(trusted: &Path) -> Result<Self, TrustError> {
        Ok(Self(TlsConnector::from(Arc::new(trusting(trusted)?))))
    }

    /// The answer to `request`, whose address is whole.
    ///
    /// # Errors
    ///
    /// [`WireError`].
    pub async fn ask(
        &self,
        request: Request<Bytes>,
        bounds: Bounds,
    ) -> Result<Response<Bytes>, WireError> {
        let ends = Instant::now() + bounds.patience;
        let stream = timeout_at(ends, self.reached(request.uri(), bounds));
        let stream = stream.await.map_err(|_| unreached("nobody answered in time"))??;
        let asked = timeout_at(ends, asked(stream, request));
        let (head, body) = asked.await.map_err(|_| WireError::Silent)??.into_parts();
        let whole = timeout_at(ends, Limited::new(body, bounds.most_bytes).collect());
        match whole.await {
            Ok(Ok(body)) => Ok(Response::from_parts(head, body.to_bytes())),
            Ok(Err(cause)) => Err(WireError::Cut { head: Box::new(head), cause }),
            Err(late) => Err(WireError::Cut { head: Box::new(head), cause: late.into() }),
        }
    }

    /// A connection to where `uri` leads.
    async fn reached(&self, uri: &Uri, bounds: Bounds) -> Result<Box<dyn Stream>, WireError> {
        let wrong = || WireError::Address(uri.to_string());
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let is_tls = uri.scheme_str() == Some("https");
        let may_be_plain = match bounds.reach {
            Reach::Secure => is_this_machine(&host),
            Reach::Public => false,
            Reach::Anywhere => true,
        };
        if host.is_empty() || !(is_tls || may_be_plain) {
            return Err(wrong());
        }
        let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let places = places(&host, port, bounds.reach).await?;
        if places.is_empty() {
            return Err(wrong());
        }
        let tcp = connected(&places, bounds.patience).await?;
        if !is_tls {
            return Ok(Box::new(tcp));
        }
        let name = ServerName::try_from(host).map_err(unreached)?;
        Ok(Box::new(self.0.connect(name, tcp).await.map_err(unreached)?))
    }
}

/// The addresses behind a name that may be asked. They are judged and then connected to themselves: asked again, the
/// name might lead elsewhere.
async fn places(host: &str, port: u16, reach: Reach) -> Result<Vec<SocketAddr>, WireError> {
    let mut found =
        tokio::net::lookup_host((host, port)).await.map_err(unreached)?.collect::<Vec<_>>();
    if found.is_empty() {
        return Err(unreached("the name leads nowhere"));
    }
    found.retain(|it| reach != Reach::Public || is_public(it.ip()));
    Ok(found)
}

/// A connection to the first of `places` that answers. Each has its part of the time, so that one that swallows
/// everything leaves some to the next.
async fn connected(places: &[SocketAddr], patience: Duration) -> Result<TcpStream, WireError> {
    let part = patience / u32::try_from(places.len()).unwrap_or(u32::MAX).max(1);
    let mut fault = unreached("the name leads nowhere");
    for place in places {
        fault = match timeout(part, TcpStream::connect(place)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(err)) => unreached(err),
            Err(late) => unreached(late),
        };
    }
    Err(fault)
}

/// The beginning of the answer, with the body to be read.
async fn asked(
    stream: Box<dyn Stream>,
    request: Request<Bytes>,
) -> Result<Response<Incoming>, WireError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // It ends when the sender and the answer are dropped.
    tokio::spawn(async move { drop(connection.await) });
    let (mut parts, body) = request.into_parts();
    let authority = parts.uri.authority().map(|it| it.as_str().to_owned()).unwrap_or_default();
    // A name and a password before the host are for nobody on the way.
    let host = authority.rsplit('@').next().unwrap_or_default();
    parts.headers.insert(header::HOST, HeaderValue::try_from(host).map_err(broken)?);
    let path = parts.uri.path_and_query().map_or("/", |it| it.as_str());
    parts.uri = Uri::try_from(path).map_err(broken)?;
    let request = Request::from_parts(parts, Full::new(body));
    sender.send_request(request).await.map_err(broken)
}

fn unreached(cause: impl Into<Cause>) -> WireError {
    WireError::Unreached(cause.into())
}

fn broken(cause: impl Into<Cause>) -> WireError {
    WireError::Broken(cause.into())
}
