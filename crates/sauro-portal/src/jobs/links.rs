//! Looks at the links of what is public: at once at those that were just let out or lead to what just moved, in the
//! night at the others.

use std::time::Duration;

use chrono::Timelike;
use sauro_kernel::{Ctx, VIETNAM};
use sauro_store::Db;

use crate::PortalError;
use crate::actions::{AddressRoom, has_urgent_links, look_at_links, take_night, tell_night};

/// How often it looks whether there is something to do.
const PERIOD: Duration = Duration::from_secs(5);

/// The hours, on the clock of Viet Nam, in which nobody is kept waiting by it.
const NIGHT: std::ops::Range<u32> = 1..5;

/// Looks at links, for ever. What is due stands in `portal_links`, so that a restart goes on where it was.
pub async fn run_links(ctx: Ctx, db: Db, room: AddressRoom) {
    loop {
        let pause = match look_now(&ctx, &db, &room).await {
            Ok(_) => PERIOD,
            Err(err) => {
                tracing::warn!(error = %err, "links of the portal have to wait");
                PERIOD * 12
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Looks at what is to be looked at by now. Answers how many links that were.
///
/// # Errors
///
/// The store's; what was found stays.
pub async fn look_now(ctx: &Ctx, db: &Db, room: &AddressRoom) -> Result<usize, PortalError> {
    let mut n = 0;
    while has_urgent_links(db).await? {
        n += look_at_links(ctx, db, room, 0).await?;
    }
    let is_night = NIGHT.contains(&ctx.clock.now().with_timezone(&VIETNAM).hour());
    if !is_night || !take_night(ctx, db).await? {
        return Ok(n);
    }
    loop {
        let some = look_at_links(ctx, db, room, ctx.now_us()).await?;
        n += some;
        tell_night(ctx, db, some == 0).await?;
        if some == 0 {
            return Ok(n);
        }
    }
}
