use sauro_kernel::PetitionId;

use super::hold::{Hold, House};
use super::lists::{Line, with_answers};
use crate::model::{index_words_of, words_of};
use crate::{PetitionsError, store};

/// Cases answered that are like a text.
const MOST: u16 = 5;

/// The rarest words of a text that are looked up.
const RAREST: usize = 12;

/// Public answered cases that are like `text`, the likest first: with and without marks, the rarer the shared
/// words the liker.
///
/// # Errors
///
/// The store's.
pub async fn similar(house: &House<'_>, text: &str) -> Result<Vec<Line>, PetitionsError> {
    let words = words_of(text);
    let mut conn = house.db.read().await?;
    let mut counts = store::index::counts(&mut conn, &words).await?;
    // A word in very many cases tells nothing about likeness, and is not walked.
    counts.retain(|(_, n)| *n < store::index::MOST);
    // The database answers in whatever order: of equally rare words those that stand first in the text.
    counts.sort_by_cached_key(|(word, n)| (*n, words.iter().position(|it| it == word)));
    counts.truncate(RAREST);
    let weighted: Vec<(String, f64)> =
        counts.into_iter().map(|(word, n)| (word, weight(n))).collect();
    // One shared word is chance, unless the text has no more than that.
    let least = if weighted.len() > 2 { 14.0 } else { 0.0 };
    // Some of the likest may have stopped being public meanwhile.
    let best = store::index::likest(&mut conn, &weighted, MOST * 2).await?;
    let ids: Vec<PetitionId> =
        best.iter().filter(|it| it.1 >= least).map(|it| PetitionId(it.0)).collect();
    let mut cases = store::found::cases(&mut conn, &ids).await?;
    cases.sort_by_key(|it| ids.iter().position(|id| *id == it.id));
    cases.truncate(usize::from(MOST));
    with_answers(&mut conn, cases).await
}

/// What a word in `n` cases adds to likeness.
fn weight(n: i64) -> f64 {
    let n = f64::from(i32::try_from(n).unwrap_or(i32::MAX));
    (f64::from(1_000_000) / (1.0 + n)).ln()
}

/// Keeps the index of public cases: in it while everybody may read the case, out of it otherwise.
pub(super) async fn show(hold: &mut Hold<'_>) -> Result<(), PetitionsError> {
    let (id, case) = (hold.case.id, &hold.case);
    let is_answered = case.answered_at.is_some() || case.closing.is_some();
    let is_public = case.may_publish && !case.is_hidden && is_answered;
    let words = index_words_of(&case.public_title, &case.public_body);
    store::index::remove(&mut hold.conn, id).await?;
    if is_public {
        store::index::insert(&mut hold.conn, id, &words).await?;
    }
    Ok(())
}
