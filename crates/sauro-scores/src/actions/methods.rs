use sauro_directory::model::Directory;
use sauro_kernel::{Ctx, Right, ScoreMethodId};
use sauro_store::{Conn, Db};

use crate::model::{Method, MethodVersion, Ranking, Roster, State};
use crate::{ScoresError, store};

/// Methods of one agency at most.
pub(super) const MOST_METHODS: u16 = 50;

/// Rankings of one method shown.
const RANKINGS: u16 = 60;

/// A method as its reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodView {
    /// The method.
    pub method: Method,
    /// Its versions, newest first; to others than its agency only those in force.
    pub versions: Vec<MethodVersion>,
    /// Its rankings, newest period first.
    pub rankings: Vec<Ranking>,
    /// The caller changes it.
    pub may_manage: bool,
}

impl MethodView {
    /// The newest version.
    pub fn newest(&self) -> Option<&MethodVersion> {
        self.versions.first()
    }

    /// The newest published version.
    pub fn published(&self) -> Option<&MethodVersion> {
        self.versions.iter().find(|it| it.state == State::Published)
    }
}

/// Which units the caller's agency may score; none without the right.
pub fn rosters(ctx: &Ctx, directory: &Directory) -> Vec<Roster> {
    if !ctx.may(Right::ManageScores, ctx.actor.own()) {
        return Vec::new();
    }
    directory.agency(ctx.actor.agency).map(Roster::of_owner).unwrap_or_default()
}

/// The methods of the caller's agency, oldest first.
///
/// # Errors
///
/// The store's.
pub async fn methods(ctx: &Ctx, db: &Db) -> Result<Vec<MethodView>, ScoresError> {
    let mut conn = db.read().await?;
    let own = store::methods::of_agency(&mut conn, ctx.actor.agency, MOST_METHODS).await?;
    let mut found = Vec::with_capacity(own.len());
    for method in own {
        found.push(seen(ctx, &mut conn, method).await?);
    }
    Ok(found)
}

/// The method `id`.
///
/// # Errors
///
/// [`ScoresError::NotFound`] when there is none that the caller may know of.
pub async fn method_view(ctx: &Ctx, db: &Db, id: ScoreMethodId) -> Result<MethodView, ScoresError> {
    let mut conn = db.read().await?;
    let method = known(ctx, store::methods::find(&mut conn, id).await?)?;
    let view = seen(ctx, &mut conn, method).await?;
    match view.versions.is_empty() {
        true => Err(ScoresError::NotFound("method in force")),
        false => Ok(view),
    }
}

async fn seen(ctx: &Ctx, conn: &mut Conn, method: Method) -> Result<MethodView, ScoresError> {
    let mut versions = store::versions::of_method(conn, method.id, &method.roster).await?;
    if method.agency != ctx.actor.agency {
        versions.retain(|it| it.state == State::Published);
    }
    let rankings = store::rankings::of_method(conn, method.id, RANKINGS).await?;
    let may_manage = ctx.may(Right::ManageScores, method.over());
    Ok(MethodView { method, versions, rankings, may_manage })
}

/// `found`, if the caller may know of it. Others are told that it is not there; the attempt is logged.
pub(super) fn known(ctx: &Ctx, found: Option<Method>) -> Result<Method, ScoresError> {
    let it = found.ok_or(ScoresError::NotFound("method"))?;
    if it.is_known_to(&ctx.actor) {
        return Ok(it);
    }
    tracing::warn!(
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        method = %it.id,
        "someone asked for a method of scoring that is not for them"
    );
    Err(ScoresError::NotFound("method"))
}

/// The caller's own method `id`: to others than its agency it is not there for changing.
pub(super) async fn own(
    ctx: &Ctx,
    conn: &mut Conn,
    id: ScoreMethodId,
) -> Result<Method, ScoresError> {
    let method = known(ctx, store::methods::find(conn, id).await?)?;
    ctx.require(Right::ManageScores, method.over())?;
    Ok(method)
}
