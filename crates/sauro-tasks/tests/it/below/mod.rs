//! What stands below a task: periods of recurring work, tasks handed down, and how it follows them.

pub(crate) mod country;
mod cycles;
mod handing;
mod passing;
mod rollups;
