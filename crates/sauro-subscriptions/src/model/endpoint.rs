//! Where a device takes messages, and whether this server may ask there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sauro_wire::is_public;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Longest address of a device.
const LONGEST: usize = 1_000;

/// A device that takes messages (RFC 8030), and the keys that messages for it are sealed with (RFC 8291).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Where its push server takes messages for it.
    pub endpoint: String,
    /// Its public key: 65 bytes, in base64.
    pub p256dh: String,
    /// What it shares with this server: 16 bytes, in base64.
    pub auth: String,
}

/// What is wrong with a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndpointFault {
    /// Not an address, not HTTPS, or with a name and a password.
    #[error("not an address of a push server")]
    Address,
    /// It leads into a private network.
    #[error("the address leads into a private network")]
    Private,
    /// The keys are none.
    #[error("the keys of the device are none")]
    Keys,
}

/// The device as a browser tells of it. `may_be_private` lets in push servers of the own network, over HTTP as well.
///
/// # Errors
///
/// [`EndpointFault`].
pub fn device_of(
    (endpoint, p256dh, auth): (&str, &str, &str),
    may_be_private: bool,
) -> Result<Device, EndpointFault> {
    let url = checked(endpoint, may_be_private)?;
    let is_of = |text: &str, n_bytes: usize| {
        URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).is_ok_and(|it| it.len() == n_bytes)
    };
    if !is_of(p256dh, 65) || !is_of(auth, 16) {
        return Err(EndpointFault::Keys);
    }
    let plain = |text: &str| text.trim_end_matches('=').to_owned();
    Ok(Device { endpoint: url.into(), p256dh: plain(p256dh), auth: plain(auth) })
}

/// `endpoint` as it is written when it is kept, so that it is found again.
pub fn written(endpoint: &str) -> String {
    Url::parse(endpoint.trim()).map_or_else(|_| endpoint.trim().to_owned(), Into::into)
}

fn checked(endpoint: &str, may_be_private: bool) -> Result<Url, EndpointFault> {
    let url = Url::parse(endpoint.trim()).map_err(|_| EndpointFault::Address)?;
    let is_plain =
        url.username().is_empty() && url.password().is_none() && url.as_str().len() <= LONGEST;
    let is_scheme = url.scheme() == "https" || (may_be_private && url.scheme() == "http");
    let Some(host) = url.host().filter(|_| is_plain && is_scheme) else {
        return Err(EndpointFault::Address);
    };
    // A name is looked up when something is sent, and what it leads to is judged then.
    let is_public_host = match host {
        Host::Ipv4(it) => is_public(it.into()),
        Host::Ipv6(it) => is_public(it.into()),
        Host::Domain(it) => {
            it.contains('.') && !it.ends_with(".localhost") && !it.ends_with(".local")
        }
    };
    if may_be_private || is_public_host { Ok(url) } else { Err(EndpointFault::Private) }
}
