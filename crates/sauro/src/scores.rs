//! The facts behind scores, answered by the rooms of tasks, of indicators and of petitions.

use std::collections::HashMap;

use sauro_directory::DirectoryHandle;
use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{MarkAsk, Marks, Sight, unit_marks};
use sauro_indicators::model::UnitLevel;
use sauro_kernel::{Actor, AgencyId, AgencyPath, Ctx, PeriodKind};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::satisfaction;
use sauro_petitions::model::FEWEST_RATINGS;
use sauro_scores::model::{Audience, Measure, Roster, Share};
use sauro_scores::{Ask, FactSource, Facts, FactsFuture};
use sauro_store::{Db, StoreError};
use sauro_tasks::TasksError;
use sauro_tasks::actions::{Source, Viewer, unit_counts};
use sauro_tasks::jobs::LiveBoard;
use sauro_tasks::model::{Counts, PastDay};

/// The rooms as one source of facts. Asked on behalf of the agency that scores: who may see what follows
/// from them is the matter of the room of scores.
#[derive(Clone)]
pub struct UnitFacts {
    db: Db,
    board: LiveBoard,
    directory: DirectoryHandle,
}

impl UnitFacts {
    /// A source over `db`.
    pub fn new(db: &Db, board: LiveBoard, directory: DirectoryHandle) -> Self {
        Self { db: db.clone(), board, directory }
    }

    async fn ask(&self, ctx: &Ctx, ask: &Ask<'_>) -> Result<Facts, StoreError> {
        let house = Ctx { actor: Actor::system(), ..ctx.clone() };
        let mut facts = Facts::new();
        if ask.measures.iter().any(|it| it.is_of_tasks()) {
            self.tasks(&house, ask, &mut facts).await?;
        }
        let is_of_figures = |it: &Measure| !it.is_of_tasks() && *it != Measure::Satisfaction;
        if ask.measures.iter().any(is_of_figures) {
            self.figures(&house, ask, &mut facts).await?;
        }
        if ask.measures.contains(&Measure::Satisfaction) && ask.period.kind != PeriodKind::Week {
            self.satisfaction(ask, &mut facts).await?;
        }
        Ok(facts)
    }

    /// Of a unit its own answers count and those of all agencies below it. Ratings are kept by the month in which
    /// the answer was given, so that weeks have none; of too few nothing is said.
    async fn satisfaction(&self, ask: &Ask<'_>, facts: &mut Facts) -> Result<(), StoreError> {
        let within = (ask.period.start, ask.until);
        let rated = satisfaction(&self.db, within).await.map_err(of_petitions)?;
        let directory = self.directory.directory();
        let places: Vec<(AgencyId, AgencyPath)> = ask
            .units
            .iter()
            .filter_map(|it| Some((it.id, AgencyPath::parse(&it.path).ok()?)))
            .collect();
        let mut sums: HashMap<AgencyId, Share> = HashMap::new();
        for (agency, (satisfied, rated)) in rated {
            let Some(agency) = directory.agency(agency) else { continue };
            let Some((unit, _)) = places.iter().find(|it| it.1.covers(&agency.path)) else {
                continue;
            };
            let sum = sums.entry(*unit).or_insert(Share { hits: 0, of: 0 });
            sum.hits += satisfied;
            sum.of += rated;
        }
        let enough = sums.into_iter().filter(|it| it.1.of >= FEWEST_RATINGS);
        facts.extend(enough.map(|(unit, share)| ((unit, Measure::Satisfaction), share)));
        Ok(())
    }

