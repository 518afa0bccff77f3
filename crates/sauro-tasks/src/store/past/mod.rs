//! Rows as they ended up, many in one statement: for a past that is written at once.

mod acts;
mod counters;
mod reports;
mod tasks;

pub(crate) use acts::urges;
pub(crate) use counters::{give_receipts, give_tasks, go_on};
pub(crate) use reports::{files, items};
pub(crate) use tasks::{deliverables, history, tasks};
