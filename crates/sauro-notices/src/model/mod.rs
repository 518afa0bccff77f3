//! The rules of notices. Pure: no database, no web, no clock.

mod kind;
mod mail;
mod notice;

pub use kind::Kind;
pub use mail::{
    Carried, GIVEN_UP_AFTER, Letter, MailSettings, address_of, first_try, next_try, sendable,
};
pub use notice::{Desk, Item, MOST_ITEMS, NewNotice, Notice, Tiding, gathered};

#[cfg(test)]
mod tests;
