//! The rules of the portal. Pure: no database, no web, no clock.

mod block;
mod check;
mod comment;
mod content;
mod diff;
mod fields;
mod gather;
mod inline;
mod item;
mod kind;
mod link;
mod markdown;
pub mod marks;
mod paste;
mod picture;
mod policy;
mod preview;
mod reading;
mod slug;
mod state;
mod tongue;

pub use block::{Block, Span, words_of};
pub use check::{Remark, remarks};
pub use comment::{Comment, HOLD_US, Holder, LegalOpinion, Said, Thread};
pub use content::{
    ConsultationDetails, Content, DOCUMENT_FIELDS, DOCUMENT_KINDS, Details, DocumentDetails,
    EventDetails, label_in,
};
pub use diff::{Row, compared};
pub use fields::{BLOCK_KINDS, BlockFields, DetailFields, Fields};
pub use inline::{is_href, spans_of, typed};
pub use item::{
    Consultation, Item, ItemFile, Opinion, Section, SectionRoles, Stance, Topic, Version,
};
pub use kind::{Kind, Shelf};
pub use link::{Link, links_of, slug_in};
pub use markdown::blocks_of_markdown;
pub use paste::{blocks_of_html, blocks_of_paste};
pub use picture::{LICENCES, PastShot, Picture, PictureFields, Rendition, Shot, WIDTHS};
pub use policy::{Act, Audience, may};
pub use preview::{PREVIEW_HOURS, Preview};
pub use reading::{MOST_BLOCKS, MOST_IN_BLOCK, MOST_LETTERS};
pub(crate) use reading::{line, moment, prose};
pub use slug::{numbered, slug_of};
pub use state::State;
pub use tongue::Tongue;

/// What is wrong with a field: its name, and the Vietnamese sentence for people.
pub type Fault = (String, String);

#[cfg(test)]
mod tests;
