use std::sync::Arc;

use axum::extract::FromRef;
use sauro_kernel::{Clock, IdSource};
use sauro_store::{Db, Files};

/// What a router needs to answer.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// Evidence and documents, by content.
    pub files: Files,
    /// Source of time.
    pub clock: Arc<dyn Clock>,
    /// Source of ids.
    pub ids: Arc<dyn IdSource>,
    /// The installation this process serves.
    pub site: Arc<Site>,
}

/// Where a request comes from, as the server sees it: an IPv4 address or the /64 of an IPv6 one. The session
/// layer of `sauro-identity` puts it into every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source(pub String);

/// One installation of the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Name in the masthead and in page titles.
    pub name: String,
    /// Whether the figures are made up. Every page then says so.
    pub is_demo: bool,
    /// Origin that citizens see, without a slash at the end, such as `https://sauro.example.vn`.
    pub public_url: String,
}

impl Default for Site {
    fn default() -> Self {
        Self { name: "Sáu Rõ".into(), is_demo: false, public_url: "http://localhost:8080".into() }
    }
}

impl FromRef<AppState> for Db {
    fn from_ref(state: &AppState) -> Self {
        state.db.clone()
    }
}

impl FromRef<AppState> for Files {
    fn from_ref(state: &AppState) -> Self {
        state.files.clone()
    }
}

impl FromRef<AppState> for Arc<dyn Clock> {
    fn from_ref(state: &AppState) -> Self {
        state.clock.clone()
    }
}

impl FromRef<AppState> for Arc<Site> {
    fn from_ref(state: &AppState) -> Self {
        state.site.clone()
    }
}
