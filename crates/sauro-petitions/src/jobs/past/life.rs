//! One case with all that happened to it, held in memory. Its steps leave what the actions of the same names
//! leave, so that whoever goes on working on it notices no difference.

use sauro_journal::PastEvent;
use sauro_kernel::{AgencyId, Dice, WorkingCalendar, cut_off};
use serde_json::json;
use uuid::Uuid;

use super::cast::{Cast, Seat, Unit};
use crate::PetitionsError;
use crate::actions::{clocks_of, set_clocks};
use crate::model::{
    Act, Answer, Closing, Field, Guess, Guesses, Happening, Kind, Limits, Petition, Sender, Tally,
    TrackingCode, index_words_of, masked, words_of,
};

/// What all cases live in.
pub(super) struct World {
    pub(super) cast: Cast,
    pub(super) fields: Vec<Field>,
    pub(super) limits: Limits,
    pub(super) calendar: std::sync::Arc<WorkingCalendar>,
    pub(super) now_us: i64,
}

/// One case.
pub(super) struct Life {
    pub(super) case: Petition,
    pub(super) code: TrackingCode,
    pub(super) form: [u8; 32],
    pub(super) sender: Sender,
    pub(super) happenings: Vec<Happening>,
    pub(super) answers: Vec<Answer>,
    pub(super) events: Vec<PastEvent>,
    /// Words that all find it by; empty of one that is not public.
    pub(super) found_by: Vec<String>,
    /// Words that routing learned from, and how often it led to each target.
    pub(super) words: Vec<String>,
    pub(super) targets: Vec<(String, i64)>,
    /// (month, first right, one of three right, went the wrong way) of each answer.
    pub(super) routed: Vec<(String, bool, bool, bool)>,
    /// What agencies gave, and when.
    pub(super) given: Vec<(AgencyId, i64, Tally)>,
    /// The step of reminding that its deadline has behind it.
    pub(super) reminded: i64,
    /// Where it is in time.
    pub(super) at: i64,
}

impl Life {
    /// The names that are masked for all.
    fn names(&self) -> [&str; 3] {
        [self.sender.name.as_str(), &self.sender.address, &self.sender.spot]
    }

    /// Does `act`, if it is open.
    pub(super) fn step(&mut self, act: Act) -> Result<(), PetitionsError> {
        self.case.flow = self.case.flow.after(act)?;
        Ok(())
    }

    /// Gives it to `unit`, which owes the next step.
    pub(super) fn give(&mut self, unit: &Unit) {
        self.case.holder = unit.id;
        self.case.holder_path = unit.path.clone();
    }

    /// Writes down what happened, done by `by` or by the sender.
    pub(super) fn note(
        &mut self,
        dice: &mut Dice,
        (kind, by): (Kind, Option<Seat>),
        to: Option<Uuid>,
        (is_public, words): (bool, &str),
    ) {
        let public_words = if is_public { masked(words, &self.names()) } else { String::new() };
        self.happenings.push(Happening {
            n: i64::try_from(self.happenings.len()).unwrap_or(0) + 1,
            at: self.at,
            kind,
            account: by.map(|it| it.account),
            agency: by.map(|it| it.agency),
            to,
            is_public,
            words: words.to_owned(),
            public_words,
        });
        let data = json!({ "number": self.case.number, "to": to, "holder": self.case.holder });
        self.tell(dice, (kind.event(), by), &data);
        self.case.version += 1;
        self.case.changed_at = self.at;
    }

