use sauro_journal::Event;
use sauro_kernel::{Ctx, DashboardId, Right};
use sauro_store::Db;
use serde_json::json;

use super::read::{over, shown_to};
use crate::model::{Dashboard, MOST_TILES, Openness, Step, Tile, TileFields, name_of};
use crate::{DashboardsError, TileSource, store};

/// What becomes of a dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It gets this name.
    Rename(String),
    /// It is for these.
    Open(Openness),
    /// This tile comes at the end.
    Add(TileFields),
    /// This tile takes the place of another.
    Replace(usize, TileFields),
    /// One tile moves a step.
    Take(Step, usize),
    /// The tile at the first place comes to the second; those between make room.
    Put(usize, usize),
}

/// Changes the dashboard `id`, which the caller has seen in `version`. Answers it as it is then.
///
/// # Errors
///
/// [`DashboardsError::NotFound`] when the caller may not know of it, [`DashboardsError::Denied`] when
/// it is another agency's or is to be shown to everybody by someone who may not,
/// [`DashboardsError::Stale`] when someone else has changed it since, [`DashboardsError::Invalid`] with
/// every fault of a tile or a name.
pub async fn change_dashboard(
    ctx: &Ctx,
    db: &Db,
    source: &dyn TileSource,
    (id, version): (DashboardId, i64),
    change: Change,
) -> Result<Dashboard, DashboardsError> {
    // Whoever may not change it learns nothing about indicators and places on the way.
    let seen = shown_to(ctx, store::dashboards::find(&mut db.read().await?, id).await?)?;
    ctx.require(Right::ManageDashboards, over(&seen))?;
    let checked = checked(source, change).await?;
    let mut conn = db.write().await?;
    let mut it = shown_to(ctx, store::dashboards::find(&mut conn, id).await?)?;
    if it.version != version {
        return Err(DashboardsError::Stale);
    }
    let before = it.openness;
    checked.apply(&mut it)?;
    if it.openness != before && [before, it.openness].contains(&Openness::Public) {
        ctx.require(Right::PublishDashboards, over(&it))?;
    }
    it.version += 1;
    it.changed_at = ctx.now_us();
    if !store::dashboards::update(&mut conn, &it).await? {
        return Err(DashboardsError::Stale);
    }
    let is_published = it.openness == Openness::Public && before != Openness::Public;
    let kind = if is_published { "DashboardPublished" } else { "DashboardChanged" };
    let data = json!({
        "name": it.name,
        "openness": it.openness.code(),
        "tiles": it.tiles,
        "version": it.version,
    });
    sauro_journal::append(&mut conn, ctx, Event::new(kind, "dashboard", id, data)).await?;
    conn.commit().await?;
    Ok(it)
}

/// A change whose texts were read.
enum Checked {
    Rename(String),
    Open(Openness),
    Add(Tile),
    Replace(usize, Tile),
    Take(Step, usize),
    Put(usize, usize),
}

async fn checked(source: &dyn TileSource, change: Change) -> Result<Checked, DashboardsError> {
    Ok(match change {
        Change::Rename(name) => Checked::Rename(name_of(&name)?),
        Change::Open(openness) => Checked::Open(openness),
        Change::Add(fields) => Checked::Add(tile(source, &fields).await?),
        Change::Replace(place, fields) => Checked::Replace(place, tile(source, &fields).await?),
        Change::Take(step, place) => Checked::Take(step, place),
        Change::Put(from, to) => Checked::Put(from, to),
    })
}

async fn tile(source: &dyn TileSource, fields: &TileFields) -> Result<Tile, DashboardsError> {
    let tile = Tile::read(fields).map_err(DashboardsError::Invalid)?;
    let faults = source.check(&tile.spec, source.stamp().await?).await?;
    if faults.is_empty() { Ok(tile) } else { Err(DashboardsError::Invalid(faults)) }
}

impl Checked {
    fn apply(self, it: &mut Dashboard) -> Result<(), DashboardsError> {
        let no_such = || DashboardsError::NotFound("tile");
        match self {
            Self::Rename(name) => it.name = name,
            Self::Open(openness) => it.openness = openness,
            Self::Add(_) if it.tiles.len() >= MOST_TILES => {
                let words = format!("Bảng đã có {MOST_TILES} ô. Bỏ bớt một ô rồi thêm ô mới.");
                return Err(DashboardsError::of_field("loai", words));
            }
            Self::Add(tile) => it.tiles.push(tile),
            Self::Replace(place, tile) => {
                *it.tiles.get_mut(place).ok_or_else(no_such)? = tile;
            }
            Self::Put(from, to) => {
                if from.max(to) >= it.tiles.len() {
                    return Err(no_such());
                }
                let tile = it.tiles.remove(from);
                it.tiles.insert(to, tile);
            }
            Self::Take(step, place) => {
                if !step.take(&mut it.tiles, place) {
                    return Err(no_such());
                }
            }
        }
        Ok(())
    }
}
