//! Charts drawn for paper: black, one grey, and words beside everything that is drawn.

use super::paper::{Bar, Chart, CoursePoint, Drawn, ShareBar};
use super::width::bold_width;
use crate::clean::{clean, escape};

/// The width of a chart in points: that of the text.
const WIDTH: f64 = 467.0;
/// The size of words in a chart, in points.
const SIZE: f64 = 12.0;
/// The side of a square of dots in points: 3.5 cm, which telephones read from a hand's distance.
const DOTS: f64 = 99.0;
/// The face, and what stands in for it.
const FACE: &str = "Times New Roman, Tinos, Liberation Serif, serif";
/// The grey of bars, as of bars made of cells.
const FILL: &str = "#595959";
/// Units that a chart shows; the table has all.
const MOST_BARS: usize = 24;
/// Lines a label takes.
const LABEL_LINES: usize = 2;
/// From the top of one bar to the top of the next.
const STEP: f64 = 30.0;
/// Where bars begin and end.
const BARS: (f64, f64) = (190.0, 405.0);
/// The ground of a course: left, right, top, bottom.
const GROUND: (f64, f64, f64, f64) = (20.0, 447.0, 40.0, 170.0);

/// A drawing and its size in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The drawing.
    pub svg: String,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Chart {
    /// The chart as a drawing.
    pub fn draw(&self) -> Drawing {
        let (inside, height) = match &self.drawn {
            Drawn::Shares { bars, target } => shares(bars, target.as_ref()),
            Drawn::Course { points, target } => course(points, target.as_ref()),
            Drawn::Dots { side, dark } => return dots(*side, dark),
        };
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
            viewBox=\"0 0 {WIDTH} {height}\" font-family=\"{FACE}\" font-size=\"{SIZE}\">{inside}</svg>"
        );
        Drawing { svg, width: WIDTH, height }
    }

    /// The same as bars made of cells, for who cannot draw.
    pub(super) fn bars(&self) -> Vec<Bar> {
        let plain = |label: &str, count: f64, written: &str| Bar {
            label: label.to_owned(),
            count: count.max(0.0).round() as u64,
            written: written.to_owned(),
        };
        match &self.drawn {
            Drawn::Shares { bars, .. } => bars
                .iter()
                .map(|it| plain(&it.label, f64::from(it.share_bp), &it.written))
                .collect(),
            Drawn::Course { points, .. } => {
                points.iter().map(|it| plain(&it.label, it.amount * 1_000.0, &it.written)).collect()
            }
            Drawn::Dots { .. } => Vec::new(),
        }
    }

    /// The same with clean words.
    pub(super) fn cleaned(&self) -> Self {
        let mut it = self.clone();
        it.caption = clean(&it.caption);
        it.sentence = clean(&it.sentence);
        match &mut it.drawn {
            Drawn::Shares { bars, target } => {
                bars.truncate(MOST_BARS);
                for bar in bars {
                    bar.label = one_line(&bar.label);
                    bar.written = one_line(&bar.written);
                }
                if let Some((_, words)) = target {
                    *words = one_line(words);
                }
            }
            Drawn::Course { points, target } => {
                for point in points {
                    point.label = one_line(&point.label);
                    point.written = one_line(&point.written);
                }
                if let Some((_, words)) = target {
                    *words = one_line(words);
                }
            }
            Drawn::Dots { .. } => {}
        }
        it
    }
}

/// One path: dots that touch must not show the paper between them.
fn dots(side: u32, dark: &[(u32, u32)]) -> Drawing {
    let path: String = dark.iter().map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{DOTS}\" height=\"{DOTS}\" \
        viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><path fill=\"#000\" d=\"{path}\"/></svg>"
    );
    Drawing { svg, width: DOTS, height: DOTS }
}

fn one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

