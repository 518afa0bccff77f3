use chrono::{DateTime, TimeDelta, Utc};
use sauro_kernel::{
    AccountId, MailId, OPENING_HOUR, VIETNAM, WorkingCalendar, at_hour, mail_address,
};

/// Whether and where a person wants notices by e-mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailSettings {
    /// The address, or empty.
    pub address: String,
    /// Whether mail is wanted.
    pub is_on: bool,
    /// Gathered, each working morning, instead of at once.
    pub is_daily: bool,
    /// When the mail server said for good that it takes no mail for the address, and its words.
    pub rejected: Option<(DateTime<Utc>, String)>,
}

/// A mail whose words are fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The id, from which the Message-ID is made, so that a mail that arrives twice is seen to be one.
    pub id: MailId,
    /// To whom.
    pub account: AccountId,
    /// Where to.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The words without markup.
    pub plain: String,
    /// The words with markup.
    pub html: String,
    /// False when the calendar speaks and no person: it waits for office hours.
    pub is_hurried: bool,
    /// How often it was tried before.
    pub n_tries: i64,
    /// When it was begun.
    pub made_at: DateTime<Utc>,
}

/// What became of handing a mail to the mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// The server has it.
    Taken,
    /// The server takes nothing for this address, for good; its words.
    Refused(String),
    /// The server has answered, and does not take this one now; why.
    Later(String),
    /// The server could not be reached; why.
    Away(String),
}

/// What comes within this time goes into one mail.
const GATHERED: TimeDelta = TimeDelta::seconds(60);

/// The longest wait between two tries.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// A mail that could not be handed over for so long is given up.
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(5);

/// The address in `text`, or what is wrong with it. It may be empty unless mail is wanted.
pub fn address_of(text: &str, is_needed: bool) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return if is_needed {
            Err("Nhập địa chỉ thư điện tử để nhận thông báo, ví dụ ten@donvi.gov.vn.")
        } else {
            Ok(String::new())
        };
    }
    let wrong =
        "Địa chỉ thư điện tử chưa đúng. Viết như ten@donvi.gov.vn, không dấu, không khoảng trắng.";
    mail_address(text).map(str::to_owned).ok_or(wrong)
}

/// The first instant from `now` on at which a mail may go: at once, or in office hours only.
pub fn sendable(calendar: &WorkingCalendar, now: DateTime<Utc>, is_hurried: bool) -> DateTime<Utc> {
    if is_hurried {
        return now;
    }
    let local = now.with_timezone(&VIETNAM).naive_local();
    let next = calendar.next_office_hour(local);
    if next == local { now } else { now + (next - local) }
}

/// When a mail that is begun at `now` is sent.
pub fn first_try(
    calendar: &WorkingCalendar,
    now: DateTime<Utc>,
    is_daily: bool,
    is_hurried: bool,
) -> DateTime<Utc> {
    if !is_daily {
        return sendable(calendar, now + GATHERED, is_hurried);
    }
    let today = now.with_timezone(&VIETNAM).date_naive();
    let this_morning = at_hour(today, OPENING_HOUR);
    if now < this_morning && calendar.is_working(today) {
        return this_morning;
    }
    at_hour(calendar.add_working_days(today, 1), OPENING_HOUR)
}

/// When a mail is tried again after `n_tries` tries in vain: each wait twice the one before.
pub fn next_try(
    calendar: &WorkingCalendar,
    now: DateTime<Utc>,
    n_tries: i64,
    is_hurried: bool,
) -> DateTime<Utc> {
    let doublings = u32::try_from(n_tries.clamp(1, 10) - 1).unwrap_or(0);
    let wait = TimeDelta::minutes(1 << doublings).min(LONGEST_WAIT);
    sendable(calendar, now + wait, is_hurried)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_str(&format!("{text} +0700"), "%F %H:%M:%S %z").unwrap().to_utc()
    }

    #[test]
    fn an_address_is_one_that_mail_can_reach() {
        for good in ["chuyen.vien@donvi.gov.vn", " a+b@x-y.vn "] {
            assert_eq!(address_of(good, true), Ok(good.trim().to_owned()));
        }
        for bad in [
            "a", "a@b", "@x.vn", "a@", "a b@x.vn", "ă@x.vn", "a@x..vn", "a@-x.vn", "a\n@x.vn",
            "a,b@x.vn",
        ] {
            assert!(address_of(bad, false).is_err(), "{bad}");
        }
        assert_eq!(address_of("", false), Ok(String::new()));
        assert!(address_of(" ", true).is_err());
    }

    #[test]
    fn reminders_wait_for_office_hours_and_what_people_do_does_not() {
        let calendar = WorkingCalendar::default();
        // 4 September 2026 is a Friday.
        let evening = at("2026-09-04 18:00:00");
        assert_eq!(sendable(&calendar, evening, true), evening);
        assert_eq!(sendable(&calendar, evening, false), at("2026-09-07 08:00:00"));
        let day = at("2026-09-04 09:30:00");
        assert_eq!(sendable(&calendar, day, false), day);
        assert_eq!(first_try(&calendar, day, false, true), at("2026-09-04 09:31:00"));
    }

    #[test]
    fn a_digest_goes_each_working_morning() {
        let calendar = WorkingCalendar::default();
        for (now, sent) in [
            ("2026-09-04 07:00:00", "2026-09-04 08:00:00"),
            ("2026-09-04 08:00:00", "2026-09-07 08:00:00"),
            ("2026-09-05 07:00:00", "2026-09-07 08:00:00"),
        ] {
            assert_eq!(first_try(&calendar, at(now), true, true), at(sent), "{now}");
        }
    }

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_an_hour() {
        let calendar = WorkingCalendar::default();
        let now = at("2026-09-04 09:00:00");
        let waits =
            [1, 2, 3, 6, 7, 99].map(|n| (next_try(&calendar, now, n, true) - now).num_minutes());
        assert_eq!(waits, [1, 2, 4, 32, 60, 60]);
    }
}