    async fn tasks(&self, house: &Ctx, ask: &Ask<'_>, facts: &mut Facts) -> Result<(), StoreError> {
        let directory = self.directory.directory();
        // Today is live; of a period that is over its last day counts.
        let day = PastDay::read(&ask.until.to_string(), house.today()).ok().flatten();
        let now = house.clock.now();
        let source = Source { db: &self.db, live: &self.board, places: &directory, now, day };
        let viewer = match ask.audience {
            Audience::Public => Viewer::Public,
            Audience::Inside => Viewer::Inside(house),
        };
        let mut units = Vec::with_capacity(ask.units.len());
        let mut places = Vec::with_capacity(ask.units.len());
        for it in ask.units {
            let Ok(path) = AgencyPath::parse(&it.path) else { continue };
            units.push(it.id);
            places.push(path);
        }
        let counts = unit_counts(source, viewer, &places).await.map_err(of_tasks)?;
        for (unit, counts) in units.into_iter().zip(&counts) {
            let shares = ask.measures.iter().filter_map(|it| Some((*it, share(*it, counts)?)));
            facts.extend(shares.map(|(measure, share)| ((unit, measure), share)));
        }
        Ok(())
    }

    async fn figures(
        &self,
        house: &Ctx,
        ask: &Ask<'_>,
        facts: &mut Facts,
    ) -> Result<(), StoreError> {
        let (level, province) = match ask.roster {
            Roster::Provinces => (UnitLevel::Province, None),
            Roster::Ministries => (UnitLevel::Ministry, None),
            Roster::Communes(place) => (UnitLevel::Commune, Some(place.as_str())),
        };
        let units: Vec<AgencyId> = ask.units.iter().map(|it| it.id).collect();
        let within = (ask.period.start, ask.until);
        let marks = MarkAsk { units: &units, level, province, within, days: ask.figure_days };
        let sight = match ask.audience {
            Audience::Public => Sight::Public,
            Audience::Inside => Sight::Inside(house),
        };
        let directory = self.directory.directory();
        let marks = unit_marks(sight, &self.db, &directory, &marks).await.map_err(of_figures)?;
        for measure in ask.measures {
            let Some(counts) = counts(&marks, *measure) else { continue };
            let share = |(unit, it): (&AgencyId, &(i64, i64))| {
                ((*unit, *measure), Share { hits: it.0, of: it.1 })
            };
            facts.extend(counts.iter().map(share));
        }
        Ok(())
    }
}

impl FactSource for UnitFacts {
    fn facts<'a>(&'a self, ctx: &'a Ctx, ask: &'a Ask<'a>) -> FactsFuture<'a> {
        Box::pin(self.ask(ctx, ask))
    }
}

/// What `measure` says of tasks; none of what is not about tasks, or of nothing.
fn share(measure: Measure, it: &Counts) -> Option<Share> {
    let judged = it.dated - it.not_assessable;
    let (hits, of) = match measure {
        Measure::OnTime => (it.done_on_time, it.due),
        Measure::NotOverdue => (judged - it.open_overdue, judged),
        Measure::Verified => (it.verified, judged),
        Measure::InUse => (it.in_use, it.verified),
        _ => return None,
    };
    (of > 0).then_some(Share { hits, of })
}

fn counts(marks: &Marks, measure: Measure) -> Option<&HashMap<AgencyId, (i64, i64)>> {
    match measure {
        Measure::Attainment => Some(&marks.attained),
        Measure::FiguresOnTime => Some(&marks.figures_in_time),
        Measure::ReportsOnTime => Some(&marks.reports_in_time),
        Measure::ReportsNotReturned => Some(&marks.reports_kept),
        _ => None,
    }
}

/// The machine room may ask for everything, so that nothing but the store can fail.
fn of_tasks(err: TasksError) -> StoreError {
    match err {
        TasksError::Store(err) => err,
        err => corrupt("tasks", &err),
    }
}

fn of_petitions(err: PetitionsError) -> StoreError {
    match err {
        PetitionsError::Store(err) => err,
        err => corrupt("petition_tallies", &err),
    }
}

fn of_figures(err: IndicatorsError) -> StoreError {
    match err {
        IndicatorsError::Store(err) => err,
        err => corrupt("observations", &err),
    }
}

fn corrupt(table: &'static str, err: &dyn std::error::Error) -> StoreError {
    StoreError::Corrupt { table, row: String::new(), reason: sauro_kernel::causes(err) }
}
