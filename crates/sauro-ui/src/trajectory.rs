//! The way of a figure to its target, drawn on the server.

use crate::Markup;
use crate::markup::escape;

/// Points of a line and where it should go. Days are counted from any day; the sentence is spoken.
#[derive(Debug, Clone, Default)]
pub struct Trajectory {
    /// Day and figure, oldest first.
    pub points: Vec<(f64, f64)>,
    /// Where the straight way to the target begins and ends; one end alone is the target.
    pub way: Vec<(f64, f64)>,
    /// Words below the first and the last day.
    pub days: (String, String),
    /// Words beside the lowest and the highest figure.
    pub figures: (String, String),
    /// What the picture says.
    pub sentence: String,
}

/// The ground of the picture: left, right, top, bottom.
const LEFT: f64 = 12.0;
const RIGHT: f64 = 628.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 196.0;

impl Trajectory {
    /// The picture; nothing without a point.
    pub fn draw(&self) -> Markup {
        let all: Vec<(f64, f64)> = self.points.iter().chain(&self.way).copied().collect();
        if self.points.is_empty() {
            return Markup(String::new());
        }
        let (first, last) = edges(all.iter().map(|it| it.0));
        let (low, high) = edges(all.iter().map(|it| it.1));
        let place = |(day, figure): (f64, f64)| {
            let x = LEFT + (RIGHT - LEFT) * part(day, first, last);
            let y = BOTTOM - (BOTTOM - TOP) * part(figure, low, high);
            (x, y)
        };
        let way = match self.way.as_slice() {
            [goal] => {
                let (_, y) = place(*goal);
                format!(r#"<path class="tg" d="M{LEFT} {y:.1}H{RIGHT}"/>"#)
            }
            points => {
                format!(r#"<path class="tg" d="{}"/>"#, line(points.iter().map(|it| place(*it))))
            }
        };
        let dots: String = self
            .points
            .iter()
            .map(|it| place(*it))
            .map(|(x, y)| format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="4"/>"#))
            .collect();
        Markup(format!(
            r#"<svg class="trend" viewBox="0 0 640 224" role="img" aria-label="{}"><path class="ax" d="M{LEFT} {BOTTOM}H{RIGHT}"/>{way}<path class="ln" d="{}"/>{dots}<text x="{LEFT}" y="18">{}</text><text x="{LEFT}" y="{}">{}</text><text x="{LEFT}" y="218">{}</text><text x="{RIGHT}" y="218" text-anchor="end">{}</text></svg>"#,
            escape(&self.sentence),
            line(self.points.iter().map(|it| place(*it))),
            escape(&self.figures.1),
            BOTTOM - 6.0,
            escape(&self.figures.0),
            escape(&self.days.0),
            escape(&self.days.1),
        ))
    }
}

fn edges(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)))
}

/// Where `value` lies between two edges; in the middle when they are one.
fn part(value: f64, low: f64, high: f64) -> f64 {
    if high > low { (value - low) / (high - low) } else { 0.5 }
}

fn line(points: impl Iterator<Item = (f64, f64)>) -> String {
    points
        .enumerate()
        .map(|(n, (x, y))| format!("{}{x:.1} {y:.1}", if n == 0 { "M" } else { "L" }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_drawn_with_words_and_no_markup_of_people() {
        let drawn = Trajectory {
            points: vec![(0.0, 26.0), (30.0, 39.5)],
            way: vec![(0.0, 26.0), (100.0, 90.0)],
            days: ("06/2025".to_owned(), "12/2025".to_owned()),
            figures: ("26%".to_owned(), "<b>".to_owned()),
            sentence: "Từ 26% đến 39,5%".to_owned(),
        }
        .draw();
        let text = drawn.as_str();
        assert!(text.contains(r#"role="img" aria-label="Từ 26% đến 39,5%""#), "{text}");
        assert!(text.contains("M12.0 196.0L196.8 160.6"), "{text}");
        assert!(text.contains("&lt;b&gt;") && !text.contains("<b>"), "{text}");
        assert_eq!(Trajectory::default().draw().as_str(), "");
        let flat =
            Trajectory { points: vec![(1.0, 5.0)], way: vec![(1.0, 5.0)], ..Trajectory::default() };
        assert!(!flat.draw().as_str().contains("NaN"));
    }
}
