//! Agencies, places and the working calendar, all valid in time.

pub mod actions;
mod error;
mod handle;
mod letterhead;
mod map_handle;
pub mod model;
mod nation_map;
mod pages;
mod store;

pub use error::{DirectoryError, Fault};
pub use handle::DirectoryHandle;
pub use letterhead::{Letterhead, paper_file};
pub use map_handle::{MAP_FILES, MapHandle};
pub use nation_map::nation_map;
pub use pages::routes;
