//! The rules of dashboards. Pure: no database, no web, no clock.

mod built_in;
mod compare;
mod content;
mod dashboard;
mod ground;
mod layout;
mod spec;
mod table;

pub use built_in::BuiltIn;
pub use compare::{Change, Comparison, Measure, Turn};
pub use content::{
    Area, Body, Cell, Four, Grid, Late, LateTask, Line, Ranked, Reading, Scale, Way,
};
pub use content::{Content, Origin, Point};
pub use dashboard::{Dashboard, MOST_TILES, Named, Openness, name_of};
pub use ground::{Ground, Known, Place, Rung};
pub use layout::Step;
pub use spec::{Fault, Kind, Spec, Tile, TileFields};
pub use table::{Entry, Table, table};

#[cfg(test)]
mod tests;
