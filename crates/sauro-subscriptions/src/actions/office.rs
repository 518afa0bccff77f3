//! What the verbs of this room work with, and what other rooms know: topics, and items as everybody reads them. Rooms do
//! not reach into each other, so it is handed in as [`News`].

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sauro_directory::DirectoryHandle;
use sauro_kernel::{PortalItemId, TopicId};
use sauro_store::{Db, Keys, StoreError};

use crate::model::Subject;

/// An answer that is waited for.
pub type Outside<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A topic of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLine {
    /// The topic.
    pub id: TopicId,
    /// Its word in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// An item of the portal as a letter tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The item.
    pub item: PortalItemId,
    /// What kind of thing it is.
    pub kind: &'static str,
    /// The title.
    pub title: String,
    /// The summary, or empty.
    pub summary: String,
    /// Its address within the house.
    pub path: String,
    /// Who published it.
    pub agency: String,
    /// What was corrected, or empty.
    pub note: String,
}

/// What the room of the portal says.
pub trait News: Send + Sync {
    /// All topics.
    fn topics(&self) -> Outside<'_, Result<Vec<TopicLine>, StoreError>>;

    /// Those of `items` that everybody finds now, as they are now.
    fn lines<'a>(&'a self, items: &'a [PortalItemId])
    -> Outside<'a, Result<Vec<Line>, StoreError>>;
}

/// The room of the portal.
#[derive(Clone)]
pub struct NewsRoom(pub Arc<dyn News>);

/// What the verbs work with.
#[derive(Clone)]
pub struct Office {
    /// The database.
    pub db: Db,
    /// What addresses are sealed with.
    pub keys: Keys,
    /// The agencies and the calendar.
    pub directory: DirectoryHandle,
    /// The room of the portal.
    pub news: NewsRoom,
}

impl Office {
    /// All topics.
    ///
    /// # Errors
    ///
    /// The store's.
    pub async fn topics(&self) -> Result<Vec<TopicLine>, StoreError> {
        self.news.0.topics().await
    }

    /// The name of `subject`, if it is there.
    pub fn name_of(&self, subject: Subject, topics: &[TopicLine]) -> Option<String> {
        match subject {
            Subject::Topic(id) => topics.iter().find(|it| it.id == id).map(|it| it.name.clone()),
            Subject::Agency(id) => self.directory.directory().agency(id).map(|it| it.name.clone()),
            shelf => Some(shelf.label().to_owned()),
        }
    }
}
