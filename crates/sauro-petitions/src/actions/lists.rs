use sauro_kernel::{AccountId, AgencyId, Ctx, PetitionId, Right};
use sauro_store::Conn;
use uuid::Uuid;

use super::hold::{House, clocks_of};
use crate::model::{Answer, Clocks, Exported, Happening, Listed, Petition, Picture, Side, State};
use crate::{PetitionsError, store};

/// Cases shown at once of each kind, and on a page of one state; a desk with more begins with the nearest deadlines.
pub const QUEUE_PAGE: u16 = 100;

/// Cases of each state on the whole desk; the rest stands in a list of its own.
const OF_STATE: u16 = 25;

/// Cases of one state are counted so far.
pub const MOST_COUNTED: i64 = 1_000;

/// Cases on one public page.
const PAGE: u16 = 20;

/// Rows of a file that are read in one go.
const EXPORTED: u16 = 1_000;

/// What a desk owes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// By state.
    pub groups: Vec<Group>,
    /// Opinions asked of the own agency, the nearest deadline first; not all where there are many.
    pub opinions: Vec<Listed>,
    /// Held by agencies below and past their deadline or under review, for those who oversee; not all where there are
    /// many.
    pub below: Vec<Listed>,
}

/// Cases of one state on a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The state.
    pub state: State,
    /// The nearest deadline first; not all where there are many.
    pub cases: Vec<Listed>,
    /// How many there are; [`MOST_COUNTED`] + 1 where there are more than that.
    pub n: i64,
}

/// One line of a public list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The case.
    pub case: Petition,
    /// The answer, as all may read it.
    pub answer: Option<Answer>,
}

/// How a public list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Code of a field, or empty.
    pub field: String,
    /// The last case that was shown: when it was answered, and its id.
    pub after: Option<(i64, Uuid)>,
}

/// A case as everybody may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCase {
    /// The case; only its masked texts are for pages.
    pub case: Petition,
    /// What happened, oldest first.
    pub happenings: Vec<Happening>,
    /// Answers that were approved.
    pub answers: Vec<Answer>,
    /// Pictures that were let out.
    pub pictures: Vec<(Side, Picture)>,
    /// Both clocks.
    pub clocks: Clocks,
}

/// What the caller's desk owes, and what those above should look at.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever reads no petitions.
pub async fn queue(ctx: &Ctx, house: &House<'_>) -> Result<Queue, PetitionsError> {
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    let mut conn = house.db.read().await?;
    // The person whom a case is about never learns of it.
    let by = (ctx.actor.agency, ctx.actor.account);
    let more = OF_STATE.saturating_add(1);
    Ok(Queue {
        groups: groups(&mut conn, by).await?,
        opinions: store::desks::asked_of(&mut conn, by, (0, more)).await?,
        below: below(ctx, &mut conn, more).await?,
    })
}

/// What those above should look at, a little more than fits on a page of each kind, so that it is seen where there is more.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever reads no petitions.
pub async fn queue_below(ctx: &Ctx, house: &House<'_>) -> Result<Vec<Listed>, PetitionsError> {
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    below(ctx, &mut house.db.read().await?, QUEUE_PAGE.saturating_add(1)).await
}

/// Opinions asked of the own agency, a page of them and one more where there are more; `page` counts from 0.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever reads no petitions.
pub async fn queue_opinions(
    ctx: &Ctx,
    house: &House<'_>,
    page: u16,
) -> Result<Vec<Listed>, PetitionsError> {
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    let by = (ctx.actor.agency, ctx.actor.account);
    let part = (i64::from(page) * i64::from(QUEUE_PAGE), QUEUE_PAGE.saturating_add(1));
    Ok(store::desks::asked_of(&mut house.db.read().await?, by, part).await?)
}

/// The first cases of each state on a desk, in as few questions as there can be.
async fn groups(conn: &mut Conn, by: (AgencyId, AccountId)) -> Result<Vec<Group>, PetitionsError> {
    let open: Vec<State> = State::ALL.into_iter().filter(|it| *it != State::Closed).collect();
    let found = store::desks::of_states(conn, by, &open, OF_STATE).await?;
    let mut groups: Vec<Group> =
        open.iter().map(|state| Group { state: *state, cases: Vec::new(), n: 0 }).collect();
    for case in found {
        if let Some(group) = groups.iter_mut().find(|it| it.state == case.standing.state) {
            group.n += 1;
            group.cases.push(case);
        }
    }
    let full = groups.iter().filter(|it| it.n == i64::from(OF_STATE)).map(|it| it.state);
    let full: Vec<State> = full.collect();
    for (state, n) in n_of(conn, by, &full).await? {
        groups.iter_mut().filter(|it| it.state == state).for_each(|it| it.n = n);
    }
    groups.retain(|it| it.n > 0);
    Ok(groups)
}

/// How many cases of each of `states` a desk shows, [`MOST_COUNTED`] + 1 where there are more than that.
async fn n_of(
    conn: &mut Conn,
    by: (AgencyId, AccountId),
    states: &[State],
) -> Result<Vec<(State, i64)>, PetitionsError> {
    let mut all = store::desks::n_of_holder(conn, by.0, states, MOST_COUNTED + 1).await?;
    if all.iter().any(|it| it.1 <= MOST_COUNTED) {
        let about = store::desks::n_about(conn, by).await?;
        for (state, n) in all.iter_mut().filter(|it| it.1 <= MOST_COUNTED) {
            *n -= about.iter().filter(|it| it.0 == *state).map(|it| it.1).sum::<i64>();
        }
    }
    Ok(all)
}

