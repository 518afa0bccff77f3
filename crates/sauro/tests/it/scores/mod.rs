//! Scores with the rooms behind them: what tasks and reports come to, and a total counted again from the
//! file by another arithmetic.

mod facts;
mod recounting;
