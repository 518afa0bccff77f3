use sauro_kernel::{AgencyId, Ctx, RankingId, Right, ScoreAppealId};
use sauro_store::Db;

use super::compute::{Room, scores};
use super::rankings::shown_to;
use crate::model::{Appeal, AppealState, MethodVersion, Ranking, UnitScore};
use crate::{ScoresError, store};

/// Appeals read at once.
const MOST: u16 = 300;

/// The appeals that concern a caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appeals {
    /// To be answered by the own agency, overdue ones first.
    pub to_answer: Vec<Appeal>,
    /// Answered by the own agency.
    pub answered: Vec<Appeal>,
    /// That the own agency has made, newest first.
    pub own: Vec<Appeal>,
}

/// An appeal with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealView {
    /// The appeal.
    pub appeal: Appeal,
    /// In which ranking.
    pub ranking: Ranking,
    /// The version of the method that the ranking follows.
    pub version: MethodVersion,
    /// The score of the unit as it is now.
    pub score: UnitScore,
    /// The caller answers it.
    pub may_answer: bool,
}

/// The appeals that the caller's agency has to answer, has answered, and has made.
///
/// # Errors
///
/// The store's.
pub async fn appeals(ctx: &Ctx, db: &Db) -> Result<Appeals, ScoresError> {
    let mut conn = db.read().await?;
    let agency = ctx.actor.agency;
    let to_answer = store::appeals::to_answer(&mut conn, agency, AppealState::Open, MOST).await?;
    let mut answered = Vec::new();
    for state in [AppealState::Accepted, AppealState::Refused] {
        answered.extend(store::appeals::to_answer(&mut conn, agency, state, MOST).await?);
    }
    answered.sort_by_key(|it| std::cmp::Reverse(it.answered.map(|it| it.1)));
    let own = store::appeals::by_unit(&mut conn, agency, MOST).await?;
    Ok(Appeals { to_answer, answered, own })
}

/// The appeal `id`. Whoever may see the ranking may see it: both sides stay beside the score.
///
/// # Errors
///
/// [`ScoresError::NotFound`] when there is none that the caller may know of.
pub async fn appeal_view(
    ctx: &Ctx,
    room: &Room<'_>,
    id: ScoreAppealId,
) -> Result<AppealView, ScoresError> {
    let mut conn = room.db.read().await?;
    let absent = || ScoresError::NotFound("appeal");
    let appeal = store::appeals::find(&mut conn, id).await?.ok_or_else(absent)?;
    let (ranking, method, version) = shown_to(ctx, &mut conn, appeal.ranking).await?;
    drop(conn);
    let (found, _) = scores((ctx, room), (&ranking, &version.design), None).await?;
    let score = found.into_iter().find(|it| it.unit.id == appeal.unit).ok_or_else(absent)?;
    let may_answer = appeal.state == AppealState::Open
        && ctx.may(Right::AnswerAppeals, method.over())
        && appeal.unit != ctx.actor.agency;
    Ok(AppealView { appeal, ranking, version, score, may_answer })
}

/// What a unit contested in a ranking, newest first. The page that shows the ranking has asked whether its
/// reader may.
///
/// # Errors
///
/// The store's.
pub async fn appeals_of_unit(
    db: &Db,
    ranking: RankingId,
    unit: AgencyId,
) -> Result<Vec<Appeal>, ScoresError> {
    Ok(store::appeals::of_unit(&mut db.read().await?, ranking, unit, MOST).await?)
}
