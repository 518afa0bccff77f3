//! The catalogue on both engines.

mod importing;
