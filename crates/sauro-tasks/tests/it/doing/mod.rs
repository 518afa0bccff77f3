//! Reporting, evidence and verification.

mod listing;
mod reporting;
mod together;
mod verifying;
mod world;
