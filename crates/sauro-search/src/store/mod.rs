//! SQL of this room, one file per table.

pub(crate) mod misses;
