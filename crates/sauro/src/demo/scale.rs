//! How much is made up.

use anyhow::ensure;
use chrono::{DateTime, Utc};
use sauro_kernel::Clock;
use sauro_reading::{Gazetteer, Reader};
use sauro_store::{Db, Files};
use sauro_tasks::actions;

use super::{Stage, accounts, dashboards, figures, issue, national, periods, play, rounds, scores, system};
use crate::SystemClock;

/// How much to make up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// About two hundred tasks.
    Demo,
    /// Twenty thousand tasks beside the demonstration, over 24 months.
    Province,
    /// A hundred thousand tasks beside the demonstration, over 24 months.
    National,
}

/// What is to be made up, and as of when: the same wish gives the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Where chance starts.
    pub seed: u64,
    /// How much.
    pub scale: Scale,
    /// Another number of tasks than that of the scale.
    pub n_tasks: Option<usize>,
    /// With the demonstration beside it: its directives, their tasks, and the sample accounts.
    pub has_demonstration: bool,
    /// Nothing is made to happen after this instant.
    pub now: DateTime<Utc>,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Tasks issued.
    pub n_tasks: usize,
    /// Reports, decisions and confirmations of the demonstration; entries of the journal beside it.
    pub n_moves: usize,
    /// Reports sent beside the demonstration.
    pub n_reports: usize,
    /// Pieces of evidence beside the demonstration.
    pub n_evidence: usize,
}

impl Wanted {
    /// As of this instant.
    pub fn now(seed: u64, scale: Scale) -> Self {
        Self { seed, scale, n_tasks: None, has_demonstration: true, now: SystemClock.now() }
    }

    fn n_beside(&self) -> usize {
        let usual = match self.scale {
            Scale::Demo => 0,
            Scale::Province => 20_000,
            Scale::National => 100_000,
        };
        self.n_tasks.unwrap_or(usual)
    }
}

/// Makes up data in an installation without programmes.
///
/// # Errors
///
/// When there is a programme already, and any failure of an action.
pub async fn load(db: &Db, files: &Files, wanted: &Wanted) -> anyhow::Result<Made> {
    let taken = !actions::programmes(&system(), db, "", 1).await?.is_empty();
    ensure!(!taken, "Nơi này đã có chương trình. Chọn thư mục dữ liệu khác bằng --data");
    let mut stage = Stage::set(db, files, wanted).await?;
    let n_beside = wanted.n_beside();
    // The years that are written at once come first: the journal tells them in the order of time.
    issue::open_programmes(&mut stage, if n_beside > 0 { -760 } else { -250 }).await?;
    let beside = if n_beside > 0 {
        national::make(&mut stage, n_beside).await?
    } else {
        national::Counted::default()
    };
    let (mut n_tasks, mut n_moves) = (beside.n_tasks, beside.n_entries);
    if wanted.has_demonstration {
        let reader = Reader::new(Gazetteer::shipped());
        let mut tasks = issue::issue_all(&mut stage, &reader).await?;
        tasks.extend(issue::hand_down(&mut stage, &tasks).await?);
        tasks.extend(periods::issue_provincial(&mut stage).await?);
        let tasks = periods::open_past(&mut stage, tasks).await?;
        n_moves += play::play(&mut stage, &tasks).await?;
        n_tasks += tasks.len();
        figures::load(&stage).await?;
        rounds::play(&mut stage).await?;
        dashboards::make(&stage).await?;
        scores::make(&mut stage).await?;
        accounts::open_all(&stage).await?;
    }
    // Of what was due before today nobody is told now, but for the last days of the demonstration.
    let n_days = if n_beside == 0 { 3 } else { 0 };
    let calendar = sauro_directory::actions::calendar(db).await?;
    let ctx = stage.machine_room();
    sauro_tasks::jobs::settle_reminders(&ctx, db, &calendar, n_days).await?;
    Ok(Made { n_tasks, n_moves, n_reports: beside.n_reports, n_evidence: beside.n_evidence })
}
