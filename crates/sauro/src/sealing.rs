//! Seals the journal as it grows, and keeps a copy of each seal outside the database.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sauro_kernel::Clock;
use sauro_store::Db;

/// How often new entries are sealed.
const PERIOD: Duration = Duration::from_secs(5);

/// Seals for ever. A failing store is tried again after a pause.
pub(crate) async fn run(db: Db, clock: Arc<dyn Clock>, anchor: PathBuf) {
    loop {
        let now_us = clock.now().timestamp_micros();
        if let Err(err) = sauro_journal::stamp(&db, now_us, Some(&anchor)).await {
            tracing::warn!(error = %err, "the journal could not be sealed");
        }
        tokio::time::sleep(PERIOD).await;
    }
}
