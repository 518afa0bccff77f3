//! Rows by the thousand in one transaction, and the journal after them, all entries in the order of time.

use sauro_journal::{Chronicle, PastEvent};
use sauro_store::{Conn, Db, StoreError};

use super::life::Life;
use super::way::Session;
use super::{PastError, PastMade};
use crate::actions::words_of;
use crate::store;
use crate::store::likeness::Index;

/// Initiatives in one transaction.
const AT_ONCE: usize = 1_000;
/// Journal entries in one transaction.
const ENTRIES: usize = 10_000;

/// Writes everything.
pub(super) async fn all(
    db: &Db,
    (lives, sessions): (&mut [Life], &mut [Session]),
    now_us: i64,
    mut told: impl FnMut(usize),
) -> Result<PastMade, PastError> {
    let mut made = PastMade { n_councils: sessions.len(), ..PastMade::default() };
    for some in lives.chunks(AT_ONCE) {
        let mut conn = db.write().await?;
        write(&mut conn, some).await?;
        conn.commit().await?;
        made.n += some.len();
        told(made.n);
    }
    for some in sessions.chunks(AT_ONCE / 20) {
        let mut conn = db.write().await?;
        for it in some {
            convene(&mut conn, it).await?;
        }
        conn.commit().await?;
    }
    let mut events: Vec<PastEvent> = Vec::new();
    events.extend(lives.iter_mut().flat_map(|it| std::mem::take(&mut it.events)));
    events.extend(sessions.iter_mut().flat_map(|it| std::mem::take(&mut it.events)));
    events.sort_by_key(|it| it.at);
    made.n_entries = events.len();
    let mut chronicle = Chronicle::begin(db, now_us).await?;
    for some in events.chunks(ENTRIES) {
        let mut conn = db.write().await?;
        chronicle.write(&mut conn, some, now_us).await?;
        conn.commit().await?;
    }
    Ok(made)
}

async fn write(conn: &mut Conn, lives: &[Life]) -> Result<(), StoreError> {
    for life in lives {
        store::initiatives::insert(conn, &life.it, &life.key).await?;
        store::dossiers::insert(conn, life.it.id, &life.kept).await?;
        for author in &life.authors {
            store::authors::insert(conn, life.it.id, author).await?;
        }
        if life.it.stage.is_listed() {
            let (id, words) = (life.it.id.0, &life.found_by);
            store::likeness::put(conn, Index::Initiatives, id, words).await?;
        }
        for application in &life.applications {
            store::applications::insert(conn, application).await?;
        }
    }
    let steps: Vec<_> =
        lives.iter().flat_map(|life| life.steps.iter().map(|it| (life.it.id, it))).collect();
    store::steps::insert_many(conn, &steps).await?;
    let mut words: Vec<_> = lives
        .iter()
        .flat_map(|life| words_of(&life.it.title).into_iter().map(|word| (word, life.it.id)))
        .collect();
    words.sort();
    store::words::insert_many(conn, &words).await
}

async fn convene(conn: &mut Conn, it: &Session) -> Result<(), StoreError> {
    let id = it.council.id;
    store::councils::insert(conn, &it.council).await?;
    for member in &it.members {
        store::councils::add_member(conn, id, member).await?;
    }
    for item in &it.items {
        store::councils::add_item(conn, id, *item).await?;
    }
    for (item, ballot) in &it.ballots {
        store::ballots::put(conn, (id, *item), ballot).await?;
    }
    Ok(())
}
