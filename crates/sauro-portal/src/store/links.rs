//! Tables `portal_links` and `portal_link_nights`.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, PortalItemId};
use sauro_store::{Conn, StoreError, run};
use uuid::Uuid;

use crate::model::Link;

/// The moment of what is to be looked at as soon as somebody can.
pub(crate) const AT_ONCE: i64 = 0;

/// A link that is due for a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Due {
    /// Whose words lead there.
    pub(crate) item: PortalItemId,
    /// Which of its links.
    pub(crate) n: i64,
    /// Where it leads.
    pub(crate) href: String,
}

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Whose words lead there.
    pub item: PortalItemId,
    /// The title that everybody reads.
    pub title: String,
    /// The mark of the block.
    pub mark: String,
    /// The words that lead there.
    pub words: String,
    /// Where they lead.
    pub href: String,
    /// What is wrong.
    pub fault: String,
}

/// Says where the words of `item` lead: each link, and the word of an item that it names.
pub(crate) async fn set(
    conn: &mut Conn,
    item: PortalItemId,
    links: &[(Link, String)],
) -> Result<(), StoreError> {
    const CLEAR: &str = "DELETE FROM portal_links WHERE item_id = $1";
    const ADD: &str = "
        INSERT INTO portal_links (item_id, n, mark, words, href, slug, due_at, fault)
        VALUES ($1, $2, $3, $4, $5, $6, $7, '')";
    run!(conn, c => sqlx::query(CLEAR).bind(item.0).execute(c).await.map(drop))?;
    for (n, (it, slug)) in (1_i64..).zip(links) {
        run!(conn, c => sqlx::query(ADD)
            .bind(item.0)
            .bind(n)
            .bind(&it.mark)
            .bind(&it.words)
            .bind(&it.href)
            .bind(slug)
            .bind(AT_ONCE)
            .execute(c)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// Links to `target` are to be looked at: it has moved, or is gone.
pub(crate) async fn shake(conn: &mut Conn, target: PortalItemId) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE portal_links SET due_at = $1
        WHERE slug IN (SELECT slug FROM portal_addresses WHERE item_id = $2)";
    run!(conn, c => sqlx::query(SQL).bind(AT_ONCE).bind(target.0).execute(c).await.map(drop))
}

/// Items whose words lead to `target`, and how many links each has; itself aside.
pub(crate) async fn leading_to(
    conn: &mut Conn,
    target: PortalItemId,
) -> Result<Vec<(PortalItemId, String, i64)>, StoreError> {
    const SQL: &str = "
        SELECT i.id, i.live_title, COUNT(*)
        FROM portal_addresses a
        JOIN portal_links l ON l.slug = a.slug
        JOIN portal_items i ON i.id = l.item_id
        WHERE a.item_id = $1 AND l.item_id <> $1
        GROUP BY i.id, i.live_title ORDER BY i.id LIMIT 100";
    let rows: Vec<(Uuid, String, i64)> =
        run!(conn, c => sqlx::query_as(SQL).bind(target.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(id, title, n)| (PortalItemId(id), title, n)).collect())
}

/// Links that are due at `now`, the longest waiting first.
pub(crate) async fn due(conn: &mut Conn, now: i64, limit: u16) -> Result<Vec<Due>, StoreError> {
    const SQL: &str = "
        SELECT item_id, n, href FROM portal_links WHERE due_at <= $1 ORDER BY due_at, item_id, n LIMIT $2";
    let rows: Vec<(Uuid, i64, String)> = run!(conn, c => sqlx::query_as(SQL)
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
    let due = |(item, n, href): (Uuid, i64, String)| Due { item: PortalItemId(item), n, href };
    Ok(rows.into_iter().map(due).collect())
}

/// Says what was found of a link, if its words still lead there, and when it is due again.
pub(crate) async fn looked(
    conn: &mut Conn,
    it: &Due,
    (fault, due_at): (&str, i64),
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE portal_links SET fault = $1, due_at = $2 WHERE item_id = $3 AND n = $4 AND href = $5";
    run!(conn, c => sqlx::query(SQL)
        .bind(fault)
        .bind(due_at)
        .bind(it.item.0)
        .bind(it.n)
        .bind(&it.href)
        .execute(c)
        .await
        .map(drop))
}

/// Links of an agency that lead nowhere.
pub(crate) async fn broken(
    conn: &mut Conn,
    agency: AgencyId,
    limit: u16,
) -> Result<Vec<Broken>, StoreError> {
    const SQL: &str = "
        SELECT l.item_id, i.live_title, l.mark, l.words, l.href, l.fault
        FROM portal_links l JOIN portal_items i ON i.id = l.item_id
        WHERE l.fault <> '' AND i.agency_id = $1
        ORDER BY l.item_id, l.n LIMIT $2";
    let rows: Vec<(Uuid, String, String, String, String, String)> = run!(conn, c => sqlx::query_as(SQL)
            .bind(agency.0)
            .bind(i64::from(limit))
            .fetch_all(c)
            .await)?;
    let broken = |(item, title, mark, words, href, fault)| Broken {
        item: PortalItemId(item),
        title,
        mark,
        words,
        href,
        fault,
    };
    Ok(rows.into_iter().map(broken).collect())
}

/// How many links are to be looked at as soon as somebody can.
pub(crate) async fn waiting(conn: &mut Conn) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM portal_links WHERE due_at = $1";
    run!(conn, c => sqlx::query_scalar(SQL).bind(AT_ONCE).fetch_one(c).await)
}

/// Takes the night for the caller. Answers false when it is over, or another was heard of since `alive`.
pub(crate) async fn take_night(
    conn: &mut Conn,
    night: NaiveDate,
    (now, alive): (i64, i64),
) -> Result<bool, StoreError> {
    const SQL: &str = "
        INSERT INTO portal_link_nights (night, heard_at, ended_at) VALUES ($1, $2, NULL)
        ON CONFLICT (night) DO UPDATE SET heard_at = excluded.heard_at
        WHERE portal_link_nights.ended_at IS NULL AND portal_link_nights.heard_at < $3";
    let n = run!(conn, c => sqlx::query(SQL)
        .bind(night)
        .bind(now)
        .bind(alive)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(n == 1)
}

/// Says that whoever has the night is still at it, or has ended it.
pub(crate) async fn tell_night(
    conn: &mut Conn,
    night: NaiveDate,
    (now, has_ended): (i64, bool),
) -> Result<(), StoreError> {
    const SQL: &str = "
        UPDATE portal_link_nights SET heard_at = $1, ended_at = $2 WHERE night = $3";
    run!(conn, c => sqlx::query(SQL)
        .bind(now)
        .bind(has_ended.then_some(now))
        .bind(night)
        .execute(c)
        .await
        .map(drop))
}
