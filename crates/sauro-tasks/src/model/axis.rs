//! The time axis of a timeline: which days it shows, where its ticks are, where a day stands on it.

use chrono::{Datelike, Days, Months, NaiveDate};

/// How much of time a timeline shows when nobody says from when to when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scale {
    /// Three months, week by week.
    Month,
    /// A year, month by month.
    #[default]
    Quarter,
    /// Three years, quarter by quarter.
    Year,
}

/// The days from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

/// A mark on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// What it says.
    pub label: String,
    /// Where it stands, in basis points of the axis.
    pub at_bp: i64,
}

/// Longest axis, in days: twenty years.
const MAX_DAYS: i64 = 7305;

impl Scale {
    /// All.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Month => "thang",
            Self::Quarter => "quy",
            Self::Year => "nam",
        }
    }

    /// The one named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Month => "Ba tháng, theo tuần",
            Self::Quarter => "Một năm, theo tháng",
            Self::Year => "Ba năm, theo quý",
        }
    }
}

impl Axis {
    /// The axis of `scale` in which `today` stands early, so that most of it lies ahead.
    pub fn around(scale: Scale, today: NaiveDate) -> Self {
        let month = today.with_day(1).unwrap_or(today);
        let (first, months) = match scale {
            Scale::Month => (month, 3),
            Scale::Quarter => (back(month, month.month0() % 3 + 3), 12),
            Scale::Year => (back(month, month.month0() + 12), 36),
        };
        Self { first, last: ahead(first, months).pred_opt().unwrap_or(first) }
    }

    /// The axis from `first` to `last`; none when it would be empty or longer than twenty years.
    pub fn between(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        let axis = Self { first, last };
        (1..=MAX_DAYS).contains(&axis.n_days()).then_some(axis)
    }

    /// The axis as long as this one that ends where it begins, or begins where it ends.
    pub fn beside(self, is_later: bool) -> Self {
        let n = Days::new(self.n_days().unsigned_abs());
        let moved = |day: NaiveDate| {
            let to = if is_later { day.checked_add_days(n) } else { day.checked_sub_days(n) };
            to.unwrap_or(day)
        };
        Self { first: moved(self.first), last: moved(self.last) }
    }

    /// How many days it shows.
    pub fn n_days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Where the beginning of `day` stands, in basis points; what lies outside stands at the end.
    pub fn place_bp(self, day: NaiveDate) -> i64 {
        let days = (day - self.first).num_days().clamp(0, self.n_days());
        days * 10_000 / self.n_days()
    }

    /// Where the days from `first` to `last`, both included, stand: start and width, in basis points;
    /// none when no part of them is shown.
    pub fn span_bp(self, first: NaiveDate, last: NaiveDate) -> Option<(i64, i64)> {
        if last < first || last < self.first || first > self.last {
            return None;
        }
        let start = self.place_bp(first);
        let end = self.place_bp(last.succ_opt().unwrap_or(last));
        Some((start, end - start))
    }

    /// The marks: weeks, months, quarters or years, whichever there is room for.
    pub fn ticks(self) -> Vec<Tick> {
        let days = self.n_days();
        let mut day = match days {
            ..=120 => {
                self.first
                    + Days::new(u64::from((7 - self.first.weekday().num_days_from_monday()) % 7))
            }
            _ if self.first.day() == 1 => self.first,
            _ => ahead(self.first.with_day(1).unwrap_or(self.first), 1),
        };
        let mut ticks = Vec::new();
        while day <= self.last && ticks.len() < 60 {
            let is_first = ticks.is_empty();
            let (label, next) = match days {
                ..=120 => (day.format("%d/%m").to_string(), day + Days::new(7)),
                121..=500 => (month_label(day, is_first), ahead(day, 1)),
                501..=1500 => {
                    let ahead = ahead(day, 3 - day.month0() % 3);
                    (format!("{}/{}", roman(day.month0() / 3), day.year()), ahead)
                }
                _ => (day.year().to_string(), ahead(day, 12 - day.month0())),
            };
            ticks.push(Tick { label, at_bp: self.place_bp(day) });
            day = next;
        }
        ticks
    }

    /// [`ticks`](Self::ticks) without the labels that would run into the one before.
    pub fn legible_ticks(self) -> Vec<Tick> {
        let mut ticks = self.ticks();
        let mut free_from = 0;
        for tick in &mut ticks {
            if tick.at_bp < free_from {
                tick.label.clear();
            } else {
                let n = i64::try_from(tick.label.chars().count()).unwrap_or(0);
                free_from = tick.at_bp + n * CHARACTER_BP + GAP_BP;
            }
        }
        ticks
    }
}

