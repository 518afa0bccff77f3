use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use moka::sync::Cache;
use sauro_kernel::{Actor, Clock, Ctx, IdSource};
use sauro_store::{Db, Keys};
use sauro_ui::{AppState, Seats, Site};

use crate::provider::Providers;
use crate::{Cost, Hasher, IdentityError};

/// Everything the actions and the layers of this room work with. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    pub(crate) db: Db,
    pub(crate) hasher: Hasher,
    pub(crate) site: Arc<Site>,
    pub(crate) secure_cookies: bool,
    pub(crate) is_behind_proxy: bool,
    pub(crate) providers: Providers,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    keys: Option<Keys>,
    visits: Cache<Vec<u8>, Arc<Visit>>,
}

/// What is known of a session's holder, kept for a few seconds.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The person, acting from the chosen seat.
    pub actor: Actor,
    /// All seats the person may act from today.
    pub seats: Seats,
    /// When the session ends, in microseconds.
    pub(crate) expires_at: i64,
    /// When it was looked up, in microseconds.
    pub(crate) looked_up_at: i64,
    /// The day for which the seats were looked up.
    pub(crate) today: NaiveDate,
}

/// How long an answer may be out of date on another node; on this one it is forgotten at once.
const VISIT_AGE: Duration = Duration::from_secs(5);

const VISITS: u64 = 20_000;

impl Identity {
    /// The identity room of an installation. `secure_cookies` is true behind HTTPS.
    pub fn new(state: &AppState, secure_cookies: bool) -> Self {
        Self {
            secure_cookies,
            site: state.site.clone(),
            ..Self::for_commands(state.db.clone(), state.clock.clone(), state.ids.clone())
        }
    }

    /// For commands, which have no site.
    pub fn for_commands(db: Db, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        Self {
            db,
            hasher: Hasher::new(Cost::default()),
            site: Arc::default(),
            secure_cookies: false,
            is_behind_proxy: false,
            providers: Providers::default(),
            clock,
            ids,
            keys: None,
            visits: Cache::builder().max_capacity(VISITS).time_to_live(VISIT_AGE).build(),
        }
    }

    /// With the key file that seals the secrets of code generators; without it nobody can enrol one.
    pub fn with_keys(self, keys: Keys) -> Self {
        Self { keys: Some(keys), ..self }
    }

    /// With identity providers; without any nobody is offered one.
    pub fn with_providers(self, providers: Providers) -> Self {
        Self { providers, ..self }
    }

    /// With passwords hashed at another cost.
    pub fn with_cost(self, cost: Cost) -> Self {
        Self { hasher: Hasher::new(cost), ..self }
    }

    /// Behind a proxy of one's own that sets `X-Forwarded-For`: its last entry is the address.
    pub fn behind_proxy(self) -> Self {
        Self { is_behind_proxy: true, ..self }
    }

    /// A context for somebody who has not signed in.
    pub fn stranger(&self) -> Ctx {
        self.ctx(Actor::public())
    }

    /// A context for `actor`.
    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx { actor, clock: self.clock.clone(), ids: self.ids.clone() }
    }

    pub(crate) fn keys(&self) -> Result<&Keys, IdentityError> {
        self.keys.as_ref().ok_or(IdentityError::Refused(
            "Máy chủ chưa có tệp khóa nên chưa bật được mã xác thực. Báo người quản trị máy chủ.",
        ))
    }

    pub(crate) fn visit(&self, hash: &[u8], ctx: &Ctx) -> Option<Arc<Visit>> {
        let now = ctx.now_us();
        let age_us = i64::try_from(VISIT_AGE.as_micros()).unwrap_or(0);
        let is_fresh = |it: &Arc<Visit>| {
            it.expires_at > now && now - it.looked_up_at <= age_us && it.today == ctx.today()
        };
        self.visits.get(hash).filter(is_fresh)
    }

    pub(crate) fn remember(&self, hash: Vec<u8>, visit: Arc<Visit>) {
        self.visits.insert(hash, visit);
    }

    pub(crate) fn forget(&self, hash: &[u8]) {
        self.visits.invalidate(hash);
    }

    /// Seats or accounts changed: rare, and cheap to look up again.
    pub(crate) fn forget_all(&self) {
        self.visits.invalidate_all();
    }
}
