//! The rules of accounts, seats and attempts. No SQL, no HTTP.

mod assurance;
mod client;
mod login;
mod password;
mod seat;
mod session;
mod trip;
mod wait;

pub use assurance::{Level, Levels};
pub use client::Client;
pub use login::Login;
pub use password::{MIN_CHARS, password_fault};
pub use seat::{Lender, Seat, Term};
pub use session::{Lifetime, Stage};
pub use trip::{Errand, Trip, TripFault};
pub use wait::{PER_LOGIN, PER_SOURCE, Pace};

#[cfg(test)]
mod tests;
