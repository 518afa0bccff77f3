//! Remarks on blocks of a draft: made, answered, settled. They are for those who work on it, and nobody else.

use sauro_kernel::{Ctx, PortalItemId};
use sauro_store::{Conn, Db};
use serde_json::json;
use uuid::Uuid;

use super::hold::Hold;
use crate::model::{Act, Comment, Item, ItemFile, Picture, Said, Section, Thread, Version, prose};
use crate::store::picture_uses::Place;
use crate::{PortalError, store};

/// Letters of the block that a remark keeps, so that it is understood when the block has gone.
const QUOTE: usize = 120;

/// An item as it is read to say something about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The item.
    pub item: Item,
    /// Its section.
    pub section: Section,
    /// The newest version.
    pub version: Version,
    /// Its files.
    pub files: Vec<ItemFile>,
    /// The pictures that it shows.
    pub pictures: Vec<Picture>,
    /// What was said about it, the oldest first.
    pub threads: Vec<Thread>,
    /// The caller may say something.
    pub may_comment: bool,
}

/// What is done about a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remarking {
    /// A remark on the block with that mark.
    Begin(String, String),
    /// An answer in a thread.
    Answer(Uuid, String),
    /// A thread is settled, or open again.
    Settle(Uuid, bool),
}

/// The newest version of `id` with what was said about it.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's.
pub async fn reading(ctx: &Ctx, db: &Db, id: PortalItemId) -> Result<Reading, PortalError> {
    let mut conn = db.read().await?;
    let hold = Hold::look(ctx, &mut conn, id, Act::Look).await?;
    let version = store::versions::find(&mut conn, id, hold.item.version_n).await?;
    Ok(Reading {
        version: version.ok_or(PortalError::NotFound("version"))?,
        files: store::files::of_item(&mut conn, id).await?,
        pictures: store::picture_uses::of_item(&mut conn, id, Place::Newest).await?,
        threads: store::comments::of_item(&mut conn, id).await?,
        may_comment: hold.may(Act::Comment),
        item: hold.item,
        section: hold.section,
    })
}

/// Says something about a block of `id`, or settles what was said. Answers the thread.
///
/// # Errors
///
/// [`PortalError::NotFound`] for another agency's and for threads of other items; [`PortalError::Invalid`] without
/// words, or when the block went meanwhile; [`PortalError::Stale`] for what was taken down, and for a thread that
/// somebody else settled or opened first.
pub async fn remark(
    ctx: &Ctx,
    db: &Db,
    id: PortalItemId,
    what: &Remarking,
) -> Result<Uuid, PortalError> {
    let mut conn = db.write().await?;
    let act = match what {
        Remarking::Settle(..) => Act::Settle,
        _ => Act::Comment,
    };
    let hold = Hold::look(ctx, &mut conn, id, act).await?;
    let (thread, kind) = match what {
        Remarking::Begin(mark, typed) => {
            let body = words(typed)?;
            let thread = begin(ctx, &mut conn, &hold, mark).await?;
            say(ctx, &mut conn, (id, thread), (Said::Words, body)).await?;
            (thread, "PortalRemarkMade")
        }
        Remarking::Answer(thread, typed) => {
            let body = words(typed)?;
            is_of(&mut conn, id, *thread).await?;
            say(ctx, &mut conn, (id, *thread), (Said::Words, body)).await?;
            (*thread, "PortalRemarkAnswered")
        }
        Remarking::Settle(thread, is_settled) => {
            is_of(&mut conn, id, *thread).await?;
            if !store::comments::settle(&mut conn, (id, *thread), *is_settled).await? {
                return Err(PortalError::Stale);
            }
            let said = if *is_settled { Said::Settled } else { Said::Reopened };
            say(ctx, &mut conn, (id, *thread), (said, String::new())).await?;
            (*thread, if *is_settled { "PortalRemarkSettled" } else { "PortalRemarkReopened" })
        }
    };
    let data = json!({ "thread": thread, "writers": hold.writers() });
    hold.tell(ctx, &mut conn, (kind, data)).await?;
    conn.commit().await?;
    Ok(thread)
}

fn words(typed: &str) -> Result<String, PortalError> {
    let mut faults = Vec::new();
    let body = prose("noi-dung", "góp ý", typed, 2_000, &mut faults);
    if body.is_empty() && faults.is_empty() {
        faults.push(("noi-dung".to_owned(), "Nhập góp ý.".to_owned()));
    }
    if faults.is_empty() { Ok(body) } else { Err(PortalError::Invalid(faults)) }
}

async fn begin(ctx: &Ctx, conn: &mut Conn, hold: &Hold, mark: &str) -> Result<Uuid, PortalError> {
    let item = &hold.item;
    if store::comments::count(conn, item.id).await? >= store::comments::MOST {
        let words = "Bài đã có quá nhiều góp ý. Trả lời trong góp ý đang có.";
        return Err(PortalError::of_field("noi-dung", words));
    }
    let version = store::versions::find(conn, item.id, item.version_n).await?;
    let content = version.ok_or(PortalError::NotFound("version"))?.content;
    let Some(block) = content.block(mark) else {
        let words = "Khối này vừa được bỏ khỏi bài. Chọn khối khác để góp ý.";
        return Err(PortalError::of_field("noi-dung", words));
    };
    let quote = block.words().split_whitespace().collect::<Vec<_>>().join(" ");
    let thread = Thread {
        id: ctx.ids.fresh(),
        mark: mark.to_owned(),
        quote: quote.chars().take(QUOTE).collect(),
        n: item.version_n,
        is_settled: false,
        comments: Vec::new(),
    };
    store::comments::begin(conn, item.id, &thread).await?;
    Ok(thread.id)
}

async fn is_of(conn: &mut Conn, item: PortalItemId, thread: Uuid) -> Result<(), PortalError> {
    match store::comments::is_of(conn, (item, thread)).await? {
        true => Ok(()),
        false => Err(PortalError::NotFound("thread")),
    }
}

async fn say(
    ctx: &Ctx,
    conn: &mut Conn,
    place: (PortalItemId, Uuid),
    (said, body): (Said, String),
) -> Result<(), PortalError> {
    let comment = Comment {
        id: ctx.ids.fresh(),
        said,
        body,
        account: ctx.actor.account,
        author: ctx.actor.display_name.clone(),
        at: ctx.now_us(),
    };
    store::comments::add(conn, place, &comment).await?;
    Ok(())
}
