//! The index on disk: opened, or made empty when it is not there, broken or of another version.

mod document;
mod find;
mod kinds;
mod query;
mod schema;
mod suggest;
#[cfg(test)]
mod tests;
mod write;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tantivy::collector::Count;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument,
    TantivyError, Term,
};

pub use find::{Found, Hit};
use schema::{Fields, VERSION};

use crate::model::{DocKey, Kept};

/// Files that every index has.
const MARKS: [&str; 5] =
    ["meta.json", ".managed.json", ".tantivy-writer.lock", ".tantivy-meta.lock", REBUILD];

/// How often a folder that another process writes is looked at before it is given up, and the pause between.
const LOOKS: usize = 5;
const PAUSE: Duration = Duration::from_millis(200);

/// A file beside the index by which one process asks another to make it anew.
const REBUILD: &str = "rebuild";

/// Why the index does not serve.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Another process writes it.
    #[error("another process writes the index")]
    Locked,
    /// The index is broken; [`SearchIndex::reset`] makes it empty.
    #[error("the index is broken: {0}")]
    Broken(String),
    /// The folder cannot be used.
    #[error("the folder of the index cannot be used: {0}")]
    Disk(#[from] std::io::Error),
}

impl From<TantivyError> for IndexError {
    fn from(err: TantivyError) -> Self {
        match err {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Locked,
            err => Self::Broken(err.to_string()),
        }
    }
}

/// How far the index is, written with every commit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The last entry of the journal that it knows of.
    pub position: i64,
    /// It held everything once; false while it is made.
    pub is_whole: bool,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    version: u32,
    place: Place,
}

/// The index. Cheap to clone; every method but [`SearchIndex::place`] works on the disk and blocks.
#[derive(Clone)]
pub struct SearchIndex(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    fields: Fields,
    opened: RwLock<Opened>,
    writer: Mutex<Option<IndexWriter>>,
    /// A question found it broken.
    doubted: AtomicBool,
}

/// What is replaced as a whole when the index is made anew.
#[derive(Clone)]
struct Opened {
    index: Index,
    reader: IndexReader,
    place: Place,
}

impl SearchIndex {
    /// The index in `folder`. One that is not there, is broken or is of another version is empty, and so is its
    /// place.
    ///
    /// # Errors
    ///
    /// [`IndexError::Disk`] when the folder cannot be used, [`IndexError::Locked`] when it is broken while another
    /// process writes it.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        std::fs::create_dir_all(folder)?;
        let (_, fields) = Fields::schema();
        let opened = opened_or_anew(folder)?;
        Ok(Self(Arc::new(Inner {
            folder: folder.to_owned(),
            fields,
            opened: RwLock::new(opened),
            writer: Mutex::new(None),
            doubted: AtomicBool::new(false),
        })))
    }

    /// How far it is.
    pub fn place(&self) -> Place {
        self.0.opened.read().unwrap_or_else(PoisonError::into_inner).place
    }

    /// Makes it empty, whatever is in its folder.
    ///
    /// # Errors
    ///
    /// [`IndexError::Disk`] when the folder cannot be emptied.
    pub fn reset(&self) -> Result<(), IndexError> {
        let mut writer = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        *writer = None;
        let anew = made_anew(&self.0.folder)?;
        *self.0.opened.write().unwrap_or_else(PoisonError::into_inner) = anew;
        self.0.doubted.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// True when a question found it broken; [`SearchIndex::reset`] mends it.
    pub fn is_doubted(&self) -> bool {
        self.0.doubted.load(Ordering::Relaxed)
    }

    /// Asks the process that writes it to make it anew.
    ///
    /// # Errors
    ///
    /// [`IndexError::Disk`] when the folder cannot be written.
    pub fn ask_rebuild(&self) -> Result<(), IndexError> {
        Ok(std::fs::write(self.0.folder.join(REBUILD), "")?)
    }

    /// True once after somebody asked to make it anew.
    pub fn takes_rebuild(&self) -> bool {
        std::fs::remove_file(self.0.folder.join(REBUILD)).is_ok()
    }

    /// Remembers that an answer found the index broken.
    fn heed<T>(&self, answer: Result<T, IndexError>) -> Result<T, IndexError> {
        if matches!(answer, Err(IndexError::Broken(_))) {
            self.0.doubted.store(true, Ordering::Relaxed);
        }
        answer
    }

    /// Sees what another process has written.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when it cannot be read.
    pub fn look_again(&self) -> Result<(), IndexError> {
        let mut opened = self.0.opened.write().unwrap_or_else(PoisonError::into_inner);
        opened.reader.reload()?;
        opened.place = place_of(&opened.index)?;
        Ok(())
    }

    /// How many things of each kind it holds, in the order of [`crate::model::Kind::ALL`].
    ///
    /// # Errors
    ///
    /// [`IndexError`] when it cannot be read.
    pub fn counts(&self) -> Result<Vec<u64>, IndexError> {
        let searcher = self.searcher();
        Ok(searcher.search(&tantivy::query::AllQuery, &kinds::KindCounts)?)
    }

    /// True when it holds `key`.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when it cannot be read.
    pub fn holds(&self, key: &DocKey) -> Result<bool, IndexError> {
        let term = Term::from_field_text(self.0.fields.key, &key.to_string());
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        Ok(self.searcher().search(&query, &Count)? > 0)
    }

    /// Keys of at most `limit` things, spread evenly.
    ///
    /// # Errors
    ///
    /// [`IndexError`] when it cannot be read.
    pub fn sample(&self, limit: usize) -> Result<Vec<DocKey>, IndexError> {
        let searcher = self.searcher();
        let n = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let step = n.div_ceil(limit.max(1)).max(1);
        let mut keys = Vec::new();
        for (segment, reader) in (0_u32..).zip(searcher.segment_readers()) {
            for doc in reader.doc_ids_alive().step_by(step) {
                let found: TantivyDocument = searcher.doc(DocAddress::new(segment, doc))?;
                keys.push(self.shown(&found)?.0);
            }
        }
        keys.truncate(limit);
        Ok(keys)
    }

    fn searcher(&self) -> Searcher {
        self.0.opened.read().unwrap_or_else(PoisonError::into_inner).reader.searcher()
    }

    /// The key of a document, and what is shown of it.
    fn shown(&self, it: &TantivyDocument) -> Result<(DocKey, Kept), IndexError> {
        let text = |field| it.get_first(field).and_then(|it| it.as_str()).unwrap_or_default();
        let broken = |what: &str| IndexError::Broken(format!("a document without {what}"));
        let key = text(self.0.fields.key).parse().map_err(|_| broken("a key"))?;
        let kept = serde_json::from_str(text(self.0.fields.kept)).map_err(|_| broken("a text"))?;
        Ok((key, kept))
    }
}

