//! Queries of the portal. One file per table; one function per question.

pub(crate) mod addresses;
pub(crate) mod comments;
pub(crate) mod consultations;
pub(crate) mod documents;
pub(crate) mod drafts;
pub(crate) mod files;
pub(crate) mod holders;
pub(crate) mod items;
pub(crate) mod legal;
pub(crate) mod links;
pub(crate) mod lists;
pub(crate) mod past;
pub(crate) mod picture_uses;
pub(crate) mod picture_versions;
pub(crate) mod pictures;
pub(crate) mod renditions;
pub(crate) mod sections;
pub(crate) mod tongues;
pub(crate) mod topics;
pub(crate) mod versions;

use sauro_store::StoreError;
use uuid::Uuid;

/// A row that breaks a rule of the model.
fn corrupt(table: &'static str, row: Uuid, reason: impl ToString) -> StoreError {
    StoreError::Corrupt { table, row: row.to_string(), reason: reason.to_string() }
}

/// A value as it is kept in a column of JSON.
fn json(value: &impl serde::Serialize) -> String {
    // Types of this room have nothing that JSON cannot say.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod plans;
