//! What a tile showed at the end of one day beside what it shows at another: then, now, and what has changed.

use sauro_ui::words;

use super::{Body, Content, Entry, Four, Line, Ranked, Reading, Table};

/// In which unit, and how finely, the figures of a tile are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    /// The unit: `thôn`, `%`.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u32,
}

/// A tile on two days.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What is compared, in its order.
    pub changes: Vec<Change>,
    /// What stands below, or empty.
    pub note: String,
}

/// One figure on two days.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is of.
    pub name: String,
    /// What it was on the earlier day; empty where there was none.
    pub then: String,
    /// What it was on the later day; empty where there was none.
    pub now: String,
    /// Which way it went.
    pub turn: Turn,
    /// How far, in words that stand without the arrow.
    pub words: String,
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It grew.
    Up,
    /// It fell.
    Down,
    /// It is the same.
    Same,
    /// One of the two is lacking.
    Unknown,
}

/// Said in the place of a figure that is lacking.
const NONE: &str = "chưa có số";

impl Change {
    /// What it was on the earlier day, in words.
    pub fn before(&self) -> &str {
        if self.then.is_empty() { NONE } else { &self.then }
    }

    /// What it was on the later day, in words.
    pub fn after(&self) -> &str {
        if self.now.is_empty() { NONE } else { &self.now }
    }
}

impl Turn {
    fn of(difference: f64) -> Self {
        match difference {
            it if it > 0.0 => Self::Up,
            it if it < 0.0 => Self::Down,
            _ => Self::Same,
        }
    }

    /// An arrow, beside the words that say the same.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Same => "=",
            Self::Unknown => "–",
        }
    }
}

impl Measure {
    /// From `then` to `now`, as both are written: `Tăng 3 thôn`, `Giảm 1,5 điểm %`.
    fn change(&self, then: Option<f64>, now: Option<f64>) -> (Turn, String) {
        let (then, now) = match (then, now) {
            (Some(then), Some(now)) => (self.rounded(then), self.rounded(now)),
            (None, Some(_)) => return (Turn::Unknown, "Ngày trước chưa có số".to_owned()),
            (Some(_), None) => return (Turn::Unknown, "Ngày sau không còn số".to_owned()),
            (None, None) => return (Turn::Unknown, "Cả hai ngày chưa có số".to_owned()),
        };
        let difference = self.rounded(now - then);
        let turn = Turn::of(difference);
        let amount = self.written(difference.abs());
        let words = match turn {
            Turn::Up => format!("Tăng {amount}"),
            Turn::Down => format!("Giảm {amount}"),
            Turn::Same | Turn::Unknown => "Không đổi".to_owned(),
        };
        (turn, words)
    }

    fn rounded(&self, amount: f64) -> f64 {
        let text = format!("{amount:.*}", self.decimals as usize);
        text.parse().unwrap_or(amount)
    }

    fn written(&self, amount: f64) -> String {
        let text = format!("{amount:.*}", self.decimals as usize);
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let part = part.trim_end_matches('0');
        let comma = if part.is_empty() { "" } else { "," };
        let whole = words::number(whole.parse::<i64>().unwrap_or_default());
        let unit = match self.unit.as_str() {
            "" | "0-1" => String::new(),
            // Of two shares the difference is counted in points.
            it if it.starts_with('%') => " điểm %".to_owned(),
            it => format!(" {it}"),
        };
        format!("{whole}{comma}{part}{unit}")
    }
}

impl Comparison {
    /// `then` beside `now`, the same tile on an earlier and on a later day; none where its kind cannot be
    /// compared.
    pub fn of(then: &Content, now: &Content) -> Option<Self> {
        let changes = match (&then.body, &now.body) {
            (Body::Reading(then), Body::Reading(now)) => vec![reading(Some(then), Some(now))],
            (Body::Reading(then), Body::Absent(_)) => vec![reading(Some(then), None)],
            (Body::Absent(_), Body::Reading(now)) => vec![reading(None, Some(now))],
            (Body::Four(then), Body::Four(now)) => four(then, now),
            (Body::Ranked(then) | Body::Map(then), Body::Ranked(now) | Body::Map(now)) => {
                return Some(ranked(then, now));
            }
            (Body::Absent(_), Body::Ranked(now) | Body::Map(now)) => {
                return Some(ranked(&Ranked::default(), now));
            }
            (Body::Ranked(then) | Body::Map(then), Body::Absent(_)) => {
                return Some(ranked(then, &Ranked::default()));
            }
            _ => return None,
        };
        Some(Self { changes, note: String::new() })
    }

