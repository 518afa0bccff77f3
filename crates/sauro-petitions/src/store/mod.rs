//! The tables of petitions.

pub(crate) mod answers;
pub(crate) mod citizens;
pub(crate) mod desks;
pub(crate) mod events;
pub(crate) mod exported;
pub(crate) mod fields;
pub(crate) mod files;
pub(crate) mod found;
pub(crate) mod hidings;
pub(crate) mod index;
pub(crate) mod keys;
pub(crate) mod lists;
pub(crate) mod pains;
pub(crate) mod partners;
pub(crate) mod petitions;
pub(crate) mod pictures;
pub(crate) mod places;
pub(crate) mod public;
pub(crate) mod recounts;
pub(crate) mod routing;
pub(crate) mod tallies;

use std::fmt::Display;

use sauro_store::StoreError;

fn corrupt(table: &'static str, row: impl Display, reason: impl Display) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), reason: reason.to_string() }
}

/// The 32 bytes of a hash.
fn hash(table: &'static str, row: impl Display, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| corrupt(table, row, "a hash has 32 bytes"))
}
