//! Text as the reader sees it: words in one spelling, paragraphs, labels of items.

mod doc;
mod fold;
mod label;
mod paragraphs;
mod phrases;
mod token;

pub(crate) use doc::Doc;
pub(crate) use fold::{canon, find_fold};
pub(crate) use label::{LabelKind, bracketed, label_at, small_roman};
pub(crate) use paragraphs::{Paragraph, paragraphs};
pub(crate) use phrases::Phrases;
pub(crate) use token::Kind;
