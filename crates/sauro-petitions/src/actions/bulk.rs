//! Several cases in one go (làm cùng lúc). Each is done by the very action that does one, in a transaction of its
//! own: what cannot be done is named, and holds up nothing.

use sauro_kernel::{AgencyId, Ctx, PetitionId, Right};

use super::handle::accept;
use super::hold::House;
use super::merge::merge;
use super::sort::{assign, receive, set_field};
use crate::model::Petition;
use crate::{PetitionsError, store};

/// The most cases taken in one go.
pub const MAX_BULK: usize = 200;

/// What is done to every case that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkAct<'a> {
    /// Tiếp nhận.
    Receive,
    /// Đặt lĩnh vực: the code of the field.
    SetField(&'a str),
    /// Chuyển giải quyết.
    Assign {
        /// Who handles them.
        lead: AgencyId,
        /// They need the longer time.
        is_complex: bool,
        /// What the senders read.
        words: &'a str,
    },
    /// Nhận giải quyết.
    Accept,
    /// Gộp: the number of the main case, and why.
    Merge {
        /// The number of the main case.
        into: &'a str,
        /// What the senders read; may be empty.
        reason: &'a str,
    },
}

/// What came of one case.
#[derive(Debug)]
pub struct Outcome {
    /// The case.
    pub id: PetitionId,
    /// Its number and title; none of a case that the caller may not know of.
    pub case: Option<(String, String)>,
    /// What came of it.
    pub result: Result<(), PetitionsError>,
}

/// Does the same to each of `ids`, as if it were done one after the other by hand.
///
/// # Errors
///
/// [`PetitionsError::Denied`] for whoever sorts no petitions; [`PetitionsError::Invalid`] when nothing or too much
/// is chosen; the store's own failures. What keeps one case back is in its outcome.
pub async fn in_bulk(
    ctx: &Ctx,
    house: &House<'_>,
    ids: &[PetitionId],
    act: BulkAct<'_>,
) -> Result<Vec<Outcome>, PetitionsError> {
    ctx.require(Right::SortPetitions, ctx.actor.own())?;
    must_choose(ids.len())?;
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(ids.len());
    for id in ids {
        if outcomes.iter().any(|it| it.id == *id) {
            continue;
        }
        outcomes.push(outcome(house, *id, done(ctx, house, *id, act).await).await?);
    }
    Ok(outcomes)
}

async fn done(
    ctx: &Ctx,
    house: &House<'_>,
    id: PetitionId,
    act: BulkAct<'_>,
) -> Result<Petition, PetitionsError> {
    match act {
        BulkAct::Receive => receive(ctx, house, id).await,
        BulkAct::SetField(code) => set_field(ctx, house, id, code).await,
        BulkAct::Assign { lead, is_complex, words } => {
            assign(ctx, house, id, (lead, &[]), (is_complex, words)).await
        }
        BulkAct::Accept => accept(ctx, house, id).await,
        BulkAct::Merge { into, reason } => merge(ctx, house, id, (into, reason)).await,
    }
}

fn must_choose(n: usize) -> Result<(), PetitionsError> {
    let words = match n {
        0 => "Chọn ít nhất một vụ việc ở danh sách dưới.".to_owned(),
        n if n > MAX_BULK => {
            format!("Đã chọn {n} vụ việc. Mỗi lần chọn tối đa {MAX_BULK}, rồi làm tiếp lần sau.")
        }
        _ => return Ok(()),
    };
    Err(PetitionsError::of_field("danh-sach", words))
}

/// A refusal belongs to the case; a failing store ends all. Only whoever may not know of a case is told no more
/// than that.
async fn outcome(
    house: &House<'_>,
    id: PetitionId,
    result: Result<Petition, PetitionsError>,
) -> Result<Outcome, PetitionsError> {
    let told = |it: Petition| (it.number, it.title);
    match result {
        Ok(case) => Ok(Outcome { id, case: Some(told(case)), result: Ok(()) }),
        Err(
            err @ (PetitionsError::Store(_) | PetitionsError::Files(_) | PetitionsError::Seal(_)),
        ) => Err(err),
        Err(err @ PetitionsError::NotFound(_)) => Ok(Outcome { id, case: None, result: Err(err) }),
        Err(err) => {
            let case = store::petitions::find(&mut house.db.read().await?, id).await?;
            Ok(Outcome { id, case: case.map(told), result: Err(err) })
        }
    }
}
