use sauro_kernel::{Ctx, Right};
use sauro_store::Db;

use super::change::{Base, Change, catalogue_event, change};
use crate::DirectoryError;
use crate::model::{self, Agency, Atlas};

/// Takes a file of central bodies, bodies of provinces, or abolished bodies; the headings tell which.
/// Answers how many there were.
///
/// # Errors
///
/// [`DirectoryError::Faults`] with every fault; [`DirectoryError::Denied`] when one of the agencies
/// stands outside what the caller oversees. Nothing is taken then.
pub async fn import_agencies(ctx: &Ctx, db: &Db, csv: &str) -> Result<usize, DirectoryError> {
    change(ctx, db, |base| {
        let agencies = planned(ctx, base, &base.atlas, &[], csv)?;
        let n = agencies.len();
        let agencies = base.changed_agencies(agencies);
        let events = vec![catalogue_event("AgenciesImported", n)];
        Ok((Change { agencies, events, ..Change::default() }, n))
    })
    .await
}

/// The agencies of `csv`, checked beside those of `base` and `more`, named as they are today.
pub(super) fn planned(
    ctx: &Ctx,
    base: &Base,
    atlas: &Atlas,
    more: &[Agency],
    csv: &str,
) -> Result<Vec<Agency>, DirectoryError> {
    let listed = model::agencies(csv).map_err(DirectoryError::Faults)?;
    for (_, it) in &listed {
        ctx.require(Right::ManageAgencies, it.over())?;
    }
    let known: Vec<Agency> = base.agencies.iter().chain(more).cloned().collect();
    let faults = model::check(&listed, &known, atlas);
    if !faults.is_empty() {
        return Err(DirectoryError::Faults(faults));
    }
    let named = |it: Agency| Agency { name: it.name_on(atlas, ctx.today()), ..it };
    Ok(listed.into_iter().map(|(_, it)| named(it)).collect())
}
