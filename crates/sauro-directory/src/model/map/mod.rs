//! Outlines of units on sheets, ready to be drawn: read from TopoJSON, thinned, and written as paths.

mod hit;
mod line;
mod sheet;
#[cfg(test)]
mod tests;
mod topology;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

pub use sheet::{Aside, MapSheet, Outline};
pub use topology::{MapError, Topology};

use sheet::{Bounds, draw};

/// What is drawn of the nation and of each province. A sheet is made once and shared.
#[derive(Debug, Clone, Default)]
pub struct Maps {
    nation: Option<Arc<MapSheet>>,
    is_imported: bool,
    provinces: BTreeMap<String, Arc<MapSheet>>,
    /// Longitude and latitude of the middle of each unit.
    middles: BTreeMap<String, (f64, f64)>,
}

/// The sheet of the nation holds the mainland and both archipelagos.
const NATION: Bounds = Bounds { west: 102.0, south: 7.2, east: 115.4, north: 23.5 };

/// Units across the sheet of the nation.
const NATION_WIDE: f64 = 640.0;

/// Units along the longer side of the sheet of a province.
const PROVINCE_LONG: f64 = 900.0;

/// An archipelago: the code of its special zone, its name, the code of its province, its islands.
#[derive(Debug, Clone, PartialEq)]
pub struct Archipelago {
    /// Code of the special zone.
    pub code: &'static str,
    /// Such as "Quần đảo Hoàng Sa".
    pub name: &'static str,
    /// Code of the province it belongs to.
    pub province: &'static str,
    /// Name, longitude and latitude of each island.
    pub islands: Vec<(&'static str, f64, f64)>,
}

static ARCHIPELAGOS: LazyLock<Vec<Archipelago>> = LazyLock::new(|| {
    let mut all: Vec<Archipelago> = Vec::new();
    for line in include_str!("../../../../../data/geo/islands.csv").lines().skip(1) {
        let cells: Vec<&'static str> = line.split(',').collect();
        let &[code, name, province, island, lat, lon] = cells.as_slice() else { continue };
        let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else { continue };
        match all.iter_mut().find(|it| it.code == code) {
            Some(known) => known.islands.push((island, lon, lat)),
            None => {
                all.push(Archipelago { code, name, province, islands: vec![(island, lon, lat)] });
            }
        }
    }
    all
});

/// The archipelagos that every map of the nation shows and names.
pub fn archipelagos() -> &'static [Archipelago] {
    &ARCHIPELAGOS
}

/// What is drawn where nothing was imported.
static SHIPPED: LazyLock<Arc<Maps>> =
    LazyLock::new(|| Arc::new(Maps::new(None, None, |_| None).unwrap_or_default()));

impl Maps {
    /// The maps of an installation that has imported none.
    pub fn shipped() -> Arc<Self> {
        SHIPPED.clone()
    }

    /// The maps of the imported outlines; without those of provinces, the shipped schematic ones.
    /// `province_of` tells the province of a commune, where the file does not.
    ///
    /// # Errors
    ///
    /// What is wrong with a file.
    pub fn new(
        provinces: Option<&Topology>,
        communes: Option<&Topology>,
        province_of: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, MapError> {
        let shipped;
        let (outlines, is_imported) = match provinces {
            Some(it) => (it, true),
            None => {
                shipped =
                    Topology::read(include_bytes!("../../../../../data/geo/provinces.topojson"))?;
                (&shipped, false)
            }
        };
        let all: Vec<usize> = (0..outlines.units().len()).collect();
        let nation = draw(outlines, &all, NATION, NATION_WIDE);
        let mut sheets = BTreeMap::new();
        let mut middles = middles_of(outlines);
        if let Some(communes) = communes {
            middles.extend(middles_of(communes));
            let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (n, unit) in communes.units().iter().enumerate() {
                if let Some(province) = province_of(&unit.code).or_else(|| unit.parent.clone()) {
                    of.entry(province).or_default().push(n);
                }
            }
            for (province, units) in of {
                sheets.insert(province, Arc::new(province_sheet(communes, &units)));
            }
        }
        Ok(Self { nation: Some(Arc::new(nation)), is_imported, provinces: sheets, middles })
    }

    /// Longitude and latitude of the middle of the unit `code`, in degrees; none where its outline is not known.
    pub fn middle(&self, code: &str) -> Option<(f64, f64)> {
        self.middles.get(code).copied()
    }

    /// The provinces, if the map could be made.
    pub fn nation(&self) -> Option<&Arc<MapSheet>> {
        self.nation.as_ref()
    }

    /// True when the provinces are imported outlines and not the schematic ones.
    pub fn is_imported(&self) -> bool {
        self.is_imported
    }

    /// The communes of the province `code`, if their outlines were imported.
    pub fn province(&self, code: &str) -> Option<&Arc<MapSheet>> {
        self.provinces.get(code)
    }
}

fn middles_of(outlines: &Topology) -> BTreeMap<String, (f64, f64)> {
    let middle = |n: usize| {
        let it = outlines.bounds(n)?;
        Some(((it.west + it.east) / 2.0, (it.south + it.north) / 2.0))
    };
    let all = outlines.units().iter().enumerate();
    all.filter_map(|(n, unit)| Some((unit.code.clone(), middle(n)?))).collect()
}

/// How far from the middle of its province a commune may lie to be drawn in place, in degrees;
/// what lies farther out at sea stands aside, or the mainland would be too small to read.
const NEAR: f64 = 1.6;

fn province_sheet(communes: &Topology, units: &[usize]) -> MapSheet {
    let bounds = |n: &usize| communes.bounds(*n);
    let middle = |of: fn(&Bounds) -> f64| {
        let mut all: Vec<f64> = units.iter().filter_map(bounds).map(|it| of(&it)).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    let (lon, lat) =
        (middle(|it| (it.west + it.east) / 2.0), middle(|it| (it.south + it.north) / 2.0));
    let is_near = |it: &Bounds| {
        ((it.west + it.east) / 2.0 - lon).abs() <= NEAR
            && ((it.south + it.north) / 2.0 - lat).abs() <= NEAR
    };
    let is_archipelago = |code: &str| archipelagos().iter().any(|it| it.code == code);
    let (near, far): (Vec<usize>, Vec<usize>) = units.iter().partition(|n| {
        let code = communes.units().get(**n).map_or("", |it| it.code.as_str());
        bounds(n).is_some_and(|it| is_near(&it)) && !is_archipelago(code)
    });
    let frame = near.iter().filter_map(bounds).reduce(Bounds::with).unwrap_or(NATION);
    let (wide, high) = frame.shape();
    let width = if wide >= high { PROVINCE_LONG } else { PROVINCE_LONG * wide / high };
    let mut sheet = draw(communes, &near, frame, width);
    let aside = |n: &usize| {
        let unit = communes.units().get(*n)?;
        Some(Aside { code: unit.code.clone(), name: unit.name.clone() })
    };
    sheet.aside = far.iter().filter_map(aside).collect();
    sheet
}
