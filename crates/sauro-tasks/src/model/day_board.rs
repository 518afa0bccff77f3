//! All tasks as they were at one past instant: counted, and in the order of lists.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sauro_kernel::{AgencyPath, ProgrammeId, TaskId};

use super::{Audience, BoardTask, Counts, Moment, Standing, Status, Tally, places};

/// The picture at the end of a past day. Nothing moves in it, so that it keeps counts, not tallies.
#[derive(Debug)]
pub struct DayBoard {
    moment: Moment,
    programmes: HashMap<ProgrammeId, u32>,
    paths: HashMap<Arc<str>, u32>,
    counts: HashMap<Slot, Counts>,
    /// By day due and id.
    tasks: Vec<DayTask>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Slot {
    audience: Audience,
    programme: Option<u32>,
    path: u32,
}

#[derive(Debug, Clone, Copy)]
struct DayTask {
    id: TaskId,
    due_on: NaiveDate,
    path: u32,
    programme: u32,
    status: Status,
    is_recurring: bool,
    is_doubted: bool,
    is_public: bool,
}

/// Which tasks of a day are listed.
#[derive(Debug, Clone, Copy)]
pub struct DayAsk<'a> {
    /// Public ones only, or all.
    pub audience: Audience,
    /// Only one programme.
    pub programme: Option<ProgrammeId>,
    /// Led there and below.
    pub path: &'a AgencyPath,
    /// Only these.
    pub standing: Option<Standing>,
}

/// A task of a day, and where it stands in the order of its list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayLine {
    /// Where the lead stood; empty in lists by day due.
    pub lead_path: Arc<str>,
    /// The day due.
    pub due_on: NaiveDate,
    /// Which task.
    pub id: TaskId,
}

impl DayBoard {
    /// The picture at `moment` of nothing yet.
    pub fn new(moment: Moment) -> Self {
        Self {
            moment,
            programmes: HashMap::new(),
            paths: HashMap::new(),
            counts: HashMap::new(),
            tasks: Vec::new(),
        }
    }

    /// Counts `task` in.
    pub fn add(&mut self, id: TaskId, task: &BoardTask) {
        let mut tally = Tally::default();
        tally.add(&task.counted);
        let counts = tally.at(self.moment);
        let next = |map: usize| u32::try_from(map).unwrap_or(u32::MAX);
        let n = next(self.programmes.len());
        let programme = *self.programmes.entry(task.programme).or_insert(n);
        let audiences: &[Audience] = if task.is_public {
            &[Audience::Public, Audience::Everything]
        } else {
            &[Audience::Everything]
        };
        let mut path = 0;
        for place in places(task.lead_path.as_str()) {
            let n = next(self.paths.len());
            path = *self.paths.entry(place).or_insert(n);
            for audience in audiences {
                for programme in [None, Some(programme)] {
                    let slot = Slot { audience: *audience, programme, path };
                    *self.counts.entry(slot).or_default() += counts;
                }
            }
        }
        self.tasks.push(DayTask {
            id,
            due_on: task.counted.facts.due_on,
            path,
            programme,
            status: task.counted.facts.status(self.moment),
            is_recurring: task.counted.is_recurring,
            is_doubted: counts.doubted > 0,
            is_public: task.is_public,
        });
    }

    /// Puts the tasks in order, once all are there.
    pub fn finish(mut self) -> Self {
        self.tasks.sort_unstable_by_key(|it| (it.due_on, it.id));
        self.tasks.shrink_to_fit();
        self.counts.shrink_to_fit();
        self
    }

    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        self.tasks.len() * size_of::<DayTask>()
            + self.counts.capacity() * (size_of::<Slot>() + size_of::<Counts>() + 1)
            + self.paths.len() * 80
    }

    /// The counts of the tasks led at `path` and below.
    pub fn counts(&self, audience: Audience, programme: Option<ProgrammeId>, path: &str) -> Counts {
        let programme = match programme {
            None => None,
            Some(id) => match self.programmes.get(&id) {
                None => return Counts::default(),
                known => known.copied(),
            },
        };
        let Some(path) = self.paths.get(path).copied() else { return Counts::default() };
        self.counts.get(&Slot { audience, programme, path }).copied().unwrap_or_default()
    }

    /// The first `limit` tasks asked for after `after`: by day due, or by place and day due when a
    /// place is named, as in lists of the present.
    pub fn page(&self, ask: &DayAsk<'_>, after: Option<&DayLine>, limit: usize) -> Vec<DayLine> {
        let is_wide = *ask.path == AgencyPath::nation();
        let below = format!("{}/", ask.path.as_str());
        let nowhere: Arc<str> = Arc::from("");
        let mut here: Vec<Option<Arc<str>>> = vec![None; self.paths.len()];
        for (path, n) in &self.paths {
            let is_here = is_wide || **path == *ask.path.as_str() || path.starts_with(&below);
            if let Some(slot) = here.get_mut(*n as usize).filter(|_| is_here) {
                *slot = Some(if is_wide { nowhere.clone() } else { path.clone() });
            }
        }
        let programme = ask.programme.map(|id| self.programmes.get(&id).copied());
        let mut lines = Vec::new();
        for task in self.tasks.iter().filter(|it| it.is_asked(ask, programme)) {
            let Some(lead_path) = here.get(task.path as usize).cloned().flatten() else { continue };
            let line = DayLine { lead_path, due_on: task.due_on, id: task.id };
            if after.is_none_or(|after| line > *after) {
                lines.push(line);
            }
            if is_wide && lines.len() == limit {
                break;
            }
        }
        lines.sort_unstable();
        lines.truncate(limit);
        lines
    }
}

impl DayTask {
    fn is_asked(&self, ask: &DayAsk<'_>, programme: Option<Option<u32>>) -> bool {
        (self.is_public || ask.audience == Audience::Everything)
            && programme.is_none_or(|it| it == Some(self.programme))
            && ask.standing.is_none_or(|it| self.is(it))
    }

    fn is(&self, standing: Standing) -> bool {
        match standing {
            Standing::Recurring => self.is_recurring,
            _ if self.is_recurring => false,
            Standing::Doubted => self.is_doubted,
            Standing::Overdue => self.status == Status::Overdue,
            Standing::DueSoon => self.status == Status::DueSoon,
            Standing::InTime => matches!(self.status, Status::DueSoon | Status::InTime),
            Standing::DoneOnTime => self.status == Status::DoneOnTime,
            Standing::DoneLate => self.status == Status::DoneLate,
            Standing::NotAssessable => self.status == Status::NotAssessable,
        }
    }
}
