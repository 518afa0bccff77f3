//! What of each room everybody may find. One file per room; each gives the public documents of things and walks
//! all of them in a fixed order.

mod agencies;
mod indicators;
mod initiatives;
mod petitions;
mod portal;
mod tasks;

pub(super) use tasks::of_programme_after;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::str::FromStr;

use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_journal::Entry;
use sauro_kernel::AgencyId;
use sauro_search::model::{Doc, DocKey, Kind};
use sauro_search::{Answer, Rooms};
use sauro_store::{Conn, Db, StoreError};
use serde_json::Value;
use uuid::Uuid;

/// What things of one kind are read with.
pub(super) struct Reading<'a> {
    pub(super) conn: &'a mut Conn,
    pub(super) directory: &'a Directory,
}

/// The documents of those things of `kind` among `ids` that everybody may read now. **A new kind is added here,
/// in [`next_ids`] and in [`touched`]**, and nowhere else in the product.
pub(super) async fn docs(
    reading: &mut Reading<'_>,
    kind: Kind,
    ids: &[String],
) -> Result<Vec<Doc>, StoreError> {
    match kind {
        Kind::Programme => tasks::programmes(reading, ids).await,
        Kind::Task => tasks::tasks(reading, ids).await,
        Kind::Indicator => indicators::indicators(reading, ids).await,
        Kind::Petition => petitions::petitions(reading, ids).await,
        Kind::Initiative => initiatives::initiatives(reading, ids).await,
        Kind::Problem => initiatives::problems(reading, ids).await,
        Kind::Agency => Ok(agencies::agencies(reading, ids)),
        Kind::Article | Kind::Document => portal::items(reading, kind, ids).await,
    }
}

/// The ids of the next public things of `kind` after the id `after`, in order; none at the end.
pub(super) async fn next_ids(
    reading: &mut Reading<'_>,
    kind: Kind,
    after: &str,
) -> Result<Vec<String>, StoreError> {
    match kind {
        Kind::Programme => tasks::programmes_after(reading, after).await,
        Kind::Task => tasks::tasks_after(reading, after).await,
        Kind::Indicator => indicators::indicators_after(reading, after).await,
        Kind::Petition => petitions::petitions_after(reading, after).await,
        Kind::Initiative => initiatives::initiatives_after(reading, after).await,
        Kind::Problem => initiatives::problems_after(reading, after).await,
        Kind::Agency => Ok(agencies::agencies_after(reading, after)),
        Kind::Article | Kind::Document => portal::items_after(reading, kind, after).await,
    }
}

/// What entries of the journal touch.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Touched {
    /// Things that may have changed.
    pub(super) keys: BTreeSet<DocKey>,
    /// Programmes whose tasks are shown and hidden together with them.
    pub(super) programmes: BTreeSet<Uuid>,
    /// Kinds of which everything may have changed.
    pub(super) kinds: BTreeSet<Kind>,
}

/// What `entries` touch.
pub(super) fn touched(entries: &[Entry]) -> Touched {
    let mut touched = Touched::default();
    for entry in entries {
        let Some((things, id)) = entry.subject.split_once('/') else { continue };
        let kind = match things {
            "task" => Kind::Task,
            "petition" => Kind::Petition,
            "initiative" => Kind::Initiative,
            "problem" => Kind::Problem,
            // The entry does not say which of the two it is; the other finds nothing.
            "portal" => {
                touched.keys.insert(DocKey::new(Kind::Document, id));
                Kind::Article
            }
            // A picture changes in place: the entry names the items that show it.
            "portal-picture" => {
                let items = entry.data.get("items").and_then(Value::as_array);
                for id in items.into_iter().flatten().filter_map(Value::as_str) {
                    touched.keys.insert(DocKey::new(Kind::Document, id));
                    touched.keys.insert(DocKey::new(Kind::Article, id));
                }
                continue;
            }
            "programme" => {
                touched.programmes.extend(id.parse::<Uuid>().ok());
                Kind::Programme
            }
            // Definitions are few, and their entries tell of several at once.
            "indicator" | "indicators" => {
                touched.kinds.insert(Kind::Indicator);
                continue;
            }
            "catalogue" => {
                touched.kinds.insert(Kind::Agency);
                continue;
            }
            _ => continue,
        };
        touched.keys.insert(DocKey::new(kind, id));
    }
    touched
}

/// The rooms as an answer asks them: which things everybody may read now.
#[derive(Clone)]
pub struct PublicThings {
    db: Db,
    directory: DirectoryHandle,
}

impl PublicThings {
    /// Asks the rooms on `db`.
    pub fn new(db: Db, directory: DirectoryHandle) -> Self {
        Self { db, directory }
    }
}

impl Rooms for PublicThings {
    fn public<'a>(&'a self, keys: &'a [DocKey]) -> Answer<'a> {
        Box::pin(async move {
            let mut public = HashSet::with_capacity(keys.len());
            if keys.is_empty() {
                return Ok(public);
            }
            let directory = self.directory.directory();
            let mut conn = self.db.read().await?;
            let mut reading = Reading { conn: &mut conn, directory: &directory };
            for (kind, ids) in by_kind(keys.iter().cloned()) {
                let docs = docs(&mut reading, kind, &ids).await?;
                public.extend(docs.into_iter().map(|it| it.key));
            }
            Ok(public)
        })
    }
}

/// The ids of `keys` by kind.
pub(super) fn by_kind(keys: impl IntoIterator<Item = DocKey>) -> BTreeMap<Kind, Vec<String>> {
    let mut kinds: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
    for key in keys {
        kinds.entry(key.kind).or_default().push(key.id);
    }
    kinds
}

/// The ids that are ids of a room; others name nothing.
fn parsed<T: FromStr>(ids: &[String]) -> Vec<T> {
    ids.iter().filter_map(|it| it.parse().ok()).collect()
}

/// The id after which a walk goes on; the first of all at its beginning.
fn uuid_of(after: &str) -> Uuid {
    after.parse().unwrap_or_default()
}

/// What a room says that is no matter of the store: a row that breaks a rule.
fn corrupt(room: &'static str, err: &impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt { table: room, row: String::new(), reason: err.to_string() }
}

/// The code of `agency` and of every agency above it.
fn within(directory: &Directory, agency: AgencyId) -> Vec<String> {
    let mut codes = Vec::new();
    let mut next = directory.agency(agency);
    // A tree is never as deep as that.
    while let Some(it) = next.filter(|_| codes.len() < 12) {
        codes.push(it.code.clone());
        next = it.parent.and_then(|id| directory.agency(id));
    }
    codes
}

/// The code of `agency`, or nothing.
fn code(directory: &Directory, agency: AgencyId) -> String {
    directory.agency(agency).map(|it| it.code.clone()).unwrap_or_default()
}

/// Those of `parts` that say something, as sentences.
fn sentences(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
        if !part.ends_with(['.', '!', '?', '…', ':', ';']) {
            text.push('.');
        }
    }
    text
}
