//! What every page may rely on.

mod assets;
mod failures;
mod frame;
mod parts;
mod wording;
