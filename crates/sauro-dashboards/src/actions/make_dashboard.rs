use sauro_journal::Event;
use sauro_kernel::{Ctx, DashboardId, Right};
use sauro_store::Db;
use serde_json::json;

use crate::model::{Dashboard, MOST_TILES, Openness, Tile, name_of};
use crate::{DashboardsError, store};

/// Most dashboards of one agency.
pub const MOST_DASHBOARDS: u16 = 100;

/// Makes a dashboard of the caller's agency, with `tiles` that stand elsewhere already or with none.
/// It is for the agency alone until someone opens it.
///
/// # Errors
///
/// [`DashboardsError::Denied`] to whoever makes none, [`DashboardsError::Invalid`] without a name and
/// with too many.
pub async fn make_dashboard(
    ctx: &Ctx,
    db: &Db,
    name: &str,
    tiles: Vec<Tile>,
) -> Result<Dashboard, DashboardsError> {
    ctx.require(Right::ManageDashboards, ctx.actor.own())?;
    let name = name_of(name)?;
    if tiles.len() > MOST_TILES || !tiles.iter().all(Tile::is_sound) {
        let words =
            format!("Bảng mẫu có ô không dùng được hoặc quá {MOST_TILES} ô, chọn mẫu khác.");
        return Err(DashboardsError::of_field("mau", words));
    }
    let mut conn = db.write().await?;
    let own = store::dashboards::of_agency(&mut conn, ctx.actor.agency, MOST_DASHBOARDS).await?;
    if own.len() >= usize::from(MOST_DASHBOARDS) {
        let words =
            format!("Cơ quan đã có {MOST_DASHBOARDS} bảng. Xóa bớt một bảng rồi lập bảng mới.");
        return Err(DashboardsError::of_field("ten", words));
    }
    let made = Dashboard {
        id: DashboardId(ctx.ids.fresh()),
        agency: ctx.actor.agency,
        path: ctx.actor.scope.clone(),
        name,
        openness: Openness::Own,
        tiles,
        version: 1,
        changed_at: ctx.now_us(),
    };
    store::dashboards::insert(&mut conn, &made).await?;
    let data = json!({ "name": made.name, "tiles": made.tiles });
    let event = Event::new("DashboardMade", "dashboard", made.id, data);
    sauro_journal::append(&mut conn, ctx, event).await?;
    conn.commit().await?;
    Ok(made)
}
