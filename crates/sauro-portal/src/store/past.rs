//! Rows as they stand at the end of a made-up way, many in one statement.

use sauro_kernel::{PortalItemId, TopicId};
use sauro_store::{Conn, StoreError, insert_text, pieces, run};
use sqlx::AssertSqlSafe;

use super::json;
use crate::model::{Item, Version};

/// Items.
pub(crate) async fn items(conn: &mut Conn, items: &[&Item]) -> Result<(), StoreError> {
    const COLUMNS: [&str; 21] = [
        "id",
        "kind",
        "shelf",
        "section_id",
        "agency_id",
        "agency_path",
        "state",
        "slug",
        "title",
        "version_n",
        "live_n",
        "live_title",
        "live_summary",
        "is_listed",
        "publish_at",
        "published_at",
        "changed_at",
        "touched_at",
        "note",
        "reason",
        "stamp",
    ];
    for some in pieces(items) {
        let sql = insert_text(conn.dialect(), "portal_items", &COLUMNS, some.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in some {
                query = query
                    .bind(it.id.0)
                    .bind(it.kind.code())
                    .bind(it.shelf_code())
                    .bind(it.section.0)
                    .bind(it.agency.0)
                    .bind(it.agency_path.as_str())
                    .bind(it.state.code())
                    .bind(&it.slug)
                    .bind(&it.title)
                    .bind(it.version_n)
                    .bind(it.live_n)
                    .bind(&it.live_title)
                    .bind(&it.live_summary)
                    .bind(it.state.is_listed())
                    .bind(it.publish_at)
                    .bind(it.published_at)
                    .bind(it.changed_at)
                    .bind(it.touched_at)
                    .bind(&it.note)
                    .bind(&it.reason)
                    .bind(it.stamp);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Versions of items.
pub(crate) async fn versions(
    conn: &mut Conn,
    versions: &[(PortalItemId, &Version)],
) -> Result<(), StoreError> {
    const COLUMNS: [&str; 7] = ["item_id", "n", "content", "account_id", "author", "at", "note"];
    for some in pieces(versions) {
        let sql = insert_text(conn.dialect(), "portal_versions", &COLUMNS, some.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (item, it) in some {
                query = query
                    .bind(item.0)
                    .bind(it.n)
                    .bind(json(&it.content))
                    .bind(it.account.0)
                    .bind(&it.author)
                    .bind(it.at)
                    .bind(&it.note);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Addresses of items.
pub(crate) async fn addresses(conn: &mut Conn, items: &[&Item]) -> Result<(), StoreError> {
    for some in pieces(items) {
        let columns = ["slug", "item_id"];
        let sql = insert_text(conn.dialect(), "portal_addresses", &columns, some.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for it in some {
                query = query.bind(&it.slug).bind(it.id.0);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Which topics items stand under, and since when.
pub(crate) async fn topics(
    conn: &mut Conn,
    topics: &[(TopicId, PortalItemId, i64)],
) -> Result<(), StoreError> {
    for some in pieces(topics) {
        let columns = ["topic_id", "item_id", "published_at"];
        let sql = insert_text(conn.dialect(), "portal_item_topics", &columns, some.len());
        run!(conn, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (topic, item, at) in some {
                query = query.bind(topic.0).bind(item.0).bind(*at);
            }
            query.execute(c).await.map(drop)
        })?;
    }
    Ok(())
}
