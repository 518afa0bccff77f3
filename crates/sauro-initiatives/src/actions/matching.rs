//! Which problems and which initiatives may fit together: two bounded questions to an index of words.

use sauro_kernel::{InitiativeId, ProblemId};
use sauro_store::{Conn, Db};

use super::Case;
use crate::model::{
    Dossier, Initiative, Likeness, Problem, ProblemText, as_written, likest, pairs_of, rarest,
};
use crate::store::likeness::{Index, MOST, counts, found, put};
use crate::{InitiativesError, store};

/// Texts shown as alike, and texts whose side is told.
const SHOWN: usize = 5;

/// Something that may fit, and the words that both have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit<T> {
    /// What may fit.
    pub it: T,
    /// The words in both, as its reader's own text spells them.
    pub words: Vec<String>,
}

/// Listed initiatives that may solve `problem`, the likest first; those that say they answer it are left out.
///
/// # Errors
///
/// The store's.
pub async fn initiatives_like(
    db: &Db,
    problem: &Problem,
) -> Result<Vec<Fit<Initiative>>, InitiativesError> {
    let mut conn = db.read().await?;
    let text = &problem.text;
    let mut fits = Vec::new();
    for like in like(&mut conn, Index::Initiatives, &of_problem(text)).await? {
        let Some(it) = store::initiatives::find(&mut conn, InitiativeId(like.id)).await? else {
            continue;
        };
        if it.stage.is_listed() && it.problem != Some(problem.id) {
            let whole = [text.title.as_str(), &text.pain, &text.wanted].join(". ");
            fits.push(Fit { it, words: as_written(&whole, &like.words) });
        }
    }
    Ok(fits)
}

/// Open problems that the initiative of `case` may solve, the likest first; the one that it says it answers
/// is left out.
///
/// # Errors
///
/// The store's.
pub async fn problems_like(db: &Db, case: &Case) -> Result<Vec<Fit<Problem>>, InitiativesError> {
    let mut conn = db.read().await?;
    let it = &case.dossier;
    let words = pairs_of(&[&it.title, &it.present, &it.content]);
    let mut fits = Vec::new();
    for like in like(&mut conn, Index::Problems, &words).await? {
        let found = store::problems::find(&mut conn, ProblemId(like.id)).await?;
        let is_other = |found: &Problem| case.initiative.problem != Some(found.id);
        if let Some(found) = found.filter(Problem::is_open).filter(is_other) {
            let whole = [it.title.as_str(), &it.present, &it.content].join(". ");
            fits.push(Fit { it: found, words: as_written(&whole, &like.words) });
        }
    }
    Ok(fits)
}

/// What of the other kind is like a text with `words`, the likest first.
async fn like(
    conn: &mut Conn,
    index: Index,
    words: &[String],
) -> Result<Vec<Likeness>, InitiativesError> {
    let rare = rarest(words, counts(conn, index, words).await?, MOST);
    let mut all = likest(&rare, found(conn, index, &rare).await?);
    all.truncate(SHOWN + 1);
    Ok(all)
}

/// The initiatives so like a problem with `text` that their side is told.
pub(super) async fn close_initiatives(
    conn: &mut Conn,
    text: &ProblemText,
) -> Result<Vec<Initiative>, InitiativesError> {
    let mut close = Vec::new();
    for like in like(conn, Index::Initiatives, &of_problem(text)).await? {
        if like.is_close() {
            close.extend(store::initiatives::find(conn, InitiativeId(like.id)).await?);
        }
    }
    Ok(close)
}

/// The open problems that a listed initiative answers or is so like that their agency is told.
pub(super) async fn close_problems(
    conn: &mut Conn,
    (it, dossier): (&Initiative, &Dossier),
) -> Result<Vec<Problem>, InitiativesError> {
    let mut close = Vec::new();
    if let Some(answered) = it.problem {
        close.extend(store::problems::find(conn, answered).await?);
    }
    for like in like(conn, Index::Problems, &of_initiative(it, dossier)).await? {
        if like.is_close() && it.problem != Some(ProblemId(like.id)) {
            close.extend(store::problems::find(conn, ProblemId(like.id)).await?);
        }
    }
    close.retain(Problem::is_open);
    Ok(close)
}

/// Keeps the index of problems: in it while the problem is open.
pub(super) async fn show_problem(conn: &mut Conn, it: &Problem) -> Result<(), InitiativesError> {
    let words = if it.is_open() { of_problem(&it.text) } else { Vec::new() };
    Ok(put(conn, Index::Problems, it.id.0, &words).await?)
}

/// Puts an initiative that everybody may know of into the index.
pub(super) async fn show_initiative(
    conn: &mut Conn,
    (it, dossier): (&Initiative, &Dossier),
) -> Result<(), InitiativesError> {
    Ok(put(conn, Index::Initiatives, it.id.0, &of_initiative(it, dossier)).await?)
}

fn of_problem(it: &ProblemText) -> Vec<String> {
    pairs_of(&[&it.title, &it.pain, &it.wanted])
}

/// What its authors keep is not found by its words.
fn of_initiative(it: &Initiative, dossier: &Dossier) -> Vec<String> {
    match it.is_open {
        true => pairs_of(&[&it.title, &dossier.present, &dossier.content]),
        false => pairs_of(&[&it.title]),
    }
}
