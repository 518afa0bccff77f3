//! Guides, and what their text becomes.

mod catalogue;
mod picture;
mod prose;

pub use catalogue::{Guide, Reader, guide, guides};
pub use picture::{picture, pictures};
pub use prose::{Heading, Prose};
