//! Where the facts behind scores come from: the product answers, with its other rooms.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, Ctx, Period};
use sauro_store::StoreError;

use crate::model::{Audience, Measure, Roster, Share, Unit};

/// What is asked of the other rooms.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// The units that are scored.
    pub units: &'a [Unit],
    /// Which kind of units they are.
    pub roster: &'a Roster,
    /// What is counted of them.
    pub measures: &'a [Measure],
    /// Whether only what everybody may see counts.
    pub audience: Audience,
    /// Of which period.
    pub period: Period,
    /// The last day that counts: that of the period, or today while it runs.
    pub until: NaiveDate,
    /// Days after the end of a figure's own period within which it is in time.
    pub figure_days: u32,
}

/// The shares that are known: of which unit, by which measure. What is not there has no data.
pub type Facts = HashMap<(AgencyId, Measure), Share>;

/// The answer of a [`FactSource`].
pub type FactsFuture<'a> = Pin<Box<dyn Future<Output = Result<Facts, StoreError>> + Send + 'a>>;

/// Knows the facts of units. What it answers is not narrowed to the caller: the actions of this room
/// say who may see a ranking.
pub trait FactSource: Send + Sync + 'static {
    /// What is known about all units that are asked for. Its cost grows with them, not with what is
    /// stored.
    fn facts<'a>(&'a self, ctx: &'a Ctx, ask: &'a Ask<'a>) -> FactsFuture<'a>;
}
