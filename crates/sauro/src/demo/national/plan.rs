//! What happens to one task, and when.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Dice};
use sauro_tasks::model::{SelfRating, next_due};

use super::orders::Order;
use super::time::{Time, day_of, moved};

/// One thing that happens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub(super) at: i64,
    pub(super) act: Act,
    /// The number of its receipt on its day.
    pub(super) receipt: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    /// A report on the way, sent in one go, with a file or without.
    Brief(SelfRating, bool),
    /// A report on the way over the desk, with evidence or without.
    Written(SelfRating, bool),
    /// A report that claims everything done.
    Complete,
    /// The same, sent in one go with a file.
    CompleteInOneGo,
    /// The finished report waits for the leader.
    LeaveOnDesk,
    Accept,
    Return,
    Use,
    AskTime(NaiveDate),
    Grant,
    Refuse,
    AskWhy(NaiveDate),
    Explain,
    Close,
    Urge,
    Pause,
    Cancel,
    /// So many tasks are handed down, by that order.
    HandDown(usize),
}

impl Act {
    pub(super) fn is_sent(self) -> bool {
        matches!(self, Self::Brief(..) | Self::Written(..) | Self::Complete | Self::CompleteInOneGo)
    }
}

/// Plans one life.
pub(super) struct Planner<'a> {
    pub(super) time: &'a Time,
    pub(super) dice: Dice,
    /// How reliable the lead is, of a hundred.
    pub(super) diligence: i64,
    pub(super) moves: Vec<Move>,
}

/// How reliable `lead` is: the same for all its tasks.
pub(super) fn diligence(lead: AgencyId, seed: u64) -> i64 {
    let (high, low) = lead.0.as_u64_pair();
    let mut dice = Dice::new(high ^ low ^ seed);
    // Most are good, some are not.
    (dice.between(20, 100) + dice.between(40, 100)) / 2
}

