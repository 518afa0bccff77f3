//! Years of the portal written at once: made-up items for measuring.
//!
//! Each item goes the whole way from its writer to everybody; its rows and entries of the journal are those that the
//! actions would have left. Rights are not checked here: whoever makes up a past makes up callers who had them.

mod life;
mod words;

use sauro_directory::model::Directory;
use sauro_journal::{Chronicle, PastEvent, ReaderError, StampError};
use sauro_kernel::Dice;
use sauro_store::{Conn, Db, StoreError};

use self::life::{Life, Place};
use crate::model::Topic;
use crate::store;

/// Items in one transaction.
const AT_ONCE: usize = 500;

/// How long ago the first one was written, in microseconds: three years.
const SPAN_US: i64 = 3 * 365 * 86_400_000_000;

/// Of the newest articles, that many are read at length.
const LONG: usize = 200;

/// What is to be made up, and as of when.
#[derive(Debug, Clone, Copy)]
pub struct PastPortal {
    /// How many articles.
    pub n_articles: usize,
    /// How many documents.
    pub n_documents: usize,
    /// Where chance starts.
    pub seed: u64,
    /// Nothing is made to happen after this instant, in microseconds.
    pub now_us: i64,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastMade {
    /// Items.
    pub n_items: usize,
    /// Entries of the journal.
    pub n_entries: usize,
}

/// Why a past could not be made up.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// There is something in the portal already.
    #[error("there are sections of the portal already")]
    Taken,
    /// The catalogue of agencies is not there.
    #[error("there is no catalogue of agencies")]
    NoCatalogue,
    /// The journal could not be written.
    #[error(transparent)]
    Journal(#[from] ReaderError),
    /// The journal could not be sealed.
    #[error(transparent)]
    Seal(#[from] StampError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes items up in an installation that has none, telling `told` how many are written.
///
/// # Errors
///
/// [`PastError`] says why; what was written stays.
pub async fn make_past(
    db: &Db,
    directory: &Directory,
    wanted: PastPortal,
    mut told: impl FnMut(usize),
) -> Result<PastMade, PastError> {
    if store::sections::is_any(&mut db.read().await?).await? {
        return Err(PastError::Taken);
    }
    let mut dice = Dice::new(wanted.seed ^ 0x5054);
    let n_all = wanted.n_articles + wanted.n_documents;
    let start = wanted.now_us - SPAN_US;
    let places = life::places(&mut dice, directory, start);
    if places.is_empty() {
        return Err(PastError::NoCatalogue);
    }
    let topics = life::topics(&mut dice, start);
    let mut chronicle = Chronicle::begin(db, wanted.now_us).await?;
    let mut made = PastMade::default();
    let opened = opened(db, (&places, &topics), &mut dice, start).await?;
    let mut events: Vec<PastEvent> = opened;
    // A minute is left for what begins now.
    let step = (SPAN_US - 60_000_000) / i64::try_from(n_all.max(1)).unwrap_or(i64::MAX).max(1);
    let (mut n_articles, mut n_documents) = (0, 0);
    for from in (0..n_all).step_by(AT_ONCE) {
        let mut lives = Vec::with_capacity(AT_ONCE);
        for k in from..n_all.min(from + AT_ONCE) {
            let at = start + 60_000 + i64::try_from(k).unwrap_or(i64::MAX).saturating_mul(step);
            let is_document = (k + 1) * wanted.n_documents / n_all > k * wanted.n_documents / n_all;
            let when = (at, step);
            let Some(place) = dice.pick(&places) else { return Err(PastError::NoCatalogue) };
            lives.push(if is_document {
                n_documents += 1;
                life::document(&mut dice, (place, &topics), when, n_documents)
            } else {
                n_articles += 1;
                let is_long = n_articles + LONG > wanted.n_articles;
                life::article(&mut dice, (place, &topics), when, (n_articles, is_long))
            });
        }
        events.extend(lives.iter_mut().flat_map(|it| std::mem::take(&mut it.events)));
        let mut conn = db.write().await?;
        write(&mut conn, &lives).await?;
        // Each item has come to its end before the next one begins, so that the entries are in order.
        chronicle.write(&mut conn, &events, wanted.now_us).await?;
        conn.commit().await?;
        made.n_items += lives.len();
        made.n_entries += events.len();
        events.clear();
        told(made.n_items);
    }
    Ok(made)
}

/// Sections and topics, and what the journal says of them.
async fn opened(
    db: &Db,
    (places, topics): (&[Place], &[Topic]),
    dice: &mut Dice,
    at: i64,
) -> Result<Vec<PastEvent>, StoreError> {
    let mut conn = db.write().await?;
    let mut events = Vec::new();
    for place in places {
        store::sections::insert(&mut conn, &place.section).await?;
        events.push(life::section_opened(dice, place, at));
    }
    let Some(first) = places.first() else { return Ok(events) };
    for topic in topics {
        store::topics::insert(&mut conn, topic).await?;
        events.push(life::topic_opened(dice, first, (topic, at)));
    }
    conn.commit().await?;
    Ok(events)
}

async fn write(conn: &mut Conn, lives: &[Life]) -> Result<(), StoreError> {
    let items: Vec<_> = lives.iter().map(|it| &it.item).collect();
    store::past::items(conn, &items).await?;
    let versions: Vec<_> =
        lives.iter().flat_map(|it| it.versions.iter().map(|one| (it.item.id, one))).collect();
    store::past::versions(conn, &versions).await?;
    store::past::addresses(conn, &items).await?;
    let topics: Vec<_> = lives.iter().flat_map(Life::stands_under).collect();
    store::past::topics(conn, &topics).await?;
    for (id, details) in lives.iter().filter_map(Life::in_library) {
        store::documents::set(conn, id, details).await?;
    }
    Ok(())
}
