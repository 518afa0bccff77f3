//! Whose figure it is: the nation, a ministry, a province or a commune.

use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::{AgencyId, AgencyPath};

/// The level whose figures are collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitLevel {
    /// Cả nước.
    National,
    /// Bộ, ngành.
    Ministry,
    /// Tỉnh, thành phố.
    Province,
    /// Xã, phường, đặc khu.
    Commune,
}

/// One unit that figures are reported of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The agency; of the nation, the id of the code `VN`.
    pub id: AgencyId,
    /// `VN`, or the code of the agency.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: UnitLevel,
    /// Code of the province it lies in; empty of the nation and of ministries.
    pub province: String,
    /// Where it stands in the tree.
    pub path: AgencyPath,
}

/// The code of the nation.
const NATION: &str = "VN";

impl UnitLevel {
    /// All, from the top.
    pub const ALL: [Self; 4] = [Self::National, Self::Ministry, Self::Province, Self::Commune];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Ministry => "ministry",
            Self::Province => "province",
            Self::Commune => "commune",
        }
    }

    /// The level stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::National => "cả nước",
            Self::Ministry => "bộ, ngành",
            Self::Province => "cấp tỉnh",
            Self::Commune => "cấp xã",
        }
    }
}

impl Unit {
    /// The whole country.
    pub fn nation() -> Self {
        Self {
            id: AgencyId::of_code(NATION),
            code: NATION.to_owned(),
            name: "Cả nước".to_owned(),
            level: UnitLevel::National,
            province: String::new(),
            path: AgencyPath::nation(),
        }
    }

    /// The unit that `agency` reports of; none of bodies that govern nothing of their own.
    pub fn of_agency(directory: &Directory, agency: &Agency) -> Option<Self> {
        let place = agency.place.as_deref().unwrap_or_default();
        let (level, province) = match (agency.level, agency.kind.as_str()) {
            _ if agency.is_group => return None,
            (Level::Centre, _) => (UnitLevel::Ministry, String::new()),
            (Level::Province, "province_pc") => (UnitLevel::Province, place.to_owned()),
            (Level::Commune, "commune_pc") => {
                let above = directory.atlas().place(place).and_then(|it| it.parent.clone());
                (UnitLevel::Commune, above.unwrap_or_default())
            }
            _ => return None,
        };
        Some(Self {
            id: agency.id,
            code: agency.code.clone(),
            name: agency.name.clone(),
            level,
            province,
            path: agency.path.clone(),
        })
    }

    /// The code of its place: that of the roll-up it belongs to by itself.
    pub fn is_nation(&self) -> bool {
        self.level == UnitLevel::National
    }
}

/// The unit named `code`: `VN`, the code of an agency, or that of a province or commune.
pub fn unit_of(directory: &Directory, code: &str) -> Option<Unit> {
    if code == NATION {
        return Some(Unit::nation());
    }
    let agency = directory.by_code(code).or_else(|| directory.by_code(&format!("UBND-{code}")))?;
    Unit::of_agency(directory, agency)
}

/// `xã Năm Căn` of `Ủy ban nhân dân xã Năm Căn`: in a list of communes the rest is noise.
pub fn short_name(name: &str) -> &str {
    name.strip_prefix("Ủy ban nhân dân ").unwrap_or(name)
}
