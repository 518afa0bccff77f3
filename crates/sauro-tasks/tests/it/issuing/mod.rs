//! From text to issued tasks.

mod acting;
pub(crate) mod setting;
