//! Figures on both engines: actions, roll-ups and pages.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of tests are tests")]

mod forms;
mod hostile;
mod importing;
mod interchange;
mod overview;
mod pages;
mod past;
mod periodic;
mod periodic_forms;
mod periodic_turns;
mod programs;
mod quality;
mod questions;
mod reporting;
mod rolling;
mod rules;
mod rules_at_work;
mod saying;
mod silence;
mod splitting;
mod targeting;
mod workbook;
mod world;