    /// Tells the journal.
    pub(super) fn tell(
        &mut self,
        dice: &mut Dice,
        (kind, by): (&'static str, Option<Seat>),
        data: &serde_json::Value,
    ) {
        self.events.push(PastEvent {
            id: dice.id(self.at),
            at: self.at,
            actor: by.map_or(sauro_kernel::PostId(Uuid::nil()), |it| it.post),
            agency: by.map_or(AgencyId(Uuid::nil()), |it| it.agency),
            subject: ("petition", self.case.id.0),
            kind,
            data: data.to_string().into(),
        });
    }

    /// Moves on in time by `low` to `high` working days, never beyond now and always forward.
    pub(super) fn wait(&mut self, dice: &mut Dice, world: &World, (low, high): (i64, i64)) {
        let n = u32::try_from(dice.between(low, high)).unwrap_or(0);
        let later = if n == 0 {
            self.at + dice.between(5, 50) * 60_000_000
        } else {
            let day = world.calendar.add_working_days(day_of(self.at), n);
            sauro_kernel::at_hour(day, 8).timestamp_micros() + dice.between(1, 520) * 60_000_000
        };
        self.at = later.min(world.now_us).max(self.at + 1_000_000);
    }

    /// Lays an answer of `unit` before its leader; one that was returned is written anew.
    pub(super) fn submit(
        &mut self,
        dice: &mut Dice,
        unit: &Unit,
        closing: Closing,
    ) -> Result<(), PetitionsError> {
        self.step(Act::Submit)?;
        let words = super::replies::answer(dice, closing.code(), &unit.name);
        let n = match self.answers.last() {
            Some(last) if last.approved.is_none() => last.n,
            last => last.map_or(1, |it| it.n + 1),
        };
        self.answers.retain(|it| it.n != n);
        let is_solved = closing == Closing::Solved;
        self.answers.push(Answer {
            n,
            agency: unit.id,
            closing,
            public_words: masked(&words, &self.names()),
            words,
            proof: if is_solved { super::replies::proof(dice) } else { String::new() },
            drafted_by: unit.officer.account,
            drafted_at: self.at,
            approved: None,
            signer: String::new(),
        });
        self.note(dice, (Kind::Submitted, Some(unit.officer)), None, (false, ""));
        Ok(())
    }

    /// Approves the answer that lies before the leader of `unit`: it goes out, is counted, and routing learns.
    pub(super) fn approve(
        &mut self,
        dice: &mut Dice,
        world: &World,
        unit: &Unit,
    ) -> Result<(), PetitionsError> {
        self.step(Act::Approve)?;
        // The day that was promised when the answer lay there.
        self.set_clocks(world);
        let Some(answer) = self.answers.last_mut() else {
            return Err(PetitionsError::NotFound("answer"));
        };
        answer.approved = Some((unit.leader.account, self.at));
        answer.signer = sauro_kernel::Role::Leader.label().to_owned();
        let (agency, closing) = (answer.agency, answer.closing);
        self.case.closing = Some(closing);
        let is_on_time = self.at <= cut_off(self.case.citizen_due_on).timestamp_micros();
        self.given.push((agency, self.at, Tally::of_answer(is_on_time, closing)));
        self.note(dice, (Kind::Answered, Some(unit.leader)), Some(unit.id.0), (true, ""));
        self.case.answered_at = Some(self.at);
        self.case.answered_by = Some(agency);
        self.learn(world);
        if self.case.is_public() && self.found_by.is_empty() {
            self.found_by = index_words_of(&self.case.public_title, &self.case.public_body);
        }
        Ok(())
    }

    /// Learns where the case belonged, and counts how good the suggestion was.
    fn learn(&mut self, world: &World) {
        let Some(lead) = self.case.lead.and_then(|it| world.cast.unit(it)) else { return };
        if self.words.is_empty() {
            self.words = words_of(&format!("{} {}", self.case.title, self.case.body));
        }
        let of_field = Some(&self.case.field).filter(|it| !it.is_empty());
        let of_field = of_field.map(|it| format!("field:{it}"));
        for target in of_field.into_iter().chain([format!("agency:{}", lead.code)]) {
            match self.targets.iter_mut().find(|it| it.0 == target) {
                Some(it) => it.1 += 1,
                None => self.targets.push((target, 1)),
            }
        }
        let guesses: Guesses = serde_json::from_str(&self.case.guess).unwrap_or_default();
        let place = guesses.agencies.iter().position(|it| it.code == lead.code);
        let is_wrong = self.happenings.iter().any(|it| it.kind == Kind::Refused);
        let month = day_of(self.at).format("%Y-%m").to_string();
        self.routed.push((month, place == Some(0), place.is_some(), is_wrong));
    }

    fn set_clocks(&mut self, world: &World) {
        let clocks = clocks_of(&world.calendar, &world.limits, &self.case, &self.happenings);
        set_clocks(&mut self.case, &clocks);
    }

    /// Ends the telling: the clocks are set, and whoever should have been reminded was.
    pub(super) fn finish(&mut self, dice: &mut Dice, world: &World) {
        self.set_clocks(world);
        let Some(due_on) = self.case.due_on else { return };
        let today = day_of(world.now_us);
        let (kind, step) = if due_on <= world.calendar.sub_working_days(today, 1) {
            ("PetitionOverdue", 2)
        } else if due_on <= world.calendar.add_working_days(today, 1) {
            ("PetitionDueSoon", 1)
        } else {
            return;
        };
        self.reminded = step;
        let told_on = match step {
            2 => world.calendar.add_working_days(due_on, 1),
            _ => world.calendar.sub_working_days(due_on, 1),
        };
        let told_at = sauro_kernel::at_hour(told_on, 8).timestamp_micros();
        self.at = told_at.max(self.at).min(world.now_us);
        let data = json!({
            "number": self.case.number, "holder": self.case.holder, "due_on": due_on,
        });
        self.tell(dice, (kind, None), &data);
    }
}

/// What routing had suggested, mostly well: as it would have, had it known the years before.
pub(super) fn guesses(
    dice: &mut Dice,
    (field, lead): (&str, &Unit),
    (other, title): (&Unit, &str),
) -> Guesses {
    let because: Vec<String> = words_of(title).into_iter().take(2).collect();
    let guess = |code: &str| Guess { code: code.to_owned(), because: because.clone() };
    let agencies = match dice.below(100) {
        0..=64 => vec![guess(&lead.code)],
        65..=84 if other.id != lead.id => vec![guess(&other.code), guess(&lead.code)],
        85..=92 if other.id != lead.id => vec![guess(&other.code)],
        _ => Vec::new(),
    };
    Guesses { fields: vec![guess(field)], agencies }
}

/// The day in Viet Nam of the instant `at`.
pub(super) fn day_of(at: i64) -> chrono::NaiveDate {
    let at = chrono::DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.with_timezone(&sauro_kernel::VIETNAM).date_naive()
}
