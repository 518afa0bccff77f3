use std::collections::HashSet;

use sauro_kernel::{Ctx, fold};

use super::find::blocking;
use crate::model::{DocKey, Kind, MOST_TYPED};
use crate::{SearchError, Searching};

/// Suggestions shown.
pub const MOST_SUGGESTED: usize = 8;

/// What may be meant by what is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its page.
    pub address: String,
}

/// Things whose title goes on as `typed` begins, as everybody may see them.
///
/// # Errors
///
/// As [`super::find()`].
pub async fn suggest(
    ctx: &Ctx,
    searching: &Searching,
    typed: &str,
    source: &str,
) -> Result<Vec<Suggestion>, SearchError> {
    if !searching.limiter.lets_pass(source, ctx.now_us()) {
        return Err(SearchError::TooOften);
    }
    let typed: String = typed.chars().take(MOST_TYPED).collect();
    let index = searching.index.clone();
    // Some more, because titles come twice.
    let found = blocking(move || index.suggest(&typed, 2 * MOST_SUGGESTED)).await?;
    let keys: Vec<DocKey> = found.iter().map(|it| it.0.clone()).collect();
    let public = searching.rooms.public(&keys).await?;
    let mut seen = HashSet::new();
    let fresh = found
        .into_iter()
        .filter(|it| public.contains(&it.0) && seen.insert((it.0.kind, fold(&it.1))))
        .take(MOST_SUGGESTED);
    Ok(fresh.map(|(key, title, address)| Suggestion { kind: key.kind, title, address }).collect())
}
