use sauro_kernel::{AgencyId, Ctx, RankingId, Right};
use sauro_store::{Conn, Db};

use super::compute::{Room, scores};
use crate::model::{
    Adjustment, Audience, Edition, Method, MethodVersion, Ranking, SelfMark, UnitScore,
};
use crate::{ScoresError, store};

/// Rankings listed at once, of one agency or of one place above.
const LISTED: u16 = 60;

/// A ranking in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The ranking.
    pub ranking: Ranking,
    /// The version of the method that it follows.
    pub version: MethodVersion,
}

/// A ranking with all that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingView {
    /// The ranking.
    pub ranking: Ranking,
    /// Its method.
    pub method: Method,
    /// The version of the method that it follows.
    pub version: MethodVersion,
    /// The edition shown; 0 of an open one.
    pub edition: i64,
    /// The scores, best first.
    pub scores: Vec<UnitScore>,
    /// What units say of themselves.
    pub marks: Vec<SelfMark>,
    /// What appraisers gave, oldest first.
    pub adjustments: Vec<Adjustment>,
    /// Its editions, newest first; none while it is open.
    pub editions: Vec<Edition>,
    /// What the caller may do.
    pub powers: Powers,
}

/// What a caller may do with a ranking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Powers {
    /// The unit that the caller speaks for, if it is scored.
    pub own: Option<AgencyId>,
    /// Close it, and show it to everybody.
    pub may_manage: bool,
    /// Adjust what was computed of others.
    pub may_appraise: bool,
    /// Score the own unit.
    pub may_self_score: bool,
    /// Contest what stands of the own unit.
    pub may_appeal: bool,
}

impl RankingView {
    /// The score of the unit with this code.
    pub fn score(&self, code: &str) -> Option<&UnitScore> {
        self.scores.iter().find(|it| it.unit.code == code)
    }

    /// True when it can be shown to everybody: nothing went into it that is not public.
    pub fn can_be_public(&self) -> bool {
        self.version.design.audience == Audience::Public
    }
}

/// The rankings that the caller may see, newest period first: of the own agency and of those above.
///
/// # Errors
///
/// The store's.
pub async fn rankings(ctx: &Ctx, db: &Db) -> Result<Vec<Listed>, ScoresError> {
    let mut conn = db.read().await?;
    let mut found = store::rankings::of_agency(&mut conn, ctx.actor.agency, LISTED).await?;
    for path in above(ctx.actor.agency_path.as_str()) {
        let more = store::rankings::of_reach(&mut conn, path, LISTED).await?;
        found.extend(more.into_iter().filter(|it| it.agency != ctx.actor.agency));
    }
    found.sort_by_key(|it| std::cmp::Reverse((it.period.start, it.id)));
    listed(&mut conn, found).await
}

/// The rankings that everybody may see, newest period first.
///
/// # Errors
///
/// The store's.
pub async fn public_rankings(db: &Db) -> Result<Vec<Listed>, ScoresError> {
    let mut conn = db.read().await?;
    let found = store::rankings::public(&mut conn, LISTED).await?;
    listed(&mut conn, found).await
}

async fn listed(conn: &mut Conn, found: Vec<Ranking>) -> Result<Vec<Listed>, ScoresError> {
    let mut all = Vec::with_capacity(found.len());
    for ranking in found {
        let (_, version) = method_of(conn, &ranking).await?;
        all.push(Listed { ranking, version });
    }
    Ok(all)
}

