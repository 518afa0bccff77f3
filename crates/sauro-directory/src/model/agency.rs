use std::collections::BTreeSet;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, Over, fold};

/// An agency (cơ quan, đơn vị), or a collective addressee such as "các bộ, ngành".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// The id, which follows from the code.
    pub id: AgencyId,
    /// Official code; of a collective it begins with `*`.
    pub code: String,
    /// Abbreviation as in document numbers, or empty.
    pub abbr: String,
    /// Name today.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// ministry, party, province_pc, commune_pc, group …
    pub kind: String,
    /// Centre, province or commune.
    pub level: Level,
    /// Code of the place it governs, if any.
    pub place: Option<String>,
    /// The agency above it.
    pub parent: Option<AgencyId>,
    /// Where it stands in the tree.
    pub path: AgencyPath,
    /// What it oversees.
    pub scope: AgencyPath,
    /// True of a collective addressee.
    pub is_group: bool,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; none while it exists.
    pub valid_to: Option<NaiveDate>,
    /// Who took over from it.
    pub successor: Option<AgencyId>,
}

/// The level of government.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Trung ương.
    Centre,
    /// Tỉnh, thành phố.
    Province,
    /// Xã, phường, đặc khu.
    Commune,
}

impl Agency {
    /// Where it stands, to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.id, path: &self.path }
    }

    /// True when storing `other` in its place would change nothing.
    pub fn is_stored_as(&self, other: &Self) -> bool {
        let keys = |it: &Self| it.aliases.iter().map(|alias| fold(alias)).collect::<BTreeSet<_>>();
        let is_like = |it: &Self| Self { aliases: Vec::new(), ..it.clone() };
        is_like(self) == is_like(other) && keys(self) == keys(other)
    }

    /// True while it exists on `day`.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

impl Level {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Centre => "centre",
            Self::Province => "province",
            Self::Commune => "commune",
        }
    }

    /// The level stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Centre, Self::Province, Self::Commune].into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Centre => "Trung ương",
            Self::Province => "Cấp tỉnh",
            Self::Commune => "Cấp xã",
        }
    }
}
