use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use sauro_directory::model::days_off;
use sauro_kernel::{AgencyId, VIETNAM, WorkingCalendar};
use uuid::Uuid;

use crate::model::{Clocks, Limits, StepKind, Turn, clocks, counted_on, due_on};

const AGENCY: AgencyId = AgencyId(Uuid::nil());

fn calendar() -> WorkingCalendar {
    let days = days_off(include_str!("../../../../../data/holidays.csv")).unwrap();
    let off = days.iter().filter(|it| !it.is_worked).map(|it| it.day);
    let worked = days.iter().filter(|it| it.is_worked).map(|it| it.day);
    WorkingCalendar::new(off, worked)
}

fn at(text: &str) -> i64 {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
    VIETNAM.from_local_datetime(&local).unwrap().timestamp_micros()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The turns that the words of a golden case name.
fn turns(words: &str) -> Vec<(i64, Turn)> {
    let mut turns = Vec::new();
    for word in words.split(' ').filter(|it| !it.is_empty()) {
        let (name, when) = word.split_once('@').unwrap();
        let at = at(when);
        let begin = |kind| Turn::Begin(kind, AGENCY);
        let all: &[Turn] = match name {
            "received" | "refused" => &[begin(StepKind::Sort)],
            "sent_up" => &[begin(StepKind::Bind)],
            "assigned" => &[begin(StepKind::Handle)],
            "complex" => &[Turn::Complex(true), begin(StepKind::Handle)],
            "asked" => &[Turn::Pause],
            "given" => &[Turn::Resume],
            "extended" => &[Turn::Extend],
            "answered" => &[Turn::Stop],
            "reopened" => &[Turn::Reopen, begin(StepKind::Review)],
            name => panic!("{name}"),
        };
        turns.extend(all.iter().map(|turn| (at, *turn)));
    }
    turns
}

#[test]
fn both_clocks_equal_every_golden_case_counted_day_by_day() {
    let (calendar, limits) = (calendar(), Limits::default());
    let mut n = 0;
    for line in include_str!("../../../tests/golden/clocks.csv").lines().skip(1) {
        let [sent, words, step, due, citizen] =
            line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let found = clocks(&calendar, &limits, (at(sent), AGENCY), &turns(words));
        let last = found.steps.last().unwrap();
        let kind = match last.kind {
            StepKind::Acknowledge => "ack",
            StepKind::Sort => "sort",
            StepKind::Bind => "bind",
            StepKind::Handle => "handle",
            StepKind::Review => "review",
        };
        let found = (kind, last.due_on, found.citizen_due_on);
        assert_eq!(found, (step, day(due), day(citizen)), "{line}");
        n += 1;
    }
    assert!(n >= 2000, "only {n} golden cases");
}

/// A year and a half as a row of leaves: true where offices work.
struct Leaves {
    first: NaiveDate,
    works: Vec<bool>,
}

impl Leaves {
    fn new(off: &[NaiveDate], worked: &[NaiveDate], first: NaiveDate, n: usize) -> Self {
        let is_week = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let works = first
            .iter_days()
            .take(n)
            .map(|day| worked.contains(&day) || is_week(day) && !off.contains(&day))
            .collect();
        Self { first, works }
    }

    /// The leaf on which minute `at` (counted from the first midnight) counts.
    fn leaf(&self, at: usize) -> usize {
        let mut leaf = at / 1440 + usize::from(at % 1440 >= 17 * 60);
        while !self.works[leaf] {
            leaf += 1;
        }
        leaf
    }

    /// Tears leaves off until `n` that count are gone.
    fn due(&self, since: usize, n: u32, pauses: &[(usize, usize)]) -> usize {
        let mut leaf = self.leaf(since);
        let stood: Vec<(usize, usize)> =
            pauses.iter().map(|it| (self.leaf(it.0), self.leaf(it.1))).collect();
        let mut left = n;
        while left > 0 {
            leaf += 1;
            let is_waiting = stood.iter().any(|(from, to)| *from < leaf && leaf <= *to);
            if self.works[leaf] && !is_waiting {
                left -= 1;
            }
        }
        // Who is asked for more on the last day answers on the day that the waiting ends.
        stood.iter().fold(leaf, |leaf, (from, to)| if *from == leaf { *to } else { leaf })
    }

    fn instant(&self, at: usize) -> i64 {
        let midnight = self.first.and_hms_opt(0, 0, 0).unwrap();
        let minutes = i64::try_from(at).unwrap();
        VIETNAM.from_local_datetime(&midnight).unwrap().timestamp_micros() + minutes * 60_000_000
    }
}

/// A generator that is the same everywhere: xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

#[test]
fn a_million_random_deadlines_equal_tearing_leaves_off_a_calendar() {
    let days = days_off(include_str!("../../../../../data/holidays.csv")).unwrap();
    let pick = |is_worked: bool| -> Vec<NaiveDate> {
        days.iter().filter(|it| it.is_worked == is_worked).map(|it| it.day).collect()
    };
    let (off, worked) = (pick(false), pick(true));
    let calendar = WorkingCalendar::new(off.iter().copied(), worked.iter().copied());
    let leaves = Leaves::new(&off, &worked, day("2025-12-01"), 600);
    let mut dice = Dice(57);
    for n in 0..1_000_000 {
        let since = dice.below(300 * 1440);
        let n_days = u32::try_from(1 + dice.below(15)).unwrap();
        let mut pauses = Vec::new();
        let mut from = since;
        for _ in 0..dice.below(3) {
            from += dice.below(9 * 1440);
            let to = from + dice.below(12 * 1440);
            pauses.push((from, to));
            from = to;
        }
        let instants: Vec<(i64, i64)> =
            pauses.iter().map(|it| (leaves.instant(it.0), leaves.instant(it.1))).collect();
        let found = due_on(&calendar, leaves.instant(since), n_days, &instants);
        let wanted = leaves.due(since, n_days, &pauses);
        assert_eq!(
            found,
            leaves.first.iter_days().nth(wanted).unwrap(),
            "case {n}: {since}, {n_days} days, {pauses:?}"
        );
    }
}

#[test]
fn what_comes_at_five_counts_for_the_next_working_day() {
    let calendar = calendar();
    for (sent, counted) in [
        ("2026-11-20T16:59", "2026-11-20"),
        ("2026-11-20T17:00", "2026-11-23"),
        ("2026-11-23T17:00", "2026-11-25"),
        ("2026-11-21T09:00", "2026-11-23"),
    ] {
        assert_eq!(counted_on(&calendar, at(sent)), day(counted), "{sent}");
    }
}

#[test]
fn waiting_for_the_sender_stops_both_clocks_and_refusing_does_not_stop_the_senders() {
    let (calendar, limits) = (calendar(), Limits::default());
    let read = |words: &str| -> Clocks {
        clocks(&calendar, &limits, (at("2026-11-02T09:00"), AGENCY), &turns(words))
    };
    let plain = read("received@2026-11-02T10:00 assigned@2026-11-03T10:00");
    let waited = read(
        "received@2026-11-02T10:00 assigned@2026-11-03T10:00 asked@2026-11-04T10:00 given@2026-11-11T10:00",
    );
    let refused = read(
        "received@2026-11-02T10:00 assigned@2026-11-03T10:00 refused@2026-11-05T10:00 assigned@2026-11-06T10:00",
    );
    // Ten working days after 3 November; 24 November is a holiday.
    assert_eq!(plain.steps.last().unwrap().due_on, day("2026-11-17"));
    assert_eq!(plain.citizen_due_on, day("2026-11-19"));
    assert_eq!(waited.steps.last().unwrap().due_on, day("2026-11-25"));
    assert_eq!(waited.citizen_due_on, day("2026-11-27"));
    assert_eq!(refused.citizen_due_on, plain.citizen_due_on);
    assert_eq!(refused.steps.last().unwrap().due_on, day("2026-11-20"));
}
