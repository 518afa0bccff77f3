use sauro_kernel::{Ctx, InitiativeId, Right};
use sauro_store::Db;

use super::send::words_of;
use crate::model::{Area, Initiative, Stage};
use crate::store::lists::Wanted;
use crate::{InitiativesError, store};

/// Initiatives on one page.
pub const PAGE: u16 = 30;

/// What waits for a desk, and what was sent to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Waits for the caller's agency, the nearest day first.
    pub waiting: Vec<Initiative>,
    /// Everything sent to it, newest first.
    pub received: Vec<Initiative>,
    /// There are older ones after these.
    pub has_more: bool,
}

/// The initiatives of the caller's desk. Whoever works on none has an empty one.
///
/// # Errors
///
/// The store's.
pub async fn queue(
    ctx: &Ctx,
    db: &Db,
    before: Option<InitiativeId>,
) -> Result<Queue, InitiativesError> {
    if !ctx.may(Right::ReadTasks, ctx.actor.own()) {
        return Ok(Queue::default());
    }
    let mut conn = db.read().await?;
    let agency = ctx.actor.agency;
    let waiting = store::lists::of_desk(&mut conn, agency, 100).await?;
    let mut received = store::lists::of_receiver(&mut conn, agency, before, PAGE + 1).await?;
    let has_more = received.len() > usize::from(PAGE);
    received.truncate(usize::from(PAGE));
    Ok(Queue { waiting, received, has_more })
}

/// What everybody's list is narrowed to, as typed; what makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The code of a stage.
    pub stage: String,
    /// The code of an area.
    pub area: String,
    /// The code of a province.
    pub place: String,
    /// Words of the title.
    pub words: String,
    /// The id after which the page begins.
    pub before: String,
}

/// What everybody may know of, newest first, at most `limit`.
///
/// # Errors
///
/// The store's.
pub async fn listed(
    db: &Db,
    filter: &Filter,
    limit: u16,
) -> Result<Vec<Initiative>, InitiativesError> {
    let mut words = words_of(&filter.words.chars().take(200).collect::<String>());
    // The longest word is likely the rarest: its index is the shortest walk.
    words.sort_by_key(|it| std::cmp::Reverse(it.chars().count()));
    words.truncate(4);
    let wanted = Wanted {
        stage: Stage::of_code(&filter.stage),
        area: Area::of_code(&filter.area),
        place: Some(filter.place.clone()).filter(|it| !it.is_empty() && it.len() <= 8),
        words,
        before: filter.before.parse().ok(),
    };
    Ok(store::lists::listed(&mut db.read().await?, &wanted, limit).await?)
}