impl Planner<'_> {
    /// All that happens to a task of `order`, in the order of time.
    pub(super) fn plan(mut self, order: &Order) -> Vec<Move> {
        let issued_on = day_of(order.issued_at);
        match order.deadline.rule.as_deref() {
            Some(rule) => self.again(rule, issued_on),
            None => self.once(issued_on, order.due_on),
        }
        self.moves.sort_by_key(|it| it.at);
        self.sifted(order.issued_at)
    }

    /// Holidays move things together: one report a day, and none on the way once it is reported done.
    fn sifted(self, issued_at: i64) -> Vec<Move> {
        let is_end =
            |it: &&Move| matches!(it.act, Act::Complete | Act::CompleteInOneGo | Act::LeaveOnDesk);
        let end = self.moves.iter().find(is_end).map_or(i64::MAX, |it| it.at);
        let ended_on = if end == i64::MAX { NaiveDate::MAX } else { day_of(end) };
        let mut reported_on = day_of(issued_at);
        let mut kept = Vec::with_capacity(self.moves.len());
        for it in self.moves {
            let day = day_of(it.at);
            let is_on_the_way = matches!(it.act, Act::Brief(..) | Act::Written(..) | Act::Urge);
            if is_on_the_way && (day >= ended_on || day <= reported_on) {
                continue;
            }
            if it.act.is_sent() {
                reported_on = day;
            }
            kept.push(it);
        }
        kept
    }

    /// Adds `act` on a day; nothing when that day has not come yet. Answers the day it happened.
    fn add(&mut self, day: NaiveDate, act: Act) -> Option<NaiveDate> {
        let at = self.time.moment(day, &mut self.dice);
        if at >= self.time.end() {
            return None;
        }
        self.moves.push(Move { at, act, receipt: 0 });
        Some(day_of(at))
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.dice.between(1, 100) <= percent
    }

    fn rating(&mut self) -> SelfRating {
        if self.chance(82) { SelfRating::OnTrack } else { SelfRating::AtRisk }
    }

    /// A report at the end of each period.
    fn again(&mut self, rule: &str, issued_on: NaiveDate) {
        let mut day = issued_on;
        while let Some(due) = next_due(rule, moved(day, 5)).filter(|it| *it < self.time.today) {
            if self.chance(60 + self.diligence * 2 / 5) {
                let on = moved(due, -self.dice.between(0, 4));
                let rating = self.rating();
                let act = if self.chance(25) {
                    Act::Written(rating, true)
                } else {
                    let has_file = self.chance(20);
                    Act::Brief(rating, has_file)
                };
                self.add(on.max(moved(day, 2)), act);
            }
            day = moved(due, 1);
        }
    }

    fn once(&mut self, issued_on: NaiveDate, due: NaiveDate) {
        let mut due = due;
        if self.chance(2) {
            let day = moved(issued_on, (due - issued_on).num_days() / 2);
            self.on_the_way(moved(issued_on, 3), day);
            let act = if self.chance(50) { Act::Pause } else { Act::Cancel };
            self.add(moved(day, 8), act);
            return;
        }
        let length = (due - issued_on).num_days();
        let mut least = moved(issued_on, 4);
        if length > 30 && self.chance(12) {
            (due, least) = self.more_time(due);
        }
        let length = (due - issued_on).num_days().max(4);
        let fate = self.dice.between(1, 100);
        let in_time = 32 + self.diligence / 2;
        let done_on = if fate <= in_time {
            moved(due, -self.dice.between(1, (length / 5).max(1)))
        } else if fate <= 90 + self.diligence / 14 {
            moved(due, self.dice.between(3, 60))
        } else {
            self.late(issued_on, due);
            return;
        };
        let done_on = done_on.max(least);
        self.on_the_way(moved(issued_on, 3), moved(done_on, -3));
        if done_on > due {
            self.press(due, done_on);
        }
        if self.chance(3) {
            self.add(done_on, Act::LeaveOnDesk);
            return;
        }
        self.complete(done_on);
    }

    /// It is done: reported, perhaps returned and done again, accepted, in use.
    fn complete(&mut self, done_on: NaiveDate) {
        let act = if self.chance(70) { Act::Complete } else { Act::CompleteInOneGo };
        let Some(mut done_on) = self.add(done_on, act) else { return };
        if self.chance(13) {
            let answer = moved(done_on, self.dice.between(3, 9));
            let Some(returned_on) = self.add(answer, Act::Return) else { return };
            let again = moved(returned_on, self.dice.between(4, 14));
            if self.chance(8) {
                return;
            }
            let Some(again) = self.add(again, Act::Complete) else { return };
            done_on = again;
        }
        let answer = moved(done_on, self.dice.between(3, 9));
        if !self.chance(96) {
            return;
        }
        let Some(accepted_on) = self.add(answer, Act::Accept) else { return };
        if self.chance(66) {
            let used = moved(accepted_on, self.dice.between(12, 45));
            self.add(used, Act::Use);
        }
    }

    /// Reports on the way from day to day.
    fn on_the_way(&mut self, from: NaiveDate, to: NaiveDate) {
        let mut day = moved(from, self.dice.between(2, 12));
        let pace = 10 + (100 - self.diligence) / 4;
        while day < to && day < self.time.today {
            let rating = self.rating();
            let is_written = self.chance(40);
            let is_shown = self.chance(34);
            let act = if is_written {
                Act::Written(rating, is_shown)
            } else {
                Act::Brief(rating, is_shown)
            };
            self.add(day, act);
            day = moved(day, self.dice.between(pace - 6, pace + 16));
        }
    }

    /// Asks for more time; answers the deadline that then holds, and the day after the decision.
    fn more_time(&mut self, due: NaiveDate) -> (NaiveDate, NaiveDate) {
        let day = moved(due, -self.dice.between(8, 14));
        let to = self.time.calendar.working_on_or_after(moved(due, self.dice.between(14, 45)));
        let is_granted = self.chance(72);
        let Some(asked_on) = self.add(day, Act::AskTime(to)) else { return (due, day) };
        let act = if is_granted { Act::Grant } else { Act::Refuse };
        let decided_on = self.add(moved(asked_on, 3), act);
        let holds = if is_granted && decided_on.is_some() { to } else { due };
        (holds, moved(decided_on.unwrap_or(self.time.today), 1))
    }

    /// It was never reported done.
    fn late(&mut self, issued_on: NaiveDate, due: NaiveDate) {
        self.on_the_way(moved(issued_on, 3), moved(due, 30));
        self.press(due, moved(due, 60));
    }

    /// The issuer urges, and asks why.
    fn press(&mut self, due: NaiveDate, until: NaiveDate) {
        if self.chance(50) {
            let day = moved(due, self.dice.between(1, 6));
            if day < until {
                self.add(day, Act::Urge);
            }
        }
        let day = moved(due, self.dice.between(4, 12));
        if day >= until || !self.chance(35) {
            return;
        }
        let day = self.time.calendar.working_on_or_after(day);
        let by = self.time.calendar.add_working_days(day, 3);
        let Some(asked_on) = self.add(day, Act::AskWhy(by)) else { return };
        if self.chance(80) {
            let answer = moved(asked_on, self.dice.between(1, 6));
            let Some(answered_on) = self.add(answer, Act::Explain) else { return };
            if self.chance(65) {
                self.add(moved(answered_on, 5), Act::Close);
            }
        }
    }
}
