use chrono::NaiveDate;
use sauro_directory::model::{Agency, Directory};
use sauro_journal::Event;
use sauro_kernel::{AgencyId, Ctx, Over, PetitionId, Right, WorkingCalendar};
use sauro_store::{Conn, Db, Files, Keys};
use serde_json::json;
use uuid::Uuid;

use super::masking::masked_of;
use super::places::{self, Standing};
use crate::model::{
    Act, Answer, Clocks, Happening, Kind, Limits, Petition, Sender, State, clocks, turns,
};
use crate::{PetitionsError, store};

/// What the actions work with.
pub struct House<'a> {
    /// The database.
    pub db: &'a Db,
    /// The files.
    pub files: &'a Files,
    /// What personal data are sealed with.
    pub keys: &'a Keys,
    /// The agencies.
    pub directory: &'a Directory,
    /// Which days are worked.
    pub calendar: &'a WorkingCalendar,
}

/// A case in the hands of one action: locked, changed, and written back whole with its clocks.
pub(crate) struct Hold<'a> {
    pub(crate) ctx: &'a Ctx,
    pub(crate) house: &'a House<'a>,
    pub(crate) conn: Conn,
    pub(crate) case: Petition,
    /// How it counted at its place; none of one that is new.
    before: Option<Standing>,
    events: Vec<Event>,
}

impl House<'_> {
    /// The agency `id`, or who took over from it.
    pub(crate) fn agency(&self, id: AgencyId) -> Option<&Agency> {
        self.directory.agency(id)
    }

    /// Where the agency that holds `case` stands, to check rights over.
    pub(crate) fn over<'b>(&self, case: &'b Petition) -> Over<'b> {
        Over { agency: case.holder, path: &case.holder_path }
    }

    /// The agency above `id`; one without any is its own.
    pub(crate) fn above(&self, id: AgencyId) -> AgencyId {
        self.agency(id).and_then(|it| it.parent).unwrap_or(id)
    }

    /// Opens who sent `case`; nothing once it was erased or came without a name.
    pub(crate) async fn sender(
        &self,
        conn: &mut Conn,
        case: PetitionId,
    ) -> Result<Option<Sender>, PetitionsError> {
        let Some(sealed) = store::petitions::sealed(conn, case).await? else { return Ok(None) };
        let plain = self.keys.open_sealed(case.0, &sealed)?;
        Ok(serde_json::from_slice(&plain).ok())
    }

    /// Seals `sender` for `case`.
    pub(crate) fn seal(
        &self,
        case: PetitionId,
        sender: &Sender,
    ) -> Result<Vec<u8>, PetitionsError> {
        let plain = serde_json::to_vec(sender).unwrap_or_default();
        Ok(self.keys.seal(case.0, &plain)?)
    }
}

impl<'a> Hold<'a> {
    /// Takes the case `id` if the caller has `right` over it as its holder. The person whom a case is about
    /// never learns of it.
    pub(crate) async fn take(
        ctx: &'a Ctx,
        house: &'a House<'a>,
        id: PetitionId,
        right: Right,
    ) -> Result<Self, PetitionsError> {
        let absent = || PetitionsError::NotFound("petition");
        let mut conn = house.db.write().await?;
        store::petitions::lock(&mut conn, id).await?;
        let case = store::petitions::find(&mut conn, id).await?.ok_or_else(absent)?;
        if case.about == Some(ctx.actor.account) {
            return Err(absent());
        }
        let hold = Self::of(ctx, house, conn, case);
        match ctx.require(right, house.over(&hold.case)) {
            Ok(()) => Ok(hold),
            Err(_) if !ctx.may(Right::ReadPetitions, house.over(&hold.case)) => Err(absent()),
            Err(denied) => Err(denied.into()),
        }
    }

    /// Takes `case` for whoever proved to have sent it, or for the clock.
    pub(crate) fn of(ctx: &'a Ctx, house: &'a House<'a>, conn: Conn, case: Petition) -> Self {
        let before = Some(Standing::of(&case));
        Self { ctx, house, conn, case, before, events: Vec::new() }
    }

    /// Takes `case`, which was just added and counts nowhere yet.
    pub(crate) fn new(ctx: &'a Ctx, house: &'a House<'a>, conn: Conn, case: Petition) -> Self {
        Self { before: None, ..Self::of(ctx, house, conn, case) }
    }

    /// Does `act`, if it is open.
    pub(crate) fn step(&mut self, act: Act) -> Result<(), PetitionsError> {
        self.case.flow = self.case.flow.after(act)?;
        Ok(())
    }

