//! The years that `sauro seed` makes up: what they hold, and that they are what the actions leave.

mod alike;
mod dump;
mod measured;
mod names;
mod nation;
mod script;
