//! Agencies, places and the working calendar, all valid in time.

pub mod actions;
mod error;
mod handle;
mod letterhead;
mod map_handle;
pub mod model;
mod nation_map;
mod pages;
mod papers;
mod store;

pub use error::{DirectoryError, Fault};
pub use handle::DirectoryHandle;
pub use letterhead::Letterhead;
pub use map_handle::{MAP_FILES, MapHandle};
pub use nation_map::nation_map;
pub use pages::routes;
pub use papers::{HousePress, Printer, file, not_printed};
