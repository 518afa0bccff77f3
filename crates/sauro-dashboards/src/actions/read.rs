use sauro_kernel::{Ctx, DashboardId, Over, Right};
use sauro_store::Db;

use crate::model::{Dashboard, Openness};
use crate::{DashboardsError, store};

/// Dashboards read at once, of one agency or of one place above.
const AT_ONCE: u16 = 100;

/// The dashboards that a caller may open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Of the caller's agency.
    pub own: Vec<Dashboard>,
    /// Of agencies above it.
    pub shared: Vec<Dashboard>,
    /// Of others, shown to everybody.
    pub public: Vec<Dashboard>,
}

/// The dashboards that the caller may open, each by name.
///
/// # Errors
///
/// The store's.
pub async fn dashboards(ctx: &Ctx, db: &Db) -> Result<Listing, DashboardsError> {
    let mut conn = db.read().await?;
    let own = store::dashboards::of_agency(&mut conn, ctx.actor.agency, AT_ONCE).await?;
    let mut shared = Vec::new();
    for path in above(ctx.actor.agency_path.as_str()) {
        let found = store::dashboards::shown_below(&mut conn, path, AT_ONCE).await?;
        shared.extend(found.into_iter().filter(|it| it.agency != ctx.actor.agency));
    }
    let mut public = store::dashboards::public(&mut conn, AT_ONCE).await?;
    public.retain(|it| it.agency != ctx.actor.agency && shared.iter().all(|of| of.id != it.id));
    Ok(Listing { own, shared, public })
}

/// The dashboards that everybody may open, by name.
///
/// # Errors
///
/// The store's.
pub async fn public_dashboards(db: &Db) -> Result<Vec<Dashboard>, DashboardsError> {
    Ok(store::dashboards::public(&mut db.read().await?, AT_ONCE).await?)
}

/// The dashboard `id`.
///
/// # Errors
///
/// [`DashboardsError::NotFound`] when there is none that the caller may know of.
pub async fn dashboard(ctx: &Ctx, db: &Db, id: DashboardId) -> Result<Dashboard, DashboardsError> {
    let found = store::dashboards::find(&mut db.read().await?, id).await?;
    shown_to(ctx, found)
}

/// The dashboard `id`, for whoever is not signed in.
///
/// # Errors
///
/// [`DashboardsError::NotFound`] when there is none that everybody may know of.
pub async fn public_dashboard(db: &Db, id: DashboardId) -> Result<Dashboard, DashboardsError> {
    let found = store::dashboards::find(&mut db.read().await?, id).await?;
    found
        .filter(|it| it.openness == Openness::Public)
        .ok_or(DashboardsError::NotFound("public dashboard"))
}

/// True when the caller makes dashboards for the own agency.
pub fn may_make(ctx: &Ctx) -> bool {
    ctx.may(Right::ManageDashboards, ctx.actor.own())
}

/// True when the caller changes `it`.
pub fn may_change(ctx: &Ctx, it: &Dashboard) -> bool {
    ctx.may(Right::ManageDashboards, over(it))
}

/// True when the caller shows `it` to everybody.
pub fn may_publish(ctx: &Ctx, it: &Dashboard) -> bool {
    ctx.may(Right::PublishDashboards, over(it))
}

/// The agency of `it`, as a place to check rights over.
pub(super) fn over(it: &Dashboard) -> Over<'_> {
    Over { agency: it.agency, path: &it.path }
}

/// `found`, if the caller may know of it. Others are told that it is not there; the attempt is logged.
pub(super) fn shown_to(ctx: &Ctx, found: Option<Dashboard>) -> Result<Dashboard, DashboardsError> {
    let it = found.ok_or(DashboardsError::NotFound("dashboard"))?;
    if it.is_open_to(&ctx.actor) {
        return Ok(it);
    }
    tracing::warn!(
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        dashboard = %it.id,
        "someone asked for a dashboard that is not for them"
    );
    Err(DashboardsError::NotFound("dashboard"))
}

/// The path and every path above it.
fn above(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.match_indices('/').map(|it| it.0).chain([path.len()]);
    ends.filter_map(|end| path.get(..end))
}
