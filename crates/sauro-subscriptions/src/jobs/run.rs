use std::time::Duration;

use sauro_kernel::Ctx;

use crate::SubscriptionsError;
use crate::actions::{Office, close_digests, forget_old, let_go, spread};

/// How often it looks.
const PERIOD: Duration = Duration::from_secs(1);

/// Looks between two at which old addresses and letters are forgotten.
const TIDYING: u32 = 300;

/// One look: what is to be told goes out to everybody who hears at once, and digests whose time has come are closed.
///
/// # Errors
///
/// What the store says; the next look goes on.
pub async fn whole_round(ctx: &Ctx, office: &Office) -> Result<(), SubscriptionsError> {
    let_go(ctx, office).await?;
    while spread(ctx, office).await? {}
    while close_digests(ctx, office).await? > 0 {}
    Ok(())
}

/// Tells for ever. What waits stands in the database, so that a restart loses nothing and doubles nothing. A failing
/// store is tried again after a pause.
pub async fn run_subscriptions(ctx: Ctx, office: Office) {
    let mut n = 0_u32;
    loop {
        let mut outcome = whole_round(&ctx, &office).await;
        if n.is_multiple_of(TIDYING) && outcome.is_ok() {
            outcome = forget_old(&ctx, &office).await.map(drop);
        }
        n = n.wrapping_add(1);
        let pause = match outcome {
            Ok(()) => PERIOD,
            Err(err) => {
                tracing::warn!(error = %err, "subscribers have to wait for the store");
                PERIOD * 10
            }
        };
        tokio::time::sleep(pause).await;
    }
}
