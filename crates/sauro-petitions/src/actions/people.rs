//! People whom a case may be about. Rooms do not reach into each other: who sits where is handed in as [`People`].

use std::sync::Arc;

use sauro_kernel::{AccountId, AgencyId};
use sauro_store::StoreError;

use super::task::TaskFuture;
use crate::model::Petition;

/// Somebody who sits in an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// The title of the seat, or empty.
    pub title: String,
    /// Of which agency.
    pub agency: AgencyId,
}

/// What the room of accounts does for cases.
pub trait People: Send + Sync {
    /// Who sits in `agencies` today.
    fn seated<'a>(
        &'a self,
        agencies: &'a [AgencyId],
    ) -> TaskFuture<'a, Result<Vec<Person>, StoreError>>;
}

/// The room of accounts, handed in.
#[derive(Clone)]
pub struct PeopleRoom(pub Arc<dyn People>);

/// The agencies whose people a case may be about: whoever governs its place, received it, holds it or handles it.
pub fn agencies_about(case: &Petition) -> Vec<AgencyId> {
    let mut all: Vec<AgencyId> = [case.place, Some(case.coordinator), Some(case.holder), case.lead]
        .into_iter()
        .flatten()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
