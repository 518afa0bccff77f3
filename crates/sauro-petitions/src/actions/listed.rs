use super::hold::House;
use super::lists::with_answers;
use crate::model::{Answer, Petition, Wanted};
use crate::{PetitionsError, store};

/// Public cases with their last approved answer, and whether there are more.
///
/// # Errors
///
/// The store's.
pub async fn listed(
    house: &House<'_>,
    wanted: &Wanted,
) -> Result<(Vec<(Petition, Option<Answer>)>, bool), PetitionsError> {
    let mut conn = house.db.read().await?;
    let more = Wanted { limit: wanted.limit.saturating_add(1), ..wanted.clone() };
    let mut cases = store::public::sent(&mut conn, &more).await?;
    let has_more = cases.len() > usize::from(wanted.limit);
    cases.truncate(usize::from(wanted.limit));
    let lines = with_answers(&mut conn, cases).await?;
    Ok((lines.into_iter().map(|it| (it.case, it.answer)).collect(), has_more))
}
