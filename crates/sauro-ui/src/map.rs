//! A map of the nation by provinces, as `parts/map.html` draws it: what each place says, where it leads
//! and how it is filled is the business of whoever asks; that both archipelagos are there and named is not.

use crate::escape;

/// A map as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationMap {
    /// How wide the sheet is.
    pub width: i64,
    /// How high the sheet is.
    pub height: i64,
    /// The provinces.
    pub shapes: Vec<MapShape>,
    /// The archipelagos.
    pub groups: Vec<MapGroup>,
    /// The outlines are schematic and say nothing about borders.
    pub is_schematic: bool,
}

/// What a place on a map says and looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapLook {
    /// Its name.
    pub name: String,
    /// What is said after its name: `12/64 xã đã gửi`.
    pub words: String,
    /// A colour or a pattern: `var(--h-3)`, `url(#gach)`.
    pub fill: String,
    /// Where it leads, or nothing.
    pub href: String,
}

/// A province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapShape {
    /// Name and words, for those who hear the map or point at it.
    pub words: String,
    /// A colour or a pattern.
    pub fill: String,
    /// Where it leads, or nothing.
    pub href: String,
    /// Its outline.
    pub path: String,
}

/// An archipelago: its islands, its name, and the province it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapGroup {
    /// Name and words, for those who hear the map or point at it.
    pub words: String,
    /// Its name as written beside the islands.
    pub name: &'static str,
    /// The province.
    pub of: String,
    /// A colour or a pattern.
    pub fill: String,
    /// Where it leads, or nothing.
    pub href: String,
    /// Its islands.
    pub islands: Vec<(i64, i64)>,
    /// Where the name stands.
    pub at: (i64, i64),
    /// On which side of that place.
    pub anchor: &'static str,
}

impl NationMap {
    /// The map as a drawing of its own, `colours` in place of the variables of a page.
    pub fn drawing(&self, colours: &[(&str, &str)]) -> String {
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
