use std::time::Duration;

use sauro_directory::DirectoryHandle;
use sauro_kernel::Ctx;
use sauro_store::Db;

use crate::actions::open_periods;

/// Opens the periods of recurring tasks as they begin, by the calendar that the process sees.
#[derive(Clone)]
pub struct Cycles {
    directory: DirectoryHandle,
}

impl Cycles {
    /// How often it looks whether a period has begun. A look with nothing to do is one index probe.
    pub const PERIOD: Duration = Duration::from_secs(30);

    /// A job that moves deadlines to the working days of `directory`.
    pub fn new(directory: DirectoryHandle) -> Self {
        Self { directory }
    }

    /// Opens periods for ever. A failing store is tried again after a pause. `ctx` is the machine room.
    pub async fn run(self, ctx: Ctx, db: Db) {
        loop {
            match open_periods(&ctx, &db, &self.directory.calendar()).await {
                Ok(0) => tokio::time::sleep(Self::PERIOD).await,
                Ok(_) => tokio::task::yield_now().await,
                Err(err) => {
                    tracing::warn!(error = %err, "periods of recurring tasks wait to be opened");
                    tokio::time::sleep(Self::PERIOD).await;
                }
            }
        }
    }
}
