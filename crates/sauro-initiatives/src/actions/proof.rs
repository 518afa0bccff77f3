use sauro_journal::{ProofError, entry_bytes, position_of, prove};
use sauro_store::Db;

use super::Case;
use crate::InitiativesError;
use crate::model::ProofFile;

/// The receipt file of the version `n` of a dossier; none until the log is sealed so far, a few seconds
/// after it came.
///
/// # Errors
///
/// [`InitiativesError::NotFound`] when there is no such version.
pub async fn proof_file(
    db: &Db,
    case: &Case,
    n: i64,
) -> Result<Option<ProofFile>, InitiativesError> {
    let kept = case.versions.iter().find(|it| it.n == n);
    let kept = kept.ok_or(InitiativesError::NotFound("version of a dossier"))?;
    let mut conn = db.read().await?;
    let Some(position) = position_of(&mut conn, kept.entry).await? else { return Ok(None) };
    let receipt = match prove(&mut conn, position).await {
        Ok(receipt) => receipt,
        Err(ProofError::NotSealed(_)) => return Ok(None),
        Err(ProofError::Store(err)) => return Err(err.into()),
        Err(ProofError::DoesNotHold) => {
            return Err(InitiativesError::NotFound("proof of a dossier"));
        }
    };
    let entry = entry_bytes(&mut conn, position).await?;
    let entry = entry.ok_or(InitiativesError::NotFound("entry of a dossier"))?;
    Ok(Some(ProofFile::new(kept.text.clone(), &entry, receipt)))
}
