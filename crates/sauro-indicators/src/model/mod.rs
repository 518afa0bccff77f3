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
mod past;
pub mod periodic;
mod quality;
mod rule;
pub mod sdmx;
mod sheet;
mod tally;
mod target;
mod unit;
mod work;

pub use catalogue::{Listed, indicators};
pub use checks::{Check, Severity, checks, robust_z};
pub use definition::{Definition, Direction, Indicator, Kind, Nature, Shape, Split};
pub use figure::{FigureError, MOST_DECIMALS, drawn, read_figure, read_plain, write_figure};
pub use interchange::{Exported, Interchange, guarded, unguarded};
pub use observation::{Counted, Figure, Observation, Revision, Step, computed, counted_as};
pub use operator::{Fold, Operator, Reading};
pub use past::{PastStep, Replaced};
pub use quality::{MOST_LETTERS, Point, Quality, Statement};
pub use rule::{Hand, Operand, Rule, Side, Terms, sides};
pub use sauro_kernel::{Period, PeriodKind};
pub use sheet::{MOST_TOLD, TOLD, observations_told, told};
pub use tally::Tally;
pub use target::{Comparison, Pace, PaceState, Target, TargetState};
pub use unit::{Unit, UnitLevel, short_name, unit_of};
pub use work::{COUNTED, WorkCounts, WorkMeasure};
