use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use sauro_kernel::VIETNAM;
use sauro_store::{Conn, Db, StoreError};

use super::Life;
use crate::model::{Draft, Evidence};
use crate::store::{self, past};

/// Lives in one transaction: so many that a page of an index is written once for several of them.
const AT_ONCE: usize = 1000;

/// Writes the rows of `lives`; of a task that was handed down, the parent comes before or is there.
///
/// # Errors
///
/// What the store says.
pub async fn write_lives(db: &Db, lives: &[Life]) -> Result<(), StoreError> {
    for some in lives.chunks(AT_ONCE) {
        let mut conn = db.write().await?;
        write(&mut conn, some).await?;
        conn.commit().await?;
    }
    Ok(())
}

async fn write(conn: &mut Conn, lives: &[Life]) -> Result<(), StoreError> {
    let history: Vec<_> =
        lives.iter().flat_map(|it| it.versions.iter().map(|version| (&it.task, version))).collect();
    past::history(conn, &history).await?;
    let tasks: Vec<_> = lives.iter().map(|it| (&it.task, it.changed_at, it.due_set_at)).collect();
    past::tasks(conn, &tasks).await?;
    let partners: Vec<_> = lives
        .iter()
        .flat_map(|it| it.partners.iter().map(|partner| (it.task.id, *partner)))
        .collect();
    store::partners::insert_many(conn, &partners).await?;
    past::deliverables(conn, &all(lives, |it| &it.deliverables)).await?;
    let reports: Vec<_> = lives.iter().flat_map(|it| &it.reports).collect();
    let heads: Vec<_> = reports.iter().map(|(it, _)| it).collect();
    store::reports::insert_many(conn, &heads).await?;
    let items: Vec<_> =
        reports.iter().flat_map(|(report, items)| items.iter().map(|it| (report.id, it))).collect();
    past::items(conn, &items).await?;
    let evidence = all(lives, |it| &it.evidence);
    past::files(conn, &firsts(&evidence)).await?;
    store::evidence::insert_many(conn, &evidence).await?;
    store::verifications::insert_many(conn, &all(lives, |it| &it.verifications)).await?;
    store::extensions::insert_many(conn, &all(lives, |it| &it.extensions)).await?;
    let explanations: Vec<_> = lives
        .iter()
        .flat_map(|it| &it.explanations)
        .map(|(it, closed_at)| (it, *closed_at))
        .collect();
    store::explanations::insert_many(conn, &explanations).await?;
    let urges: Vec<_> = lives
        .iter()
        .flat_map(|life| life.urges.iter().map(|it| (life.task.id, it, day_of(it.by.at))))
        .collect();
    past::urges(conn, &urges).await
}

/// Of each file its first use.
fn firsts<'a>(evidence: &[&'a Evidence]) -> Vec<&'a Evidence> {
    let mut firsts: BTreeMap<[u8; 32], &'a Evidence> = BTreeMap::new();
    for it in evidence {
        let Some(hash) = it.file_hash else { continue };
        let first = firsts.entry(hash).or_insert(it);
        if it.added_at < first.added_at {
            *first = it;
        }
    }
    firsts.into_values().collect()
}

fn all<'a, T>(lives: &'a [Life], rows: impl Fn(&'a Life) -> &'a Vec<T>) -> Vec<&'a T> {
    lives.iter().flat_map(rows).collect()
}

fn day_of(at: i64) -> NaiveDate {
    let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&VIETNAM).date_naive()
}

/// Writes drafts that were issued.
///
/// # Errors
///
/// What the store says.
pub async fn write_drafts(db: &Db, drafts: &[Draft]) -> Result<(), StoreError> {
    let mut conn = db.write().await?;
    store::drafts::insert_many(&mut conn, drafts).await?;
    conn.commit().await
}

/// Notes which numbers were given, so that whoever goes on takes the next ones: of tasks by year, of
/// receipts by day.
///
/// # Errors
///
/// What the store says.
pub async fn set_counters(
    db: &Db,
    tasks: &BTreeMap<i32, i64>,
    receipts: &BTreeMap<NaiveDate, i64>,
) -> Result<(), StoreError> {
    let mut conn = db.write().await?;
    for (year, last_n) in tasks {
        past::give_tasks(&mut conn, *year, *last_n).await?;
    }
    for (day, last_n) in receipts {
        past::give_receipts(&mut conn, *day, *last_n).await?;
    }
    conn.commit().await
}

/// Ends the past: recurring work, which was reported on as a whole so far, goes on period by period from
/// `today`.
///
/// # Errors
///
/// What the store says.
pub async fn go_on_from(db: &Db, today: NaiveDate) -> Result<(), StoreError> {
    let mut conn = db.write().await?;
    past::go_on(&mut conn, today).await?;
    conn.commit().await
}