    /// Gives the case to `agency`, which owes the next step.
    pub(crate) fn give(&mut self, agency: AgencyId) -> Result<(), PetitionsError> {
        let found = self.house.agency(agency).ok_or(PetitionsError::NotFound("agency"))?;
        self.case.holder = found.id;
        self.case.holder_path = found.path.clone();
        Ok(())
    }

    /// Writes down what happened, in the case and in the journal. The journal never changes, so that it holds
    /// nobody's words and no name.
    pub(crate) async fn note(
        &mut self,
        kind: Kind,
        to: Option<Uuid>,
        (is_public, words): (bool, &str),
    ) -> Result<(), PetitionsError> {
        let names = match is_public && !words.is_empty() {
            true => self.names().await?,
            false => Vec::new(),
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let is_senders = self.ctx.actor.role == sauro_kernel::Role::Public;
        let actor = &self.ctx.actor;
        let account = (!is_senders).then_some(actor.account);
        let happening = Happening {
            n: 0,
            at: self.ctx.now_us(),
            kind,
            account,
            agency: (!is_senders).then_some(actor.agency),
            to,
            is_public,
            words: words.to_owned(),
            public_words: match is_public {
                true => masked_of(self.house.directory, account, words, &names),
                false => String::new(),
            },
        };
        store::events::append(&mut self.conn, self.case.id, &happening).await?;
        let data = json!({ "number": self.case.number, "to": to, "holder": self.case.holder });
        self.events.push(Event::new(kind.event(), "petition", self.case.id, data));
        Ok(())
    }

    /// The names of the sender that must not be shown to all.
    pub(crate) async fn names(&mut self) -> Result<Vec<String>, PetitionsError> {
        let sender = self.house.sender(&mut self.conn, self.case.id).await?;
        Ok(sender.map(|it| it.names()).unwrap_or_default())
    }

    /// The answers so far, oldest first.
    pub(crate) async fn answers(&mut self) -> Result<Vec<Answer>, PetitionsError> {
        Ok(store::answers::of_case(&mut self.conn, self.case.id).await?)
    }

    /// Sets the clocks by what happened, writes the case back and commits.
    pub(crate) async fn keep(mut self) -> Result<Petition, PetitionsError> {
        let limits = store::fields::limits(&mut self.conn).await?;
        let clocks = self.clocks(&limits).await?;
        set_clocks(&mut self.case, &clocks);
        let before = self.before.take();
        places::move_case(&mut self, before).await?;
        self.case.changed_at = self.ctx.now_us();
        self.case.version += 1;
        if !store::petitions::update(&mut self.conn, &self.case).await? {
            return Err(PetitionsError::Stale);
        }
        let events = std::mem::take(&mut self.events);
        sauro_journal::append_many(&mut self.conn, self.ctx, events).await?;
        self.conn.commit().await?;
        Ok(self.case)
    }

    async fn clocks(&mut self, limits: &Limits) -> Result<Clocks, PetitionsError> {
        let happenings = store::events::of_case(&mut self.conn, self.case.id).await?;
        Ok(clocks_of(self.house.calendar, limits, &self.case, &happenings))
    }
}

/// Both clocks of `case` by what happened to it.
pub(crate) fn clocks_of(
    calendar: &WorkingCalendar,
    limits: &Limits,
    case: &Petition,
    happenings: &[Happening],
) -> Clocks {
    // Who received it first: whoever received it says so by the first happening.
    let first = happenings.first().and_then(|it| it.to).map_or(case.coordinator, AgencyId);
    clocks(calendar, limits, (case.sent_at, first), &turns(happenings))
}

/// Writes into `case` the days that follow from `clocks`.
pub(crate) fn set_clocks(case: &mut Petition, clocks: &Clocks) {
    case.due_on = running_due(case.flow.state, clocks);
    case.citizen_due_on = clocks.citizen_due_on;
    let is_merged = case.flow.state == State::Closed && case.flow.before_merge.is_some();
    if let Some(at) = clocks.stopped_at.filter(|_| !is_merged) {
        case.answered_at = Some(at);
    }
}

/// The last day of the step that runs; none while nobody owes one.
pub(crate) fn running_due(state: State, clocks: &Clocks) -> Option<NaiveDate> {
    let runs = clocks.steps.last().filter(|it| it.ended_at.is_none());
    let is_running = state.is_open() && clocks.paused_at.is_none();
    runs.filter(|_| is_running).map(|it| it.due_on)
}
