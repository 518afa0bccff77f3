use sauro_kernel::{Ctx, PetitionId, Right};

use super::hold::{House, clocks_of};
use crate::model::{
    Act, Answer, CaseFile, Clocks, Guesses, Happening, Hiding, Partner, Petition, Picture, Sender,
};
use crate::{PetitionsError, store};

/// A case as an officer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    /// The case.
    pub case: Petition,
    /// Who sent it; none when it came without a name, was erased, or is not for this caller's eyes.
    pub sender: Option<Sender>,
    /// What happened, oldest first.
    pub happenings: Vec<Happening>,
    /// Answers and drafts, oldest first.
    pub answers: Vec<Answer>,
    /// Files.
    pub files: Vec<CaseFile>,
    /// Copies of pictures for everybody, prepared and public.
    pub pictures: Vec<Picture>,
    /// Agencies that cooperate.
    pub partners: Vec<Partner>,
    /// The newest wish to hide it.
    pub hiding: Option<Hiding>,
    /// Both clocks.
    pub clocks: Clocks,
    /// What routing suggested.
    pub guesses: Guesses,
    /// Cases merged into it: their public numbers.
    pub merged: Vec<String>,
    /// The case it was merged into.
    pub main: Option<Petition>,
    /// What this caller may do now.
    pub open: Vec<Act>,
    /// The caller's agency was asked for an opinion and has given none.
    pub owes_opinion: bool,
    /// The caller may note, hide and sort.
    pub may_sort: bool,
    /// The caller may approve.
    pub may_approve: bool,
    /// The caller may make copies of pictures for everybody.
    pub may_prepare: bool,
    /// The caller handles it, and may take such copies back.
    pub may_handle: bool,
}

/// The case `id` for an officer: of the agency that holds it, of one that held it or cooperates, and of those
/// above. Whoever it is about finds nothing.
///
/// # Errors
///
/// [`PetitionsError::NotFound`] when there is none that the caller may know of.
pub async fn case_view(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
) -> Result<CaseView, PetitionsError> {
    let absent = || PetitionsError::NotFound("petition");
    let mut conn = house.db.read().await?;
    let case = store::petitions::find(&mut conn, id).await?.ok_or_else(absent)?;
    let partners = store::partners::of_case(&mut conn, id).await?;
    if case.about == Some(ctx.actor.account) || !may_read(ctx, house, &case, &partners) {
        return Err(absent());
    }
    let happenings = store::events::of_case(&mut conn, id).await?;
    let limits = store::fields::limits(&mut conn).await?;
    let main = match case.merged_into {
        Some(id) => store::petitions::find(&mut conn, id).await?,
        None => None,
    };
    let mine = |it: &&Partner| it.agency == ctx.actor.agency && it.given.is_none();
    let own_right = |right| ctx.may(right, house.over(&case));
    Ok(CaseView {
        sender: house.sender(&mut conn, id).await?,
        answers: store::answers::of_case(&mut conn, id).await?,
        files: store::files::of_case(&mut conn, id).await?,
        pictures: store::pictures::of_case(&mut conn, id).await?,
        hiding: store::hidings::newest(&mut conn, id).await?,
        clocks: clocks_of(house.calendar, &limits, &case, &happenings),
        guesses: serde_json::from_str(&case.guess).unwrap_or_default(),
        merged: store::lists::merged_into(&mut conn, id).await?,
        owes_opinion: partners.iter().any(|it| mine(&it)),
        open: open_acts(ctx, house, &case),
        may_sort: own_right(Right::SortPetitions),
        may_approve: own_right(Right::ApproveAnswers),
        may_prepare: own_right(Right::HandlePetitions)
            && (case.flow.allows(Act::Submit) || own_right(Right::ApproveAnswers)),
        may_handle: own_right(Right::HandlePetitions),
        main,
        happenings,
        partners,
        case,
    })
}

/// The caller's agency holds it, held it, leads or cooperates, or stands above.
fn may_read(ctx: &Ctx, house: &House<'_>, case: &Petition, partners: &[Partner]) -> bool {
    let own = ctx.actor.agency;
    let has_part = case.coordinator == own
        || case.lead == Some(own)
        || partners.iter().any(|it| it.agency == own);
    let of = |id| house.agency(id).map(|it| it.over());
    ctx.may(Right::ReadPetitions, house.over(case))
        || has_part && ctx.may(Right::ReadPetitions, ctx.actor.own())
        || of(case.coordinator).is_some_and(|it| ctx.may(Right::ReadPetitions, it))
}

/// The acts of an officer that are open in this state and that this caller may do.
fn open_acts(ctx: &Ctx, house: &House<'_>, case: &Petition) -> Vec<Act> {
    let may = |act: Act| {
        let right = match act {
            Act::Receive | Act::Assign | Act::Refuse | Act::Merge | Act::Unmerge => {
                Right::SortPetitions
            }
            Act::AskMore | Act::Resume | Act::Accept | Act::Submit => Right::HandlePetitions,
            Act::Extend | Act::ReturnAnswer | Act::Approve => Right::ApproveAnswers,
            Act::Settle | Act::Reopen => return false,
        };
        ctx.may(right, house.over(case))
    };
    Act::ALL.into_iter().filter(|act| case.flow.allows(*act) && may(*act)).collect()
}
