use sauro_journal::Event;
use sauro_kernel::{Ctx, DashboardId, Right};
use sauro_store::Db;
use serde_json::json;

use super::read::{over, shown_to};
use crate::{DashboardsError, store};

/// Removes the dashboard `id`, which the caller has seen in `version`. The journal keeps what it was.
///
/// # Errors
///
/// As [`change_dashboard`](super::change_dashboard).
pub async fn remove_dashboard(
    ctx: &Ctx,
    db: &Db,
    id: DashboardId,
    version: i64,
) -> Result<(), DashboardsError> {
    let mut conn = db.write().await?;
    let it = shown_to(ctx, store::dashboards::find(&mut conn, id).await?)?;
    ctx.require(Right::ManageDashboards, over(&it))?;
    if !store::dashboards::remove(&mut conn, id, version).await? {
        return Err(DashboardsError::Stale);
    }
    let data = json!({ "name": it.name, "openness": it.openness.code(), "tiles": it.tiles });
    sauro_journal::append(&mut conn, ctx, Event::new("DashboardRemoved", "dashboard", id, data))
        .await?;
    conn.commit().await?;
    Ok(())
}
