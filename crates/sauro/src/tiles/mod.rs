//! What the tiles of dashboards show, answered by the rooms of tasks and of indicators.
//!
//! Rights are asked for each viewer; what is shown is made once for all who see the same, and kept as
//! long as nothing that it depends on has changed.

mod figures;
mod ground;
mod pulse;
mod tasks;

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use moka::future::Cache;
use sauro_dashboards::model::{Content, Fault, Ground, Spec};
use sauro_dashboards::{Later, Stamp, TileSource, Unfilled};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{Clock, Ctx, PastDay};
use sauro_store::Db;
use sauro_tasks::jobs::LiveBoard;

use pulse::Pulse;

/// Contents kept at most.
const MOST: u64 = 4_096;

/// What nobody has looked at for so long is forgotten.
const IDLE: Duration = Duration::from_secs(120);

/// The rooms as one source of tiles.
#[derive(Clone)]
pub struct Tiles {
    db: Db,
    board: LiveBoard,
    directory: DirectoryHandle,
    clock: Arc<dyn Clock>,
    pulse: Arc<Pulse>,
    contents: Cache<Key, Arc<Content>>,
    grounds: Cache<Stamp, Arc<Ground>>,
}

/// What a content depends on. Those that see the same share it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    spec: Spec,
    sees_inside: bool,
    stamp: Stamp,
}

impl Tiles {
    /// A source for this process.
    pub fn new(
        db: &Db,
        board: LiveBoard,
        directory: DirectoryHandle,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            db: db.clone(),
            board,
            pulse: Arc::new(Pulse::new(directory.directory())),
            directory,
            clock,
            contents: Cache::builder().max_capacity(MOST).time_to_idle(IDLE).build(),
            grounds: Cache::builder().max_capacity(16).time_to_idle(IDLE).build(),
        }
    }

    /// Whether `viewer` sees all of what `spec` is about, or only what is public.
    fn sees_inside(&self, viewer: Option<&Ctx>, spec: &Spec, directory: &Directory) -> bool {
        let Some(ctx) = viewer else { return false };
        if !is_about_tasks(spec) {
            return true;
        }
        let whole = sauro_tasks::actions::whole_of(directory, spec.place());
        whole.is_some_and(|it| sauro_tasks::actions::sees_inside(ctx, &it.path))
    }

    /// What `spec` shows to a viewer who sees all of it, or to everybody.
    async fn content(
        &self,
        inside: Option<&Ctx>,
        asked: (&Spec, Option<PastDay>),
    ) -> Result<Content, Unfilled> {
        let directory = self.directory.directory();
        if is_about_tasks(asked.0) {
            tasks::content(self, &directory, inside, asked).await
        } else {
            figures::content(self, &directory, inside, asked).await
        }
    }
}

fn is_about_tasks(spec: &Spec) -> bool {
    matches!(spec, Spec::Map { indicator: None } | Spec::Four { .. } | Spec::Late { .. })
}

/// `stamp` without what a content about tasks, or about figures, does not depend on.
fn narrowed(stamp: Stamp, spec: &Spec) -> Stamp {
    if is_about_tasks(spec) {
        Stamp { figures: (0, true), today: stamp.open_day, ..stamp }
    } else {
        Stamp { tasks: 0, open_day: stamp.today, ..stamp }
    }
}

impl TileSource for Tiles {
    fn stamp(&self) -> Later<'_, Result<Stamp, Unfilled>> {
        Box::pin(async move {
            let now = self.clock.now();
            let (figures, catalogue) =
                self.pulse.look(&self.db, &self.directory.directory(), now).await?;
            Ok(Stamp {
                tasks: self.board.changed_at(),
                figures,
                catalogue,
                today: now.with_timezone(&sauro_kernel::VIETNAM).date_naive(),
                open_day: sauro_tasks::model::Moment::of(now).open_day,
                day: None,
            })
        })
    }

    fn fill<'a>(
        &'a self,
        viewer: Option<&'a Ctx>,
        spec: &'a Spec,
        stamp: Stamp,
    ) -> Later<'a, Result<Arc<Content>, Unfilled>> {
        Box::pin(async move {
            let sees_inside = self.sees_inside(viewer, spec, &self.directory.directory());
            let key = Key { spec: spec.clone(), sees_inside, stamp: narrowed(stamp, spec) };
            let inside = viewer.filter(|_| sees_inside);
            let make = async { Ok(Arc::new(self.content(inside, (spec, stamp.day)).await?)) };
            self.contents.try_get_with(key, make).await.map_err(|err: Arc<Unfilled>| (*err).clone())
        })
    }

    fn ground(&self, stamp: Stamp) -> Later<'_, Result<Arc<Ground>, Unfilled>> {
        Box::pin(async move {
            // What there is to choose from is that of the present on every day.
            let key = Stamp { tasks: 0, open_day: stamp.today, day: None, ..stamp };
            let make = async { Ok(Arc::new(ground::ground(self).await?)) };
            self.grounds.try_get_with(key, make).await.map_err(|err: Arc<Unfilled>| (*err).clone())
        })
    }

    fn first_day(&self, stamp: Stamp) -> Later<'_, Result<NaiveDate, Unfilled>> {
        Box::pin(async move {
            let figures = sauro_indicators::actions::first_day(&self.db).await;
            let tasks = sauro_tasks::actions::first_day(&self.db).await;
            let days = [figures.map_err(unfilled_figures)?, tasks.map_err(unfilled_tasks)?];
            Ok(days.into_iter().flatten().min().unwrap_or(stamp.today))
        })
    }

    fn check<'a>(
        &'a self,
        spec: &'a Spec,
        stamp: Stamp,
    ) -> Later<'a, Result<Vec<Fault>, Unfilled>> {
        Box::pin(async move {
            let ground = self.ground(stamp).await?;
            Ok(ground::faults(&ground, &self.directory.directory(), spec))
        })
    }
}

/// Of which day figures are, behind what they are of; nothing of the present.
fn end_of(day: Option<PastDay>) -> String {
    day.map(|it| format!(", cuối ngày {}", sauro_ui::words::date(it.day()))).unwrap_or_default()
}

/// What another room could not answer.
fn unfilled_tasks(err: sauro_tasks::TasksError) -> Unfilled {
    match err {
        sauro_tasks::TasksError::Store(err) => err.into(),
        err => Unfilled::Broken(sauro_kernel::causes(&err)),
    }
}

/// What another room could not answer.
fn unfilled_figures(err: sauro_indicators::IndicatorsError) -> Unfilled {
    match err {
        sauro_indicators::IndicatorsError::Store(err) => err.into(),
        err => Unfilled::Broken(sauro_kernel::causes(&err)),
    }
}
