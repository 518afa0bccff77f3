use std::sync::{Arc, RwLock};
use std::time::Duration;

use chrono::NaiveDate;
use sauro_kernel::{Ctx, WorkingCalendar};
use sauro_store::Db;

use crate::actions;
use crate::model::Directory;
use crate::{DirectoryError, MapHandle};

/// The catalogue and the calendar as everyone in this process sees them. Cheap to clone and to ask.
#[derive(Clone, Default)]
pub struct DirectoryHandle {
    kept: Arc<RwLock<Snapshot>>,
    maps: MapHandle,
}

#[derive(Clone, Default)]
struct Snapshot {
    directory: Arc<Directory>,
    calendar: Arc<WorkingCalendar>,
    state: actions::State,
    day: NaiveDate,
}

impl DirectoryHandle {
    /// How often [`run`](Self::run) looks for changes.
    pub const PERIOD: Duration = Duration::from_secs(1);

    /// Reads both from `db`.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn load(ctx: &Ctx, db: &Db) -> Result<Self, DirectoryError> {
        let handle = Self::default();
        handle.reload(ctx, db).await?;
        Ok(handle)
    }

    /// Reads both again, after a change.
    ///
    /// # Errors
    ///
    /// What the store says; the present ones stay.
    pub async fn reload(&self, ctx: &Ctx, db: &Db) -> Result<(), DirectoryError> {
        // The state is asked first: what changes meanwhile is found by the next look.
        let state = actions::state(db).await?;
        let directory = Arc::new(actions::directory(ctx, db).await?);
        let calendar = Arc::new(actions::calendar(db).await?);
        let fresh = Snapshot { directory, calendar, state, day: ctx.today() };
        // A snapshot is replaced whole, so one left behind by a panic is whole as well.
        *self.kept.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Reads both again if the journal tells of a change, by whichever node, or a new day has
    /// begun, for names are those of today. Answers whether it did.
    ///
    /// # Errors
    ///
    /// What the store says; the present ones stay.
    pub async fn follow(&self, ctx: &Ctx, db: &Db) -> Result<bool, DirectoryError> {
        let Snapshot { state, day, .. } = self.snapshot();
        if day == ctx.today() && state == actions::state(db).await? {
            return Ok(false);
        }
        self.reload(ctx, db).await?;
        Ok(true)
    }

    /// Follows for ever. A failing store is tried again after a pause.
    pub async fn run(self, ctx: Ctx, db: Db) {
        loop {
            tokio::time::sleep(Self::PERIOD).await;
            if let Err(err) = self.follow(&ctx, &db).await {
                tracing::warn!(error = %err, "the catalogue lags behind the journal");
                tokio::time::sleep(Self::PERIOD * 10).await;
            }
        }
    }

    /// The catalogue.
    pub fn directory(&self) -> Arc<Directory> {
        self.snapshot().directory
    }

    /// The working calendar.
    pub fn calendar(&self) -> Arc<WorkingCalendar> {
        self.snapshot().calendar
    }

    /// The outlines of places.
    pub fn maps(&self) -> &MapHandle {
        &self.maps
    }

    fn snapshot(&self) -> Snapshot {
        self.kept.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}
