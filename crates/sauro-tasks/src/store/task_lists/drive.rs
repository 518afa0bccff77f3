//! The condition that drives a list: an index is walked by it.

use super::facts::whole_code;
use super::query::{Part, Wanted};
use crate::model::Sort;

/// The condition that an index is chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drive {
    Code,
    Lead,
    Parent,
    Waiting,
    Partner,
    Words,
    Below,
    Authority,
    Issuer,
    Area,
    Programme,
    Nation,
}

impl Drive {
    pub(super) fn of(wanted: &Wanted) -> Self {
        let has = |part: Part| wanted.parts.iter().any(|it| it.0 == part);
        let n_segments = wanted.place.as_str().split('/').count();
        match () {
            () if whole_code(&wanted.filter.words).is_some() => Self::Code,
            () if has(Part::Lead) => Self::Lead,
            () if wanted.filter.parent.is_some() => Self::Parent,
            () if wanted.filter.waiting.is_some() => Self::Waiting,
            () if has(Part::Partner) => Self::Partner,
            () if wanted.filter.among.is_some() => Self::Words,
            () if n_segments > 2 => Self::Below,
            () if has(Part::Authority) => Self::Authority,
            () if has(Part::Issuer) => Self::Issuer,
            () if n_segments == 2 => Self::Area,
            () if wanted.filter.programme.is_some() => Self::Programme,
            () => Self::Nation,
        }
    }

    /// True when a list in the order `sort` goes from name to name, instead of sorting its set.
    pub(super) fn walks(self, sort: Sort) -> bool {
        match sort {
            Sort::Lead => matches!(self, Self::Nation | Self::Area | Self::Below),
            Sort::Programme => self == Self::Nation,
            _ => false,
        }
    }
}
