//! SQL, one file per table.

pub(crate) mod accounts;
pub(crate) mod agencies;
pub(crate) mod attempts;
pub(crate) mod citizens;
pub(crate) mod devices;
pub(crate) mod posts;
pub(crate) mod recovery_codes;
pub(crate) mod sessions;
pub(crate) mod subjects;
pub(crate) mod trips;
