//! What tiles can be about: the indicators and the places that there are.

/// The indicators and places that there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ground {
    /// Indicators, by code.
    pub indicators: Vec<Known>,
    /// The nation, ministries and provinces, in the order of forms; communes are named by code.
    pub places: Vec<Place>,
}

/// An indicator as forms and built-in dashboards need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the agency that answers for it.
    pub owner: String,
    /// At which levels it has figures.
    pub has_figures: Vec<Rung>,
}

/// A place that has figures or tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `VN`, or the code of an agency.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub rung: Rung,
}

/// The level of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rung {
    /// Cả nước.
    Nation,
    /// Bộ, ngành.
    Ministry,
    /// Tỉnh, thành phố.
    Province,
    /// Xã, phường, đặc khu.
    Commune,
}

impl Ground {
    /// The indicator named `code`.
    pub fn indicator(&self, code: &str) -> Option<&Known> {
        self.indicators.iter().find(|it| it.code == code)
    }

    /// Indicators with figures at `rung`; those of `owner` alone when one is named.
    pub fn with_figures(&self, rung: Rung, owner: &str) -> impl Iterator<Item = &Known> {
        self.indicators.iter().filter(move |it| {
            it.has_figures.contains(&rung) && (owner.is_empty() || it.owner == owner)
        })
    }
}