/// Cases below that are in review, and those past their day: at most `most` of each, the nearest deadline first.
async fn below(ctx: &Ctx, conn: &mut Conn, most: u16) -> Result<Vec<Listed>, PetitionsError> {
    let (scope, own) = (&ctx.actor.scope, ctx.actor.agency);
    if !sauro_kernel::may(ctx.actor.role, Right::ReadPetitions, sauro_kernel::Relation::Below) {
        return Ok(Vec::new());
    }
    let now = ctx.now_us();
    let mut found = store::desks::in_review_below(conn, scope, most).await?;
    // Their day may be today, and end only in the evening.
    found.extend(store::desks::overdue_below(conn, scope, own, ctx.today(), most).await?);
    found.retain(|it| {
        it.holder != own
            && it.about != Some(ctx.actor.account)
            && (it.standing.state == State::Review || it.standing.is_overdue(now))
    });
    found.sort_by_key(|it| (it.standing.due_on, it.id.0));
    Ok(found)
}

/// The cases of one state on the caller's desk, a page of them; `page` counts from 0.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever reads no petitions.
pub async fn queue_group(
    ctx: &Ctx,
    house: &House<'_>,
    state: State,
    page: u16,
) -> Result<Group, PetitionsError> {
    ctx.require(Right::ReadPetitions, ctx.actor.own())?;
    let by = (ctx.actor.agency, ctx.actor.account);
    let (skipped, most) = (i64::from(page) * i64::from(QUEUE_PAGE), QUEUE_PAGE);
    let mut conn = house.db.read().await?;
    let cases = store::desks::of_holder(&mut conn, by, state, (skipped, most)).await?;
    let n = i64::try_from(cases.len()).unwrap_or(MOST_COUNTED);
    if skipped == 0 && n < i64::from(most) {
        return Ok(Group { state, cases, n });
    }
    let n = n_of(&mut conn, by, &[state]).await?.first().map_or(0, |it| it.1);
    Ok(Group { state, cases, n })
}

/// Public cases, the newest answer first, and whether there are more.
///
/// # Errors
///
/// The store's.
pub async fn public_list(
    house: &House<'_>,
    asked: &Asked,
) -> Result<(Vec<Line>, bool), PetitionsError> {
    let mut conn = house.db.read().await?;
    let before = asked.after.unwrap_or((i64::MAX, Uuid::max()));
    let mut cases =
        store::lists::public(&mut conn, &asked.field, before, PAGE.saturating_add(1)).await?;
    let has_more = cases.len() > usize::from(PAGE);
    cases.truncate(usize::from(PAGE));
    Ok((with_answers(&mut conn, cases).await?, has_more))
}

/// Each of `cases` with its last approved answer, in one question.
pub(super) async fn with_answers(
    conn: &mut Conn,
    cases: Vec<Petition>,
) -> Result<Vec<Line>, PetitionsError> {
    let ids: Vec<PetitionId> = cases.iter().map(|it| it.id).collect();
    let mut answers = store::answers::last_of(conn, &ids).await?;
    let line = |case: Petition| Line { answer: answers.remove(&case.id), case };
    Ok(cases.into_iter().map(line).collect())
}

/// Public cases as open data have them, the newest answer first, and whether there are more. `after` is the last
/// one that was read: when it was answered, and its id.
///
/// # Errors
///
/// The store's.
pub async fn exported(
    house: &House<'_>,
    after: Option<(i64, Uuid)>,
) -> Result<(Vec<Exported>, bool), PetitionsError> {
    let mut conn = house.db.read().await?;
    let before = after.unwrap_or((i64::MAX, Uuid::max()));
    let mut rows = store::exported::public(&mut conn, before, EXPORTED.saturating_add(1)).await?;
    let has_more = rows.len() > usize::from(EXPORTED);
    rows.truncate(usize::from(EXPORTED));
    Ok((rows, has_more))
}

/// The case with the public `number`, if everybody may read it.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] when nobody may.
pub async fn public_case(house: &House<'_>, number: &str) -> Result<PublicCase, PetitionsError> {
    let absent = || PetitionsError::NotFound("petition");
    let mut conn = house.db.read().await?;
    let case = store::petitions::by_number(&mut conn, number).await?;
    let case = case.filter(Petition::is_public).ok_or_else(absent)?;
    let limits = store::fields::limits(&mut conn).await?;
    let mut happenings = store::events::of_case(&mut conn, case.id).await?;
    let clocks = clocks_of(house.calendar, &limits, &case, &happenings);
    happenings.retain(|it| it.is_public);
    let mut answers = store::answers::of_case(&mut conn, case.id).await?;
    answers.retain(|it| it.approved.is_some());
    let pictures = public_pictures(&mut conn, &case).await?;
    Ok(PublicCase { happenings, answers, pictures, clocks, case })
}

async fn public_pictures(
    conn: &mut Conn,
    case: &Petition,
) -> Result<Vec<(Side, Picture)>, PetitionsError> {
    let mut pictures = store::pictures::of_case(conn, case.id).await?;
    pictures.retain(|it| it.is_public);
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let files = store::files::of_case(conn, case.id).await?;
    let side = |it: &Picture| files.iter().find(|file| file.id == it.file).map(|file| file.side);
    Ok(pictures.into_iter().filter_map(|it| Some((side(&it)?, it))).collect())
}
