//! Papers written, taken apart and measured.

mod hostile;
mod measures;
mod parts;
mod rules;
mod text;

use rules::{sample, table};

use super as papers;
