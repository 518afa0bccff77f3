//! A tile, ready for its template.

use std::sync::Arc;

use sauro_directory::model::Maps;
use sauro_kernel::Ctx;
use sauro_ui::{Markup, NationMap, Trajectory, svg};

use super::day::Shown;
use super::map::map_of;
use crate::model::{Body, Comparison, Content, Kind, Ranked, Reading, Table, Tile, table};
use crate::{Stamp, TileSource, Unfilled};

/// A tile as drawn.
pub(super) struct TileView {
    /// Its place, from 1.
    pub(super) n: usize,
    pub(super) width: u8,
    pub(super) kind: Kind,
    pub(super) content: Arc<Content>,
    /// The line of a figure.
    pub(super) picture: Option<Markup>,
    pub(super) map: Option<NationMap>,
    pub(super) table: Option<Table>,
    /// Where it is as a picture, or empty.
    pub(super) image: String,
    /// The same on an earlier day and now, where two days are compared.
    pub(super) versus: Versus,
}

/// What a tile says of two days.
pub(super) enum Versus {
    /// One day alone is shown.
    Not,
    /// Its kind cannot be compared; the later day is shown.
    Unfit,
    /// Both.
    Of(Comparison),
}

impl TileView {
    /// The tiles as `viewer` may see them on the days `shown`; the present is as of `now`.
    pub(super) async fn all(
        viewer: Option<&Ctx>,
        source: &dyn TileSource,
        (now, shown): (Stamp, Shown),
        tiles: &[Tile],
        maps: &Maps,
    ) -> Result<Vec<Self>, Unfilled> {
        let mut views = Vec::with_capacity(tiles.len());
        for (n, tile) in tiles.iter().enumerate() {
            let content = source.fill(viewer, &tile.spec, shown.stamp(now)).await?;
            let mut view = Self::of(n + 1, tile, content, maps);
            if let Some(earlier) = shown.earlier(now).filter(|_| tile.spec.kind() != Kind::Text) {
                let then = source.fill(viewer, &tile.spec, earlier).await?;
                view.compare(&then, shown);
            }
            views.push(view);
        }
        Ok(views)
    }

    /// Puts the same tile of an earlier day beside this one.
    fn compare(&mut self, then: &Content, shown: Shown) {
        self.versus = match Comparison::of(then, &self.content) {
            Some(both) => {
                self.table = Some(both.table(&shown.both()));
                Versus::Of(both)
            }
            None => Versus::Unfit,
        };
    }

    fn of(n: usize, tile: &Tile, content: Arc<Content>, maps: &Maps) -> Self {
        let picture = match &content.body {
            Body::Reading(it) => line(&content, it),
            _ => None,
        };
        let map = match &content.body {
            Body::Map(it) => map_of(maps, it),
            _ => None,
        };
        Self {
            n,
            width: tile.width,
            kind: tile.spec.kind(),
            table: table(&content),
            content,
            picture,
            map,
            image: String::new(),
            versus: Versus::Not,
        }
    }

    /// The words that name it: its title, or its kind where it has none.
    pub(super) fn title(&self) -> &str {
        if self.content.title.is_empty() { self.kind.label() } else { &self.content.title }
    }

    /// True of one figure, with its past or alone.
    pub(super) fn is_reading(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Way)
    }

    /// True where two days were asked for and its kind cannot show both.
    pub(super) fn is_unfit(&self) -> bool {
        matches!(self.versus, Versus::Unfit)
    }

    /// The table below the picture; none where two days stand in a table already.
    pub(super) fn source_table(&self) -> Option<&Table> {
        self.table.as_ref().filter(|_| !matches!(self.versus, Versus::Of(_)))
    }

    /// What a picture says to those who hear it.
    pub(super) fn sentence(&self) -> String {
        let Content { title, of, .. } = &*self.content;
        match &self.content.body {
            Body::Ranked(it) | Body::Map(it) => format!("{title}, {of}. {}", extremes(it)),
            _ => format!("{title}, {of}"),
        }
    }

    /// How long the bar of a line is, in basis points of the longest.
    pub(super) fn bar(&self, amount: &Option<f64>) -> i64 {
        let lines = match &self.content.body {
            Body::Ranked(it) | Body::Map(it) => it.shown(),
            _ => &[],
        };
        let most = lines.iter().filter_map(|it| it.amount).fold(0.0_f64, |a, b| a.max(b.abs()));
        let share = amount.unwrap_or_default().abs() / if most > 0.0 { most } else { 1.0 };
        (share * 10_000.0).round() as i64
    }
}

/// The best and the last one, in words.
fn extremes(it: &Ranked) -> String {
    let mut known = it.shown().iter().filter(|it| it.amount.is_some());
    match (known.next(), known.next_back()) {
        (Some(first), Some(last)) => format!(
            "Tốt nhất là {} ({}), cuối cùng là {} ({})",
            first.name, first.written, last.name, last.written
        ),
        (Some(only), None) => format!("Chỉ {} có số: {}", only.name, only.written),
        _ => "Chưa nơi nào có số".to_owned(),
    }
}

/// The line of a figure: with its way to the target where it is asked for, small beside a number
/// elsewhere.
fn line(content: &Content, it: &Reading) -> Option<Markup> {
    let Some(way) = &it.way else {
        let values: Vec<f64> = it.points.iter().map(|it| it.amount).collect();
        return (values.len() > 1).then(|| match it.goal {
            Some(goal) => svg::spark_to(&values, goal),
            None => svg::spark(&values),
        });
    };
    let (first, last) = (it.points.first()?, it.points.last()?);
    let goal =
        if it.target.is_empty() { String::new() } else { format!("; chỉ tiêu {}", it.target) };
    let trajectory = Trajectory {
        points: it.points.iter().map(|it| (it.day, it.amount)).collect(),
        way: way.straight.clone(),
        days: way.days.clone(),
        figures: way.figures.clone(),
        sentence: format!(
            "{}, {}: {} số liệu, từ {} ({}) đến {} ({}){goal}",
            content.title,
            content.of,
            it.points.len(),
            first.written,
            first.label,
            last.written,
            last.label
        ),
    };
    Some(trajectory.draw())
}
