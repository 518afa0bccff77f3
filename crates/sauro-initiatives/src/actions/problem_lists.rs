use sauro_kernel::{Ctx, InitiativeId, ProblemId, Right};
use sauro_store::Db;

use super::problems::own;
use crate::model::{Area, Initiative, Problem, ProblemState};
use crate::store::problems::Whose;
use crate::{InitiativesError, store};

/// Problems on one page.
pub const PROBLEMS_PAGE: u16 = 20;

/// Initiatives shown beside a problem that they answer.
const ANSWERS: u16 = 50;

/// Where a page of problems begins: after this one, of which it is known whether it is open.
pub type After = Option<(bool, ProblemId)>;

/// A page of problems, open ones first, each the newest first; and where the next page begins.
pub type ProblemsPage = (Vec<Problem>, After);

/// A problem with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProblemCase {
    /// The problem.
    pub problem: Problem,
    /// Listed initiatives that say they answer it, newest first.
    pub answers: Vec<Initiative>,
    /// The initiative that solved it.
    pub solver: Option<Initiative>,
}

/// Everybody's problems, with `area` those of the area.
///
/// # Errors
///
/// The store's.
pub async fn problems(
    db: &Db,
    area: Option<Area>,
    after: After,
) -> Result<ProblemsPage, InitiativesError> {
    page(db, area.map_or(Whose::All, Whose::Area), after).await
}

/// The problems of the caller's agency.
///
/// # Errors
///
/// [`InitiativesError::Denied`] to whoever does not handle initiatives of the agency.
pub async fn own_problems(
    ctx: &Ctx,
    db: &Db,
    after: After,
) -> Result<ProblemsPage, InitiativesError> {
    ctx.require(Right::HandleInitiatives, ctx.actor.own())?;
    page(db, Whose::Agency(ctx.actor.agency), after).await
}

async fn page(db: &Db, whose: Whose, after: After) -> Result<ProblemsPage, InitiativesError> {
    let mut conn = db.read().await?;
    let mut found = store::problems::page(&mut conn, whose, after, PROBLEMS_PAGE + 1).await?;
    let has_more = found.len() > usize::from(PROBLEMS_PAGE);
    found.truncate(usize::from(PROBLEMS_PAGE));
    let next = found.last().filter(|_| has_more).map(|it| (it.is_open(), it.id));
    Ok((found, next))
}

/// The problem with `number`, for everybody.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when there is none.
pub async fn problem(db: &Db, number: &str) -> Result<ProblemCase, InitiativesError> {
    let mut conn = db.read().await?;
    let found = store::problems::by_number(&mut conn, number).await?;
    let problem = found.ok_or(InitiativesError::NotFound("problem"))?;
    let solver = match problem.state {
        ProblemState::Solved(by, _) => store::initiatives::find(&mut conn, by).await?,
        _ => None,
    };
    let answers = store::lists::of_problem(&mut conn, problem.id, ANSWERS).await?;
    Ok(ProblemCase { problem, answers, solver })
}

/// The problem `id` of the caller's agency.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when it is another agency's.
pub async fn own_problem(ctx: &Ctx, db: &Db, id: ProblemId) -> Result<Problem, InitiativesError> {
    own(ctx, &mut db.read().await?, id).await
}

/// The problems that an initiative says it answers or that it solved. Everybody may know.
///
/// # Errors
///
/// The store's.
pub async fn problems_of(
    db: &Db,
    (id, answered): (InitiativeId, Option<ProblemId>),
) -> Result<Vec<Problem>, InitiativesError> {
    let mut conn = db.read().await?;
    let mut all = store::problems::solved_by(&mut conn, id).await?;
    if let Some(answered) = answered.filter(|it| all.iter().all(|problem| problem.id != *it)) {
        all.extend(store::problems::find(&mut conn, answered).await?);
    }
    Ok(all)
}
