//! From what happens to tasks to notices for those who should know.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sauro_directory::DirectoryHandle;
use sauro_journal::{Digest, DigestError, Entry, Fresh, Reader, ReaderError};
use sauro_kernel::{Ctx, TaskId};
use sauro_notices::actions::{enclose, write_notices};
use sauro_notices::jobs::Holders;
use sauro_notices::model::{Desk, NewNotice, gathered};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::case_of_task;
use sauro_petitions::model::Petition;
use sauro_store::{Conn, Db};
use sauro_tasks::TasksError;
use sauro_tasks::actions::tasks_of_entries;
use sauro_tasks::model::Task;

use super::case_tasks::case_done_by;
use super::{
    DeskHolders, initiative_tidings, periodic_tidings, petition_tidings, portal_tidings,
    score_tidings, tidings,
};

/// The reader that makes notices.
pub const NOTICES: Reader = Reader::new("notices");

/// Entries taken at once: more than there are communes, so that what is done to all of them is one.
const AT_ONCE: u16 = 5_000;

/// Tasks read in one query.
const TASKS: usize = 400;

/// How often the journal is looked at.
const PERIOD: Duration = Duration::from_secs(1);

/// What goes on in one act of a person comes within this time; alike notices wait for it.
const ACT: TimeDelta = TimeDelta::seconds(2);

/// Nothing waits longer than this for others to be gathered with it.
const PATIENCE: TimeDelta = TimeDelta::seconds(10);

/// What is older when a reader starts for the first time is no news.
const NEWS: TimeDelta = TimeDelta::days(14);

/// What is older goes into no mail.
const MAILED: TimeDelta = TimeDelta::days(3);

/// Turns entries of the journal into notices.
#[derive(Clone)]
pub struct NoticeProcess {
    ctx: Ctx,
    directory: DirectoryHandle,
    /// Mail is sent from here, so notices go into the outbox as well.
    has_mail: bool,
}

impl NoticeProcess {
    /// The process, done by the machine room `ctx`, with the names in `directory`.
    pub fn new(ctx: Ctx, directory: DirectoryHandle) -> Self {
        Self { ctx, directory, has_mail: false }
    }

    /// The same, which puts notices into the outbox as well.
    pub fn with_mail(self, has_mail: bool) -> Self {
        Self { has_mail, ..self }
    }

    /// Takes in what has happened since. Answers how many entries there were.
    ///
    /// # Errors
    ///
    /// What the store says; the next call tries the same entries again.
    pub async fn follow(&self, db: &Db) -> Result<usize, ReaderError> {
        let fresh = NOTICES.fresh(db, AT_ONCE).await?;
        self.take(db, &fresh).await
    }

    /// Follows for ever. A failing store is tried again after a pause.
    pub async fn run(self, db: Db) {
        while let Err(err) = NOTICES.begin_since(&db, self.news()).await {
            tracing::warn!(error = %err, "notices have to wait for the store");
            tokio::time::sleep(PERIOD * 10).await;
        }
        loop {
            match self.step(&db).await {
                Ok(n) if n >= usize::from(AT_ONCE) => {}
                // Another node was faster.
                Ok(_) | Err(ReaderError::Overtaken) => tokio::time::sleep(PERIOD).await,
                Err(err) => {
                    tracing::warn!(error = %err, "notices lag behind the journal");
                    tokio::time::sleep(PERIOD * 10).await;
                }
            }
        }
    }

    /// Since when things are news to a reader that starts for the first time.
    fn news(&self) -> i64 {
        (self.ctx.clock.now() - NEWS).timestamp_micros()
    }

    async fn step(&self, db: &Db) -> Result<usize, ReaderError> {
        let fresh = NOTICES.fresh(db, AT_ONCE).await?;
        if is_growing(&fresh, self.ctx.clock.now()) {
            return Ok(0);
        }
        self.take(db, &fresh).await
    }

