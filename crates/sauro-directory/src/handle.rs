use std::sync::{Arc, RwLock};

use sauro_kernel::{Ctx, WorkingCalendar};
use sauro_store::Db;

use crate::DirectoryError;
use crate::actions;
use crate::model::Directory;

/// The catalogue and the calendar as everyone in this process sees them. Cheap to clone and to ask.
#[derive(Clone, Default)]
pub struct DirectoryHandle(Arc<RwLock<Snapshot>>);

#[derive(Clone, Default)]
struct Snapshot {
    directory: Arc<Directory>,
    calendar: Arc<WorkingCalendar>,
}

impl DirectoryHandle {
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
        let directory = Arc::new(actions::directory(ctx, db).await?);
        let calendar = Arc::new(actions::calendar(db).await?);
        let fresh = Snapshot { directory, calendar };
        // A snapshot is replaced whole, so one left behind by a panic is whole as well.
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// The catalogue.
    pub fn directory(&self) -> Arc<Directory> {
        self.snapshot().directory
    }

    /// The working calendar.
    pub fn calendar(&self) -> Arc<WorkingCalendar> {
        self.snapshot().calendar
    }

    fn snapshot(&self) -> Snapshot {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}
