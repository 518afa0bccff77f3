use chrono::{DateTime, TimeDelta, Utc};
use sauro_kernel::Ctx;
use sauro_store::{Db, StoreError};
use uuid::Uuid;

use crate::model::{Desk, Notice};
use crate::store::notices::{self, Reading};
use crate::{NoticesError, store};

/// Days after which a notice counts as read, so that a new holder of a desk does not start with years.
pub const UNREAD_DAYS: i64 = 30;

/// Notices on one page.
const PER_PAGE: u16 = 30;

/// A place in the list: the last notice of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    at: i64,
    id: Uuid,
}

/// One page of notices, latest first.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The notices.
    pub notices: Vec<Notice>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

/// Lists the notices for the caller's desk that the caller has read, or has not, after `after`.
///
/// # Errors
///
/// Only the store's.
pub async fn list_notices(
    ctx: &Ctx,
    db: &Db,
    is_read: bool,
    after: Option<Place>,
) -> Result<Part, NoticesError> {
    let after = after.unwrap_or(Place { at: i64::MAX, id: Uuid::max() });
    let place = notices::Place { at: after.at, id: after.id };
    let mut conn = db.read().await?;
    let mut found = notices::list(&mut conn, reading(ctx), is_read, place, PER_PAGE + 1).await?;
    let has_more = found.len() > usize::from(PER_PAGE);
    found.truncate(usize::from(PER_PAGE));
    let last = found.last().filter(|_| has_more);
    let next = last.map(|it| Place { at: it.at.timestamp_micros(), id: it.id.0 });
    Ok(Part { notices: found, next })
}

/// How many notices for the caller's desk the caller has not read; a hundred stands for more.
///
/// # Errors
///
/// Only the store's.
pub async fn count_unread(ctx: &Ctx, db: &Db) -> Result<i64, StoreError> {
    store::notices::count_unread(&mut db.read().await?, reading(ctx)).await
}

fn reading(ctx: &Ctx) -> Reading {
    let since: DateTime<Utc> = ctx.clock.now() - TimeDelta::days(UNREAD_DAYS);
    Reading {
        desk: Desk::of(&ctx.actor),
        account: ctx.actor.account,
        since: since.timestamp_micros(),
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at, self.id.simple())
    }
}

impl std::str::FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        Ok(Self { at: at.parse().map_err(drop)?, id: id.parse().map_err(drop)? })
    }
}