    async fn take(&self, db: &Db, fresh: &Fresh) -> Result<usize, ReaderError> {
        NOTICES.digest(db, self.ctx.now_us(), fresh, self).await?;
        Ok(fresh.entries.len())
    }
}

/// True while an act that touches many things may still be under way.
fn is_growing(fresh: &Fresh, now: DateTime<Utc>) -> bool {
    let (Some(first), Some(last)) = (fresh.entries.first(), fresh.entries.last()) else {
        return false;
    };
    let age = now - last.at;
    fresh.entries.len() < usize::from(AT_ONCE)
        && (TimeDelta::zero()..ACT).contains(&age)
        && now - first.at < PATIENCE
}

impl Digest for NoticeProcess {
    type Plan = Vec<NewNotice>;

    async fn plan(
        &self,
        conn: &mut Conn,
        entries: &[Entry],
    ) -> Result<Vec<NewNotice>, DigestError> {
        let telling: Vec<(TaskId, &Entry)> =
            entries.iter().filter_map(|it| Some((tidings::task_of(it)?, it))).collect();
        let tasks = tasks_of(&self.ctx, conn, telling.iter().map(|it| it.0).collect()).await?;
        let directory = self.directory.directory();
        let mut all = Vec::new();
        for (id, entry) in telling {
            let task = tasks
                .get(&id)
                .ok_or_else(|| DigestError::Entry(format!("there is no task {id}")))?;
            all.extend(tidings::of(entry, task, &directory)?);
            if entry.kind == "DeliverableAccepted"
                && let Some(case) = case_of(&self.ctx, conn, task).await?
            {
                all.extend(petition_tidings::of_done_task(entry, &case, &directory));
            }
        }
        for entry in entries {
            all.extend(periodic_tidings::of(&self.ctx, conn, entry, &directory).await?);
            all.extend(score_tidings::of(entry, &directory)?);
            all.extend(initiative_tidings::of(entry, &directory)?);
            all.extend(petition_tidings::of(entry, &directory)?);
            all.extend(portal_tidings::of(entry)?);
        }
        Ok(gathered(all))
    }

    async fn write(&self, conn: &mut Conn, notices: Vec<NewNotice>) -> Result<(), DigestError> {
        let written = write_notices(conn, self.ctx.ids.as_ref(), &notices).await?;
        if !self.has_mail {
            return Ok(());
        }
        // What a reader that was away for long finds is told in the program only.
        let since = self.ctx.clock.now() - MAILED;
        let fresh: Vec<_> = written
            .into_iter()
            .zip(&notices)
            .filter(|it| it.1.at >= since)
            .map(|it| it.0)
            .collect();
        let desks: Vec<Desk> = fresh.iter().map(|it| it.0).collect();
        let seats = DeskHolders(self.ctx.clone());
        let holders = seats.holders(conn, &desks, self.ctx.today()).await?;
        let calendar = self.directory.calendar();
        enclose(&self.ctx, conn, &calendar, &fresh, &holders).await?;
        Ok(())
    }
}

/// The petition that `task` was made of, once it is done.
async fn case_of(ctx: &Ctx, conn: &mut Conn, task: &Task) -> Result<Option<Petition>, DigestError> {
    let Some(id) = case_done_by(task) else { return Ok(None) };
    case_of_task(ctx, conn, id).await.map_err(|err| match err {
        PetitionsError::Store(err) => err.into(),
        err => DigestError::Entry(err.to_string()),
    })
}

async fn tasks_of(
    ctx: &Ctx,
    conn: &mut Conn,
    ids: BTreeSet<TaskId>,
) -> Result<HashMap<TaskId, Task>, DigestError> {
    let ids: Vec<TaskId> = ids.into_iter().collect();
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(TASKS) {
        let tasks = tasks_of_entries(ctx, conn, some).await.map_err(|err| match err {
            TasksError::Store(err) => err.into(),
            err => DigestError::Entry(err.to_string()),
        })?;
        found.extend(tasks.into_iter().map(|it| (it.id, it)));
    }
    Ok(found)
}