fn shares(bars: &[ShareBar], target: Option<&(u32, String)>) -> (String, f64) {
    let (left, right) = BARS;
    let at = |share: u32| left + (right - left) * f64::from(share.min(10_000)) / 10_000.0;
    let top = if target.is_some() { 20.0 } else { 4.0 };
    let bottom = top + STEP * bars.len() as f64;
    let mut out = String::new();
    for (n, bar) in bars.iter().enumerate() {
        let middle = top + STEP * (n as f64 + 0.5);
        let lines = wrapped(&bar.label, left - 8.0);
        let first = middle + 4.0 - 6.5 * (lines.len() as f64 - 1.0);
        for (k, line) in lines.iter().enumerate() {
            words(&mut out, line, (left - 8.0, first + 13.0 * k as f64), "end");
        }
        let end = at(bar.share_bp);
        out.push_str(&format!(
            "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"14\" fill=\"{FILL}\"/>",
            middle - 7.0,
            end - left
        ));
        // Beside the bar, and clear of the dashed line.
        let mut beside = end + 5.0;
        if let Some((share, _)) = target {
            let dashed = at(*share);
            let ends = beside + text_width(&bar.written) + 3.0;
            if beside < dashed + 3.0 && ends > dashed {
                beside = dashed + 5.0;
            }
        }
        words(&mut out, &bar.written, (beside, middle + 4.0), "start");
    }
    out.push_str(&format!(
        "<path d=\"M{left:.1} {top:.1}V{bottom:.1}\" stroke=\"#000\" stroke-width=\"0.75\"/>"
    ));
    if let Some((share, said)) = target {
        let x = at(*share);
        out.push_str(&format!(
            "<path d=\"M{x:.1} {top:.1}V{bottom:.1}\" stroke=\"#000\" stroke-width=\"1\" stroke-dasharray=\"4 3\"/>"
        ));
        words(&mut out, said, (x, 13.0), "middle");
    }
    (out, bottom + 4.0)
}

fn course(points: &[CoursePoint], target: Option<&(f64, String)>) -> (String, f64) {
    let (left, right, top, bottom) = GROUND;
    let amounts = || points.iter().map(|it| it.amount).chain(target.map(|it| it.0));
    let known = amounts().filter(|it| it.is_finite());
    let (low, high) = known.fold((f64::MAX, f64::MIN), |(a, b), it| (a.min(it), b.max(it)));
    let y = |amount: f64| {
        let share = if high > low { (amount - low) / (high - low) } else { 0.5 };
        bottom - 14.0 - (bottom - 14.0 - top) * share.clamp(0.0, 1.0)
    };
    let step = (right - left - 40.0) / (points.len().max(2) - 1) as f64;
    let x = |n: usize| left + 20.0 + step * n as f64;
    let mut out =
        format!("<path d=\"M{left} {bottom}H{right}\" stroke=\"#000\" stroke-width=\"0.75\"/>");
    if let Some((amount, said)) = target {
        let at = y(*amount);
        out.push_str(&format!(
            "<path d=\"M{left} {at:.1}H{right}\" stroke=\"#000\" stroke-width=\"1\" stroke-dasharray=\"4 3\"/>"
        ));
        words(&mut out, said, (right, at - 5.0), "end");
    }
    let way: Vec<String> = points
        .iter()
        .enumerate()
        .filter(|(_, it)| it.amount.is_finite())
        .map(|(n, it)| format!("{:.1} {:.1}", x(n), y(it.amount)))
        .collect();
    if !way.is_empty() {
        out.push_str(&format!(
            "<path d=\"M{}\" fill=\"none\" stroke=\"{FILL}\" stroke-width=\"2\"/>",
            way.join("L")
        ));
    }
    // Words that would stand on one another are left out; the table has all figures.
    let every = points.len().div_ceil(8).max(1);
    for (n, point) in points.iter().enumerate().filter(|(_, it)| it.amount.is_finite()) {
        let at = (x(n), y(point.amount));
        out.push_str(&format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>", at.0, at.1));
        if (points.len() - 1 - n).is_multiple_of(every) {
            words(&mut out, &point.written, (at.0, at.1 - 8.0), "middle");
            words(&mut out, &point.label, (at.0, bottom + 16.0), "middle");
        }
    }
    (out, bottom + 24.0)
}

fn words(out: &mut String, text: &str, (x, y): (f64, f64), anchor: &str) {
    out.push_str(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">"));
    escape(out, text);
    out.push_str("</text>");
}

/// How wide `text` is in points: never less than it is.
fn text_width(text: &str) -> f64 {
    f64::from(bold_width(text, (SIZE * 2.0) as u32)) / 20.0
}

/// `text` in lines no wider than `width`; what does not fit ends with an ellipsis.
fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if text_width(&longer) <= width || line.is_empty() {
            *line = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    let is_cut = lines.len() > LABEL_LINES;
    lines.truncate(LABEL_LINES);
    for (n, line) in lines.iter_mut().enumerate() {
        let ends = is_cut && n + 1 == LABEL_LINES;
        if ends || text_width(line) > width {
            while text_width(line) > width - SIZE && line.pop().is_some() {}
            line.truncate(line.trim_end().len());
            line.push('…');
        }
    }
    lines
}