/// The ranking `id`, in the edition asked for or the one that holds.
///
/// # Errors
///
/// [`ScoresError::NotFound`] when there is none that the caller may know of.
pub async fn ranking_view(
    ctx: &Ctx,
    room: &Room<'_>,
    id: RankingId,
    edition: Option<i64>,
) -> Result<RankingView, ScoresError> {
    let (ranking, method, version) = shown_to(ctx, &mut room.db.read().await?, id).await?;
    let (scores, adjustments) = scores((ctx, room), (&ranking, &version.design), edition).await?;
    let own = scores.iter().map(|it| it.unit.id).find(|it| *it == ctx.actor.agency);
    let is_self = own.is_some() && ranking.is_open() && ctx.today() <= ranking.self_until;
    let powers = Powers {
        own,
        may_manage: ctx.may(Right::ManageScores, method.over()),
        may_appraise: ranking.is_open() && ctx.may(Right::AppraiseScores, method.over()),
        may_self_score: is_self && ctx.may(Right::SelfScore, ctx.actor.own()),
        may_appeal: own.is_some() && ctx.may(Right::AppealScores, ctx.actor.own()),
    };
    let mut conn = room.db.read().await?;
    whole(&mut conn, (ranking, method, version), (scores, adjustments), (edition, powers)).await
}

/// The frozen ranking `id`, for whoever is not signed in.
///
/// # Errors
///
/// [`ScoresError::NotFound`] when there is none that everybody may know of.
pub async fn public_ranking(
    db: &Db,
    id: RankingId,
    edition: Option<i64>,
) -> Result<RankingView, ScoresError> {
    let mut conn = db.read().await?;
    let found = store::rankings::find(&mut conn, id).await?.filter(Ranking::is_public);
    let ranking = found.ok_or(ScoresError::NotFound("public ranking"))?;
    let (method, version) = method_of(&mut conn, &ranking).await?;
    let n = edition.unwrap_or(ranking.edition);
    let scores = store::results::of_edition(&mut conn, id, n).await?;
    if scores.is_empty() {
        return Err(ScoresError::NotFound("edition of a public ranking"));
    }
    let adjustments = store::adjustments::of_ranking(&mut conn, id).await?;
    let powers = Powers::default();
    whole(&mut conn, (ranking, method, version), (scores, adjustments), (edition, powers)).await
}

async fn whole(
    conn: &mut Conn,
    (ranking, method, version): (Ranking, Method, MethodVersion),
    (scores, adjustments): (Vec<UnitScore>, Vec<Adjustment>),
    (edition, powers): (Option<i64>, Powers),
) -> Result<RankingView, ScoresError> {
    let marks = store::self_marks::of_ranking(conn, ranking.id).await?;
    let editions = store::results::editions(conn, ranking.id).await?;
    let edition = if ranking.is_open() { 0 } else { edition.unwrap_or(ranking.edition) };
    Ok(RankingView {
        ranking,
        method,
        version,
        edition,
        scores,
        marks,
        adjustments,
        editions,
        powers,
    })
}

/// The method of `ranking`, and the version that it follows.
pub(super) async fn method_of(
    conn: &mut Conn,
    ranking: &Ranking,
) -> Result<(Method, MethodVersion), ScoresError> {
    let lost = || ScoresError::NotFound("method of a ranking");
    let method = store::methods::find(conn, ranking.method).await?.ok_or_else(lost)?;
    let n = ranking.method_version;
    let version = store::versions::find(conn, method.id, n, &method.roster).await?;
    Ok((method, version.ok_or_else(lost)?))
}

/// The ranking `id`, if the caller may know of it. Others are told that it is not there; the attempt is
/// logged.
pub(super) async fn shown_to(
    ctx: &Ctx,
    conn: &mut Conn,
    id: RankingId,
) -> Result<(Ranking, Method, MethodVersion), ScoresError> {
    let found = store::rankings::find(conn, id).await?;
    let ranking = found.ok_or(ScoresError::NotFound("ranking"))?;
    let (method, version) = method_of(conn, &ranking).await?;
    if ranking.is_public() || method.is_known_to(&ctx.actor) {
        return Ok((ranking, method, version));
    }
    tracing::warn!(
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        ranking = %id,
        "someone asked for a ranking that is not for them"
    );
    Err(ScoresError::NotFound("ranking"))
}

/// The path and every path above it.
fn above(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.match_indices('/').map(|it| it.0).chain([path.len()]);
    ends.filter_map(|end| path.get(..end))
}
