//! What other rooms know and the portal shows: how far tasks are. Rooms do not reach into each other, so it is handed in
//! as [`Results`].

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sauro_kernel::DirectiveId;
use sauro_store::StoreError;
use sauro_ui::Headline;

/// An answer that is waited for.
pub type Outside<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The results of the nation as the public sees them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Strip {
    /// Done, on time, verified, in use, of how many.
    pub headline: Headline,
    /// Not done, and the deadline has passed.
    pub n_overdue: i64,
    /// Green by self, not green by data.
    pub n_doubted: i64,
}

impl Strip {
    /// What is shown of it, in the order shown.
    pub fn measures(&self) -> [Measure; 4] {
        let of = |label, n, tone| Measure { label, n, share_bp: self.headline.share_bp(n), tone };
        let it = &self.headline;
        [
            of("Đã báo hoàn thành", it.done, "--none-s"),
            of("Hoàn thành đúng hạn", it.on_time, "--done-s"),
            of("Đã xác minh", it.verified, "--h-3"),
            of("Đang được sử dụng", it.in_use, "--act"),
        ]
    }
}

/// A count of tasks beside its share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// What is counted.
    pub label: &'static str,
    /// How many.
    pub n: i64,
    /// Of all with a deadline, in basis points.
    pub share_bp: i64,
    /// The colour of its bar.
    pub tone: &'static str,
}

/// A public task as a page of the portal lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// Its page.
    pub href: String,
    /// The code.
    pub code: String,
    /// Rõ việc.
    pub work: String,
    /// Rõ người.
    pub lead: String,
    /// Silhouette and words.
    pub status: (&'static str, &'static str),
}

/// A figure that is counted, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// As written.
    pub value: String,
    /// What it counts.
    pub label: String,
    /// Where it is explained.
    pub href: String,
}

/// What the rooms of results say.
pub trait Results: Send + Sync {
    /// The results of the nation.
    fn strip(&self) -> Outside<'_, Strip>;

    /// Public tasks that came from a directive, and how many there are more than those given.
    fn tasks_of(&self, directive: DirectiveId) -> Outside<'_, Result<Vec<TaskLine>, StoreError>>;

    /// Codes and names of the figures that a page may show.
    fn figures(&self) -> Vec<(&'static str, &'static str)>;

    /// The figure `code` as it is now.
    fn figure<'a>(&'a self, code: &'a str) -> Outside<'a, Option<Figure>>;
}

/// The rooms of results, for the pages.
#[derive(Clone)]
pub struct ResultsRoom(pub Arc<dyn Results>);

/// What stands at the addresses of this house.
pub trait Addresses: Send + Sync {
    /// What is wrong with `address` (a path, maybe with a place in its page), as everybody reads it; nothing when it
    /// is there.
    fn fault<'a>(&'a self, address: &'a str) -> Outside<'a, Option<String>>;
}

/// What stands at the addresses of this house, for whoever looks at links.
#[derive(Clone)]
pub struct AddressRoom(pub Arc<dyn Addresses>);

/// Public tasks of `directive`, if there is one and a room that knows of it.
///
/// # Errors
///
/// The store's.
pub async fn from_room(
    room: Option<&ResultsRoom>,
    directive: Option<DirectiveId>,
) -> Result<Vec<TaskLine>, StoreError> {
    match (room, directive) {
        (Some(room), Some(directive)) => room.0.tasks_of(directive).await,
        _ => Ok(Vec::new()),
    }
}
