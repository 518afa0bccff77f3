use sauro_kernel::{AgencyId, Ctx, InitiativeId, Right};
use sauro_store::{Conn, Db};

use super::Room;
use super::councils::own_place;
use crate::model::{Author, Code, Dossier, Initiative, Person, Stage, Stakes, Step};
use crate::store::dossiers::Kept;
use crate::{InitiativesError, store};

/// An initiative with all that stands in its dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The initiative.
    pub initiative: Initiative,
    /// The newest dossier.
    pub dossier: Dossier,
    /// Every version of it, oldest first.
    pub versions: Vec<Kept>,
    /// The authors; who they are is sealed.
    pub authors: Vec<Author>,
    /// The stages it was in, oldest first.
    pub steps: Vec<Step>,
    /// Who the authors are, for those who work on the dossier; empty for everybody else.
    pub people: Vec<Person>,
    /// What the caller may do.
    pub powers: Powers,
}

/// What a caller may do with an initiative now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Powers {
    /// Check its form.
    pub may_check: bool,
    /// Refuse it while the author adds nothing.
    pub may_refuse: bool,
    /// Give the opinion.
    pub may_opine: bool,
    /// Put it before a council.
    pub may_chair: bool,
    /// Say that the own agency tries or applies it.
    pub may_apply: bool,
    /// Confirm that the own agency applies it.
    pub may_confirm: bool,
    /// Certify it, and withdraw that.
    pub may_certify: bool,
    /// Hand out its certificate, which names the authors.
    pub may_hand_out: bool,
}

/// The initiative `id` for an official.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when there is none that the caller may know of.
pub async fn case(ctx: &Ctx, room: &Room<'_>, id: InitiativeId) -> Result<Case, InitiativesError> {
    let mut conn = room.db.read().await?;
    let it = known(ctx, &mut conn, id).await?;
    let mut case = whole(&mut conn, it).await?;
    let it = &case.initiative;
    let handles = ctx.may(Right::HandleInitiatives, it.over());
    case.powers = Powers {
        may_check: handles && it.stage == Stage::Checking,
        may_refuse: handles && it.stage == Stage::Asked,
        may_opine: it.stage == Stage::Reviewing
            && it.reviewer == Some(ctx.actor.agency)
            && ctx.may(Right::ReviewInitiatives, ctx.actor.own()),
        may_chair: it.stage == Stage::Judging && ctx.may(Right::ChairCouncils, it.over()),
        may_apply: it.stage.is_recognised() && ctx.may(Right::ApplyInitiatives, ctx.actor.own()),
        may_confirm: it.stage.is_recognised()
            && ctx.may(Right::ConfirmApplications, ctx.actor.own()),
        may_certify: it.stage.is_recognised() && ctx.may(Right::CertifyInitiatives, it.over()),
        may_hand_out: handles,
    };
    if handles {
        case.people = people(room, &case)?;
    }
    Ok(case)
}

/// The initiative with `code`, for whoever holds the code.
///
/// # Errors
///
/// [`InitiativesError::NotFound`]: a code that is none and one that names nothing look alike.
pub async fn of_code(db: &Db, typed: &str) -> Result<Case, InitiativesError> {
    let absent = || InitiativesError::NotFound("initiative");
    let code: Code = typed.parse().map_err(|_| absent())?;
    let mut conn = db.read().await?;
    let it = store::initiatives::by_code(&mut conn, &code).await?.ok_or_else(absent)?;
    whole(&mut conn, it).await
}

async fn whole(conn: &mut Conn, initiative: Initiative) -> Result<Case, InitiativesError> {
    let id = initiative.id;
    let versions = store::dossiers::of_initiative(conn, id).await?;
    let newest = versions.last().and_then(|it| Dossier::read(&it.text));
    let dossier = newest.ok_or(InitiativesError::NotFound("dossier of an initiative"))?;
    Ok(Case {
        dossier,
        versions,
        authors: store::authors::of_initiative(conn, id).await?,
        steps: store::steps::of_initiative(conn, id).await?,
        people: Vec::new(),
        powers: Powers::default(),
        initiative,
    })
}

fn people(room: &Room<'_>, case: &Case) -> Result<Vec<Person>, InitiativesError> {
    let mut people = Vec::with_capacity(case.authors.len());
    for author in &case.authors {
        people.push(person(room, case.initiative.id, author)?);
    }
    Ok(people)
}

/// Who has a stake in `it`: agencies, accounts and the names that are sealed.
pub(super) async fn stakes(
    conn: &mut Conn,
    room: &Room<'_>,
    it: &Initiative,
) -> Result<Stakes, InitiativesError> {
    let authors = store::authors::of_initiative(conn, it.id).await?;
    let mut stakes = Stakes {
        agencies: it.unit.into_iter().chain(authors.iter().filter_map(|it| it.agency)).collect(),
        accounts: it.sender.into_iter().chain(authors.iter().filter_map(|it| it.account)).collect(),
        names: Vec::new(),
    };
    for author in &authors {
        stakes.names.push(sauro_kernel::fold(&person(room, it.id, author)?.name));
    }
    Ok(stakes)
}

pub(super) fn person(
    room: &Room<'_>,
    id: InitiativeId,
    author: &Author,
) -> Result<Person, InitiativesError> {
    let plain = room.keys.open_sealed(id.0, &author.sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(|_| sauro_store::SealError::Broken)?)
}

/// The initiative `id`, if the caller may know of it. Others are told that it is not there; the attempt is
/// logged.
pub(super) async fn known(
    ctx: &Ctx,
    conn: &mut Conn,
    id: InitiativeId,
) -> Result<Initiative, InitiativesError> {
    let found = store::initiatives::find(conn, id).await?;
    let it = found.ok_or(InitiativesError::NotFound("initiative"))?;
    let own = |it: Option<AgencyId>| it == Some(ctx.actor.agency);
    let is_judge = match store::councils::of_initiative(conn, id).await? {
        Some(council) if it.stage == Stage::Judging => {
            own_place(ctx, &store::councils::members(conn, council.id).await?).is_some()
        }
        _ => false,
    };
    let is_known = is_judge
        || it.stage.is_listed() && it.is_open
        || it.receiver == ctx.actor.agency && ctx.may(Right::ReadTasks, ctx.actor.own())
        || own(it.reviewer)
        || own(it.unit)
        || ctx.may(Right::ReadTasks, it.over());
    if is_known {
        return Ok(it);
    }
    tracing::warn!(
        post = %ctx.actor.post,
        agency = %ctx.actor.agency_code,
        initiative = %it.id,
        "someone asked for an initiative that is not for them"
    );
    Err(InitiativesError::NotFound("initiative"))
}
