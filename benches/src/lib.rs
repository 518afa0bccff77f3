//! The figures of the store, measured: `cargo run --release -p sauro-benches --bin <name>`.
//!
//! * `figures`: everything `./bench` prints, on the real binary
//! * `commit_rate`: transactions a second that become durable, by how many callers at once
//! * `report_rate`: reports with a file of 300 kB, from 64 senders to the durable receipt
//! * `log_rate`: sealing, verifying and proving a long journal; a backup and its restore

pub mod disk;
pub mod measure;
pub mod outside;
