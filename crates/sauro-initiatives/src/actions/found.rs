//! What everybody may find of initiatives and problems. Only what is public is read, so that no right is asked.

use sauro_kernel::{InitiativeId, ProblemId};
use sauro_store::Conn;

use crate::model::{Dossier, Initiative, Problem};
use crate::{InitiativesError, store};

/// Ids read at once.
const IDS: u16 = 500;

/// The listed initiatives among `ids`; the others are left out. Each comes with its newest dossier if its authors
/// let everybody read it.
///
/// # Errors
///
/// The store's.
pub async fn found_initiatives(
    conn: &mut Conn,
    ids: &[InitiativeId],
) -> Result<Vec<(Initiative, Option<Dossier>)>, InitiativesError> {
    let mut found = Vec::with_capacity(ids.len());
    for it in store::found::initiatives(conn, ids).await? {
        let dossier = match it.is_open {
            true => store::dossiers::of_initiative(conn, it.id).await?.pop(),
            false => None,
        };
        found.push((it, dossier.and_then(|it| Dossier::read(&it.text))));
    }
    Ok(found)
}

/// The ids of the next listed initiatives after `after`, in order.
///
/// # Errors
///
/// The store's.
pub async fn listed_after(
    conn: &mut Conn,
    after: InitiativeId,
) -> Result<Vec<InitiativeId>, InitiativesError> {
    Ok(store::found::initiatives_after(conn, after, IDS).await?)
}

/// The problems among `ids`. Every problem that was published is public, also when it was withdrawn.
///
/// # Errors
///
/// The store's.
pub async fn found_problems(
    conn: &mut Conn,
    ids: &[ProblemId],
) -> Result<Vec<Problem>, InitiativesError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(store::problems::find(conn, *id).await?);
    }
    Ok(found)
}

/// The ids of the next problems after `after`, in order.
///
/// # Errors
///
/// The store's.
pub async fn problems_after(
    conn: &mut Conn,
    after: ProblemId,
) -> Result<Vec<ProblemId>, InitiativesError> {
    Ok(store::found::problems_after(conn, after, IDS).await?)
}
