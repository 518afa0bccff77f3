//! What an agency and a place are. Pure: no database, no web.

mod agency;
mod catalogue;
mod directory;
mod groups;
mod place;
mod sheet;
#[cfg(test)]
mod tests;

pub use agency::{Agency, Level};
pub use catalogue::{abolished, central, communes, departments, provincial};
pub use directory::{Directory, Hit};
pub use groups::is_vague_code;
pub use place::{Place, PlaceName, Predecessor, places, predecessors};
pub use sheet::{DayOff, Row, Sheet, days_off};
