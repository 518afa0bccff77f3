use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sauro_store::StoreError;

use crate::model::DocKey;
use crate::{Limiter, SearchIndex};

/// What [`Rooms::public`] comes to.
pub type Answer<'a> =
    Pin<Box<dyn Future<Output = Result<HashSet<DocKey>, StoreError>> + Send + 'a>>;

/// The rooms whose things are searched.
pub trait Rooms: Send + Sync {
    /// Which of `keys` everybody may read at this moment. Asked for the few things of one answer.
    ///
    /// # Errors
    ///
    /// The future's: what the store says; then nothing is shown.
    fn public<'a>(&'a self, keys: &'a [DocKey]) -> Answer<'a>;
}

/// What the pages of this room work with. The product lays it over the routes as an extension.
#[derive(Clone)]
pub struct Searching {
    /// The index.
    pub index: SearchIndex,
    /// Who says what is public now.
    pub rooms: Arc<dyn Rooms>,
    /// How often one place may ask.
    pub limiter: Limiter,
}
