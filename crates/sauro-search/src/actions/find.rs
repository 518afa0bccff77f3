use sauro_directory::model::Directory;
use sauro_kernel::Ctx;
use sauro_store::Db;
use tokio::task::spawn_blocking;

use super::misses;
use crate::model::{Asked, DocKey, Sought};
use crate::{Found, Hit, IndexError, SearchError, Searching};

/// The page of hits that `asked` names, as everybody may see it. Words that find nothing are counted, without
/// who asked.
///
/// # Errors
///
/// [`SearchError::TooOften`] for who asks for ever; [`SearchError::Index`] while the index cannot be read.
pub async fn find(
    (ctx, db): (&Ctx, &Db),
    (searching, directory): (&Searching, &Directory),
    asked: &Asked,
    source: &str,
) -> Result<Found, SearchError> {
    if !searching.limiter.lets_pass(source, ctx.now_us()) {
        return Err(SearchError::TooOften);
    }
    let sought = Sought::read(&asked.typed, directory);
    if sought.is_empty() && !asked.is_narrowed() {
        return Ok(Found::default());
    }
    let is_sought = !sought.is_empty();
    let (index, wanted) = (searching.index.clone(), asked.clone());
    let mut found = blocking(move || index.find(&sought, &wanted)).await?;
    found.hits = public(searching, found.hits).await?;
    // What an unfinished index lacks is nobody's gap.
    let is_whole = searching.index.place().is_whole;
    if is_sought && is_whole && found.n == 0 && !asked.is_narrowed() && asked.page == 0 {
        // Whoever searches is not to suffer from a count that cannot be written.
        if let Err(err) = misses::count(ctx, db, &asked.typed).await {
            tracing::warn!(error = %err, "words that found nothing were not counted");
        }
    }
    Ok(found)
}

/// Those of `hits` that everybody may read now: the index may be behind by the blink of an eye.
async fn public(searching: &Searching, mut hits: Vec<Hit>) -> Result<Vec<Hit>, SearchError> {
    let keys: Vec<DocKey> = hits.iter().map(|it| it.key.clone()).collect();
    let public = searching.rooms.public(&keys).await?;
    hits.retain(|it| public.contains(&it.key));
    Ok(hits)
}

/// Does `work`, which reads the disk, where it holds up nobody.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, IndexError> + Send + 'static,
) -> Result<T, SearchError> {
    let done = spawn_blocking(work).await;
    Ok(done.unwrap_or_else(|err| Err(IndexError::Broken(err.to_string())))?)
}
