//! The deadline grammar (cách nói thời hạn): words → kind, last day, recurrence.

mod calendar;
mod find;
mod open;
mod repeat;
mod time;

pub(crate) use find::{Hit, Reading, find};

#[cfg(test)]
mod tests;
