//! What messages and letters are made of, and their rules. Pure.

mod incoming;
mod letter;
mod plain;
mod skip;
mod verdict;

pub(crate) use incoming::broken;
pub use incoming::{Incoming, Own, read};
pub use letter::{
    About, GIVEN_UP_AFTER, Letter, LetterKind, MOST_A_DAY, SMS_HOURS, Way, next_try, next_unsure,
};
pub use plain::plain_of;
pub use skip::Skip;
pub use verdict::doubt_of;
