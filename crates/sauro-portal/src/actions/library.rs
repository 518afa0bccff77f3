use chrono::NaiveDate;
use sauro_kernel::PortalItemId;
use sauro_store::Db;

use crate::store::documents::{DocumentLine, Sought};
use crate::{PortalError, store};

/// Documents of one page of the library.
pub const LIBRARY_PAGE: u16 = 20;

/// Documents of the library, issued last first, after the document `after`; and where the next page begins.
///
/// # Errors
///
/// The store's.
pub async fn library(
    db: &Db,
    sought: &Sought,
    after: Option<(NaiveDate, PortalItemId)>,
) -> Result<(Vec<DocumentLine>, Option<(NaiveDate, PortalItemId)>), PortalError> {
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    let place = after.unwrap_or((last, PortalItemId(uuid::Uuid::max())));
    let mut conn = db.read().await?;
    let mut found = store::documents::page(&mut conn, sought, place, LIBRARY_PAGE + 1).await?;
    let has_more = found.len() > usize::from(LIBRARY_PAGE);
    found.truncate(usize::from(LIBRARY_PAGE));
    let next = found.last().filter(|_| has_more).map(|it| (it.issued_on, it.id));
    Ok((found, next))
}
