//! What can be done in the portal, one file a verb: right, rule, rows, journal, in one transaction.

mod address;
mod around;
mod begin;
mod desk;
mod draft;
mod files;
mod found;
mod hold;
mod let_out;
mod library;
mod lists;
mod opine;
mod outside;
mod preview;
mod public;
mod sections;
mod step;
mod versions;
mod write;

pub use crate::store::documents::{DocumentLine, Sought};
pub use crate::store::drafts::Draft;
pub use address::{move_to_section, rename};
pub use begin::{begin, copy};
pub use desk::{Desk, DeskItem, QUEUE, desk_item, queue};
pub use draft::{drop_draft, keep_draft};
pub use files::{MAX_FILE_BYTES, file_to_read, keep_file};
pub use found::{found_items, listed_items_after};
pub(crate) use hold::particulars;
pub use let_out::publish_due;
pub use library::{LIBRARY_PAGE, library};
pub use lists::{
    After, FEED, Front, LIST_PAGE, Listed, front, listed_items, newest, of_topic, site_map,
    site_map_parts,
};
pub use opine::{GIVERS, OpinionFields, opine, opinions};
pub use outside::{Figure, Measure, Outside, Results, ResultsRoom, Strip, TaskLine, from_room};
pub use preview::{Previewed, link_preview, open_preview};
pub use public::{Found, PublicItem, read_public};
pub use sections::{
    SectionFields, change_section, open_section, open_topic, sections, topic_of, topics,
};
pub use step::{Step, step};
pub use versions::{Compared, Versions, compare, restore, versions};
pub use write::write;
