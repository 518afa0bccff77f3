use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sauro_directory::model::{Agency, Directory, Level, Maps};
use sauro_directory::{DirectoryHandle, MapHandle};
use sauro_kernel::{Actor, AgencyId, Ctx, WorkingCalendar};
use sauro_store::{Db, Files, Keys, SealError};
use sauro_ui::{AppState, Failure, Source, Visitor};

use crate::actions::{House, PeopleRoom, Person, TaskRoom, agencies_about};
use crate::model::{Clocks, Petition, Ways, counted_on};

/// What the pages work with, for as long as a request takes.
pub(super) struct Premises {
    pub(super) db: Db,
    pub(super) files: Files,
    pub(super) directory: Arc<Directory>,
    /// Where tasks are made; none where this room stands alone.
    pub(super) tasks: Option<TaskRoom>,
    /// Who sits where; nobody where this room stands alone.
    pub(super) people: Option<PeopleRoom>,
    /// Where units lie.
    pub(super) maps: Arc<Maps>,
    keys: Keys,
    calendar: Arc<WorkingCalendar>,
    clock: Arc<dyn sauro_kernel::Clock>,
    ids: Arc<dyn sauro_kernel::IdSource>,
    /// Where the request comes from, as the server sees it.
    pub(super) source: String,
    /// On which ways senders are told here.
    pub(super) ways: Ways,
    /// Whether citizens can sign in here, and who did.
    pub(super) visitor: Visitor,
}

impl Premises {
    pub(super) fn house(&self) -> House<'_> {
        House {
            db: &self.db,
            files: &self.files,
            keys: &self.keys,
            directory: &self.directory,
            calendar: &self.calendar,
        }
    }

    /// Whoever sends and follows does so without an account.
    pub(super) fn anybody(&self) -> Ctx {
        Ctx { actor: Actor::public(), clock: self.clock.clone(), ids: self.ids.clone() }
    }

    /// Working days from what happened at `from` to what happened at `to`.
    fn days(&self, from: i64, to: i64) -> i64 {
        let (from, to) = (counted_on(&self.calendar, from), counted_on(&self.calendar, to));
        self.calendar.working_days_between(from, to).max(0)
    }

    /// Working days that a step took, or has taken.
    pub(super) fn days_of(&self, began_at: i64, ended_at: Option<i64>) -> i64 {
        self.days(began_at, ended_at.unwrap_or_else(|| self.now()))
    }

    fn stood(&self, clocks: &Clocks) -> i64 {
        let pauses = clocks.pauses.iter().filter(|it| it.0 >= clocks.citizen_since);
        pauses.map(|it| self.days(it.0, it.1)).sum()
    }

    /// Working days that the sender has waited, without those on which the agency waited for the sender.
    pub(super) fn citizen_days(&self, clocks: &Clocks) -> i64 {
        super::words::citizen_days(clocks, |from, to| self.days(from, to), self.now())
    }

    /// Working days that the sender was promised.
    pub(super) fn promised(&self, clocks: &Clocks) -> i64 {
        let from = counted_on(&self.calendar, clocks.citizen_since);
        let n = self.calendar.working_days_between(from, clocks.citizen_due_on);
        (n - self.stood(clocks)).max(0)
    }

    /// Longitude and latitude of where `place` lies, to a ten-thousandth of a degree, and whether that is the
    /// middle of the commune or only of its province.
    pub(super) fn point_of(&self, place: AgencyId) -> Option<((f64, f64), &'static str)> {
        let agency = self.directory.agency(place)?;
        let middle = |of: &Agency| {
            let (lon, lat) = self.maps.middle(of.place.as_deref()?)?;
            let round = |it: f64| (it * 10_000.0).round() / 10_000.0;
            Some((round(lon), round(lat)))
        };
        let of_level = |of: &Agency| match of.level {
            Level::Commune => "giữa xã",
            Level::Province | Level::Centre => "giữa tỉnh",
        };
        let above = || agency.parent.and_then(|id| self.directory.agency(id));
        middle(agency)
            .map(|at| (at, of_level(agency)))
            .or_else(|| above().and_then(|it| Some((middle(it)?, of_level(it)))))
    }

    /// The people whom `case` may be about.
    pub(super) async fn people_of(&self, case: &Petition) -> Result<Vec<Person>, Failure> {
        match &self.people {
            Some(room) => Ok(room.0.seated(&agencies_about(case)).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Unix microseconds.
    pub(super) fn now(&self) -> i64 {
        self.clock.now().timestamp_micros()
    }
}

impl FromRequestParts<AppState> for Premises {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let unmounted = || Failure::internal(SealError::NotSealed);
        let keys = parts.extensions.get::<Keys>().cloned().ok_or_else(unmounted)?;
        let directory = parts.extensions.get::<DirectoryHandle>().ok_or_else(unmounted)?;
        let source = parts.extensions.get::<Source>().map(|it| it.0.clone()).unwrap_or_default();
        Ok(Self {
            db: state.db.clone(),
            files: state.files.clone(),
            directory: directory.directory(),
            calendar: directory.calendar(),
            tasks: parts.extensions.get::<TaskRoom>().cloned(),
            people: parts.extensions.get::<PeopleRoom>().cloned(),
            maps: parts.extensions.get::<MapHandle>().map_or_else(Maps::shipped, MapHandle::maps),
            keys,
            clock: state.clock.clone(),
            ids: state.ids.clone(),
            ways: parts.extensions.get::<Ways>().copied().unwrap_or_default(),
            source,
            visitor: parts.extensions.get::<Visitor>().cloned().unwrap_or_default(),
        })
    }
}
