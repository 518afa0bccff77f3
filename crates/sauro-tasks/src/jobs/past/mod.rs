//! Years of work written at once: made-up ones for measuring, or those of a system that was used before.
//!
//! A [`Life`] is one task with all that happened to it, held in memory. Its verbs leave the rows, the
//! journal entries and the counts of changes that the actions of the same names would have left, so
//! that whoever goes on working on them notices no difference. [`write_lives`] writes many of them at
//! once; their journal entries go to a [`sauro_journal::Chronicle`], all lives together in the order of
//! time. Rights are not checked here: whoever makes up a past makes up callers who had them.

mod ids;
mod life;
mod order;
mod pressing;
mod reporting;
mod verifying;
mod write;

pub use ids::{By, PastIds};
pub use life::Life;
pub(crate) use life::{Urged, Version};
pub use order::{Ordered, drafted, handed_down};
pub use reporting::{Desk, Piece};
pub use verifying::Ruling;
pub use write::{go_on_from, set_counters, write_drafts, write_lives};
