//! Reporting, evidence and verification.

mod acts;
mod browser;
mod counting;
mod day;
mod journey;
mod listing;
mod quick;
mod reporting;
mod together;
mod uploading;
mod verifying;
mod world;
