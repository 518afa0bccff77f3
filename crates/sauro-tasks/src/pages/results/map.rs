use std::collections::HashMap;

use sauro_directory::model::{Directory, MapSheet, Maps};
use sauro_directory::nation_map;
use sauro_ui::{MapGroup, MapLook, MapShape};

use super::address::area_address;
use super::tiles::fill;
use crate::model::{Area, Line, Results};

/// A map as drawn: of the nation by provinces, or of a province by communes.
pub(super) struct MapView {
    pub(super) width: i64,
    pub(super) height: i64,
    /// The sheet and the row of those that stand aside.
    pub(super) whole: i64,
    pub(super) shapes: Vec<MapShape>,
    pub(super) labels: Vec<Label>,
    pub(super) groups: Vec<MapGroup>,
    pub(super) asides: Vec<AsideView>,
    pub(super) is_nation: bool,
    pub(super) is_schematic: bool,
}

/// A name on the map, perhaps with a line to a dot.
pub(super) struct Label {
    pub(super) name: &'static str,
    pub(super) dot: Option<(i64, i64)>,
    pub(super) at: (i64, i64),
    pub(super) anchor: &'static str,
}

/// A unit too far out, in a frame of its own below the sheet.
pub(super) struct AsideView {
    pub(super) href: String,
    pub(super) words: String,
    pub(super) name: String,
    pub(super) fill: String,
    pub(super) at: (i64, i64),
}

/// Names on the map of the nation: where the dot is, if it needs one, and where the name stands.
type Place = (f64, f64);
const NAMES: [(&str, Option<Place>, Place, &str); 6] = [
    ("Hà Nội", Some((105.75, 21.0)), (103.75, 19.45), "end"),
    ("Hải Phòng", None, (107.2, 20.35), "start"),
    ("Huế", None, (108.25, 16.55), "start"),
    ("Đà Nẵng", None, (108.85, 15.6), "start"),
    ("Khánh Hòa", None, (109.6, 11.85), "start"),
    ("TP. Hồ Chí Minh", Some((106.75, 10.85)), (108.75, 9.4), "start"),
];

/// How wide and high a frame aside is, with its margin.
const ASIDE: (i64, i64) = (290, 76);

impl MapView {
    /// The map of `area`, if there is one; every link keeps `suffix`.
    pub(super) fn of(
        maps: &Maps,
        places: &Directory,
        area: &Area,
        results: &Results,
        suffix: &str,
    ) -> Option<Self> {
        if !results.provinces.is_empty() {
            return Self::nation(maps, results, suffix);
        }
        let Area::Province(code) = area else { return None };
        Some(Self::province(maps.province(code)?, places, results, suffix))
    }

    fn nation(maps: &Maps, results: &Results, suffix: &str) -> Option<Self> {
        let sheet = maps.nation()?;
        let lines = by_code(&results.provinces);
        let look = |code: &str, in_file: &str| {
            let line = lines.get(code).copied();
            MapLook {
                name: line.map_or(in_file, |line| &line.name).to_owned(),
                words: words(line),
                fill: fill(line.and_then(|it| it.on_time)),
                href: area_address(&Area::Province(code.to_owned())) + suffix,
            }
        };
        let map = nation_map(maps, &look)?;
        let label =
            |(name, dot, place, anchor): &(&'static str, Option<Place>, Place, &'static str)| {
                Label {
                    name,
                    dot: dot.map(|it| sheet.spot(it.0, it.1)),
                    at: sheet.spot(place.0, place.1),
                    anchor,
                }
            };
        Some(Self {
            width: map.width,
            height: map.height,
            whole: map.height,
            shapes: map.shapes,
            labels: NAMES.iter().map(label).collect(),
            groups: map.groups,
            asides: Vec::new(),
            is_nation: true,
            is_schematic: map.is_schematic,
        })
    }

    fn province(sheet: &MapSheet, places: &Directory, results: &Results, suffix: &str) -> Self {
        let lines = by_code(&results.communes);
        let view = |code: &str, in_file: &str| {
            let agency = format!("UBND-{code}");
            let line = lines.get(agency.as_str()).copied();
            let name = place_name(places, code).unwrap_or_else(|| in_file.to_owned());
            let href = match places.by_code(&agency) {
                Some(_) => area_address(&Area::Agency(agency)) + suffix,
                None => String::new(),
            };
            (href, format!("{name}: {}", words(line)), name, fill(line.and_then(|it| it.on_time)))
        };
        let shape = |it: &sauro_directory::model::Outline| {
            let (href, words, _, fill) = view(&it.code, &it.name);
            MapShape { href, words, fill, path: it.path.clone() }
        };
        let per_row = (sheet.width / ASIDE.0).max(1);
        let aside = |(n, it): (usize, &sauro_directory::model::Aside)| {
            let (href, words, name, fill) = view(&it.code, &it.name);
            let n = i64::try_from(n).unwrap_or_default();
            let at = (n % per_row * ASIDE.0, sheet.height + 12 + n / per_row * ASIDE.1);
            AsideView { href, words, name, fill, at }
        };
        let asides: Vec<AsideView> = sheet.aside.iter().enumerate().map(aside).collect();
        let rows = (i64::try_from(asides.len()).unwrap_or_default() + per_row - 1) / per_row;
        let below = if rows > 0 { 12 + rows * ASIDE.1 } else { 0 };
        Self {
            width: sheet.width,
            height: sheet.height,
            whole: sheet.height + below,
            shapes: sheet.outlines.iter().map(shape).collect(),
            labels: Vec::new(),
            groups: Vec::new(),
            asides,
            is_nation: false,
            is_schematic: false,
        }
    }
}

fn by_code(lines: &[Line]) -> HashMap<&str, &Line> {
    lines.iter().map(|line| (line.code.as_str(), line)).collect()
}

/// The name of the place `code` today, beginning with a capital: "Xã Năm Căn".
fn place_name(places: &Directory, code: &str) -> Option<String> {
    let name = places.atlas().place(code)?.names.last()?.full();
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// What is said of a unit to those who hear the map or point at it.
fn words(line: Option<&Line>) -> String {
    match line.and_then(|it| it.on_time) {
        Some(it) => format!(
            "{} đúng hạn, {}/{} đã đến hạn",
            sauro_ui::words::percent_bp(it.share_bp),
            it.hits,
            it.due
        ),
        None => "chưa đánh giá được".to_owned(),
    }
}
