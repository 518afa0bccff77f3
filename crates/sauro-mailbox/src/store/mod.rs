//! The tables of the mailbox.

pub(crate) mod letters;
pub(crate) mod messages;

use std::fmt::Display;

use sauro_store::StoreError;

fn corrupt(table: &'static str, row: impl Display, reason: impl Display) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), reason: reason.to_string() }
}
