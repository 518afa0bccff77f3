use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::sheet::Bounds;

/// Outlines as a file holds them: borders that neighbours share, and units made of them.
///
/// The format is small, and its shared borders are what lets two neighbours be thinned alike; the
/// crates that read it turn it into separate polygons first.
#[derive(Debug, Clone, Default)]
pub struct Topology {
    arcs: Vec<Vec<Point>>,
    units: Vec<Unit>,
}

/// Longitude and latitude.
pub(super) type Point = (f64, f64);

/// A unit: its official code and its rings, each of arcs; a negative one `!n` is `n` backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Official code, of two or five digits.
    pub code: String,
    /// Code of its province, if the file says it.
    pub parent: Option<String>,
    /// Its name, or empty.
    pub name: String,
    pub(super) rings: Vec<Vec<i64>>,
}

/// What is wrong with a file of outlines, for people.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// Not JSON at all.
    #[error("Tệp không phải JSON. Cần một tệp TopoJSON.")]
    NotJson,
    /// JSON, but not of this form.
    #[error("Tệp không đọc được như TopoJSON ({0}). Xuất lại tệp theo định dạng TopoJSON.")]
    Unreadable(#[from] serde_json::Error),
    /// Another kind of JSON.
    #[error(
        "Tệp không phải TopoJSON: thiếu \"type\": \"Topology\". Xuất lại theo định dạng TopoJSON."
    )]
    NotTopology,
    /// Nothing in it.
    #[error("TopoJSON không có hình nào (Polygon hoặc MultiPolygon).")]
    Empty,
    /// Shapes without code.
    #[error("{lacking} trên {all} hình không có mã đơn vị (id, hoặc properties.code)")]
    NoCode {
        /// How many lack it.
        lacking: usize,
        /// Of how many.
        all: usize,
    },
    /// Codes that are none, or of both kinds.
    #[error("Mã đơn vị phải có 2 chữ số (tỉnh) hoặc 5 chữ số (xã), không lẫn nhau")]
    Codes,
    /// A code twice.
    #[error("Mã {0} có hai hình. Gộp thành một hình rồi nạp lại.")]
    Twice(String),
    /// A border that is not there, or a place that is none.
    #[error(
        "Hình của mã {0} trỏ tới đường ranh không có trong tệp, hoặc tọa độ không hợp lệ. Xuất lại tệp."
    )]
    Broken(String),
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "type")]
    kind: String,
    transform: Option<Transform>,
    #[serde(default)]
    arcs: Vec<Vec<Point>>,
    #[serde(default)]
    objects: BTreeMap<String, Shape>,
}

#[derive(Deserialize)]
struct Transform {
    scale: Point,
    translate: Point,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Shape {
    GeometryCollection {
        #[serde(default)]
        geometries: Vec<Shape>,
    },
    Polygon(Polygon<Vec<Vec<i64>>>),
    MultiPolygon(Polygon<Vec<Vec<Vec<i64>>>>),
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Polygon<A> {
    arcs: A,
    id: Option<Value>,
    #[serde(default)]
    properties: serde_json::Map<String, Value>,
}

impl Topology {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, MapError> {
        let value: Value = serde_json::from_slice(bytes).map_err(|_| MapError::NotJson)?;
        if value.get("type").and_then(Value::as_str) != Some("Topology") {
            return Err(MapError::NotTopology);
        }
        drop(value);
        let file: File = serde_json::from_slice(bytes)?;
        if file.kind != "Topology" {
            return Err(MapError::NotTopology);
        }
        let mut found = Vec::new();
        file.objects.into_values().for_each(|shape| collect(shape, &mut found));
        if found.is_empty() {
            return Err(MapError::Empty);
        }
        let all = found.len();
        let units: Vec<Unit> = found.into_iter().flatten().collect();
        if units.len() < all {
            return Err(MapError::NoCode { lacking: all - units.len(), all });
        }
        let arcs = file.arcs.into_iter().map(|arc| placed(arc, file.transform.as_ref())).collect();
        let topology = Self { arcs, units };
        topology.check()?;
        Ok(topology)
    }

    fn check(&self) -> Result<(), MapError> {
        let digits = |n: usize| {
            self.units
                .iter()
                .all(|it| it.code.len() == n && it.code.bytes().all(|b| b.is_ascii_digit()))
        };
        if !digits(2) && !digits(5) {
            return Err(MapError::Codes);
        }
        let mut seen = BTreeSet::new();
        for unit in &self.units {
            if !seen.insert(unit.code.as_str()) {
                return Err(MapError::Twice(unit.code.clone()));
            }
            let is_whole = |n: &i64| self.arc(*n).is_some_and(|arc| arc.iter().all(is_on_earth));
            if !unit.rings.iter().flatten().all(is_whole) {
                return Err(MapError::Broken(unit.code.clone()));
            }
        }
        Ok(())
    }

    /// The units.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// True when the units are communes.
    pub fn is_of_communes(&self) -> bool {
        self.units.first().is_some_and(|it| it.code.len() == 5)
    }

    /// The points of arc `n`, in the order in which the file holds them.
    pub(super) fn arc(&self, n: i64) -> Option<&[Point]> {
        let n = if n < 0 { !n } else { n };
        self.arcs.get(usize::try_from(n).ok()?).map(Vec::as_slice)
    }

    /// The box around the unit `n`.
    pub(super) fn bounds(&self, n: usize) -> Option<Bounds> {
        let unit = self.units.get(n)?;
        let arcs = unit.rings.iter().flatten().filter_map(|n| self.arc(*n));
        arcs.flatten().map(|(lon, lat)| Bounds::at(*lon, *lat)).reduce(Bounds::with)
    }
}

fn is_on_earth((lon, lat): &Point) -> bool {
    (-180.0..=180.0).contains(lon) && (-90.0..=90.0).contains(lat)
}

/// Points as places: in a quantized file each is told as the step from the one before.
fn placed(arc: Vec<Point>, transform: Option<&Transform>) -> Vec<Point> {
    let Some(Transform { scale, translate }) = transform else { return arc };
    let (mut x, mut y) = (0.0, 0.0);
    let place = |(dx, dy): Point| {
        x += dx;
        y += dy;
        (x * scale.0 + translate.0, y * scale.1 + translate.1)
    };
    arc.into_iter().map(place).collect()
}

/// Every polygon, with `None` for one without a code.
fn collect(shape: Shape, found: &mut Vec<Option<Unit>>) {
    match shape {
        Shape::GeometryCollection { geometries } => {
            geometries.into_iter().for_each(|it| collect(it, found));
        }
        Shape::Polygon(it) => found.push(unit(it.arcs, it.id.as_ref(), &it.properties)),
        Shape::MultiPolygon(it) => {
            let rings = it.arcs.into_iter().flatten().collect();
            found.push(unit(rings, it.id.as_ref(), &it.properties));
        }
        Shape::Other => {}
    }
}

fn unit(
    rings: Vec<Vec<i64>>,
    id: Option<&Value>,
    properties: &serde_json::Map<String, Value>,
) -> Option<Unit> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let named = |keys: &[&str]| keys.iter().find_map(|key| properties.get(*key)).and_then(text);
    let code = named(&["code", "ma", "id"]).or_else(|| id.and_then(text))?;
    let parent = named(&["p", "province", "province_code", "parent_code", "ma_tinh"]);
    Some(Unit { code, parent, name: named(&["name", "n", "ten"]).unwrap_or_default(), rings })
}
