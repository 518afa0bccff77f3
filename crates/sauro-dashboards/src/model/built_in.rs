//! Dashboards that are there without anybody making them.

use super::{Ground, Place, Rung, Spec, Tile};

/// A dashboard that is there by itself. Its tiles follow from the indicators that have figures.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// The nation.
    Nation,
    /// A ministry or another body of the centre, by the code of the agency.
    Ministry(String),
    /// A province, by the code of its People's Committee.
    Province(String),
    /// A commune, by the code of its People's Committee.
    Commune(String),
    /// The indicators that one agency answers for, by its code.
    Group(String),
}

/// Numbers on a built-in dashboard of a place.
const NUMBERS: usize = 8;

/// Numbers on that of a group of indicators: the place of the rest is the list of indicators.
const GROUP: usize = 16;

/// Indicators beside one another in a heat map.
const COLUMNS: usize = 4;

/// Longest code of an agency in an address.
const LONGEST_CODE: usize = 80;

impl BuiltIn {
    /// The one that addresses call `name`: `ca-nuoc`, `bo.BKHCN`, `tinh.UBND-96`, `xa.UBND-32191`,
    /// `nhom.BKHCN`.
    pub fn of_name(name: &str) -> Option<Self> {
        if name == "ca-nuoc" {
            return Some(Self::Nation);
        }
        let (kind, code) = name.split_once('.')?;
        let code = Some(code).filter(|it| !it.is_empty() && it.len() <= LONGEST_CODE)?.to_owned();
        Some(match kind {
            "bo" => Self::Ministry(code),
            "tinh" => Self::Province(code),
            "xa" => Self::Commune(code),
            "nhom" => Self::Group(code),
            _ => return None,
        })
    }

    /// The dashboard of the unit `code` at `rung`.
    pub fn of_unit(rung: Rung, code: &str) -> Self {
        let code = code.to_owned();
        match rung {
            Rung::Nation => Self::Nation,
            Rung::Ministry => Self::Ministry(code),
            Rung::Province => Self::Province(code),
            Rung::Commune => Self::Commune(code),
        }
    }

    /// Its name in addresses.
    pub fn name(&self) -> String {
        match self {
            Self::Nation => "ca-nuoc".to_owned(),
            Self::Ministry(code) => format!("bo.{code}"),
            Self::Province(code) => format!("tinh.{code}"),
            Self::Commune(code) => format!("xa.{code}"),
            Self::Group(code) => format!("nhom.{code}"),
        }
    }

    /// The code of its unit, and the level at which that must be.
    pub fn unit(&self) -> (&str, Option<Rung>) {
        match self {
            Self::Nation => ("VN", Some(Rung::Nation)),
            Self::Ministry(code) => (code, Some(Rung::Ministry)),
            Self::Province(code) => (code, Some(Rung::Province)),
            Self::Commune(code) => (code, Some(Rung::Commune)),
            Self::Group(code) => (code, None),
        }
    }

    /// Its name on screen, for the unit `place`.
    pub fn title(&self, place: &Place) -> String {
        match self {
            Self::Nation => "Cả nước".to_owned(),
            Self::Group(_) => format!("Chỉ số do {} chịu trách nhiệm", place.name),
            _ => place.name.clone(),
        }
    }

    /// Its tiles.
    pub fn tiles(&self, ground: &Ground) -> Vec<Tile> {
        let (code, rung) = self.unit();
        let mut tiles = Vec::new();
        if let Some(rung) = rung {
            tiles.push(Tile::of(Spec::Four { place: code.to_owned() }));
            if rung == Rung::Nation {
                tiles.push(Tile::of(Spec::Map { indicator: None }));
            }
            let width = if rung == Rung::Nation { 2 } else { 4 };
            let late = Spec::Late { place: code.to_owned(), most: 6 };
            tiles.push(Tile { width, spec: late });
        }
        match self {
            Self::Nation => {
                tiles.extend(numbers(ground, Rung::Nation, "", "VN", NUMBERS));
                tiles.extend(heat(ground, Rung::Province, "", "VN"));
            }
            Self::Ministry(code) => {
                tiles.extend(numbers(ground, Rung::Ministry, "", code, NUMBERS));
                tiles.extend(numbers(ground, Rung::Nation, code, "VN", NUMBERS));
            }
            Self::Province(code) => {
                tiles.extend(numbers(ground, Rung::Province, "", code, NUMBERS));
                tiles.extend(heat(ground, Rung::Commune, "", code));
            }
            Self::Commune(code) => {
                tiles.extend(numbers(ground, Rung::Commune, "", code, NUMBERS));
            }
            Self::Group(code) => {
                tiles.extend(numbers(ground, Rung::Nation, code, "VN", GROUP));
                tiles.extend(heat(ground, Rung::Province, code, "VN"));
            }
        }
        tiles
    }
}

fn numbers<'a>(
    ground: &'a Ground,
    rung: Rung,
    owner: &'a str,
    place: &'a str,
    most: usize,
) -> impl Iterator<Item = Tile> + 'a {
    let number = |code: &str| Spec::Number { indicator: code.to_owned(), place: place.to_owned() };
    let found = ground.with_figures(rung, owner).take(most);
    found.map(move |it| Tile::of(number(&it.code)))
}

fn heat(ground: &Ground, rung: Rung, owner: &str, place: &str) -> Option<Tile> {
    let found = ground.with_figures(rung, owner).take(COLUMNS);
    let indicators: Vec<String> = found.map(|it| it.code.clone()).collect();
    (!indicators.is_empty()).then(|| Tile::of(Spec::Heat { indicators, place: place.to_owned() }))
}
