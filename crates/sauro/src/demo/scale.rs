//! How much is made up.

use anyhow::ensure;
use sauro_reading::{Gazetteer, Reader};
use sauro_store::{Db, Files};
use sauro_tasks::actions;

use super::{Stage, accounts, issue, many, periods, play, system};

/// How much to make up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// About two hundred tasks.
    Demo,
    /// Twenty thousand tasks beside the demonstration.
    Province,
    /// A hundred thousand tasks beside the demonstration.
    National,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Tasks issued.
    pub n_tasks: usize,
    /// Reports, decisions and confirmations.
    pub n_moves: usize,
}

/// Makes up data in an installation without programmes.
///
/// # Errors
///
/// When there is a programme already, and any failure of an action.
pub async fn load(db: &Db, files: &Files, seed: u64, scale: Scale) -> anyhow::Result<Made> {
    let taken = !actions::programmes(&system(), db, "", 1).await?.is_empty();
    ensure!(!taken, "Nơi này đã có chương trình. Chọn thư mục dữ liệu khác bằng --data");
    let mut stage = Stage::set(db, files, seed).await?;
    accounts::open_all(&stage).await?;
    issue::open_programmes(&mut stage).await?;
    let reader = Reader::new(Gazetteer::shipped());
    let mut tasks = issue::issue_all(&mut stage, &reader).await?;
    tasks.extend(issue::hand_down(&mut stage, &tasks).await?);
    tasks.extend(periods::issue_provincial(&mut stage).await?);
    let tasks = periods::open_past(&mut stage, tasks).await?;
    let mut n_moves = play::play(&mut stage, &tasks).await?;
    let n_orders = match scale {
        Scale::Demo => 0,
        Scale::Province => 6,
        Scale::National => 30,
    };
    let mut n_tasks = tasks.len();
    if n_orders > 0 {
        let many = many::make(&mut stage, n_orders).await?;
        n_tasks += many.n_tasks;
        n_moves += many.n_moves;
    }
    // Of what was due before today nobody is told now, but for the last days of the demonstration.
    let n_days = if scale == Scale::Demo { 3 } else { 0 };
    let calendar = sauro_directory::actions::calendar(db).await?;
    sauro_tasks::jobs::settle_reminders(&system(), db, &calendar, n_days).await?;
    Ok(Made { n_tasks, n_moves })
}
