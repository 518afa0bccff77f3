//! Holding the index against the database: how many there are of each kind, and some of them one by one.

use sauro_directory::DirectoryHandle;
use sauro_search::SearchIndex;
use sauro_search::model::{DocKey, Kind};
use sauro_store::Db;
use tokio::task::spawn_blocking;

use super::findable::{self, Reading, by_kind};
use super::searching::SearchingError;

/// Of so many things one is looked up.
const EVERY: usize = 50;

/// Things of the index that are looked up in the database.
const SAMPLE: usize = 500;

/// What came of it.
#[derive(Debug, Default)]
pub struct Compared {
    /// Public things in the database.
    pub n: usize,
    /// What does not fit, a Vietnamese sentence each.
    pub wrong: Vec<String>,
}

/// Compares `index` with the rooms on `db`.
///
/// # Errors
///
/// [`SearchingError`] when either cannot be read.
pub async fn compare(
    db: &Db,
    index: &SearchIndex,
    directory: &DirectoryHandle,
) -> Result<Compared, SearchingError> {
    let mut compared = Compared::default();
    if !index.place().is_whole {
        compared.wrong.push("Mục lục chưa dựng xong.".to_owned());
    }
    let counts = blocking(index, |it| it.counts()).await?;
    let names = directory.directory();
    for (kind, n_held) in Kind::ALL.into_iter().zip(counts) {
        let (n, sample) = walked(db, &names, kind).await?;
        compared.n += n;
        let n_held = usize::try_from(n_held).unwrap_or(usize::MAX);
        if n != n_held {
            compared
                .wrong
                .push(format!("{}: cơ sở dữ liệu có {n}, mục lục có {n_held}.", kind.label()));
        }
        let lacking = blocking(index, move |it| {
            let mut lacking = Vec::new();
            for key in sample {
                if !it.holds(&key)? {
                    lacking.push(key);
                }
            }
            Ok(lacking)
        });
        let line = |key: DocKey| format!("{}: {} không có trong mục lục.", kind.label(), key.id);
        compared.wrong.extend(lacking.await?.into_iter().map(line));
    }
    let held = blocking(index, |it| it.sample(SAMPLE)).await?;
    let mut conn = db.read().await?;
    let mut reading = Reading { conn: &mut conn, directory: &names };
    for (kind, ids) in by_kind(held) {
        let public = findable::docs(&mut reading, kind, &ids).await?;
        let gone = ids.iter().filter(|id| public.iter().all(|it| it.key.id != **id));
        compared.wrong.extend(
            gone.map(|id| format!("{}: {id} còn trong mục lục mà không công khai.", kind.label())),
        );
    }
    Ok(compared)
}

/// How many things of `kind` are public, and some of them.
async fn walked(
    db: &Db,
    names: &sauro_directory::model::Directory,
    kind: Kind,
) -> Result<(usize, Vec<DocKey>), SearchingError> {
    let (mut n, mut sample, mut after) = (0, Vec::new(), String::new());
    loop {
        let mut conn = db.read().await?;
        let mut reading = Reading { conn: &mut conn, directory: names };
        let ids = findable::next_ids(&mut reading, kind, &after).await?;
        let Some(last) = ids.last() else { return Ok((n, sample)) };
        after.clone_from(last);
        let chosen = ids.iter().enumerate().filter(|(nth, _)| (n + nth) % EVERY == 0);
        sample.extend(chosen.map(|(_, id)| DocKey::new(kind, id)));
        n += ids.len();
    }
}

async fn blocking<T: Send + 'static>(
    index: &SearchIndex,
    work: impl FnOnce(&SearchIndex) -> Result<T, sauro_search::IndexError> + Send + 'static,
) -> Result<T, SearchingError> {
    let index = index.clone();
    let done = spawn_blocking(move || work(&index)).await;
    let broken = |err: tokio::task::JoinError| sauro_search::IndexError::Broken(err.to_string());
    Ok(done.map_err(broken)??)
}
