//! Two years of the whole nation, written at once.
//!
//! Orders are made first, then for each task the plan of what happens to it, then receipts are numbered
//! by day, then every life is lived in memory ([`sauro_tasks::jobs::past`]) while another thread writes
//! the lives before it. The journal comes last, all entries in the order of time, sealed as they are
//! written. The same seed and the same day give the same rows on both engines.

mod act;
mod cast;
mod files;
mod orders;
mod plan;
mod programmes;
mod run;
mod time;
mod words;

use sauro_directory::actions::calendar;
use sauro_directory::model::Directory;

use super::Stage;
use cast::Cast;
use orders::Maker;
use programmes::Programmes;
use run::Run;
use time::Time;

/// Days made up: 24 months.
const N_DAYS: i64 = 730;

/// How much was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) n_tasks: usize,
    pub(super) n_reports: usize,
    pub(super) n_evidence: usize,
    pub(super) n_entries: usize,
}

/// Codes of all who report figures, and whether each is a commune: the bodies of the centre, provinces,
/// communes.
pub(super) fn units(directory: &Directory) -> Vec<(String, bool)> {
    let cast = Cast::of(directory);
    let above = cast.centre.iter().chain(cast.provinces.iter().map(|it| &it.0));
    let communes = cast.communes();
    let all = above.map(|id| (id, false)).chain(communes.iter().map(|id| (id, true)));
    all.filter_map(|(id, is)| Some((directory.agency(*id)?.code.clone(), is))).collect()
}

/// Makes up `n_tasks` tasks with all that happened to them; the programmes of the centre are there.
pub(super) async fn make(stage: &mut Stage, n_tasks: usize) -> anyhow::Result<Counted> {
    let cast = Cast::of(&stage.directory);
    let programmes = Programmes::open(stage, &cast).await?;
    let time = Time { calendar: calendar(&stage.db).await?, today: stage.today };
    let seed = stage.dice.next();
    let orders = Maker::new(&cast, &time, &programmes, seed, n_tasks).make();
    let files = files::keep(&stage.files, n_tasks).await?;
    let run = Run { cast, time, seed, orders, files, now_us: stage.now.timestamp_micros() };
    run.run(&stage.db, stage.directory.clone()).await
}
