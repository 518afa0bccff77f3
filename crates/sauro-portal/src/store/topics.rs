//! Tables `portal_topics` and `portal_item_topics`.

use sauro_kernel::{PortalItemId, TopicId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::Topic;

/// Most topics of an installation: they are a few dozen.
const MOST: i64 = 200;

/// Adds a topic. Answers false when its word is another's.
pub(crate) async fn insert(conn: &mut Conn, it: &Topic) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO portal_topics (id, slug, name) VALUES ($1, $2, $3) ON CONFLICT (slug) DO NOTHING";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(it.id.0)
        .bind(&it.slug)
        .bind(&it.name)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// All topics, the oldest first.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Topic>, StoreError> {
    const SQL: &str = "SELECT id, slug, name FROM portal_topics ORDER BY id LIMIT $1";
    let rows: Vec<(Uuid, String, String)> =
        run!(conn, c => sqlx::query_as(SQL).bind(MOST).fetch_all(c).await)?;
    Ok(rows.into_iter().map(topic).collect())
}

/// The topic with `slug`.
pub(crate) async fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Topic>, StoreError> {
    const SQL: &str = "SELECT id, slug, name FROM portal_topics WHERE slug = $1";
    let row: Option<(Uuid, String, String)> =
        run!(conn, c => sqlx::query_as(SQL).bind(slug).fetch_optional(c).await)?;
    Ok(row.map(topic))
}

/// The topics that everybody finds the item under.
pub(crate) async fn of_item(
    conn: &mut Conn,
    item: PortalItemId,
) -> Result<Vec<TopicId>, StoreError> {
    const SQL: &str = "
        SELECT topic_id FROM portal_item_topics WHERE item_id = $1 ORDER BY topic_id LIMIT $2";
    let ids: Vec<Uuid> =
        run!(conn, c => sqlx::query_scalar(SQL).bind(item.0).bind(MOST).fetch_all(c).await)?;
    Ok(ids.into_iter().map(TopicId).collect())
}

/// Says which topics everybody finds the item under, since when it is public.
pub(crate) async fn set(
    conn: &mut Conn,
    item: PortalItemId,
    (topics, published_at): (&[TopicId], i64),
) -> Result<(), StoreError> {
    const CLEAR: &str = "DELETE FROM portal_item_topics WHERE item_id = $1";
    const ADD: &str = "
        INSERT INTO portal_item_topics (topic_id, item_id, published_at)
        SELECT id, $1, $2 FROM portal_topics WHERE id = $3
        ON CONFLICT (topic_id, published_at, item_id) DO NOTHING";
    run!(conn, c => sqlx::query(CLEAR).bind(item.0).execute(c).await.map(drop))?;
    for topic in topics {
        run!(conn, c => sqlx::query(ADD)
            .bind(item.0)
            .bind(published_at)
            .bind(topic.0)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

fn topic((id, slug, name): (Uuid, String, String)) -> Topic {
    Topic { id: TopicId(id), slug, name }
}
