//! What a tile shows, ready to be drawn: words and numbers, no rows and no markup.

use sauro_ui::Headline;

use super::Measure;

/// What a tile shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// What it is, such as the name of the indicator.
    pub title: String,
    /// Whose, and which of it is counted: `Tỉnh Cà Mau, mọi nhiệm vụ`.
    pub of: String,
    /// The list or figure behind it.
    pub href: String,
    /// The picture.
    pub body: Body,
}

/// The picture of a tile.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// One number with its past, or the way to a target.
    Reading(Box<Reading>),
    /// Units, best first.
    Ranked(Ranked),
    /// Provinces on a map, in the same order as ranked.
    Map(Ranked),
    /// Units beside indicators.
    Grid(Grid),
    /// Done or not, in time or not.
    Four(Four),
    /// Overdue tasks.
    Late(Late),
    /// Words.
    Text(String),
    /// Nothing to show, and why.
    Absent(String),
}

/// Where a figure comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The page of the figure.
    pub href: String,
    /// Who reported, and when.
    pub reported: String,
    /// Who verified, and when; empty before.
    pub verified: String,
    /// How far it can be trusted.
    pub quality: String,
}

/// One figure of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The period.
    pub label: String,
    /// The figure with its unit.
    pub written: String,
    /// For drawing and for spreadsheets.
    pub amount: f64,
    /// The day it is as of, counted from any day.
    pub day: f64,
    /// Where it comes from.
    pub origin: Origin,
}

/// A figure with its past and its target.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Oldest first; the last one is the figure.
    pub points: Vec<Point>,
    /// The target in words, or empty.
    pub target: String,
    /// The target for drawing.
    pub goal: Option<f64>,
    /// Code and words of its status.
    pub status: (String, String),
    /// What has changed since the period before, or empty.
    pub trend: String,
    /// The pace that is needed, or empty.
    pub needed: String,
    /// For a line: where it should go.
    pub way: Option<Way>,
    /// How a difference is written.
    pub measure: Measure,
}

/// Where a line should go, and the words at its edges.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Way {
    /// Where the straight way to the target begins and ends.
    pub straight: Vec<(f64, f64)>,
    /// Words below the first and the last day.
    pub days: (String, String),
    /// Words beside the lowest and the highest figure.
    pub figures: (String, String),
}

/// Units with one figure each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranked {
    /// Best first; those without a figure come last.
    pub lines: Vec<Line>,
    /// What the classes mean, best first.
    pub scale: Scale,
    /// Units that there are, when not all are listed.
    pub n_all: usize,
    /// How many are listed at most; none where all are.
    pub most: Option<usize>,
    /// How a difference is written.
    pub measure: Measure,
}

/// Classes from 5, the best, to 1, and what each means.
pub type Scale = Vec<(u8, String)>;

/// One unit with its figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Code of the place.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Rank, 1 for the best; those that are equal share one; none without a figure.
    pub rank: Option<usize>,
    /// The figure with its unit; empty without one.
    pub written: String,
    /// For drawing and for spreadsheets.
    pub amount: Option<f64>,
    /// Its class, 1 to 5.
    pub class: Option<u8>,
    /// Of when, and from how many, in words.
    pub note: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Units beside indicators.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Code and name of each indicator.
    pub columns: Vec<(String, String)>,
    /// One for each unit.
    pub rows: Vec<Area>,
}

/// One unit beside the indicators.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// As many as there are columns.
    pub cells: Vec<Cell>,
}

/// The figure of one unit for one indicator.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// The figure, without its unit; empty without one.
    pub written: String,
    /// For spreadsheets.
    pub amount: Option<f64>,
    /// Its class, 1 to 5; 0 without a figure.
    pub class: u8,
}

/// Done or not, in time or not; completion never stands without the other three shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Four {
    /// The four shares.
    pub headline: Headline,
    /// Verified, reported in time.
    pub done_on_time: i64,
    /// Verified, reported late.
    pub done_late: i64,
    /// Not done, the deadline ahead.
    pub open_in_time: i64,
    /// Not done, the deadline passed.
    pub open_overdue: i64,
}

/// Overdue tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Late {
    /// The first ones.
    pub tasks: Vec<LateTask>,
    /// All that there are.
    pub n_all: i64,
}

/// One overdue task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateTask {
    /// Its code.
    pub code: String,
    /// Its page.
    pub href: String,
    /// What is to be done.
    pub work: String,
    /// Who does it.
    pub lead: String,
    /// The last day, in words.
    pub due: String,
    /// What the data show, in words.
    pub data: String,
}

impl Content {
    /// A tile that has nothing to show, and why.
    pub fn absent(title: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            of: String::new(),
            href: String::new(),
            body: Body::Absent(why.into()),
        }
    }
}

impl Ranked {
    /// The lines that are listed.
    pub fn shown(&self) -> &[Line] {
        let n = self.most.map_or(self.lines.len(), |most| most.min(self.lines.len()));
        self.lines.get(..n).unwrap_or_default()
    }

    /// Ranks `lines` by their amounts and gives each its class by the quintile it falls into; `is_less`
    /// tells whether less is better. Equal amounts share rank and class.
    pub fn by_amount(mut lines: Vec<Line>, is_less: bool, written: &dyn Fn(f64) -> String) -> Self {
        let value = |it: &Line| it.amount.map(|it| if is_less { it } else { -it });
        lines.sort_by(|a, b| match (value(a), value(b)) {
            (Some(a_value), Some(b_value)) => {
                a_value.total_cmp(&b_value).then_with(|| a.name.cmp(&b.name))
            }
            (a_value, b_value) => {
                a_value.is_none().cmp(&b_value.is_none()).then_with(|| a.name.cmp(&b.name))
            }
        });
        let n = lines.iter().filter(|it| it.amount.is_some()).count();
        let mut before: Option<(f64, usize, u8)> = None;
        let mut bounds: Vec<(u8, f64, f64)> = Vec::new();
        for (place, line) in lines.iter_mut().enumerate() {
            let Some(amount) = line.amount else { continue };
            let fresh = (place + 1, class_of(place, n));
            let (rank, class) = match before {
                Some((same, rank, class)) if same == amount => (rank, class),
                _ => fresh,
            };
            before = Some((amount, rank, class));
            line.rank = Some(rank);
            line.class = Some(class);
            match bounds.last_mut().filter(|it| it.0 == class) {
                Some(last) => last.2 = amount,
                None => bounds.push((class, amount, amount)),
            }
        }
        let words = |(class, first, last): (u8, f64, f64)| {
            let (low, high) = if first <= last { (first, last) } else { (last, first) };
            let range = if low == high {
                written(low)
            } else {
                format!("{} đến {}", written(low), written(high))
            };
            (class, range)
        };
        let scale = bounds.into_iter().map(words).collect();
        Self { n_all: lines.len(), lines, scale, ..Self::default() }
    }
}

/// The fifth that the `place`-th of `n` falls into: 5 for the first, 1 for the last.
fn class_of(place: usize, n: usize) -> u8 {
    let fifth = (place * 5) / n.max(1);
    5 - u8::try_from(fifth.min(4)).unwrap_or(4)
}
