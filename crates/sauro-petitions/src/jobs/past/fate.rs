//! What is planned for a case, and how it is sent.

use chrono::{Datelike, Days};
use sauro_kernel::{AgencyId, Dice, PetitionId, at_hour};
use sauro_store::FileHash;

use super::cast::Unit;
use super::life::{Life, World, day_of, guesses};
use super::words;
use crate::PetitionsError;
use crate::model::{
    CONSENT, Channel, Flow, Kind, Matter, Petition, Sender, TrackingCode, legal_of, masked,
};

/// Where a case stands at the end of what is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Sent,
    Sorting,
    Waiting,
    Assigned,
    Handling,
    Approval,
    Review,
    /// The sender has the answer and has not rated it.
    Answered,
    /// Rated, or nobody said anything for long.
    Closed,
    /// The same matter as an earlier case.
    Merged,
}

/// One case to live: when it is sent, and how far it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) sent_at: i64,
    pub(super) fate: Fate,
}

/// A case that others may be merged into: of which agency, which, its number.
pub(super) type Main = (AgencyId, PetitionId, String);

impl Plan {
    /// A plan; `open_percent` of a hundred are not at their end.
    pub(super) fn drawn(dice: &mut Dice, open_percent: u64, now_us: i64) -> Self {
        let fate = if dice.is_lucky(open_percent) {
            match dice.below(100) {
                0..=9 => Fate::Sent,
                10..=21 => Fate::Sorting,
                22..=29 => Fate::Waiting,
                30..=43 => Fate::Assigned,
                44..=83 => Fate::Handling,
                84..=95 => Fate::Approval,
                _ => Fate::Review,
            }
        } else {
            match dice.below(100) {
                0..=2 => Fate::Answered,
                3..=4 => Fate::Merged,
                _ => Fate::Closed,
            }
        };
        // Days back, so many that the steps have room and not so many that the fate would be another.
        let (low, high) = match fate {
            Fate::Sent => (0, 4),
            Fate::Sorting => (2, 10),
            Fate::Waiting => (4, 30),
            Fate::Assigned => (4, 12),
            Fate::Handling => (6, 60),
            Fate::Approval => (9, 40),
            Fate::Review => (25, 70),
            Fate::Answered => (12, 14),
            Fate::Closed | Fate::Merged => (45, 480),
        };
        let back = u64::try_from(dice.between(low, high)).unwrap_or(0);
        let today = day_of(now_us);
        let day = today.checked_sub_days(Days::new(back)).unwrap_or(today);
        let at = at_hour(day, 6).timestamp_micros() + dice.between(0, 16 * 60 * 60) * 1_000_000;
        // An hour is left for what happened at once.
        Self { sent_at: at.min(now_us - 3_600_000_000 - dice.between(0, 3_600) * 1_000_000), fate }
    }

    /// Lives it. `n` counts the cases of its year.
    pub(super) fn live(
        self,
        dice: &mut Dice,
        world: &World,
        n: i64,
        mains: &mut Vec<Main>,
    ) -> Result<Life, PetitionsError> {
        let absent = || PetitionsError::NotFound("agency");
        let place = world.cast.place(dice).ok_or_else(absent)?;
        let field = words::field(dice);
        let lead = world.cast.lead(dice, place, field).unwrap_or(place);
        let mut life = self.sent(dice, world, n, (field, place, lead));
        self.received(dice, world, &mut life, (field, place, lead), mains)?;
        life.finish(dice, world);
        Ok(life)
    }

    fn sent(
        self,
        dice: &mut Dice,
        world: &World,
        n: i64,
        (field, place, lead): (&str, &Unit, &Unit),
    ) -> Life {
        let year = day_of(self.sent_at).year();
        let text = words::letter(dice, field, &place.name);
        let channel = match dice.below(100) {
            0..=84 => Channel::Web,
            85..=89 => Channel::Open311,
            90..=94 => Channel::Phone,
            95..=97 => Channel::Paper,
            _ => Channel::Desk,
        };
        let may_be_nameless = world.fields.iter().any(|it| it.code == field && it.allows_anonymous);
        let is_anonymous = may_be_nameless && !channel.is_on_behalf() && dice.is_lucky(8);
        let random = dice.next().to_be_bytes();
        let [a, b, c, d, e, f, ..] = random;
        let code = TrackingCode::of_random([a, b, c, d, e, f]);
        let sender = sender(dice, n, is_anonymous, &code);
        let names = [sender.name.as_str(), &sender.address, &sender.spot];
        let other = world.cast.national().unwrap_or(place);
        let guess = guesses(dice, (field, lead), (other, &text.title));
        let id = PetitionId(dice.id(self.sent_at));
        let case = Petition {
            id,
            number: format!("PA-{year}-{n:06}"),
            matter: if dice.is_lucky(85) { Matter::Feedback } else { Matter::Proposal },
            legal: legal_of(&format!("{} {}", text.title, text.body)),
            channel,
            public_title: masked(&text.title, &names),
            public_body: masked(&text.body, &names),
            title: text.title,
            body: text.body,
            // Who sends nameless has to say which field; of the others one in five leaves it to the officer.
            field: if is_anonymous || dice.is_lucky(80) { field.to_owned() } else { String::new() },
            place: Some(place.id),
            place_path: place.path.clone(),
            is_anonymous,
            may_publish: dice.is_lucky(75),
            is_hidden: false,
            consent: CONSENT.to_owned(),
            flow: Flow::sent(),
            is_complex: false,
            coordinator: place.id,
            holder: place.id,
            holder_path: place.path.clone(),
            lead: None,
            about: None,
            due_on: None,
            citizen_due_on: day_of(self.sent_at),
            sent_at: self.sent_at,
            changed_at: self.sent_at,
            answered_at: None,
            answered_by: None,
            closing: None,
            merged_into: None,
            rating: None,
            task_code: String::new(),
            guess: serde_json::to_string(&guess).unwrap_or_default(),
            version: 1,
        };
        let mut life = Life {
            case,
            code,
            form: FileHash::of(format!("past\n{id}").as_bytes()).0,
            sender,
            happenings: Vec::new(),
            answers: Vec::new(),
            events: Vec::new(),
            found_by: Vec::new(),
            words: Vec::new(),
            targets: Vec::new(),
            routed: Vec::new(),
            given: Vec::new(),
            reminded: 0,
            at: self.sent_at,
        };
        let by = channel.is_on_behalf().then_some(place.officer);
        life.note(dice, (Kind::Sent, by), Some(place.id.0), (true, ""));
        life
    }
}

/// Somebody who does not exist, with a number that rings nowhere.
fn sender(dice: &mut Dice, n: i64, is_anonymous: bool, code: &TrackingCode) -> Sender {
    let code = code.to_string();
    let spot = if dice.is_lucky(30) {
        "Cạnh trụ điện đầu lối".to_owned()
    } else {
        String::new()
    };
    if is_anonymous {
        return Sender { code, spot, ..Sender::default() };
    }
    Sender {
        name: format!("Người gửi mẫu {n}"),
        phone: format!("0900{:06}", n % 1_000_000),
        code,
        spot,
        ..Sender::default()
    }
}
