use std::collections::HashMap;

use super::Topology;
use super::line::{Ring, Spot, thinned};

/// A sheet: outlines in whole units, the north at the top.
#[derive(Debug, Clone, PartialEq)]
pub struct MapSheet {
    /// Units across.
    pub width: i64,
    /// Units down.
    pub height: i64,
    /// The units drawn, as the file holds them.
    pub outlines: Vec<Outline>,
    /// Units too far out to be drawn in place.
    pub aside: Vec<Aside>,
    frame: Bounds,
    scale: f64,
}

/// A unit as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Official code.
    pub code: String,
    /// Its name as the file has it, or empty.
    pub name: String,
    /// The path of an SVG.
    pub path: String,
    /// The middle of its largest part.
    pub middle: (i64, i64),
}

/// A unit that is named beside the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Official code.
    pub code: String,
    /// Its name as the file has it, or empty.
    pub name: String,
}

/// A box of longitudes and latitudes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

/// How far a border may be from where it is, in units.
const SLACK: f64 = 1.0;
/// A part smaller than this is left out, unless it is all there is.
const SMALLEST: i64 = 4;

impl Bounds {
    pub(super) fn at(lon: f64, lat: f64) -> Self {
        Self { west: lon, south: lat, east: lon, north: lat }
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Width and height in degrees of latitude. A degree of longitude is shorter, the more so the
    /// farther from the equator.
    pub(super) fn shape(&self) -> (f64, f64) {
        let wide = (self.east - self.west).max(1e-6) * self.shrink();
        (wide, (self.north - self.south).max(1e-6))
    }

    fn shrink(&self) -> f64 {
        ((self.south + self.north) / 2.0).to_radians().cos()
    }
}

impl MapSheet {
    /// Where a place stands on the sheet.
    pub fn spot(&self, lon: f64, lat: f64) -> (i64, i64) {
        let (x, y) = self.place((lon, lat));
        (x.round() as i64, y.round() as i64)
    }

    pub(super) fn place(&self, (lon, lat): Spot) -> Spot {
        let x = (lon - self.frame.west) * self.frame.shrink() * self.scale;
        (x, (self.frame.north - lat) * self.scale)
    }

    /// The place at a spot of the sheet.
    pub(super) fn at(&self, (x, y): Spot) -> Spot {
        let lon = self.frame.west + x / (self.frame.shrink() * self.scale);
        (lon, self.frame.north - y / self.scale)
    }
}

/// Draws the units `which` of `topology` inside `frame`, `width` units across.
pub(super) fn draw(topology: &Topology, which: &[usize], frame: Bounds, width: f64) -> MapSheet {
    let (wide, high) = frame.shape();
    let scale = width / wide;
    let mut sheet = MapSheet {
        width: width.round() as i64,
        height: (high * scale).round() as i64,
        outlines: Vec::new(),
        aside: Vec::new(),
        frame,
        scale,
    };
    let mut arcs: HashMap<i64, Vec<Spot>> = HashMap::new();
    for n in which {
        let Some(unit) = topology.units().get(*n) else { continue };
        let mut rings: Vec<Ring> = Vec::with_capacity(unit.rings.len());
        for ring in &unit.rings {
            let mut spots: Vec<Spot> = Vec::new();
            for n in ring {
                let key = if *n < 0 { !*n } else { *n };
                let arc = arcs.entry(key).or_insert_with(|| {
                    let places = topology.arc(key).unwrap_or_default();
                    let line: Vec<Spot> = places.iter().map(|it| sheet.place(*it)).collect();
                    thinned(&line, SLACK)
                });
                if *n < 0 {
                    spots.extend(arc.iter().rev());
                } else {
                    spots.extend(arc.iter());
                }
            }
            rings.push(Ring::of(spots));
        }
        rings.sort_by_key(|ring| -ring.span());
        let mut path = String::new();
        for (at, ring) in rings.iter().enumerate() {
            if at == 0 || (ring.span() >= SMALLEST && ring.is_area()) {
                ring.write(&mut path);
            }
        }
        let middle = rings.first().map(Ring::middle).unwrap_or_default();
        path.shrink_to_fit();
        let outline = Outline { code: unit.code.clone(), name: unit.name.clone(), path, middle };
        sheet.outlines.push(outline);
    }
    sheet
}
