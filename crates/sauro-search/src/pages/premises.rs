use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Actor, Ctx};
use sauro_store::Db;
use sauro_ui::{AppState, Failure, Source};

use crate::model::Asked;
use crate::{Found, SearchError, Searching, actions};

/// What the pages work with, for as long as a request takes.
pub(super) struct Premises {
    pub(super) db: Db,
    pub(super) directory: Arc<Directory>,
    pub(super) searching: Searching,
    /// Whoever asks is anybody: answers hold what everybody may read, for officials too.
    pub(super) anybody: Ctx,
    /// Where the request comes from, as the server sees it.
    pub(super) source: String,
}

impl Premises {
    pub(super) async fn find(&self, asked: &Asked) -> Result<Found, SearchError> {
        let stage = (&self.anybody, &self.db);
        actions::find(stage, (&self.searching, &self.directory), asked, &self.source).await
    }

    /// The name of the agency with `code`, or nothing.
    pub(super) fn name(&self, code: &str) -> String {
        self.directory.by_code(code).map(|it| it.name.clone()).unwrap_or_default()
    }
}

impl FromRequestParts<AppState> for Premises {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let lacks = || Failure::internal(Unmounted);
        let searching = parts.extensions.get::<Searching>().cloned().ok_or_else(lacks)?;
        let directory = parts.extensions.get::<DirectoryHandle>().ok_or_else(lacks)?;
        Ok(Self {
            db: state.db.clone(),
            directory: directory.directory(),
            searching,
            anybody: Ctx {
                actor: Actor::public(),
                clock: state.clock.clone(),
                ids: state.ids.clone(),
            },
            source: parts.extensions.get::<Source>().map(|it| it.0.clone()).unwrap_or_default(),
        })
    }
}

/// The product forgot to lay something over the routes.
#[derive(Debug, thiserror::Error)]
#[error("the routes of search lack their index or their directory")]
struct Unmounted;
