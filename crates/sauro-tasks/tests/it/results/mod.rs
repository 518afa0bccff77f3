//! Results: figures that equal counting by hand, nothing private, pages that are cheap and honest.

mod as_of;
mod figures;
mod frame;
mod history;
mod inside;
mod maps;
mod papers;
mod privacy;
#[expect(unreachable_pub, reason = "shared with an example")]
mod seed;
mod world;
