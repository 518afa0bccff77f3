//! The press: official papers as PDF, drawings as pixels.
//!
//! Pure: a paper in, bytes out; no files, no network, no clock. It stands behind the trait
//! [`Press`](sauro_papers::Press), so that only the product is compiled with the typesetter.

mod boards;
mod fonts;
mod pixels;
mod plan;
mod press;
#[cfg(test)]
mod tests;

pub use press::{MOST_ROWS, Typesetter};
