//! What an agency and a place are. Pure: no database, no web.

mod agency;
mod atlas;
mod catalogue;
mod check;
mod day_off;
mod directory;
mod groups;
mod head_title;
mod index;
mod map;
mod named;
mod place;
mod sheet;
mod spellings;
#[cfg(test)]
mod tests;

pub use agency::{Agency, Level};
pub use atlas::Atlas;
pub use catalogue::{Listed, agencies, communes, departments};
pub use check::check;
pub use day_off::{DayOff, days_off};
pub use directory::{Directory, Hit};
pub use groups::is_vague_code;
pub use head_title::title_of_head;
pub use map::{Archipelago, Aside, MapError, MapSheet, Maps, Outline, Topology, archipelagos};
pub use place::{Place, PlaceName, Predecessor, predecessors};
pub use sheet::{Row, Sheet};
