use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::Response;
use moka::sync::Cache;
use sauro_kernel::{AccountId, Actor, Clock, Ctx, IdSource};
use sauro_store::Db;
use sauro_ui::{Unread, is_view_from_inside};

use crate::actions;
use crate::model::Desk;

/// How long a count is shown without asking again.
const FRESH: Duration = Duration::from_secs(3);

/// Counts remembered at most.
const MOST: u64 = 20_000;

/// The number at the bell of every desk page, asked for at most every few seconds.
#[derive(Clone)]
pub struct Bell {
    db: Db,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    counts: Cache<(AccountId, Desk), i64>,
}

impl Bell {
    /// A bell for this process.
    pub fn new(db: &Db, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        let counts = Cache::builder().max_capacity(MOST).time_to_live(FRESH).build();
        Self { db: db.clone(), clock, ids, counts }
    }

    /// How many notices `actor` has not read. A bell that cannot count stays silent: no page is
    /// refused for its sake.
    async fn unread(&self, actor: &Actor) -> i64 {
        let key = (actor.account, Desk::of(actor));
        if let Some(n) = self.counts.get(&key) {
            return n;
        }
        let ctx = Ctx { actor: actor.clone(), clock: self.clock.clone(), ids: self.ids.clone() };
        match actions::count_unread(&ctx, &self.db).await {
            Ok(n) => {
                self.counts.insert(key, n);
                n
            }
            Err(err) => {
                tracing::warn!(error = %err, "notices could not be counted");
                0
            }
        }
    }

    /// Forgets the count of `actor`, who has read something.
    pub(super) fn forget(&self, actor: &Actor) {
        self.counts.invalidate(&(actor.account, Desk::of(actor)));
    }
}

/// The layer that puts the [`Unread`] of whoever is signed in into the request, for the masthead of the
/// desk. Public pages have no bell, so nothing is counted for them.
pub async fn ring(State(bell): State<Bell>, mut request: Request, next: Next) -> Response {
    let has_bell = has_bell(request.uri());
    let actor = request.extensions().get::<Actor>().filter(|_| has_bell).cloned();
    if let Some(actor) = actor {
        let n = bell.unread(&actor).await;
        request.extensions_mut().insert(Unread(n));
    }
    request.extensions_mut().insert(bell);
    next.run(request).await
}

/// Whether the page at `uri` has the masthead of the desk; results have it in their view from inside.
fn has_bell(uri: &Uri) -> bool {
    let path = uri.path();
    match path.starts_with("/ket-qua") {
        true => is_view_from_inside(uri),
        false => !["/api/", "/suc-khoe"].iter().any(|place| path.starts_with(place)),
    }
}

#[cfg(test)]
mod tests {
    use super::has_bell;

    #[test]
    fn pages_of_the_desk_have_a_bell_and_public_ones_have_none() {
        let has = |text: &str| has_bell(&text.parse().unwrap());
        assert!(has("/viec"));
        assert!(has("/ket-qua?pham-vi=noi-bo"));
        assert!(has("/ket-qua/tinh/96?ngay=2026-05-01&pham-vi=noi-bo"));
        assert!(!has("/ket-qua"));
        assert!(!has("/ket-qua?pham-vi=cong-khai"));
        assert!(!has("/suc-khoe"));
    }
}
