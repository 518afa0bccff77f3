//! Letters to those who sent messages.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Timelike, Utc};
use sauro_kernel::{MailId, PetitionId, VIETNAM};
use sauro_petitions::actions::ToSender;
use sauro_petitions::model::State;
use serde::{Deserialize, Serialize};

/// Letters to one address on one day; two machines that answer each other come to rest there.
pub const MOST_A_DAY: i64 = 5;

/// A letter that could not be handed over for so long is given up.
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(5);

/// Short messages go out in these hours of the day of Việt Nam, from the first until before the last; what comes up at
/// night waits for the morning.
pub const SMS_HOURS: (u32, u32) = (7, 21);

/// Short messages that a gateway may have heard: whoever gets all of them gets no more than so many.
const MOST_UNSURE: i64 = 3;

/// How long a gateway has to say what it heard, or to be mended, before a message that it may have heard is tried
/// again: after the first time, and after each further one.
const UNSURE_WAITS: (TimeDelta, TimeDelta) = (TimeDelta::hours(1), TimeDelta::hours(24));

/// The longest wait between two tries.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// On which way a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// E-mail.
    Mail,
    /// A short message (tin nhắn SMS).
    Sms,
}

/// What a letter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// The message became a case.
    Receipt,
    /// The message could not become one.
    Refusal,
    /// The agency needs more of the sender.
    Asked,
    /// The agency needs longer.
    Extended,
    /// The case was merged into another.
    Merged,
    /// There is an answer.
    Answered,
    /// The tracking code once more, for whoever asked for it.
    Code,
}

/// What a letter says beyond what its case knows. Only ever stored sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Where to, of a letter without a case.
    pub address: String,
    /// The message it answers, without brackets, or empty.
    pub message_id: String,
    /// What was wrong with the message.
    pub faults: Vec<String>,
    /// Files that the case came in without, each with the reason.
    pub left_out: Vec<(String, String)>,
}

/// A letter that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The id, from which its Message-ID is made.
    pub id: MailId,
    /// What it says.
    pub kind: LetterKind,
    /// How it goes.
    pub way: Way,
    /// The case.
    pub petition: Option<PetitionId>,
    /// What else.
    pub about: About,
    /// When it was written.
    pub made_at: DateTime<Utc>,
    /// How often it was tried before.
    pub n_tries: i64,
    /// After how many of these tries the server may have had it.
    pub n_unsure: i64,
    /// The instant before which it is not tried, unix microseconds.
    pub next_at: i64,
}

impl LetterKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Receipt,
        Self::Refusal,
        Self::Asked,
        Self::Extended,
        Self::Merged,
        Self::Answered,
        Self::Code,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Refusal => "refusal",
            Self::Asked => "asked",
            Self::Extended => "extended",
            Self::Merged => "merged",
            Self::Answered => "answered",
            Self::Code => "code",
        }
    }

    /// True of what anybody can have written to an address that is not theirs: of these only some go to one address
    /// on one day.
    pub fn is_counted(self) -> bool {
        matches!(self, Self::Receipt | Self::Refusal | Self::Code)
    }

    /// True while what it says of `case` holds: nobody is asked for what they have given, told of a merge that was
    /// undone or of the answer to it, or put off after the answer.
    pub fn holds(self, case: &ToSender) -> bool {
        match self {
            Self::Asked => case.state == State::Waiting,
            Self::Extended => {
                !matches!(case.state, State::Answered | State::Review | State::Closed)
            }
            Self::Merged => case.is_merged,
            Self::Answered => case.is_answered || case.is_merged,
            Self::Receipt | Self::Refusal | Self::Code => true,
        }
    }

    /// The kind stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Way {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    /// The way stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Mail, Self::Sms].into_iter().find(|it| it.code() == code)
    }

    /// How often a letter may have been heard before it is given up, if that matters: mails of one Message-ID are one
    /// to whoever gets them, short messages are not.
    pub fn most_unsure(self) -> Option<i64> {
        (self == Self::Sms).then_some(MOST_UNSURE)
    }

    /// When a letter of `kind` that could go at `now` may: a short message by day, unless somebody waits for it.
    pub fn begins(self, kind: LetterKind, now: DateTime<Utc>) -> DateTime<Utc> {
        let (first, last) = SMS_HOURS;
        let there = now.with_timezone(&VIETNAM);
        if self == Self::Mail || kind == LetterKind::Code || (first..last).contains(&there.hour()) {
            return now;
        }
        let day = there.date_naive() + Days::new(u64::from(there.hour() >= last));
        let morning = NaiveTime::from_hms_opt(first, 0, 0).unwrap_or_default();
        let morning = day.and_time(morning).and_local_timezone(VIETNAM).single();
        morning.map_or(now, |it| it.to_utc())
    }
}

/// When a letter is tried again after `n_tries` tries in vain: each wait twice the one before.
pub fn next_try(now: DateTime<Utc>, n_tries: i64) -> DateTime<Utc> {
    let doublings = u32::try_from(n_tries.clamp(1, 10) - 1).unwrap_or(0);
    now + TimeDelta::minutes(1 << doublings).min(LONGEST_WAIT)
}

/// When a letter is tried again that the server may have heard `n_unsure` times.
pub fn next_unsure(now: DateTime<Utc>, n_unsure: i64) -> DateTime<Utc> {
    now + if n_unsure <= 1 { UNSURE_WAITS.0 } else { UNSURE_WAITS.1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_woken_at_night_but_whoever_waits_for_a_code() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        for (written, goes) in [
            ("2026-11-02T06:59:00+07:00", "2026-11-02T07:00:00+07:00"),
            ("2026-11-02T07:00:00+07:00", "2026-11-02T07:00:00+07:00"),
            ("2026-11-02T20:59:00+07:00", "2026-11-02T20:59:00+07:00"),
            ("2026-11-02T21:00:00+07:00", "2026-11-03T07:00:00+07:00"),
            ("2026-12-31T23:30:00+07:00", "2027-01-01T07:00:00+07:00"),
        ] {
            assert_eq!(Way::Sms.begins(LetterKind::Answered, at(written)), at(goes), "{written}");
            assert_eq!(Way::Sms.begins(LetterKind::Code, at(written)), at(written));
            assert_eq!(Way::Mail.begins(LetterKind::Answered, at(written)), at(written));
        }
    }
}
