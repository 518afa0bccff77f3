use sauro_kernel::{AgencyId, CouncilId, Ctx, InitiativeId, Right};
use sauro_store::{Conn, Db};

use crate::model::{Ballot, Council, Initiative, Member, Stage, Tally};
use crate::{InitiativesError, store};

/// Councils listed at once.
const LISTED: u16 = 60;

/// Before a council, as its reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemView {
    /// The initiative.
    pub initiative: Initiative,
    /// All ballots once it is closed; before, the reader's own alone.
    pub ballots: Vec<Ballot>,
    /// How many members have scored it, and how many must not.
    pub n_cast: (usize, usize),
    /// What the ballots come to, once it is closed.
    pub tally: Option<Tally>,
}

/// A council as its reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouncilView {
    /// The council.
    pub council: Council,
    /// Who scores.
    pub members: Vec<Member>,
    /// What is scored.
    pub items: Vec<ItemView>,
    /// The reader's place among the members.
    pub own: Option<Member>,
    /// The reader closes it.
    pub may_close: bool,
}

/// What everybody sees of a closed council's work on one initiative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSheet {
    /// The council.
    pub council: Council,
    /// The agency that holds it.
    pub agency: AgencyId,
    /// The ballots, in the order of the members, who are known by number alone.
    pub ballots: Vec<Ballot>,
    /// What they come to.
    pub tally: Tally,
}

/// The councils that the caller's agency holds, and those in which the caller's desk scores.
///
/// # Errors
///
/// The store's.
pub async fn councils(
    ctx: &Ctx,
    db: &Db,
) -> Result<(Vec<Council>, Vec<Council>), InitiativesError> {
    let mut conn = db.read().await?;
    let agency = ctx.actor.agency;
    let held = match ctx.may(Right::ReadTasks, ctx.actor.own()) {
        true => store::councils::of_agency(&mut conn, agency, LISTED).await?,
        false => Vec::new(),
    };
    let scored = store::councils::of_desk(&mut conn, (agency, ctx.actor.role), LISTED).await?;
    Ok((held, scored))
}

/// The council `id`. While it is open nobody sees what others gave.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when there is none that the caller may know of.
pub async fn council_view(
    ctx: &Ctx,
    db: &Db,
    id: CouncilId,
) -> Result<CouncilView, InitiativesError> {
    let mut conn = db.read().await?;
    let (council, members) = known_council(ctx, &mut conn, id).await?;
    let own = own_place(ctx, &members);
    let mut items = Vec::new();
    for item in store::councils::items(&mut conn, id).await? {
        items.push(item_view(&mut conn, &council, (item, own)).await?);
    }
    let may_close = council.is_open() && ctx.may(Right::ChairCouncils, council.over());
    Ok(CouncilView { council, members, items, own, may_close })
}

async fn item_view(
    conn: &mut Conn,
    council: &Council,
    (item, own): (InitiativeId, Option<Member>),
) -> Result<ItemView, InitiativesError> {
    let found = store::initiatives::find(conn, item).await?;
    let initiative = found.ok_or(InitiativesError::NotFound("initiative of a council"))?;
    let mut ballots = store::ballots::of_item(conn, (council.id, item)).await?;
    let n_recused = ballots.iter().filter(|it| it.conflict.is_some()).count();
    let n_cast = (ballots.len() - n_recused, n_recused);
    let tally = (!council.is_open()).then(|| Tally::of(&council.criteria, &ballots)).flatten();
    if council.is_open() {
        ballots.retain(|it| own.is_some_and(|own| own.n == it.member));
    }
    Ok(ItemView { initiative, ballots, n_cast, tally })
}

/// The score sheet of an initiative; none before its council is closed.
///
/// # Errors
///
/// The store's.
pub async fn score_sheet(
    db: &Db,
    id: InitiativeId,
) -> Result<Option<ScoreSheet>, InitiativesError> {
    let mut conn = db.read().await?;
    let found = store::councils::of_initiative(&mut conn, id).await?;
    let Some(council) = found.filter(|it| !it.is_open()) else { return Ok(None) };
    let ballots = store::ballots::of_item(&mut conn, (council.id, id)).await?;
    let Some(tally) = Tally::of(&council.criteria, &ballots) else { return Ok(None) };
    Ok(Some(ScoreSheet { agency: council.agency, council, ballots, tally }))
}

/// What waits for a council of the caller's agency and is before none.
///
/// # Errors
///
/// The store's.
pub async fn awaiting(ctx: &Ctx, db: &Db) -> Result<Vec<Initiative>, InitiativesError> {
    if !ctx.may(Right::ChairCouncils, ctx.actor.own()) {
        return Ok(Vec::new());
    }
    let mut conn = db.read().await?;
    let mut found = Vec::new();
    for it in store::lists::of_desk(&mut conn, ctx.actor.agency, 100).await? {
        let is_free = it.stage == Stage::Judging
            && store::councils::of_initiative(&mut conn, it.id).await?.is_none();
        if is_free {
            found.push(it);
        }
    }
    Ok(found)
}

/// The caller's place among the members.
pub(super) fn own_place(ctx: &Ctx, members: &[Member]) -> Option<Member> {
    let is_own = |it: &&Member| it.agency == ctx.actor.agency && it.role == ctx.actor.role;
    members.iter().find(is_own).copied()
}

/// The council `id`, if the caller holds it, scores in it or oversees it. Others are told that it is not
/// there; the attempt is logged.
pub(super) async fn known_council(
    ctx: &Ctx,
    conn: &mut Conn,
    id: CouncilId,
) -> Result<(Council, Vec<Member>), InitiativesError> {
    let found = store::councils::find(conn, id).await?;
    let council = found.ok_or(InitiativesError::NotFound("council"))?;
    let members = store::councils::members(conn, id).await?;
    if own_place(ctx, &members).is_some() || ctx.may(Right::ReadTasks, council.over()) {
        return Ok((council, members));
    }
    tracing::warn!(
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        council = %id,
        "someone asked for a council that is not for them"
    );
    Err(InitiativesError::NotFound("council"))
}
