use std::sync::Arc;

use chrono::{DateTime, Utc};
use sauro_dashboards::Unfilled;
use sauro_directory::model::Directory;
use sauro_indicators::jobs::ROLLUPS;
use sauro_store::Db;
use tokio::sync::Mutex;

/// How often the journal is asked at most.
const PERIOD_US: i64 = 200_000;

/// Entries read at once; whoever is further behind counts all of it as a change.
const AT_ONCE: u16 = 500;

/// Things whose change changes what is shown of indicators.
const SUBJECTS: [&str; 5] =
    ["observation/", "observations/", "indicator/", "indicators/", "target/"];

/// Tells when figures have changed. The journal is asked when somebody looks, at most a few times a
/// second, and never while nobody does.
pub(super) struct Pulse(Mutex<Seen>);

struct Seen {
    asked_at: i64,
    /// The last entry of the journal that was looked at; none before the first look.
    position: Option<i64>,
    changed_at: i64,
    /// The roll-ups have followed to `changed_at`.
    is_settled: bool,
    directory: Arc<Directory>,
    catalogue: u64,
}

impl Pulse {
    pub(super) fn new(directory: Arc<Directory>) -> Self {
        Self(Mutex::new(Seen {
            asked_at: 0,
            position: None,
            changed_at: 0,
            is_settled: false,
            directory,
            catalogue: 0,
        }))
    }

    /// The position of the last entry that changed figures, whether the roll-ups have followed it, and
    /// the number of the catalogue.
    pub(super) async fn look(
        &self,
        db: &Db,
        directory: &Arc<Directory>,
        now: DateTime<Utc>,
    ) -> Result<((i64, bool), u64), Unfilled> {
        let mut seen = self.0.lock().await;
        if !Arc::ptr_eq(&seen.directory, directory) {
            seen.directory = directory.clone();
            seen.catalogue += 1;
        }
        let now = now.timestamp_micros();
        // A clock that was set back is asked anew as well.
        if !(0..PERIOD_US).contains(&(now - seen.asked_at)) {
            seen.ask(db).await?;
            seen.asked_at = now;
        }
        Ok(((seen.changed_at, seen.is_settled), seen.catalogue))
    }
}

impl Seen {
    async fn ask(&mut self, db: &Db) -> Result<(), Unfilled> {
        let mut conn = db.read().await?;
        let Some(after) = self.position else {
            let last = sauro_journal::last_position(&mut conn).await?;
            (self.position, self.changed_at) = (Some(last), last);
            return Ok(());
        };
        let entries = sauro_journal::read_after(&mut conn, after, AT_ONCE).await?;
        if entries.len() == usize::from(AT_ONCE) {
            let last = sauro_journal::last_position(&mut conn).await?;
            (self.position, self.changed_at, self.is_settled) = (Some(last), last, false);
            return Ok(());
        }
        if let Some(last) = entries.last() {
            self.position = Some(last.position);
        }
        let is_meant = |it: &&sauro_journal::Entry| {
            SUBJECTS.iter().any(|subject| it.subject.starts_with(subject))
        };
        if let Some(last) = entries.iter().rfind(is_meant) {
            (self.changed_at, self.is_settled) = (last.position, false);
        }
        if !self.is_settled {
            let readers = sauro_journal::lag(&mut conn).await?;
            let rollups = readers.iter().find(|it| it.name == ROLLUPS.name());
            self.is_settled = rollups.is_some_and(|it| it.position >= self.changed_at);
        }
        Ok(())
    }
}
