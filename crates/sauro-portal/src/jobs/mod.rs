//! What goes on by itself: items go out at their moment, links are looked at. And years of made-up items, to measure
//! with.

mod links;
mod past;

use std::time::Duration;

use sauro_kernel::Ctx;
use sauro_store::Db;

use crate::actions::publish_due;

pub use links::{look_now, run_links};
pub use past::{PastError, PastMade, PastPortal, make_past};

/// How often it looks: what is planned is out well within a second.
const PERIOD: Duration = Duration::from_millis(250);

/// Lets out what is planned, for ever. What waits stands in `portal_items`, so that a restart loses nothing. A failing
/// store is tried again after a pause.
pub async fn run_portal(ctx: Ctx, db: Db) {
    loop {
        let pause = match publish_due(&ctx, &db).await {
            Ok(_) => PERIOD,
            Err(err) => {
                tracing::warn!(error = %err, "what is planned to go out has to wait");
                PERIOD * 8
            }
        };
        tokio::time::sleep(pause).await;
    }
}
