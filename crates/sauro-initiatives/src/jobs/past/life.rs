//! One initiative with all that happened to it, held in memory. Its moves leave what the actions leave.

use sauro_journal::{EntryId, PastEvent};
use sauro_kernel::{AccountId, AgencyId, Dice, InitiativeId, PostId, WorkingCalendar};
use sauro_store::Keys;
use serde_json::{Value, json};
use uuid::Uuid;

use super::cast::{Seat, Unit};
use super::{day_of, words};
use crate::InitiativesError;
use crate::actions::{first_step, place_of};
use crate::model::{
    Application, Area, Author, AuthorMark, Code, Consent, Dossier, Initiative, Kind, Move,
    Ownership, Person, Stage, Step, Terms, hash_of, pairs_of,
};
use crate::store::dossiers::Kept;

/// What all of them live in.
pub(super) struct World {
    pub(super) calendar: std::sync::Arc<WorkingCalendar>,
    pub(super) terms: Terms,
    pub(super) keys: Keys,
    pub(super) now_us: i64,
}

/// One initiative.
pub(super) struct Life {
    pub(super) it: Initiative,
    pub(super) key: String,
    pub(super) kept: Kept,
    /// The words under which problems find it.
    pub(super) found_by: Vec<String>,
    pub(super) authors: Vec<Author>,
    pub(super) steps: Vec<Step>,
    pub(super) applications: Vec<Application>,
    pub(super) events: Vec<PastEvent>,
    pub(super) at: i64,
}

/// What a move leaves behind besides.
pub(super) struct Left {
    pub(super) kind: &'static str,
    pub(super) reason: String,
    pub(super) desk: Option<AgencyId>,
    pub(super) data: Value,
}

impl Life {
    /// One that somebody without an account has sent to `receiver`.
    pub(super) fn sent(
        dice: &mut Dice,
        world: &World,
        (code, at): (Code, i64),
        receiver: &Unit,
    ) -> Result<Self, InitiativesError> {
        let id = InitiativeId(dice.id(at));
        let area = dice.pick(&Area::ALL).copied().unwrap_or(Area::Other);
        let kind = dice.pick(&Kind::ALL).copied().unwrap_or(Kind::Operation);
        let title = words::title(dice, area);
        let is_open = dice.is_lucky(80);
        let mut consents = vec![Consent::Process];
        consents.extend(is_open.then_some(Consent::Content));
        let (authors, marks) = authors(dice, world, id)?;
        let [present, content, novelty, applicability, benefit] = words::texts(dice);
        let dossier = Dossier {
            code: code.to_string(),
            n: 1,
            kind: kind.code().to_owned(),
            area: area.code().to_owned(),
            title: title.clone(),
            present,
            content,
            novelty,
            applicability,
            benefit,
            figures: None,
            ownership: (Ownership::Free.code().to_owned(), String::new()),
            receiver: receiver.code.clone(),
            unit: String::new(),
            authors: marks,
            files: Vec::new(),
            consents: consents
                .iter()
                .map(|it| (it.code().to_owned(), Consent::VERSION.to_owned()))
                .collect(),
            supplements: Vec::new(),
            answers: String::new(),
        };
        let found_by = pairs_of(&[&dossier.title, &dossier.present, &dossier.content]);
        let today = day_of(at);
        let it = Initiative {
            id,
            code,
            kind,
            area,
            title,
            place: place_of(&receiver.path),
            receiver: receiver.id,
            receiver_path: receiver.path.clone(),
            unit: None,
            reviewer: None,
            sender: None,
            n: 1,
            sent_at: at,
            stage: Stage::Checking,
            since: today,
            due_on: Some(world.calendar.add_working_days(today, world.terms.check_days)),
            recognised_on: None,
            desk: Some(receiver.id),
            is_open,
            opinion: String::new(),
            stamp: 1,
            problem: None,
            n_supports: 0,
        };
        let text = dossier.text();
        let hash = hash_of(&text);
        let data = json!({
            "code": it.code.as_str(), "n": 1, "hash": hex::encode(hash), "kind": it.kind.code(),
            "receiver": it.receiver, "unit": it.unit, "due_on": it.due_on.map(|it| it.to_string()),
        });
        let entry = dice.id(at);
        let mut life = Self {
            key: dice.id(at).simple().to_string(),
            kept: Kept { n: 1, text, hash, entry: EntryId(entry), at },
            found_by,
            steps: vec![first_step(&it)],
            authors,
            applications: Vec::new(),
            events: Vec::new(),
            at,
            it,
        };
        let subject = ("initiative", id.0);
        life.events.push(event((entry, at), None, (subject, "InitiativeSent"), &data));
        Ok(life)
    }