/// The index in `folder`, empty when it is not sound. What another process writes is never thrown away: it may
/// look broken because files go while they are read.
fn opened_or_anew(folder: &Path) -> Result<Opened, IndexError> {
    let mut n_looks = 1;
    loop {
        let reason = match opened(folder) {
            Ok(opened) => return Ok(opened),
            Err(err) => err,
        };
        match made_anew(folder) {
            Err(IndexError::Locked) if n_looks < LOOKS => {
                n_looks += 1;
                std::thread::sleep(PAUSE);
            }
            anew => {
                tracing::info!(%reason, "the index is made anew");
                return anew;
            }
        }
    }
}

/// The sound index in `folder`. Each file is held against its checksum, because a machine may have stopped
/// while the disk still owed it.
fn opened(folder: &Path) -> Result<Opened, IndexError> {
    let index = Index::open_in_dir(folder)?;
    if index.schema() != Fields::schema().0 {
        return Err(IndexError::Broken("it has another schema".to_owned()));
    }
    let place = place_of(&index)?;
    let damaged = index.validate_checksum()?;
    if !damaged.is_empty() {
        return Err(IndexError::Broken(format!("damaged: {damaged:?}")));
    }
    Ok(Opened { reader: reader_of(&index)?, index, place })
}

fn place_of(index: &Index) -> Result<Place, IndexError> {
    // Nothing was committed yet.
    let Some(payload) = index.load_metas()?.payload else { return Ok(Place::default()) };
    match serde_json::from_str::<Payload>(&payload) {
        Ok(it) if it.version == VERSION => Ok(it.place),
        _ => Err(IndexError::Broken("it is of another version".to_owned())),
    }
}

fn reader_of(index: &Index) -> Result<IndexReader, IndexError> {
    Ok(index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?)
}

/// Empties `folder` and begins an index in it. A folder in which something else lies is left alone.
fn made_anew(folder: &Path) -> Result<Opened, IndexError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    let is_mark = |it: &PathBuf| MARKS.iter().any(|mark| it.ends_with(mark));
    if !files.is_empty() && !files.iter().any(is_mark) {
        let why = format!("{} holds something that is no index", folder.display());
        return Err(std::io::Error::other(why).into());
    }
    // Whoever writes it holds this.
    let lock = MmapDirectory::open(folder).map_err(TantivyError::from)?;
    let lock = match lock.acquire_lock(&INDEX_WRITER_LOCK) {
        Ok(lock) => lock,
        Err(LockError::LockBusy) => return Err(IndexError::Locked),
        Err(err) => return Err(IndexError::Broken(err.to_string())),
    };
    // What tells that it is an index goes last: a crash on the way leaves a folder that can be emptied.
    files.sort_by_key(is_mark);
    for path in files {
        std::fs::remove_file(path)?;
    }
    drop(lock);
    let index = Index::create_in_dir(folder, Fields::schema().0)?;
    Ok(Opened { reader: reader_of(&index)?, index, place: Place::default() })
}
