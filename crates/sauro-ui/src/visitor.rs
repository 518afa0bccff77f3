use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sauro_kernel::{AccountId, CitizenId};

use crate::AppState;

/// A citizen who signed in with an identity provider (người dân đã đăng nhập).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// The id.
    pub id: CitizenId,
    /// Stands for the person, in the place of an account, where each person counts once. It follows from provider
    /// and subject, so that whoever is forgotten and comes back does not count again.
    pub voice: AccountId,
    /// The name that the provider gave, or empty.
    pub name: String,
    /// The e-mail that it gave, or empty.
    pub email: String,
    /// The telephone that it gave, or empty.
    pub phone: String,
    /// How surely the provider knows the person, in words, such as "VNeID, Mức độ 2".
    pub level: String,
}

/// What a public page may know of its reader. The session layer of `sauro-identity` puts it into every request;
/// without one nobody is offered to sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visitor {
    /// Whether citizens can sign in here.
    pub is_offered: bool,
    /// Who signed in.
    pub citizen: Option<Arc<Citizen>>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}
