//! What everybody may find of cases. Only what is public is read, so that no right is asked.

use sauro_kernel::PetitionId;
use sauro_store::Conn;

use super::lists::{Line, with_answers};
use crate::model::Field;
use crate::{PetitionsError, store};

/// Ids read at once.
const IDS: u16 = 500;

/// The public cases among `ids`, each with its last approved answer; the others are left out. Only their masked
/// texts are for others.
///
/// # Errors
///
/// The store's.
pub async fn found_cases(conn: &mut Conn, ids: &[PetitionId]) -> Result<Vec<Line>, PetitionsError> {
    let cases = store::found::cases(conn, ids).await?;
    with_answers(conn, cases).await
}

/// The fields of cases. Their names are public.
///
/// # Errors
///
/// The store's.
pub async fn found_fields(conn: &mut Conn) -> Result<Vec<Field>, PetitionsError> {
    Ok(store::fields::all(conn).await?)
}

/// The ids of the next public cases after `after`, in order.
///
/// # Errors
///
/// The store's.
pub async fn public_cases_after(
    conn: &mut Conn,
    after: PetitionId,
) -> Result<Vec<PetitionId>, PetitionsError> {
    Ok(store::found::ids_after(conn, after, IDS).await?)
}
