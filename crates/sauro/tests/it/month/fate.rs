//! What each commune will do in the month, drawn once at the start.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sauro_kernel::{VIETNAM, WorkingCalendar};

use super::country::{COMMUNES_DUE, Country, FIRST_DAY, PROVINCES_DUE};

/// Something that somebody does to one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    /// The lead reports that the work goes on as planned.
    Progress,
    /// The lead reports everything done.
    Complete,
    Accept,
    Return,
    Use,
    AskForTime,
    GrantTime,
    RefuseTime,
    Pause,
    Cancel,
    AskToExplain,
    Explain,
}

/// One act: when, on which task (its place among the known ones), what.
pub(super) type Move = (DateTime<Utc>, usize, Act);

/// Luck that is the same each time.
pub(super) struct Luck(u64);

impl Luck {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 up to and without `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % end
    }
}

/// What everyone will do, in the order of time.
pub(super) fn of_all(country: &Country) -> Vec<Move> {
    let mut moves = Vec::new();
    for n in 0..country.known.len() {
        let mut luck = Luck::new(n as u64 + 57);
        let mut life = Life { n, days: &country.calendar, moves: &mut moves };
        if country.known[n].due_on == PROVINCES_DUE {
            life.of_province(&mut luck);
        } else {
            life.of_commune(&mut luck);
        }
    }
    moves.sort_unstable();
    moves
}

struct Life<'a> {
    n: usize,
    days: &'a WorkingCalendar,
    moves: &'a mut Vec<Move>,
}

impl Life<'_> {
    /// At one of four hours of the `day`-th working day after the first.
    fn at(&mut self, day: u64, hour: u32, act: Act) {
        let day = self.days.add_working_days(FIRST_DAY, u32::try_from(day).unwrap());
        let time = NaiveTime::from_hms_opt(hour, if hour >= 16 { 30 } else { 0 }, 0).unwrap();
        let at = day.and_time(time).and_local_timezone(VIETNAM).unwrap().to_utc();
        self.moves.push((at, self.n, act));
    }

    fn of_province(&mut self, luck: &mut Luck) {
        self.at(5 + luck.below(5), 9, Act::Progress);
        if luck.below(10) < 6 {
            let day = 12 + luck.below(6);
            self.at(day, 15, Act::Complete);
            self.at(day + 1 + luck.below(2), 9, Act::Accept);
        }
    }

    fn of_commune(&mut self, luck: &mut Luck) {
        // The fourteenth working day is the deadline.
        match luck.below(100) {
            0..55 => {
                let (day, hour) = (2 + luck.below(13), [9, 11, 15, 16][luck.below(4) as usize]);
                self.complete(day, hour, luck);
            }
            55..68 => {
                let day = 14 + luck.below(5);
                self.complete(day, 17, luck);
            }
            68..80 => self.extended(luck),
            80..87 => {
                self.at(3 + luck.below(8), 11, Act::Progress);
                if luck.below(2) == 0 {
                    self.explained(luck);
                }
            }
            87..90 => self.at(6, 9, Act::Pause),
            90..92 => self.at(7, 9, Act::Cancel),
            _ => self.explained(luck),
        }
    }

    fn complete(&mut self, day: u64, hour: u32, luck: &mut Luck) {
        self.at(day, hour, Act::Complete);
        let judged = day + 1 + luck.below(3);
        match luck.below(100) {
            0..70 => {
                self.at(judged, 15, Act::Accept);
                if luck.below(3) == 0 {
                    self.at(judged + 2, 11, Act::Use);
                }
            }
            70..85 => {
                self.at(judged, 15, Act::Return);
                if luck.below(2) == 0 {
                    self.at(judged + 1, 16, Act::Complete);
                    self.at(judged + 2, 15, Act::Accept);
                }
            }
            _ => {}
        }
    }

    fn extended(&mut self, luck: &mut Luck) {
        self.at(10, 11, Act::AskForTime);
        let is_granted = luck.below(3) > 0;
        self.at(11, 9, if is_granted { Act::GrantTime } else { Act::RefuseTime });
        if luck.below(2) == 0 {
            self.complete(15 + luck.below(3), 11, luck);
        }
    }

    fn explained(&mut self, luck: &mut Luck) {
        self.at(16, 9, Act::AskToExplain);
        if luck.below(2) == 0 {
            self.at(17 + luck.below(3), 11, Act::Explain);
        }
    }
}

/// The last day that an extension gives.
pub(super) fn extended_to(days: &WorkingCalendar) -> NaiveDate {
    days.working_on_or_after(COMMUNES_DUE + Days::new(12))
}
