use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Actor, Ctx, WorkingCalendar};
use sauro_store::{Db, Files, Keys, SealError};
use sauro_ui::{AppState, Failure, Source};

use crate::actions::House;

/// What the pages work with, for as long as a request takes.
pub(super) struct Premises {
    pub(super) db: Db,
    pub(super) files: Files,
    pub(super) directory: Arc<Directory>,
    keys: Keys,
    calendar: Arc<WorkingCalendar>,
    clock: Arc<dyn sauro_kernel::Clock>,
    ids: Arc<dyn sauro_kernel::IdSource>,
    /// Where the request comes from, as the server sees it.
    pub(super) source: String,
}

impl Premises {
    pub(super) fn house(&self) -> House<'_> {
        House {
            db: &self.db,
            files: &self.files,
            keys: &self.keys,
            directory: &self.directory,
            calendar: &self.calendar,
        }
    }

    /// Whoever sends and follows does so without an account.
    pub(super) fn anybody(&self) -> Ctx {
        Ctx { actor: Actor::public(), clock: self.clock.clone(), ids: self.ids.clone() }
    }

    /// Unix microseconds.
    pub(super) fn now(&self) -> i64 {
        self.clock.now().timestamp_micros()
    }
}

impl FromRequestParts<AppState> for Premises {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let unmounted = || Failure::internal(SealError::NotSealed);
        let keys = parts.extensions.get::<Keys>().cloned().ok_or_else(unmounted)?;
        let directory = parts.extensions.get::<DirectoryHandle>().ok_or_else(unmounted)?;
        let source = parts.extensions.get::<Source>().map(|it| it.0.clone()).unwrap_or_default();
        Ok(Self {
            db: state.db.clone(),
            files: state.files.clone(),
            directory: directory.directory(),
            calendar: directory.calendar(),
            keys,
            clock: state.clock.clone(),
            ids: state.ids.clone(),
            source,
        })
    }
}
