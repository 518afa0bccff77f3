//! What can be done in the portal, one file a verb: right, rule, rows, journal, in one transaction.

mod address;
mod around;
mod begin;
mod comment;
mod desk;
mod draft;
mod files;
mod found;
mod hold;
mod keep_picture;
mod let_out;
mod library;
mod links;
mod lists;
mod open;
mod opine;
mod outside;
mod pick_picture;
mod pictures;
mod preview;
mod public;
mod rendition;
mod sections;
mod step;
mod translate;
mod versions;
mod vet;
mod write;

pub use crate::store::documents::{DocumentLine, Sought};
pub use crate::store::drafts::Draft;
pub use address::{move_to_section, rename};
pub use begin::{begin, copy};
pub use comment::{Reading, Remarking, reading, remark};
pub use desk::{Desk, DeskItem, QUEUE, desk_item, queue};
pub use draft::{drop_draft, keep_draft};
pub use files::{MAX_FILE_BYTES, file_to_read, keep_file};
pub use found::{found_items, listed_items_after};
pub(crate) use hold::particulars;
pub use keep_picture::{is_picture_name, keep_picture, replace_picture};
pub use let_out::publish_due;
pub use library::{LIBRARY_PAGE, library};
pub use links::{Broken, broken_links, has_urgent_links, look_at_links, take_night, tell_night};
pub use lists::{
    After, FEED, Front, LIST_PAGE, Listed, front, in_other_tongues, listed_items, newest, of_topic,
    site_map, site_map_parts,
};
pub use open::{hold_open, take_over};
pub use opine::{GIVERS, OpinionFields, opine, opinions};
pub use outside::{
    AddressRoom, Addresses, Figure, Measure, Outside, Results, ResultsRoom, Strip, TaskLine,
    from_room,
};
pub use pick_picture::{MOST_PICKED, pick_pictures};
pub use pictures::{
    DeskPicture, Library, PICTURES_PAGE, Use, aim_picture, describe_picture, desk_picture,
    pictures, remove_picture,
};
pub use preview::{Previewed, link_preview, open_preview};
pub use public::{Found, PublicItem, read_public};
pub use rendition::{PictureFile, draw_ahead, picture_file};
pub use sections::{
    SectionFields, change_section, open_section, open_topic, sections, topic_of, topics,
};
pub use step::{Step, step};
pub use translate::{Tongues, to_translate, translate};
pub use versions::{Compared, Versions, compare, restore, versions};
pub use write::write;
