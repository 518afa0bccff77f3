use sauro_directory::model::Level;
use sauro_kernel::{AgencyId, PetitionId};
use uuid::Uuid;

use super::hold::House;
use super::lists::{Line, with_answers};
use crate::model::{Petition, Sought};
use crate::{PetitionsError, store};

/// Cases shown of one search.
const MOST: usize = 20;

/// Cases that are read for one search.
const MOST_READ: u16 = 80;

/// The rarest words of a search that are looked up.
const RAREST: usize = 4;

/// Public answered cases in which every word that was typed stands, the best first: as it was written above
/// without marks, in the title above in the text, and of equals the newest answer. One syllable is looked for in
/// titles, two and more in the beginning of each text; no more than a fixed number of cases is read.
///
/// # Errors
///
/// The store's.
pub async fn search(house: &House<'_>, typed: &str) -> Result<Vec<Line>, PetitionsError> {
    let sought = Sought::of(typed);
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let mut conn = house.db.read().await?;
    let mut counts = store::index::counts(&mut conn, &sought.terms()).await?;
    let is_any = !counts.is_empty();
    counts.retain(|(_, n)| *n < store::index::MOST);
    counts.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    counts.truncate(RAREST);
    let cases = if counts.is_empty() && is_any {
        // Words that stand nearly everywhere: among the newest there will be enough.
        let newest = (i64::MAX, Uuid::max());
        store::lists::public(&mut conn, "", newest, MOST_READ).await?
    } else {
        // The more of the words stand in a case, the sooner it is read.
        let words: Vec<(String, f64)> = counts.into_iter().map(|it| (it.0, 1.0)).collect();
        let best = store::index::likest(&mut conn, &words, MOST_READ).await?;
        let ids: Vec<PetitionId> = best.into_iter().map(|it| PetitionId(it.0)).collect();
        store::found::cases(&mut conn, &ids).await?
    };
    let mut ranked: Vec<(u32, Option<i64>, Petition)> = cases
        .into_iter()
        .filter_map(|it| {
            let rank = sought.rank(&it.public_title, &it.public_body)?;
            Some((rank, it.answered_at, it))
        })
        .collect();
    ranked.sort_by_key(|it| std::cmp::Reverse((it.0, it.1, it.2.id.0)));
    ranked.truncate(MOST);
    with_answers(&mut conn, ranked.into_iter().map(|it| it.2).collect()).await
}

/// Public answered cases of a commune, the last sent first. Of a province there are too many to say much.
///
/// # Errors
///
/// The store's.
pub async fn of_place(house: &House<'_>, place: AgencyId) -> Result<Vec<Line>, PetitionsError> {
    let commune = house.agency(place).filter(|it| it.level == Level::Commune);
    let Some(agency) = commune else { return Ok(Vec::new()) };
    let mut conn = house.db.read().await?;
    let limit = u16::try_from(MOST).unwrap_or(u16::MAX);
    let cases = store::lists::public_of_place(&mut conn, &agency.path, limit).await?;
    with_answers(&mut conn, cases).await
}
