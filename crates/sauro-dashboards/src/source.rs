//! Where the content of tiles comes from: the product answers, with its other rooms.

use std::pin::Pin;
use std::sync::Arc;

use chrono::NaiveDate;
use sauro_kernel::{Ctx, PastDay};
use sauro_store::StoreError;

use crate::model::{Content, Fault, Ground, Spec};

/// An answer that comes later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What everything that tiles show depends on: at the same stamp the same is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Position of the last entry of the journal that changed a task.
    pub tasks: i64,
    /// Position of the last entry that changed an indicator, a target or a figure; and whether the
    /// roll-ups have followed.
    pub figures: (i64, bool),
    /// Counts up with every change of the catalogue of agencies.
    pub catalogue: u64,
    /// Today.
    pub today: NaiveDate,
    /// The day of deadlines that is open; it ends at the cut-off hour.
    pub open_day: NaiveDate,
    /// The past day whose end is shown; none for the present. What is hidden now is hidden then as well.
    pub day: Option<PastDay>,
}

impl Stamp {
    /// The same, of the end of `day`.
    pub fn at(self, day: Option<PastDay>) -> Self {
        Self { day, ..self }
    }
}

/// Why a tile could not be filled.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Unfilled {
    /// The store cannot be reached now.
    #[error("the store is unavailable")]
    Unavailable,
    /// Anything else, with its chain of causes.
    #[error("a tile could not be filled: {0}")]
    Broken(String),
}

/// Answers what tiles show. Rights are checked inside, for the viewer who is named: nobody, or
/// somebody who is signed in.
pub trait TileSource: Send + Sync + 'static {
    /// What the answers depend on now.
    fn stamp(&self) -> Later<'_, Result<Stamp, Unfilled>>;

    /// What the tile `spec` shows to `viewer`, as of `stamp`. What the viewer may not see is not in it.
    fn fill<'a>(
        &'a self,
        viewer: Option<&'a Ctx>,
        spec: &'a Spec,
        stamp: Stamp,
    ) -> Later<'a, Result<Arc<Content>, Unfilled>>;

    /// What tiles can be about.
    fn ground(&self, stamp: Stamp) -> Later<'_, Result<Arc<Ground>, Unfilled>>;

    /// The first day of whose end something can be told.
    fn first_day(&self, stamp: Stamp) -> Later<'_, Result<NaiveDate, Unfilled>>;

    /// What is wrong with what `spec` names: an indicator or a place that is not there.
    fn check<'a>(&'a self, spec: &'a Spec, stamp: Stamp)
    -> Later<'a, Result<Vec<Fault>, Unfilled>>;
}

impl From<StoreError> for Unfilled {
    fn from(err: StoreError) -> Self {
        match err {
            StoreError::Unavailable(_) => Self::Unavailable,
            other => Self::Broken(sauro_kernel::causes(&other)),
        }
    }
}
