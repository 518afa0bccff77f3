//! What other public pages say of an item: they have to be drawn anew when it changes.

use std::collections::BTreeSet;

use sauro_kernel::PortalItemId;
use sauro_store::{Conn, StoreError};

use crate::model::marks;
use crate::store;

/// Marks of the topics that `id` stands under and of the numbers that it names, as they are now.
pub(super) async fn around(
    conn: &mut Conn,
    id: PortalItemId,
) -> Result<BTreeSet<String>, StoreError> {
    let topics = store::topics::of_item(conn, id).await?;
    let numbers = store::documents::numbers_of(conn, id).await?;
    let topics = topics.into_iter().map(marks::of_topic);
    Ok(topics.chain(numbers.iter().map(|it| marks::of_number(it))).collect())
}
