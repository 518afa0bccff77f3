//! HTTP to push servers: whoever subscribes says where to ask, so that nothing of the own network may be reached.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use hyper::header::{self, HeaderMap};
use hyper::{Method, Request, StatusCode};
use sauro_kernel::causes;
use sauro_wire::{Bounds, Reach, TrustError, Wire, WireError};
use url::Url;

use super::{Vapid, sealed_for};
use crate::model::Device;

/// Longest time for one message.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most bytes of an answer; what it says is of no interest.
const MOST_BYTES: usize = 64 << 10;

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
pub struct PushError(#[source] TrustError);

/// The way to push servers.
#[derive(Clone)]
pub struct PushServers {
    wire: Wire,
    vapid: Vapid,
    reach: Reach,
}

impl PushServers {
    /// The way to push servers, signing with `vapid`; with `may_be_private` also to those of the own network, over
    /// HTTP too.
    ///
    /// # Errors
    ///
    /// [`PushError`].
    pub fn new(vapid: Vapid, may_be_private: bool) -> Result<Self, PushError> {
        let wire = Wire::trusting(Path::new("")).map_err(PushError)?;
        let reach = if may_be_private { Reach::Anywhere } else { Reach::Public };
        Ok(Self { wire, vapid, reach })
    }

    /// Tries once to hand `push` over, at the instant `now`. No redirection is followed.
    pub async fn hand_over(&self, push: &Push, now: DateTime<Utc>) -> Handed {
        let Ok(url) = Url::parse(&push.device.endpoint) else { return Handed::Gone };
        let body = match sealed_for(&push.device, &push.message) {
            Ok(body) => body,
            Err(err) => return Handed::Refused(causes(&err)),
        };
        let request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(header::AUTHORIZATION, self.vapid.authorization(&url, now))
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("ttl", KEPT_S)
            .header("urgency", "normal")
            .body(Bytes::from(body));
        let Ok(request) = request else { return Handed::Gone };
        let bounds = Bounds { patience: PATIENCE, most_bytes: MOST_BYTES, reach: self.reach };
        match self.wire.ask(request, bounds).await {
            Ok(answer) => judged(answer.status(), answer.headers()),
            // It was judged when it began; what else it says is of no interest.
            Err(WireError::Cut { head, .. }) => judged(head.status, &head.headers),
            // It lies in the own network.
            Err(WireError::Address(_)) => Handed::Gone,
            Err(err) => Handed::Later(causes(&err), None),
        }
    }
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