    /// The same as a table, under the words of the two days.
    pub fn table(&self, days: &(String, String)) -> Table {
        let headings = ["So sánh", &days.0, &days.1, "Thay đổi"].map(str::to_owned);
        let row = |it: &Change| {
            let change = format!("{} {}", it.turn.mark(), it.words);
            [&it.name, it.before(), it.after(), &change]
                .map(|it| Entry::Text(it.to_owned()))
                .to_vec()
        };
        Table { headings: headings.to_vec(), rows: self.changes.iter().map(row).collect() }
    }
}

fn reading(then: Option<&Reading>, now: Option<&Reading>) -> Change {
    let last = |it: Option<&Reading>| it.and_then(|it| it.points.last().cloned());
    let (before, after) = (last(then), last(now));
    let measure = now.or(then).map(|it| it.measure.clone()).unwrap_or_default();
    let amount = |it: &Option<super::Point>| it.as_ref().map(|it| it.amount);
    let (turn, words) = measure.change(amount(&before), amount(&after));
    let written = |it: Option<super::Point>| {
        it.map(|it| format!("{} ({})", it.written, it.label)).unwrap_or_default()
    };
    let name = "Số mới nhất".to_owned();
    Change { name, then: written(before), now: written(after), turn, words }
}

fn four(then: &Four, now: &Four) -> Vec<Change> {
    let whole = Measure { unit: "nhiệm vụ".to_owned(), decimals: 0 };
    let count = |name: &str, of: &dyn Fn(&Four) -> i64, is_share: bool| {
        let written = |it: &Four| {
            let n = words::number(of(it));
            match is_share && it.headline.total > 0 {
                true => format!("{n} ({})", words::percent_bp(it.headline.share_bp(of(it)))),
                false => n,
            }
        };
        let (turn, words) = whole.change(Some(of(then) as f64), Some(of(now) as f64));
        Change { name: name.to_owned(), then: written(then), now: written(now), turn, words }
    };
    vec![
        count("Nhiệm vụ có thời hạn", &|it| it.headline.total, false),
        count("Đã báo hoàn thành", &|it| it.headline.done, true),
        count("Hoàn thành đúng hạn", &|it| it.headline.on_time, true),
        count("Đã xác minh", &|it| it.headline.verified, true),
        count("Đang được sử dụng", &|it| it.headline.in_use, true),
        count("Hoàn thành quá hạn", &|it| it.done_late, false),
        count("Chưa hoàn thành, còn trong hạn", &|it| it.open_in_time, false),
        count("Chưa hoàn thành, đã quá hạn", &|it| it.open_overdue, false),
    ]
}

/// The units of the later day in its order, then those that only the earlier one has.
fn ranked(then: &Ranked, now: &Ranked) -> Comparison {
    let measure = if now.lines.is_empty() { &then.measure } else { &now.measure };
    let change = |name: &str, then: Option<&Line>, now: Option<&Line>| {
        let amount = |it: Option<&Line>| it.and_then(|it| it.amount);
        let (turn, mut words) = measure.change(amount(then), amount(now));
        let rank = |it: Option<&Line>| it.and_then(|it| it.rank);
        words.push_str(&rank_words(rank(then), rank(now)));
        let written = |it: Option<&Line>| match it {
            Some(Line { rank: Some(rank), written, .. }) => format!("{written} (hạng {rank})"),
            _ => String::new(),
        };
        Change { name: name.to_owned(), then: written(then), now: written(now), turn, words }
    };
    fn find<'a>(all: &'a Ranked, code: &str) -> Option<&'a Line> {
        all.lines.iter().find(|it| it.code == code)
    }
    let mut changes: Vec<Change> =
        now.shown().iter().map(|it| change(&it.name, find(then, &it.code), Some(it))).collect();
    let gone = then.shown().iter().filter(|it| find(now, &it.code).is_none());
    changes.extend(gone.map(|it| change(&it.name, Some(it), None)));
    let note = match now.n_all > now.shown().len() {
        true => format!(
            "{} trong {} đơn vị có số, theo thứ hạng của ngày sau.",
            words::number(now.shown().len()),
            words::number(now.n_all)
        ),
        false => "Theo thứ hạng của ngày sau.".to_owned(),
    };
    Comparison { changes, note }
}

/// `, lên 2 bậc`; nothing when one of the ranks is lacking.
fn rank_words(then: Option<usize>, now: Option<usize>) -> String {
    match (then, now) {
        (Some(then), Some(now)) if now < then => format!(", lên {} bậc", then - now),
        (Some(then), Some(now)) if now > then => format!(", xuống {} bậc", now - then),
        (Some(_), Some(_)) => ", giữ hạng".to_owned(),
        _ => String::new(),
    }
}
