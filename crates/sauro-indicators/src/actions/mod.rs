//! What can be done with figures, one file a verb: right, rule, rows, journal, in one transaction.

mod appraise_figure;
mod authority;
mod batch;
mod calculated;
mod check_rollups;
mod correct_figure;
mod count_work;
mod export_figures;
mod fields;
mod figure_form;
mod import_figures;
mod import_indicators;
mod load_shipped;
mod overview;
mod past;
pub mod periodic;
mod read;
mod rebase_target;
mod report_figure;
pub mod rules;
mod set_target;
mod state_quality;
mod take_figure;
mod tile_figures;
mod unit_marks;

pub use appraise_figure::appraise_figure;
pub use authority::{may_appraise, may_report, reported_units};
pub use check_rollups::{Checked, check_rollups};
pub use correct_figure::correct_figure;
pub use count_work::{CountsFuture, WorkCounter, count_work};
pub use export_figures::{export_figures, export_periods};
pub use fields::{FigureFields, TargetFields};
pub use figure_form::{FigureForm, FormRow, figure_form, form_periods};
pub use import_figures::{Taken, import_figures, intake_figures};
pub use import_indicators::import_indicators;
pub use load_shipped::load_shipped;
pub use overview::{overview, public_line, public_overview};
pub use past::{figures_below_at, first_day, public_line_at, show_at, unit_reading_at};
pub use read::{
    Look, Overview, PlaceFigure, indicator_by_code, indicators_after, observation, show,
};
pub use rebase_target::{decide_rebase, propose_rebase};
pub use report_figure::report_figure;
pub use set_target::set_target;
pub use state_quality::{may_state, points_said, state_quality, statements, statements_said};
pub use tile_figures::{
    KnownIndicator, Sight, UnitFigure, UnitReading, figures_below, known_indicators, unit_reading,
};
pub use unit_marks::{MarkAsk, Marks, unit_marks};
