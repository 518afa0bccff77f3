//! What can be done with messages and letters. All of it is the machine room's.

mod counted;
mod counts;
mod take_in;
mod tell;

use sauro_kernel::{Ctx, Denied, Right};

pub use counts::{MonthCount, counts};
pub use take_in::{Arrived, Mailbox, Outcome, take_in};
pub use tell::{Told, letters_about, write_letters};

/// Only the machine room has every right.
fn require_machine_room(ctx: &Ctx) -> Result<(), Denied> {
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    ctx.require(Right::ReadPetitions, ctx.actor.own())
}
