use sauro_kernel::{IdSource, NoticeId};
use sauro_store::{Conn, StoreError};

use crate::model::{Desk, Kind, NewNotice};
use crate::store;

/// Writes notices in the transaction of `conn`, which moves on the reader they come from. Answers which
/// notice each desk got.
///
/// # Errors
///
/// Only the store's.
pub async fn write_notices(
    conn: &mut Conn,
    ids: &dyn IdSource,
    notices: &[NewNotice],
) -> Result<Vec<(Desk, Kind, NoticeId)>, StoreError> {
    let rows: Vec<_> = notices.iter().map(|it| (NoticeId(ids.fresh()), it)).collect();
    store::notices::insert_many(conn, &rows).await?;
    Ok(rows.into_iter().map(|(id, it)| (it.desk, it.kind, id)).collect())
}
