//! What is searched, what is asked, and how words are compared. Pure.

mod asked;
mod doc;
mod kind;
mod miss;
mod names;
mod passage;
mod personal;
mod sought;
mod synonyms;
#[cfg(test)]
mod tests;
mod words;

pub use asked::{Asked, MOST_PAGES, MOST_TYPED, PER_PAGE, Sort};
pub(crate) use doc::Kept;
pub use doc::{Doc, DocKey};
pub use kind::{Kind, NoSuchKind};
pub use miss::Miss;
pub use passage::{Piece, marked, passage};
pub use personal::looks_personal;
pub use sought::{Names, Other, Sought, Unit};
pub use words::{Word, words};