/// How much of the axis a character of a label takes on a desk, and the space after the last, in basis points.
const CHARACTER_BP: i64 = 150;
const GAP_BP: i64 = 100;

fn month_label(day: NaiveDate, is_first: bool) -> String {
    if is_first || day.month() == 1 {
        format!("{}/{}", day.month(), day.year())
    } else {
        format!("{}", day.month())
    }
}

fn roman(quarter0: u32) -> &'static str {
    match quarter0 {
        0 => "I",
        1 => "II",
        2 => "III",
        _ => "IV",
    }
}

fn back(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(day)
}

fn ahead(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_scale_begins_and_ends_with_a_whole_month_around_today() {
        let of = |scale| {
            let axis = Axis::around(scale, day("2026-11-29"));
            (axis.first.to_string(), axis.last.to_string())
        };
        assert_eq!(of(Scale::Month), ("2026-11-01".into(), "2027-01-31".into()));
        assert_eq!(of(Scale::Quarter), ("2026-07-01".into(), "2027-06-30".into()));
        assert_eq!(of(Scale::Year), ("2025-01-01".into(), "2027-12-31".into()));
    }

    #[test]
    fn a_bar_stands_where_its_days_are_and_is_cut_at_the_ends() {
        let axis = Axis::between(day("2026-01-01"), day("2026-04-10")).unwrap();
        assert_eq!(axis.n_days(), 100);
        assert_eq!(axis.span_bp(day("2026-01-01"), day("2026-01-01")), Some((0, 100)));
        assert_eq!(axis.span_bp(day("2025-01-01"), day("2026-01-10")), Some((0, 1000)));
        assert_eq!(axis.span_bp(day("2026-04-10"), day("2029-01-01")), Some((9900, 100)));
        assert_eq!(axis.span_bp(day("2026-04-11"), day("2026-05-01")), None);
        assert_eq!(axis.span_bp(day("2025-12-01"), day("2025-12-31")), None);
        assert_eq!(axis.span_bp(day("2026-02-02"), day("2026-02-01")), None, "backwards");
    }

    #[test]
    fn ticks_are_as_coarse_as_the_axis_is_long() {
        let labels = |first: &str, last: &str| {
            let ticks = Axis::between(day(first), day(last)).unwrap().ticks();
            assert!(ticks.len() <= 20, "{}", ticks.len());
            ticks.into_iter().map(|it| it.label).collect::<Vec<_>>()
        };
        assert_eq!(
            labels("2026-11-01", "2026-11-30"),
            ["02/11", "09/11", "16/11", "23/11", "30/11"]
        );
        let months = labels("2026-07-01", "2027-06-30");
        assert_eq!(
            (months[0].as_str(), months[1].as_str(), months[6].as_str()),
            ("7/2026", "8", "1/2027")
        );
        assert_eq!(labels("2025-01-01", "2027-12-31")[3], "IV/2025");
        assert_eq!(labels("2020-05-01", "2030-01-01")[1], "2021");
    }

    #[test]
    fn no_axis_is_empty_or_endless() {
        assert_eq!(Axis::between(day("2026-02-01"), day("2026-01-31")), None);
        assert_eq!(Axis::between(day("0001-01-01"), day("9999-12-31")), None);
        let axis = Axis::between(day("2026-01-01"), day("2026-01-31")).unwrap();
        assert_eq!(axis.beside(true).first, day("2026-02-01"));
        assert_eq!(axis.beside(false).last, day("2025-12-31"));
    }

    #[test]
    fn no_label_runs_into_the_one_before() {
        let labels = |first: &str, last: &str| {
            let ticks = Axis::between(day(first), day(last)).unwrap().legible_ticks();
            ticks.into_iter().map(|it| it.label).collect::<Vec<_>>()
        };
        assert_eq!(
            labels("2026-07-01", "2027-06-30"),
            ["7/2026", "", "9", "10", "11", "12", "1/2027", "", "3", "4", "5", "6"]
        );
        let quarters = labels("2025-01-01", "2027-12-31");
        assert_eq!(quarters.len(), 12, "every tick keeps its mark");
        assert_eq!(quarters[..4], ["I/2025", "", "III/2025", ""]);
    }
}