    /// Moves on in time by `low` to `high` working days, never beyond now and always forward.
    pub(super) fn wait(&mut self, dice: &mut Dice, world: &World, (low, high): (i64, i64)) {
        let n = u32::try_from(dice.between(low, high)).unwrap_or(0);
        let day = world.calendar.add_working_days(day_of(self.at), n.max(1));
        let later =
            sauro_kernel::at_hour(day, 8).timestamp_micros() + dice.between(1, 520) * 60_000_000;
        self.at = later.min(world.now_us).max(self.at + 1_000_000);
    }

    /// Tells the journal of something that moves nothing.
    pub(super) fn tell(&mut self, dice: &mut Dice, by: Seat, kind: &'static str, data: &Value) {
        let subject = ("initiative", self.it.id.0);
        let when = (dice.id(self.at), self.at);
        self.events.push(event(when, Some(by), (subject, kind), data));
    }

    /// Moves it on.
    pub(super) fn moved(
        &mut self,
        dice: &mut Dice,
        world: &World,
        (by, seat): (Move, Seat),
        left: Left,
    ) -> Result<(), InitiativesError> {
        let from = self.it.stage;
        let stage = from.after(by).ok_or(InitiativesError::Stale)?;
        let today = day_of(self.at);
        let days = world.terms.days_of(stage);
        self.it.stage = stage;
        self.it.since = today;
        self.it.due_on = days.map(|it| world.calendar.add_working_days(today, it));
        if stage == Stage::Recognised {
            self.it.recognised_on = Some(today);
        }
        self.it.desk = left.desk;
        self.it.stamp += 1;
        self.steps.push(Step {
            n: i64::try_from(self.steps.len()).unwrap_or(0) + 1,
            stage,
            at: self.at,
            since: today,
            due_on: self.it.due_on,
            agency: Some(seat.agency),
            reason: left.reason,
        });
        let mut data = json!({
            "code": self.it.code.as_str(), "from": from.code(), "to": stage.code(), "desk": self.it.desk,
            "due_on": self.it.due_on.map(|it| it.to_string()),
        });
        if let (Some(data), Value::Object(more)) = (data.as_object_mut(), left.data) {
            data.extend(more);
        }
        self.tell(dice, seat, left.kind, &data);
        Ok(())
    }
}

/// An entry of the journal; of nobody who is signed in without a seat.
pub(super) fn event(
    (id, at): (Uuid, i64),
    by: Option<Seat>,
    (subject, kind): ((&'static str, Uuid), &'static str),
    data: &Value,
) -> PastEvent {
    PastEvent {
        id,
        at,
        actor: by.map_or(PostId(Uuid::nil()), |it| it.post),
        agency: by.map_or(AgencyId(Uuid::nil()), |it| it.agency),
        subject,
        kind,
        data: data.to_string().into(),
    }
}

/// One author, or two, who do not exist.
fn authors(
    dice: &mut Dice,
    world: &World,
    id: InitiativeId,
) -> Result<(Vec<Author>, Vec<AuthorMark>), InitiativesError> {
    let shares: &[i64] = if dice.is_lucky(60) { &[10_000] } else { &[6_000, 4_000] };
    let (mut authors, mut marks) = (Vec::new(), Vec::new());
    for (n, share_bp) in (1..).zip(shares.iter().copied()) {
        let person = Person {
            name: format!("Tác giả mẫu {}", dice.below(1_000_000)),
            unit: String::new(),
            phone: String::new(),
            mail: if n == 1 { "tac-gia@example.vn".to_owned() } else { String::new() },
            salt: format!("{:016x}{:016x}", dice.next(), dice.next()),
        };
        marks.push(AuthorMark { share_bp, mark: person.mark() });
        let plain = serde_json::to_vec(&person).unwrap_or_default();
        authors.push(Author {
            n,
            share_bp,
            agency: None,
            account: None::<AccountId>,
            sealed: world.keys.seal(id.0, &plain)?,
            public_name: String::new(),
        });
    }
    Ok((authors, marks))
}
