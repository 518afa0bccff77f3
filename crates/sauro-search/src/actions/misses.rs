use sauro_journal::Event;
use sauro_kernel::{Ctx, Right};
use sauro_store::Db;
use serde_json::json;

use crate::model::Miss;
use crate::{SearchError, store};

/// Lines on one page.
pub const MISSES: u16 = 50;

/// What nobody asked for during this time is forgotten, in microseconds: 90 days.
const LIFE: i64 = 90 * 86_400_000_000;

/// Rows forgotten at once.
const FORGOTTEN: u16 = 20;

/// Counts `typed`, which found nothing. Who asked stands nowhere; what looks like something about a person is not
/// kept at all. Questions are no acts, so that the journal does not hear of them.
pub(super) async fn count(ctx: &Ctx, db: &Db, typed: &str) -> Result<(), SearchError> {
    let Some((fold, words)) = Miss::kept(typed) else { return Ok(()) };
    let mut conn = db.write().await?;
    store::misses::count(&mut conn, (&fold, &words), ctx.now_us()).await?;
    store::misses::forget(&mut conn, ctx.now_us() - LIFE, FORGOTTEN).await?;
    conn.commit().await?;
    Ok(())
}

/// Words that found nothing, the most frequent first, and whether there are more. `after` is the last line that
/// was read: how often, and the folded words.
///
/// # Errors
///
/// [`SearchError::Denied`] for whoever has no work here.
pub async fn misses(
    ctx: &Ctx,
    db: &Db,
    after: Option<(i64, &str)>,
) -> Result<(Vec<Miss>, bool), SearchError> {
    ctx.require(Right::ReadTasks, ctx.actor.own())?;
    let after = after.unwrap_or((i64::MAX, ""));
    let mut all = store::misses::most(&mut db.read().await?, after, MISSES + 1).await?;
    let has_more = all.len() > usize::from(MISSES);
    all.truncate(usize::from(MISSES));
    Ok((all, has_more))
}

/// Takes the words `fold` off the list: what they asked for is there now, or has no place here. Words that are
/// asked for once more without finding anything come back.
///
/// # Errors
///
/// [`SearchError::Denied`] for whoever writes nothing.
pub async fn settle_miss(ctx: &Ctx, db: &Db, fold: &str) -> Result<(), SearchError> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let mut conn = db.write().await?;
    if store::misses::remove(&mut conn, fold).await? {
        let event = Event::new("SearchMissSettled", "search", "misses", json!({}));
        sauro_journal::append(&mut conn, ctx, event).await?;
    }
    conn.commit().await?;
    Ok(())
}
