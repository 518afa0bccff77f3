//! The live picture of all tasks: a tally for every agency, everything below it, and every programme.

use std::collections::HashMap;
use std::sync::Arc;

use sauro_kernel::{AgencyPath, ProgrammeId, TaskId};

use super::{Counted, Counts, Moment, Tally};

/// A task as the board knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardTask {
    /// What is counted.
    pub counted: Counted,
    /// The programme.
    pub programme: ProgrammeId,
    /// Where the lead stands.
    pub lead_path: AgencyPath,
    /// Shown to the public.
    pub is_public: bool,
}

/// Which tasks are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Tasks that everyone may see.
    Public,
    /// All tasks.
    Everything,
}

/// Tallies kept as deltas: replacing one task touches the tallies of its lead and of the places above.
#[derive(Debug, Default)]
pub struct Board {
    tasks: HashMap<TaskId, BoardTask>,
    tallies: HashMap<(Audience, Option<ProgrammeId>, Arc<str>), Tally>,
    version: u64,
}

impl Board {
    /// Puts the task `id` as it is now; `None` when it is gone. Answers whether anything changed.
    pub fn put(&mut self, id: TaskId, task: Option<BoardTask>) -> bool {
        let before = match &task {
            Some(task) => self.tasks.insert(id, task.clone()),
            None => self.tasks.remove(&id),
        };
        if before == task {
            return false;
        }
        if let Some(before) = before {
            self.shift(&before, Tally::remove);
        }
        if let Some(task) = task {
            self.shift(&task, Tally::add);
        }
        self.version += 1;
        true
    }

    /// Counts up with every change: an answer computed at the same version is still true.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// True when everyone may see the task `id`.
    pub fn is_shown(&self, id: TaskId) -> bool {
        self.tasks.get(&id).is_some_and(|it| it.is_public)
    }

    /// True when the task `id` is known.
    pub fn knows(&self, id: TaskId) -> bool {
        self.tasks.contains_key(&id)
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// True without tasks.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// The counts at `moment` of the tasks led by the agency at `path` and all below it.
    pub fn counts(
        &self,
        audience: Audience,
        programme: Option<ProgrammeId>,
        path: &str,
        moment: Moment,
    ) -> Counts {
        self.tallies
            .get(&(audience, programme, Arc::from(path)))
            .map_or_else(Counts::default, |tally| tally.at(moment))
    }

    fn shift(&mut self, task: &BoardTask, change: fn(&mut Tally, &Counted)) {
        let audiences: &[Audience] = if task.is_public {
            &[Audience::Public, Audience::Everything]
        } else {
            &[Audience::Everything]
        };
        for place in places(task.lead_path.as_str()) {
            for audience in audiences {
                for programme in [None, Some(task.programme)] {
                    let key = (*audience, programme, place.clone());
                    let tally = self.tallies.entry(key).or_default();
                    change(tally, &task.counted);
                }
            }
        }
    }
}

/// The path and every path above it: `vn`, `vn/96`, `vn/96/ubnd`.
pub(super) fn places(path: &str) -> impl Iterator<Item = Arc<str>> + '_ {
    path.match_indices('/')
        .map(|(at, _)| at)
        .chain(std::iter::once(path.len()))
        .filter_map(|at| path.get(..at))
        .map(Arc::from)
}
