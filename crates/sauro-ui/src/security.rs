use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;

/// The word that lets this answer's own scripts run, and no other.
///
/// An answer whose page was drawn before carries the word of that page among its extensions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nonce(Arc<str>);

impl Nonce {
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn fresh() -> Option<Self> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).ok()?;
        let text = bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
            // Writing into a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        Some(Self(text.into()))
    }
}

/// Wraps `router` in what every answer carries: the nonce and the security headers.
///
/// Put it outside the session layer, so that refusals carry the headers as well.
pub fn layers<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(from_fn(guard))
}

async fn guard(mut request: Request, next: Next) -> Response {
    // Without randomness no script runs; pages still work, because none needs one.
    let nonce = Nonce::fresh();
    if let Some(nonce) = &nonce {
        request.extensions_mut().insert(nonce.clone());
    }
    let fresh = if has_session(request.headers()) { "no-store" } else { "no-cache" };
    let mut response = next.run(request).await;
    let nonce = response.extensions().get::<Nonce>().cloned().or(nonce);
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::try_from(policy(nonce.as_ref()))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(fresh));
    }
    for (name, value) in FIXED {
        // The one page that asks where somebody is says so itself.
        let is_own = value == NO_SENSORS && headers.get(&name).is_some_and(|it| it == OWN_PLACE);
        if !is_own {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Whether the request carries a session: its pages must not be found again after signing out.
fn has_session(headers: &HeaderMap) -> bool {
    let mut cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    cookies.any(|it| it.contains("__Host-"))
}

/// What no page may use.
const NO_SENSORS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), microphone=(), payment=(), usb=()";

/// The `permissions-policy` of a page with a button by which somebody tells where they are.
pub const OWN_PLACE: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(self), \
    gyroscope=(), microphone=(), payment=(), usb=()";

const FIXED: [(HeaderName, &str); 5] = [
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), NO_SENSORS),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The policy of a page that may let a worker of our own listen for messages.
pub fn policy_with_worker(nonce: &Nonce) -> String {
    format!("{}; worker-src 'self'", policy(Some(nonce).filter(|it| !it.as_str().is_empty())))
}

/// The policy of a page that is the same for everybody and has a script: it can carry no word of one answer, so that
/// scripts of this house are let run by where they lie.
pub fn policy_with_own_scripts() -> String {
    policy_of("'self'")
}

/// Charts set custom properties in `style` attributes, hence `style-src-attr`; no style element
/// and no inline script is ever allowed.
fn policy(nonce: Option<&Nonce>) -> String {
    match nonce {
        Some(nonce) => policy_of(&format!("'nonce-{}'", nonce.as_str())),
        None => policy_of("'none'"),
    }
}

fn policy_of(script: &str) -> String {
    format!(
        "default-src 'none'; script-src {script}; style-src 'self'; \
         style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}
