//! The product as a whole: its commands, its doors, and what is left when it is killed.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the helpers of tests are tests"
)]

mod by_mail;
mod by_sms;
mod case_tasks;
mod commands;
mod dashboards;
mod doors;
mod erasing;
mod faults;
mod kept_pages;
mod killing;
mod killing_mix;
mod mailing;
mod mirroring;
mod month;
mod noticing;
mod noticing_petitions;
mod noticing_reports;
mod portal;
mod reports_month;
mod scores;
mod searching;
mod seeding;
mod shelf;
mod subscribing;
mod work_figures;
mod world;
