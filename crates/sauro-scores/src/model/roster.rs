use chrono::NaiveDate;
use sauro_directory::model::{Agency, Directory, Level};
use sauro_kernel::{AgencyId, AgencyPath, Over};
use serde::{Deserialize, Serialize};

/// Which units are scored together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roster {
    /// The people's committees of the provinces.
    Provinces,
    /// Ministries and bodies of their rank.
    Ministries,
    /// The communes of one province, by the code of its place.
    Communes(String),
}

/// A unit that is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The agency.
    pub id: AgencyId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What is counted for it: its tasks and those of all below.
    pub path: String,
}

/// Bodies of the centre that govern a field of their own.
const GOVERNING: &[&str] = &["ministry", "ministry_level", "gov_agency"];

impl Roster {
    /// The word stored.
    pub fn code(&self) -> String {
        match self {
            Self::Provinces => "provinces".to_owned(),
            Self::Ministries => "ministries".to_owned(),
            Self::Communes(place) => format!("communes.{place}"),
        }
    }

    /// What is stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "provinces" => Some(Self::Provinces),
            "ministries" => Some(Self::Ministries),
            code => {
                let place = code.strip_prefix("communes.")?;
                let is_place = !place.is_empty() && place.bytes().all(|it| it.is_ascii_digit());
                is_place.then(|| Self::Communes(place.to_owned()))
            }
        }
    }

    /// The words on screen.
    pub fn label(&self, directory: &Directory) -> String {
        match self {
            Self::Provinces => "34 tỉnh, thành phố".to_owned(),
            Self::Ministries => "Bộ, cơ quan ngang bộ".to_owned(),
            Self::Communes(place) => {
                let committee = directory.by_code(&format!("UBND-{place}"));
                let name = committee.map_or(place.as_str(), |it| short(&it.name));
                format!("Xã, phường, đặc khu của {name}")
            }
        }
    }

    /// What an agency may score: bodies of the centre the provinces, those that oversee the nation also
    /// ministries, a province's committee its communes.
    pub fn of_owner(owner: &Agency) -> Vec<Self> {
        match (owner.level, &owner.place) {
            _ if owner.is_group => Vec::new(),
            (Level::Centre, _) if owner.scope == AgencyPath::nation() => {
                vec![Self::Provinces, Self::Ministries]
            }
            (Level::Centre, _) => vec![Self::Provinces],
            (Level::Province, Some(place)) if owner.kind == "province_pc" => {
                vec![Self::Communes(place.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// The part of the tree in which a ranking of these units is known.
    pub fn reach(&self) -> AgencyPath {
        match self {
            Self::Provinces | Self::Ministries => AgencyPath::nation(),
            Self::Communes(place) => AgencyPath::nation().child(place).child("ubnd"),
        }
    }

    /// The units there are on `day`, in the order of the dictionary.
    pub fn units(&self, directory: &Directory, day: NaiveDate) -> Vec<Unit> {
        let below = self.reach();
        let is_one = |it: &&Agency| {
            !it.is_group
                && it.is_valid_on(day)
                && below.covers(&it.path)
                && match self {
                    Self::Provinces => it.kind == "province_pc",
                    Self::Ministries => GOVERNING.contains(&it.kind.as_str()),
                    Self::Communes(_) => it.kind == "commune_pc",
                }
        };
        directory.all().iter().filter(is_one).map(|it| self.unit(it)).collect()
    }

    fn unit(&self, it: &Agency) -> Unit {
        let path = match (self, &it.place) {
            // What a province answers for is led by its departments and committees alike.
            (Self::Provinces, Some(place)) => AgencyPath::nation().child(place),
            _ => it.path.clone(),
        };
        Unit {
            id: it.id,
            code: it.code.clone(),
            name: short(&it.name).to_owned(),
            path: path.to_string(),
        }
    }
}

impl Unit {
    /// Its agency's own place, to check rights over.
    pub fn over(directory: &Directory, id: AgencyId) -> Option<Over<'_>> {
        directory.agency(id).map(Agency::over)
    }
}

/// The name of a unit without the words that all have.
fn short(name: &str) -> &str {
    name.strip_prefix("Ủy ban nhân dân ").unwrap_or(name)
}
