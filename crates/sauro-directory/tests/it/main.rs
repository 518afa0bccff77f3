//! The catalogue on both engines.

mod following;
mod importing;
mod pages;
mod scoping;
