//! What goes on by itself: what is to be told goes out, digests are closed, letters and messages are sent.

mod post;
mod push_room;
mod run;
mod words;

pub use post::{Carried, Carrier, Post, PostRoom, Round};
pub use push_room::PushRoom;
pub use run::{run_subscriptions, whole_round};
