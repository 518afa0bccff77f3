//! The product: wiring of the rooms, processes across them, configuration, commands.

pub mod cli;
pub mod config;
pub mod demo;
pub mod front;
pub mod http;
mod outside;
pub mod processes;
pub mod scores;
mod sealing;
pub mod song;
pub mod tiles;

pub use outside::{FreshIds, SystemClock};
