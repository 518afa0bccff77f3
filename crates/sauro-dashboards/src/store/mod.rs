//! Queries on dashboards. One file per table; one function per question.

pub(crate) mod dashboards;
