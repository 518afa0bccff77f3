//! What everybody reads at an address.

use sauro_store::{Conn, Db};

use super::translate::read_in;
use crate::model::{
    Consultation, Content, Details, Item, ItemFile, Kind, Picture, State, Tongue, Topic,
};
use crate::store::documents::DocumentLine;
use crate::store::lists::START;
use crate::store::picture_uses::Place;
use crate::{PortalError, store};

/// Items shown as related.
const RELATED: usize = 4;

/// What an address leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A page.
    Page(Box<PublicItem>),
    /// It stands at this address now.
    Moved(String),
    /// It was taken down.
    Gone(Box<Item>),
}

/// An item as everybody reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicItem {
    /// The item.
    pub item: Item,
    /// The version that is public.
    pub content: Content,
    /// The name of its section.
    pub section: String,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// Where it is read in each language, this one among them; empty when there is no other.
    pub tongues: Vec<(Tongue, String)>,
    /// What else stands under them.
    pub related: Vec<Item>,
    /// Its files.
    pub files: Vec<ItemFile>,
    /// The pictures that it shows.
    pub pictures: Vec<Picture>,
    /// The document that it replaces, if the library has it.
    pub replaced: Option<DocumentLine>,
    /// The document that replaces it.
    pub replaced_by: Option<DocumentLine>,
    /// The consultation.
    pub consultation: Option<Consultation>,
}

/// What the word `slug` leads to when it is asked for at `path`.
///
/// # Errors
///
/// [`PortalError::NotFound`] for what is not public or never was.
pub async fn read_public(db: &Db, slug: &str, path: &str) -> Result<Found, PortalError> {
    let missing = PortalError::NotFound("page of the portal");
    let mut conn = db.read().await?;
    let Some(id) = store::addresses::leads_to(&mut conn, slug).await? else {
        return Err(missing);
    };
    let Some(item) = store::items::find(&mut conn, id).await? else { return Err(missing) };
    let Some(live_n) = item.live_n else { return Err(missing) };
    if item.path() != path {
        return Ok(Found::Moved(item.path()));
    }
    if item.state == State::Withdrawn {
        return Ok(Found::Gone(Box::new(item)));
    }
    let version = store::versions::find(&mut conn, id, live_n).await?;
    let content = version.ok_or(missing)?.content;
    Ok(Found::Page(Box::new(around(&mut conn, item, content).await?)))
}

async fn around(conn: &mut Conn, item: Item, content: Content) -> Result<PublicItem, PortalError> {
    let all = store::topics::all(conn).await?;
    let topics: Vec<Topic> = all.into_iter().filter(|it| content.topics.contains(&it.id)).collect();
    let mut related: Vec<Item> = Vec::new();
    for topic in &topics {
        for it in store::lists::of_topic(conn, topic.id, START, 6).await? {
            if it.id != item.id && related.iter().all(|other| other.id != it.id) {
                related.push(it);
            }
        }
    }
    related.truncate(RELATED);
    let section = store::sections::find(conn, item.section).await?;
    let (mut replaced, mut replaced_by) = (None, None);
    if let Details::Document(it) = &content.details {
        if !it.replaces.is_empty() {
            replaced = store::documents::by_number(conn, &it.replaces).await?;
        }
        replaced_by = store::documents::replacing(conn, &it.number).await?;
    }
    let consultation = match item.kind {
        Kind::Consultation => store::consultations::find(conn, item.id).await?,
        _ => None,
    };
    Ok(PublicItem {
        section: section.map(|it| it.name).unwrap_or_default(),
        files: store::files::of_item(conn, item.id).await?,
        pictures: store::picture_uses::of_item(conn, item.id, Place::Live).await?,
        tongues: read_in(conn, &item).await?,
        item,
        content,
        topics,
        related,
        replaced,
        replaced_by,
        consultation,
    })
}
