//! Pages in another language: what stands on a screen in Vietnamese is read in English under `/en`.
//!
//! Pages are written once, in Vietnamese. Their English stands in catalogues (`po/en`, the format of GNU gettext),
//! a phrase each, found by the Vietnamese words themselves; [`page`] puts it in place of them when a page leaves.
//! What people have written stays as they wrote it, marked as Vietnamese for whoever listens to the page.

mod catalogue;
mod grammar;
mod page;
mod parts;
mod pattern;
mod prose;
mod turn;

pub use catalogue::{Catalogue, CatalogueError, english};
pub use page::page;

/// What every English address begins with.
pub const PREFIX: &str = "/en";

/// The address without [`PREFIX`]; none when it is no English one.
pub fn bare(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(PREFIX)?;
    match rest.chars().next() {
        None => Some("/"),
        Some('/' | '?') => Some(rest),
        Some(_) => None,
    }
}

/// The address in English of the page at `path` of our own.
pub fn prefixed(path: &str) -> String {
    if path == "/" { PREFIX.to_owned() } else { format!("{PREFIX}{path}") }
}
