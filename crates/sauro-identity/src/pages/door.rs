use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use sauro_ui::{AppState, Failure, Source};

use super::cookies;
use crate::model::Client;
use crate::{Identity, IdentityError};

/// What a page of this room needs of a request: the room, the cookie's token, the machine.
pub(super) struct Door {
    pub(super) identity: Identity,
    /// The token, whatever it is worth; empty without a cookie.
    pub(super) token: String,
    pub(super) client: Client,
}

impl FromRequestParts<AppState> for Door {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Failure> {
        const UNMOUNTED: IdentityError = IdentityError::Secret("the room is not mounted");
        let identity = parts.extensions.get::<Identity>().cloned();
        let identity = identity.ok_or_else(|| Failure::internal(UNMOUNTED))?;
        let token = cookies::session_of(&parts.headers, &identity).unwrap_or_default();
        let agent = parts.headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
        let client = match address(&parts.headers, &parts.extensions, &identity) {
            Some(address) => Client::at(address),
            None => Client { source: "unknown".to_owned(), ..Client::default() },
        };
        let client = client
            .with_browser(agent.unwrap_or_default())
            .with_device(cookies::device_of(&parts.headers, &identity));
        Ok(Self { identity, token, client })
    }
}

/// Where a request comes from, as rooms that count tries are told.
pub(super) fn source_of(headers: &HeaderMap, rest: &Extensions, identity: &Identity) -> Source {
    let address = address(headers, rest, identity);
    Source(address.map_or_else(|| "unknown".to_owned(), |it| Client::at(it).source))
}

fn address(headers: &HeaderMap, rest: &Extensions, identity: &Identity) -> Option<IpAddr> {
    let peer = rest.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    if identity.is_behind_proxy { forwarded(headers).or(peer) } else { peer }
}

/// The last entry is our own proxy's word; those before it are the caller's.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}
