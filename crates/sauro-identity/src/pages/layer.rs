//! What stands around every page: who is signed in, and that a form comes from our own pages.

use std::convert::Infallible;
use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::Route;
use sauro_ui::{Failure, Visitor};
use tower::{Layer, Service};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::cookies;
use crate::{Identity, IdentityError, actions};

#[derive(Template)]
#[template(path = "identity/cross_site.html")]
struct CrossSitePage;

impl Identity {
    /// Puts the [`Actor`](sauro_kernel::Actor) and the [`Seats`](sauro_ui::Seats) of whoever is signed
    /// in into the request, and this room for its own pages. A forged or ended session is that of a
    /// stranger; a request without the cookie costs nothing.
    pub fn session_layer(
        &self,
    ) -> impl Layer<
        Route,
        Service: Service<
            Request,
            Response = Response,
            Error = Infallible,
            Future: Send + 'static,
        > + Clone
                     + Send
                     + Sync
                     + 'static,
    >
    + Clone
    + Send
    + Sync
    + 'static
    + use<> {
        from_fn_with_state(self.clone(), session)
    }

    /// The token of the session that a request carries, forged or not.
    pub fn token_of(&self, headers: &HeaderMap) -> Option<String> {
        cookies::session_of(headers, self)
    }

    /// Refuses forms that another site sends in the name of whoever is signed in here (403). It goes
    /// by `Sec-Fetch-Site` and `Origin`, so that forms need no hidden word.
    pub fn csrf_layer(&self) -> CsrfLayer<fn(ProtectionError) -> Response> {
        let layer = CsrfLayer::new();
        // Behind a proxy that rewrites Host, the origin that citizens see is still ours.
        let layer = layer.clone().add_trusted_origin(&self.site.public_url).unwrap_or(layer);
        layer.with_rejection_response(cross_site)
    }
}

async fn session(State(identity): State<Identity>, mut request: Request, next: Next) -> Response {
    let source = super::door::source_of(request.headers(), request.extensions(), &identity);
    request.extensions_mut().insert(source);
    request.extensions_mut().insert(identity.clone());
    let is_known = match known(&identity, &mut request).await {
        Ok(is_known) => is_known,
        Err(err) => return Failure::from(err).into_response(),
    };
    let mut response = next.run(request).await;
    if !is_known {
        return response;
    }
    // What was shown to somebody signed in must not be found again after signing out.
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Puts who is signed in into the request; answers whether anybody is.
async fn known(identity: &Identity, request: &mut Request) -> Result<bool, IdentityError> {
    let stranger = identity.stranger();
    let mut visitor =
        Visitor { is_offered: identity.providers.of_citizens().next().is_some(), citizen: None };
    if let Some(token) = cookies::citizen_of(request.headers(), identity)
        && visitor.is_offered
    {
        visitor.citizen = actions::citizen_of(&stranger, identity, &token).await?.map(Arc::new);
    }
    let is_citizen = visitor.citizen.is_some();
    request.extensions_mut().insert(visitor);
    let Some(token) = cookies::session_of(request.headers(), identity) else {
        return Ok(is_citizen);
    };
    let Some(visit) = actions::actor_of(&stranger, identity, &token).await? else {
        return Ok(is_citizen);
    };
    request.extensions_mut().insert(visit.actor.clone());
    request.extensions_mut().insert(visit.seats.clone());
    Ok(true)
}

fn cross_site(_: ProtectionError) -> Response {
    let html = CrossSitePage.render().unwrap_or_default();
    (StatusCode::FORBIDDEN, Html(html)).into_response().map(Body::new)
}
