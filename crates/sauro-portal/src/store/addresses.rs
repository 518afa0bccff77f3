//! Table `portal_addresses`.

use sauro_kernel::PortalItemId;
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

/// Makes `slug` lead to `item`. Answers false when it leads to another.
pub(crate) async fn claim(
    conn: &mut Conn,
    slug: &str,
    item: PortalItemId,
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO portal_addresses (slug, item_id) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING";
    run!(conn, c => sqlx::query(SQL).bind(slug).bind(item.0).execute(c).await.map(drop))?;
    Ok(leads_to(conn, slug).await? == Some(item))
}

/// The item that `slug` leads to, or once led to.
pub(crate) async fn leads_to(
    conn: &mut Conn,
    slug: &str,
) -> Result<Option<PortalItemId>, StoreError> {
    const SQL: &str = "SELECT item_id FROM portal_addresses WHERE slug = $1";
    let id: Option<Uuid> =
        run!(conn, c => sqlx::query_scalar(SQL).bind(slug).fetch_optional(c).await)?;
    Ok(id.map(PortalItemId))
}
