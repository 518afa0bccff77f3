//! A ranking as its table shows it, inside and in public.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sauro_directory::model::Directory;
use sauro_ui::words;

use crate::actions::RankingView;
use crate::model::{UnitScore, written, written_to};

/// Decimal places of a total in a table: more would feign a precision that the interval denies.
const SHOWN: u32 = 1;

/// The table of a ranking.
pub(super) struct TableView {
    /// What is ranked, in words.
    pub(super) roster: String,
    /// Who ranks.
    pub(super) owner: String,
    /// Headings of the components with their weights.
    pub(super) headings: Vec<(&'static str, String)>,
    pub(super) rows: Vec<Row>,
    /// Units in all.
    pub(super) n_all: usize,
    /// Units that are not ranked.
    pub(super) n_unranked: usize,
    /// Some unit has said what it thinks of itself.
    pub(super) has_marks: bool,
}

/// One unit.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) name: String,
    /// The ranks that it may hold; empty when it is not ranked.
    pub(super) rank: String,
    /// Its total with one decimal.
    pub(super) total: String,
    /// The interval in words.
    pub(super) between: String,
    /// Low, high and total in hundredths.
    pub(super) ends: (i64, i64, i64),
    /// By component its heading, the points, and whether an appraiser gave them.
    pub(super) points: Vec<(&'static str, String, bool)>,
    /// What the unit gives itself.
    pub(super) own: String,
}

impl TableView {
    /// The table of `view`, of units with `asked` in their names.
    pub(super) fn of(view: &RankingView, directory: &Directory, asked: &str) -> Self {
        let design = &view.version.design;
        let wanted = sauro_kernel::fold(asked);
        let is_wanted = |it: &&UnitScore| sauro_kernel::fold(&it.unit.name).contains(&wanted);
        let heading = |it: &crate::model::Component| (it.measure.label(), written(it.weight));
        Self {
            roster: design.roster.label(directory),
            owner: directory.name(view.method.agency).to_owned(),
            headings: design.components.iter().map(heading).collect(),
            rows: view.scores.iter().filter(is_wanted).map(|it| row(view, it)).collect(),
            n_all: view.scores.len(),
            n_unranked: view.scores.iter().filter(|it| it.total.is_none()).count(),
            has_marks: !view.marks.is_empty(),
        }
    }
}

fn row(view: &RankingView, it: &UnitScore) -> Row {
    let (low, high, total) = (it.low, it.high, it.total);
    let between = match (low, high) {
        (Some(low), Some(high)) => {
            format!("từ {} đến {}", written_to(low, SHOWN), written_to(high, SHOWN))
        }
        _ => String::new(),
    };
    Row {
        code: it.unit.code.clone(),
        name: capital(&it.unit.name),
        rank: it.rank.map(|it| it.to_string()).unwrap_or_default(),
        total: total.map(|it| written_to(it, SHOWN)).unwrap_or_default(),
        between,
        ends: (hundredths(low), hundredths(high), hundredths(total)),
        points: it
            .parts
            .iter()
            .map(|part| match &part.sums {
                Some(sums) => {
                    let points = written_to(sums.points(), SHOWN);
                    (part.component.measure.label(), points, sums.adjusted.is_some())
                }
                None => (part.component.measure.label(), "–".to_owned(), false),
            })
            .collect(),
        own: own_total(view, it).map(|it| written_to(it, SHOWN)).unwrap_or_default(),
    }
}

/// What the unit gives itself: its points weighed like those that were computed, over the components
/// that it scored.
pub(super) fn own_total(view: &RankingView, it: &UnitScore) -> Option<Decimal> {
    let mine = view.marks.iter().filter(|mark| mark.unit == it.unit.id);
    let weighed: Vec<(Decimal, Decimal)> = mine
        .filter_map(|mark| {
            let weight = view.version.design.component(mark.measure)?.weight;
            Some((mark.points * weight, weight))
        })
        .collect();
    let points: Decimal = weighed.iter().map(|it| it.0).sum();
    points.checked_div(weighed.iter().map(|it| it.1).sum())
}

pub(super) fn hundredths(it: Option<Decimal>) -> i64 {
    it.and_then(|it| (it * Decimal::ONE_HUNDRED).round().to_i64()).unwrap_or_default()
}

/// `Xã Năm Căn` of `xã Năm Căn`: the name stands alone in its place.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// The editions of a ranking for its page: number, when, why.
pub(super) fn editions(view: &RankingView) -> Vec<(i64, String, String)> {
    let line = |it: &crate::model::Edition| (it.n, words::datetime(it.at), it.reason.clone());
    view.editions.iter().map(line).collect()
}
