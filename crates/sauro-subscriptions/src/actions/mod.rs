//! What can be done with subscriptions, one file a verb: right, rule, rows, journal, in one transaction.

mod ask;
mod change;
mod confirm;
mod counts;
mod device;
mod digest;
mod end;
mod go_out;
mod link;
mod office;
mod tell;

use sauro_kernel::{Ctx, Denied, Right};

pub use ask::ask;
pub(crate) use change::opened;
pub use change::{Own, change, own, own_data};
pub use confirm::{awaiting, confirm};
pub use counts::{Count, counts};
pub use device::{DeviceFields, leave_device, subscribe_device};
pub use digest::close_digests;
pub(crate) use end::{Why, end};
pub use end::{forget_old, leave};
pub use go_out::{let_go, spread};
pub use link::{id_of_link, link_of};
pub use office::{Line, News, NewsRoom, Office, Outside, TopicLine};
pub use tell::{take_back, tell};

/// Only the machine room has every right.
fn require_machine_room(ctx: &Ctx) -> Result<(), Denied> {
    ctx.require(Right::ManageAgencies, ctx.actor.own())?;
    ctx.require(Right::WritePortal, ctx.actor.own())
}
