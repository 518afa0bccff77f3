//! The figures of the store, measured: `cargo run --release -p sauro-benches --bin <name>`.
//!
//! * `commit_rate`: transactions a second that become durable, by how many callers at once
//! * `report_rate`: reports with a file of 300 kB, from 64 senders to the durable receipt
//! * `log_rate`: sealing, verifying and proving a long journal; a backup and its restore

pub mod disk;
pub mod measure;
