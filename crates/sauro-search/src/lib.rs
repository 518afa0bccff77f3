//! Search (tìm kiếm): one index over what everybody may read, in Vietnamese with and without marks.
//!
//! The index is a cache: it holds nothing that the database does not, and whoever follows the journal
//! makes it again. Which things there are, and what of them is public, other rooms say; this room is
//! handed [`model::Doc`]s and asks [`Rooms`] once more before it answers.

pub mod actions;
mod error;
mod index;
mod limit;
pub mod model;
mod pages;
mod rooms;
mod store;

pub use error::SearchError;
pub use index::{Found, Hit, IndexError, Place, SearchIndex};
pub use limit::Limiter;
pub use pages::routes;
pub use rooms::{Answer, Rooms, Searching};
