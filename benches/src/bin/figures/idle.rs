//! What a server holds when nobody asks, and how soon it is there.

use std::time::Duration;

use serde_json::json;

use super::client::Request;
use super::figure::{Figure, Target, rounded};
use super::load::load;
use super::place::Place;
use super::server::Server;
use super::{AnyError, Pace};

/// What was seen before anything else was measured.
pub(crate) struct Fresh {
    resident_mb: f64,
}

/// Waits without asking anything, after the one page that `server` was started with.
pub(crate) async fn fresh(server: &Server, pace: Pace) -> Fresh {
    tokio::time::sleep(pace.idle).await;
    Fresh { resident_mb: server.resident_mb() }
}

/// Waits again after everything, with some more pages in between.
pub(crate) async fn measure(
    place: &Place,
    server: &Server,
    fresh: &Fresh,
    pace: Pace,
) -> Result<Vec<Figure>, AnyError> {
    let request = Request::get("/ket-qua").by_browser();
    load(server, &request, 200, 64, Duration::from_secs(2)).await?;
    let busy_mb = server.resident_mb();
    tokio::time::sleep(pace.idle).await;
    let after_mb = server.resident_mb();
    let idle = Figure::new("idle_mb", fresh.resident_mb.max(after_mb), "MB", Target::AtMost(100.0));
    let start = server.started_in.as_secs_f64();
    let start = Figure::new("second_start_s", start, "s to the first page", Target::AtMost(2.0));
    Ok(vec![
        idle.at(place.engine, place.scale).with(json!({
            "after_start_mb": rounded(fresh.resident_mb),
            "under_load_mb": rounded(busy_mb),
            "after_all_loads_mb": rounded(after_mb),
            "seconds_without_a_request": pace.idle.as_secs(),
        })),
        start
            .at(place.engine, place.scale)
            .with(json!({ "seeded_in_s": rounded(place.seeded_in_s) })),
    ])
}
