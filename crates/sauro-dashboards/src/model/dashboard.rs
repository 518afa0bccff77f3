use sauro_kernel::{Actor, AgencyId, AgencyPath, DashboardId, Line};

use super::{BuiltIn, Tile};
use crate::DashboardsError;

/// A dashboard (bảng điều khiển) that an agency has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dashboard {
    /// The id.
    pub id: DashboardId,
    /// The agency that made it and changes it.
    pub agency: AgencyId,
    /// What that agency oversees.
    pub path: AgencyPath,
    /// Its name.
    pub name: String,
    /// Who may know of it.
    pub openness: Openness,
    /// Its tiles, in their order.
    pub tiles: Vec<Tile>,
    /// Counts up with every change, from 1.
    pub version: i64,
    /// When it was last changed, in microseconds.
    pub changed_at: i64,
}

/// Who may know of a dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Openness {
    /// The agency that made it.
    Own,
    /// Every agency that it oversees, too.
    Scope,
    /// Everybody.
    Public,
}

/// A dashboard as addresses name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Named {
    /// One that an agency has made.
    Made(DashboardId),
    /// One that is there without anybody making it.
    BuiltIn(BuiltIn),
}

/// Most tiles on one dashboard: more is a list.
pub const MOST_TILES: usize = 24;

/// Longest name, in characters.
const LONGEST_NAME: usize = 120;

impl Openness {
    /// All, the closest first.
    pub const ALL: [Self; 3] = [Self::Own, Self::Scope, Self::Public];

    /// The word stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Scope => "scope",
            Self::Public => "public",
        }
    }

    /// What is stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "Chỉ trong cơ quan",
            Self::Scope => "Cơ quan và mọi đơn vị bên dưới",
            Self::Public => "Công khai cho mọi người",
        }
    }
}

impl Dashboard {
    /// True when somebody who acts as `actor` may know of it. What its tiles show is asked again, tile
    /// by tile.
    pub fn is_open_to(&self, actor: &Actor) -> bool {
        match self.openness {
            Openness::Own => self.agency == actor.agency,
            Openness::Scope => self.agency == actor.agency || self.path.covers(&actor.agency_path),
            Openness::Public => true,
        }
    }
}

impl std::str::FromStr for Named {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if let Some(built_in) = BuiltIn::of_name(text) {
            return Ok(Self::BuiltIn(built_in));
        }
        text.parse().map(Self::Made).map_err(drop)
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Made(id) => id.fmt(f),
            Self::BuiltIn(built_in) => f.write_str(&built_in.name()),
        }
    }
}

/// The name typed as `raw`.
///
/// # Errors
///
/// [`DashboardsError::Invalid`] says what to type instead.
pub fn name_of(raw: &str) -> Result<String, DashboardsError> {
    const LABEL: &str = "tên bảng";
    let name = Line::parse(raw).map_err(|err| DashboardsError::of_text("ten", LABEL, err))?;
    match name.as_str().chars().count() {
        n if n > LONGEST_NAME => Err(DashboardsError::of_field(
            "ten",
            format!("Tên bảng dài {n} ký tự, rút gọn còn tối đa {LONGEST_NAME} ký tự."),
        )),
        _ => Ok(name.as_str().to_owned()),
    }
}
