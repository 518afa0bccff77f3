use sauro_kernel::{Ctx, NoticeId};
use sauro_store::Db;

use crate::model::{Desk, Notice};
use crate::{NoticesError, store};

/// Writes down that the caller has read a notice for the caller's desk, and answers it. Others at the
/// same desk still find it unread.
///
/// # Errors
///
/// [`NoticesError::NotFound`] for a notice of another desk.
pub async fn mark_read(ctx: &Ctx, db: &Db, id: NoticeId) -> Result<Notice, NoticesError> {
    let found = store::notices::find(&mut db.read().await?, id).await?;
    let desk = Desk::of(&ctx.actor);
    let notice = found.filter(|it| it.desk == desk).ok_or(NoticesError::NotFound)?;
    let mut conn = db.write().await?;
    store::notice_reads::insert(&mut conn, ctx.actor.account, id, ctx.now_us()).await?;
    conn.commit().await?;
    Ok(notice)
}

/// Writes down that the caller has read all that the desk has got up to this instant.
///
/// # Errors
///
/// Only the store's.
pub async fn mark_all_read(ctx: &Ctx, db: &Db) -> Result<(), NoticesError> {
    let mut conn = db.write().await?;
    let desk = Desk::of(&ctx.actor);
    store::notice_reads::mark(&mut conn, ctx.actor.account, desk, ctx.now_us()).await?;
    conn.commit().await?;
    Ok(())
}
