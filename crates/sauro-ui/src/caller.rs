use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use sauro_kernel::{Actor, Ctx};

use crate::{AppState, Failure};

/// The signed-in caller.
///
/// Without one, a person reading a page is sent to `/dang-nhap?tiep=…` and comes back here
/// afterwards; anything else is answered 401.
pub struct Caller(pub Ctx);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        // Set by the session layer of `sauro-identity`.
        let Some(actor) = parts.extensions.get::<Actor>().cloned() else {
            return Err(stranger(parts));
        };
        Ok(Self(Ctx { actor, clock: state.clock.clone(), ids: state.ids.clone() }))
    }
}

fn stranger(parts: &Parts) -> Failure {
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    if reads && wants_page(&parts.headers) {
        let back = crate::chrome::full_path(parts);
        Failure::SignIn { back }
    } else {
        Failure::Unauthorized
    }
}

/// Whether a person is looking: a browser asks for HTML, a fragment request or a program does not.
fn wants_page(headers: &HeaderMap) -> bool {
    if headers.contains_key("hx-request") {
        return false;
    }
    match headers.get(header::ACCEPT).map(|value| value.to_str().unwrap_or_default()) {
        None => true,
        Some(accept) => accept.contains("text/html") || accept.contains("*/*"),
    }
}
