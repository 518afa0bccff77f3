//! The 34 provinces on a map, coloured by class. What a class means stands in the legend, and the figure
//! of each province in the table below.

use std::collections::HashMap;

use sauro_directory::model::{Archipelago, MapSheet, Maps, Outline, archipelagos};
use sauro_ui::escape;

use crate::model::{Line, Ranked};

/// A map as drawn.
pub(super) struct MapView {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) shapes: Vec<Shape>,
    pub(super) groups: Vec<Group>,
    pub(super) is_schematic: bool,
}

/// A province.
pub(super) struct Shape {
    pub(super) words: String,
    pub(super) fill: String,
    pub(super) path: String,
}

/// An archipelago: its islands, its name, and the province it belongs to.
pub(super) struct Group {
    pub(super) words: String,
    pub(super) name: &'static str,
    pub(super) of: String,
    pub(super) fill: String,
    pub(super) islands: Vec<(i64, i64)>,
    pub(super) at: (i64, i64),
    pub(super) anchor: &'static str,
}

impl MapView {
    /// The map of `ranked`; none where the installation has no outlines.
    pub(super) fn of(maps: &Maps, ranked: &Ranked) -> Option<Self> {
        let sheet = maps.nation()?;
        let lines: HashMap<&str, &Line> =
            ranked.lines.iter().map(|it| (it.code.as_str(), it)).collect();
        let shape = |it: &Outline| {
            let line = lines.get(it.code.as_str()).copied();
            Shape {
                words: words(line.map_or(&it.name, |line| &line.name), line),
                fill: fill(line),
                path: it.path.clone(),
            }
        };
        let groups = archipelagos().iter().map(|it| group(sheet, &lines, it));
        Some(Self {
            width: sheet.width,
            height: sheet.height,
            shapes: sheet.outlines.iter().map(shape).collect(),
            groups: groups.collect(),
            is_schematic: !maps.is_imported(),
        })
    }

    /// The map as a drawing of its own, `colours` in place of the variables of a page.
    pub(super) fn drawing(&self, colours: &[(&str, &str)]) -> String {
        let Self { width, height, .. } = self;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"Be Vietnam Pro\" font-size=\"16\" fill=\"#131e2b\">\
            <defs><pattern id=\"gach\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
            <rect width=\"6\" height=\"6\" fill=\"var(--paper)\"/><path d=\"M0 0V6\" stroke=\"var(--none-s)\"/></pattern></defs>\
            <rect width=\"{width}\" height=\"{height}\" rx=\"4\" fill=\"var(--sea)\"/>"
        );
        for it in &self.shapes {
            out.push_str(&format!(
                "<path d=\"{}\" fill=\"{}\" stroke=\"var(--paper)\" stroke-width=\"1\"/>",
                it.path, it.fill
            ));
        }
        for it in &self.groups {
            for (x, y) in &it.islands {
                out.push_str(&format!(
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"{}\" stroke=\"var(--h-5)\"/>",
                    it.fill
                ));
            }
            let ((x, y), anchor) = (it.at, it.anchor);
            for (words, y, weight) in
                [(it.name.to_owned(), y, "bold"), (format!("({})", it.of), y + 18, "normal")]
            {
                out.push_str(&format!(
                    "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-weight=\"{weight}\">{}</text>",
                    escape(&words)
                ));
            }
        }
        out.push_str("</svg>");
        colours.iter().fold(out, |out, (name, colour)| out.replace(name, colour))
    }
}

fn group(sheet: &MapSheet, lines: &HashMap<&str, &Line>, it: &Archipelago) -> Group {
    let line = lines.get(it.province).copied();
    let of = line.map_or(it.province, |line| line.name.as_str()).to_owned();
    // Where the names stand clear of the islands and of the edge.
    let (lon, lat, anchor) =
        if it.code == "20333" { (112.4, 17.35, "middle") } else { (115.2, 12.0, "end") };
    Group {
        words: words(&format!("{} ({of})", it.name), line),
        name: it.name,
        fill: fill(line),
        islands: it.islands.iter().map(|(_, lon, lat)| sheet.spot(*lon, *lat)).collect(),
        at: sheet.spot(lon, lat),
        anchor,
        of,
    }
}

/// The colour of the class, or hatching.
fn fill(line: Option<&Line>) -> String {
    match line.and_then(|it| it.class) {
        Some(class) => format!("var(--h-{class})"),
        None => "url(#gach)".to_owned(),
    }
}

fn words(name: &str, line: Option<&Line>) -> String {
    match line.filter(|it| it.amount.is_some()) {
        Some(it) => format!("{name}: {}, {}", it.written, it.note),
        None => format!("{name}: chưa có số"),
    }
}
