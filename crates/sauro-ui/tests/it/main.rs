//! What every page may rely on.

#![expect(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod assets;
mod failures;
mod frame;
mod parts;
mod wording;
