//! What a subscription is made of, and its rules. Pure.

mod bulletin;
mod endpoint;
mod letter;
mod rhythm;
mod subject;
mod subscription;
#[cfg(test)]
mod tests;

pub use bulletin::{Bulletin, Happened, Occasion, bulletins_of};
pub use endpoint::{Device, EndpointFault, device_of, written};
pub use letter::{Entry, GIVEN_UP_AFTER, Letter, LetterKind, next_try};
pub use rhythm::Rhythm;
pub use subject::Subject;
pub use subscription::{
    CONFIRM_HOURS, CONSENT, Contact, MOST_SUBJECTS, Subscription, Way, Wish, WishFields,
};

/// What is wrong with a field: its name, and the Vietnamese sentence for people.
pub type Fault = (String, String);
