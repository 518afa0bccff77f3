//! Reporting, evidence and verification.

mod acts;
mod browser;
mod counting;
mod day;
mod journey;
mod leading;
mod listing;
mod lists;
mod quick;
mod reminding;
mod reminding_a_year;
mod reporting;
mod together;
mod uploading;
mod verifying;
mod world;
