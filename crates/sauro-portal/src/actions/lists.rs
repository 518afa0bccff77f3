//! What everybody finds: the front, lists, topics, feeds, the map for search engines.

use chrono::NaiveDate;
use sauro_kernel::PortalItemId;
use sauro_store::Db;

use crate::model::{Consultation, Item, Picture, Shelf, Topic};
use crate::store::documents::{DocumentLine, Sought};
use crate::store::lists::START;
use crate::{PortalError, store};

/// Items of one page of a list.
pub const LIST_PAGE: u16 = 20;

/// Items of a feed.
pub const FEED: u16 = 30;

/// Addresses of one file of the site map; the protocol allows fifty thousand.
const MAP: u16 = 5_000;

/// Where a page of a list begins: after the item that was public since then, in microseconds.
pub type After = Option<(i64, PortalItemId)>;

/// A page of a list, the newest first, and where the next one begins.
pub type Listed = (Vec<Item>, After);

/// What stands on the front.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Urgent notices.
    pub notices: Vec<Item>,
    /// News, the newest first, each with its first picture.
    pub news: Vec<(Item, Option<Picture>)>,
    /// Documents issued last.
    pub documents: Vec<DocumentLine>,
    /// Consultations that are open, with what was counted.
    pub consultations: Vec<(Item, Consultation)>,
}

/// The front on `today`.
///
/// # Errors
///
/// The store's.
pub async fn front(db: &Db, today: NaiveDate) -> Result<Front, PortalError> {
    let mut conn = db.read().await?;
    let notices = store::lists::listed(&mut conn, Shelf::Notices, START, 2).await?;
    let mut news = Vec::new();
    for item in store::lists::listed(&mut conn, Shelf::News, START, 7).await? {
        let picture = store::picture_uses::lead(&mut conn, item.id).await?;
        news.push((item, picture));
    }
    let place = (NaiveDate::MAX, PortalItemId(uuid::Uuid::max()));
    // Beyond the year 9999 a day has no text of ten letters.
    let place = (NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(place.0), place.1);
    let documents = store::documents::page(&mut conn, &Sought::default(), place, 4).await?;
    let mut consultations = Vec::new();
    for item in store::lists::listed(&mut conn, Shelf::Consultations, START, 10).await? {
        let found = store::consultations::find(&mut conn, item.id).await?;
        if let Some(it) = found.filter(|it| it.is_open(today)) {
            consultations.push((item, it));
        }
    }
    consultations.truncate(3);
    Ok(Front { notices, news, documents, consultations })
}

/// What stands on `shelf` after `after`.
///
/// # Errors
///
/// The store's.
pub async fn listed_items(db: &Db, shelf: Shelf, after: After) -> Result<Listed, PortalError> {
    let mut conn = db.read().await?;
    let found =
        store::lists::listed(&mut conn, shelf, after.unwrap_or(START), LIST_PAGE + 1).await?;
    Ok(paged(found))
}

/// What stands under `topic` after `after`.
///
/// # Errors
///
/// The store's.
pub async fn of_topic(db: &Db, topic: &Topic, after: After) -> Result<Listed, PortalError> {
    let mut conn = db.read().await?;
    let place = after.unwrap_or(START);
    let found = store::lists::of_topic(&mut conn, topic.id, place, LIST_PAGE + 1).await?;
    Ok(paged(found))
}

/// The newest of `shelf` or of `topic`, for feeds.
///
/// # Errors
///
/// The store's.
pub async fn newest(
    db: &Db,
    shelf: Shelf,
    topic: Option<&Topic>,
) -> Result<Vec<Item>, PortalError> {
    let mut conn = db.read().await?;
    Ok(match topic {
        Some(topic) => store::lists::of_topic(&mut conn, topic.id, START, FEED).await?,
        None => store::lists::listed(&mut conn, shelf, START, FEED).await?,
    })
}

/// What says the same as `items` in other languages, as far as it is listed.
///
/// # Errors
///
/// The store's.
pub async fn in_other_tongues(db: &Db, items: &[Item]) -> Result<Vec<Item>, PortalError> {
    let ids: Vec<PortalItemId> = items.iter().map(|it| it.id).collect();
    Ok(store::tongues::listed_of(&mut db.read().await?, &ids).await?)
}

/// Where the files of the site map begin: after which item each, the first at the beginning. At most `most`.
///
/// # Errors
///
/// The store's.
pub async fn site_map_parts(
    db: &Db,
    most: usize,
) -> Result<Vec<Option<PortalItemId>>, PortalError> {
    let mut conn = db.read().await?;
    let mut parts = vec![None];
    while parts.len() < most {
        let last = parts.last().copied().flatten();
        let after = last.unwrap_or(PortalItemId(uuid::Uuid::nil()));
        match store::lists::turn_after(&mut conn, after, MAP).await? {
            Some(turn) => parts.push(Some(turn)),
            None => break,
        }
    }
    Ok(parts)
}

/// One file of the site map: what is listed after `after`.
///
/// # Errors
///
/// The store's.
pub async fn site_map(db: &Db, after: Option<PortalItemId>) -> Result<Vec<Item>, PortalError> {
    let after = after.unwrap_or(PortalItemId(uuid::Uuid::nil()));
    let mut conn = db.read().await?;
    Ok(store::lists::all_after(&mut conn, after, MAP).await?)
}

fn paged(mut found: Vec<Item>) -> Listed {
    let has_more = found.len() > usize::from(LIST_PAGE);
    found.truncate(usize::from(LIST_PAGE));
    let last = found.last().filter(|_| has_more);
    let next = last.map(|it| (it.published_at.unwrap_or_default(), it.id));
    (found, next)
}
