//! The rules of figures. Pure: no database, no web, no clock.

mod catalogue;
mod checks;
mod definition;
mod figure;
pub mod formula;
pub mod intake;
mod interchange;
mod observation;
mod operator;
pub mod periodic;
pub mod sdmx;
mod tally;
mod target;
mod unit;

pub use catalogue::{Listed, indicators};
pub use checks::{Check, Severity, checks, robust_z};
pub use definition::{Definition, Direction, Indicator, Kind, Nature, Shape};
pub use figure::{FigureError, MOST_DECIMALS, drawn, read_figure, read_plain, write_figure};
pub use interchange::{Exported, Interchange, guarded, unguarded};
pub use observation::{Counted, Figure, Observation, Revision, Step, computed};
pub use operator::{Fold, Operator, Reading};
pub use sauro_kernel::{Period, PeriodKind};
pub use tally::Tally;
pub use target::{Comparison, Pace, PaceState, Target, TargetState};
pub use unit::{Unit, UnitLevel, short_name, unit_of};
