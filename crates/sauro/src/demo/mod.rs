//! The demonstration: real agencies, invented matters, some months of believable activity.
//!
//! Everything goes through the same actions as a person's work, at instants in the past.

mod accounts;
mod cast;
mod dashboards;
mod figures;
mod initiatives;
mod issue;
mod measured;
mod national;
pub(crate) mod past;
mod periods;
mod petitions;
mod petitions_cast;
mod play;
mod portal;
mod portal_pictures;
mod portal_texts;
mod problems;
mod rounds;
mod scale;
mod scores;
mod texts;

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Actor, Ctx, Dice, Role, VIETNAM};
use sauro_store::{Db, Files};
use sauro_tasks::actions;

use crate::SystemClock;
use past::Past;

pub use cast::{ACCOUNTS, Account, PASSWORD};
pub use initiatives::load_initiatives;
pub use measured::{MOST_INDICATORS, Measured};
pub use petitions::load_petitions;
pub use portal::load_portal;
pub use scale::{Made, Scale, Wanted, load};

/// What the making of the demonstration works with.
pub(crate) struct Stage {
    db: Db,
    files: Files,
    directory: Arc<Directory>,
    past: Past,
    dice: Dice,
    today: NaiveDate,
    /// Nothing is made to happen after this instant.
    now: DateTime<Utc>,
}

/// Loads the demonstration when there is no programme yet. Answers whether it did.
///
/// # Errors
///
/// Any failure of an action: then the demonstration is broken, not the data.
pub async fn load_if_empty(db: &Db, files: &Files, seed: u64) -> anyhow::Result<bool> {
    let ctx = system();
    if !actions::programmes(&ctx, db, "", 1).await?.is_empty() {
        return Ok(false);
    }
    load(db, files, &Wanted::now(seed, Scale::Demo)).await?;
    Ok(true)
}

fn system() -> Ctx {
    Ctx { actor: Actor::system(), clock: Arc::new(SystemClock), ids: Arc::new(crate::FreshIds) }
}

impl Stage {
    async fn set(db: &Db, files: &Files, wanted: &Wanted) -> anyhow::Result<Self> {
        let ctx = system();
        sauro_directory::actions::load_shipped(&ctx, db).await?;
        let directory = DirectoryHandle::load(&ctx, db).await?.directory();
        let (seed, now) = (wanted.seed, wanted.now);
        let today = now.with_timezone(&VIETNAM).date_naive();
        Ok(Self {
            db: db.clone(),
            files: files.clone(),
            directory,
            past: Past::new(seed),
            dice: Dice::new(seed),
            today,
            now,
        })
    }

    /// Somebody with `role` in the agency `code`, at `at`.
    fn ctx(&self, role: Role, code: &str, at: DateTime<Utc>) -> anyhow::Result<Ctx> {
        self.past.set(at);
        let agency =
            self.directory.by_code(code).ok_or_else(|| anyhow::anyhow!("no agency {code}"))?;
        let past = Arc::new(self.past.clone());
        Ok(Ctx { actor: cast::actor(role, agency), clock: past.clone(), ids: past })
    }

    /// The machine room, at the end of all that is made up.
    fn machine_room(&self) -> Ctx {
        self.machine_room_at(self.now)
    }

    /// The machine room at `at`.
    fn machine_room_at(&self, at: DateTime<Utc>) -> Ctx {
        self.past.set(at);
        let past = Arc::new(self.past.clone());
        Ctx { actor: Actor::system(), clock: past.clone(), ids: past }
    }

    /// A moment of the working day `n` days after `day`, never later than now.
    fn moment(&mut self, day: NaiveDate, n: i64) -> DateTime<Utc> {
        let step = Days::new(n.unsigned_abs());
        let moved = if n < 0 { day.checked_sub_days(step) } else { day.checked_add_days(step) };
        let hour = u32::try_from(self.dice.between(8, 16)).unwrap_or(8);
        let minute = u32::try_from(self.dice.between(0, 59)).unwrap_or(0);
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        let local = moved.unwrap_or(day).and_time(time);
        let at = VIETNAM.from_local_datetime(&local).single().map_or(self.now, |it| it.to_utc());
        at.min(self.now)
    }
}
