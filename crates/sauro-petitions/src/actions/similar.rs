use std::collections::BTreeMap;

use sauro_kernel::PetitionId;
use uuid::Uuid;

use super::hold::{Hold, House};
use super::lists::{Line, with_answers};
use crate::model::{Petition, index_words_of, words_of};
use crate::{PetitionsError, store};

/// Cases answered that are like a text.
const MOST: usize = 5;

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
    let weight_of: BTreeMap<&str, f64> =
        counts.iter().map(|(word, n)| (word.as_str(), weight(*n))).collect();
    let rarest: Vec<&str> = weight_of.keys().copied().collect();
    let mut weights: BTreeMap<Uuid, f64> = BTreeMap::new();
    for (word, id) in store::index::cases(&mut conn, &rarest).await? {
        *weights.entry(id).or_default() += weight_of.get(word.as_str()).copied().unwrap_or(0.0);
    }
    let mut best: Vec<(Uuid, f64)> = weights.into_iter().collect();
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
    // One shared word is chance, unless the text has no more than that.
    let least = if counts.len() > 2 { 14.0 } else { 0.0 };
    let mut likest = Vec::new();
    for (id, weight) in best.into_iter().take(MOST * 2) {
        if weight < least || likest.len() == MOST {
            break;
        }
        let case = store::petitions::find(&mut conn, PetitionId(id)).await?;
        likest.extend(case.filter(Petition::is_public));
    }
    with_answers(&mut conn, likest).await
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
