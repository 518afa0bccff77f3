//! Opens the rounds of periodic reports when their cut-off has come, and reminds those who owe.

use std::time::Duration;

use sauro_directory::DirectoryHandle;
use sauro_kernel::Ctx;
use sauro_store::Db;

use crate::actions::periodic::{open_due_rounds, remind_rounds};

/// How often it is looked.
const PERIOD: Duration = Duration::from_secs(60);

/// Opens for ever. A failing store is tried again after a pause.
pub async fn run_rounds(ctx: Ctx, db: Db, directory: DirectoryHandle) {
    loop {
        if let Err(err) = open_due_rounds(&ctx, &db, &directory.calendar()).await {
            tracing::warn!(error = %err, "rounds of reports cannot be opened now");
        }
        if let Err(err) = remind_rounds(&ctx, &db, &directory.calendar()).await {
            tracing::warn!(error = %err, "nobody can be reminded of a report now");
        }
        tokio::time::sleep(PERIOD).await;
    }
}
