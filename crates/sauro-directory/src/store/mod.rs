//! Queries on the catalogue. One file per table; one function per question.

pub(crate) mod agencies;
mod bulk;
pub(crate) mod holidays;
pub(crate) mod place_predecessors;
pub(crate) mod places;
