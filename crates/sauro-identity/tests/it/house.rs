//! A small country with its accounts, and a clock that the tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use sauro_identity::actions::{
    self, Attempt, NewAccount, NewSeat, Opened, SignIn, Ticket, actor_of, open_account,
};
use sauro_identity::model::Client;
use sauro_identity::provider::{ProviderSetup, Providers};
use sauro_identity::{Cost, Identity};
use sauro_kernel::{Actor, AgencyId, Clock, Ctx, Role, SeededIds};
use sauro_store::{Db, Files, Keys, run};
use sauro_testkit::Engine;
use sauro_ui::{AppState, Site};

/// The password of those who were given one.
pub(crate) const PASSWORD: &str = "ba con mèo trên mái";

/// A clock that stands still until moved.
pub(crate) struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

pub(crate) struct House {
    pub(crate) identity: Identity,
    pub(crate) db: Db,
    pub(crate) state: AppState,
    clock: Arc<Hand>,
    _home: tempfile::TempDir,
    _engine: Engine,
}

impl House {
    /// Four agencies: the centre `TW`, the provinces `T1` and `T2`, and the commune `X1` in `T1`.
    pub(crate) async fn new(engine: Engine) -> Self {
        Self::with_site(engine, Site::default()).await
    }

    pub(crate) async fn with_site(engine: Engine, site: Site) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
        let start = DateTime::parse_from_rfc3339("2026-06-01T08:00:00+07:00").unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(start.timestamp_micros())));
        let state = AppState {
            db: engine.db.clone(),
            files,
            clock: clock.clone(),
            ids: Arc::new(SeededIds::default()),
            site: Arc::new(site),
        };
        let keys = Keys::open(&home.path().join("identity.key")).unwrap();
        let identity = Identity::new(&state, false).with_cost(Cost::LOW).with_keys(keys);
        let db = engine.db.clone();
        for (code, path, scope) in [
            ("TW", "vn/tw", "vn"),
            ("T1", "vn/01", "vn/01"),
            ("T2", "vn/02", "vn/02"),
            ("X1", "vn/01/x1", "vn/01/x1"),
        ] {
            agency(&db, code, path, scope).await;
        }
        Self { identity, db, state, clock, _home: home, _engine: engine }
    }

    pub(crate) fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub(crate) fn now_s(&self) -> u64 {
        u64::try_from(self.clock.now().timestamp()).unwrap()
    }

    pub(crate) fn system(&self) -> Ctx {
        self.identity.ctx(Actor::system())
    }

    pub(crate) fn stranger(&self) -> Ctx {
        self.identity.stranger()
    }

    /// Opens an account that may sign in with [`PASSWORD`].
    pub(crate) async fn open(&self, login: &str, role: Role, agency: &str) -> Opened {
        let new = NewAccount {
            login: login.to_owned(),
            display_name: format!("Cán bộ {login}"),
            password: Some(PASSWORD.to_owned()),
            is_sample: false,
            seat: seat(role, agency),
        };
        open_account(&self.system(), &self.identity, &new).await.unwrap()
    }

    pub(crate) async fn try_from(&self, login: &str, password: &str, client: &Client) -> SignIn {
        let attempt = Attempt { login, password, client };
        actions::sign_in(&self.stranger(), &self.identity, attempt).await.unwrap()
    }

    /// Signs in with [`PASSWORD`] from a machine of one's own.
    pub(crate) async fn enter(&self, login: &str) -> Ticket {
        match self.try_from(login, PASSWORD, &at("198.51.100.1")).await {
            SignIn::In(ticket) => ticket,
            other => panic!("{login} is not in: {other:?}"),
        }
    }

    pub(crate) async fn actor(&self, token: &str) -> Option<Actor> {
        let visit = actor_of(&self.stranger(), &self.identity, token).await.unwrap();
        visit.map(|it| it.actor.clone())
    }

    /// A signed-in caller.
    pub(crate) async fn caller(&self, login: &str) -> Ctx {
        let ticket = self.enter(login).await;
        self.identity.ctx(self.actor(&ticket.token).await.unwrap())
    }

    /// The same house, where people sign in with `setup` as well.
    pub(crate) fn with_provider(self, setup: ProviderSetup) -> Self {
        self.with_providers(vec![setup])
    }

    pub(crate) fn with_providers(mut self, setups: Vec<ProviderSetup>) -> Self {
        let providers = Providers::new(setups, "http://localhost:8080").unwrap();
        self.identity = self.identity.with_providers(providers);
        self
    }

    /// How many rows a table has.
    pub(crate) async fn count(&self, table: &'static str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(c).await).unwrap()
    }

    /// Every text of the journal, one after the other.
    pub(crate) async fn journal(&self) -> String {
        const SQL: &str = "SELECT kind || ' ' || data FROM journal_entries ORDER BY id";
        let mut conn = self.db.read().await.unwrap();
        let all: Vec<String> = run!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await).unwrap();
        all.join("\n")
    }

    /// The kinds of the journal's entries, in order of arrival.
    pub(crate) async fn kinds(&self) -> Vec<String> {
        const SQL: &str = "SELECT kind FROM journal_entries ORDER BY at, id LIMIT 1000";
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar::<_, String>(SQL).fetch_all(c).await).unwrap()
    }
}

pub(crate) fn at(address: &str) -> Client {
    Client::at(address.parse().unwrap()).with_browser("Firefox/140 (Windows NT)")
}

pub(crate) fn seat(role: Role, agency: &str) -> NewSeat {
    NewSeat { agency_code: agency.to_owned(), role, title: String::new(), from: None, to: None }
}

async fn agency(db: &Db, code: &str, path: &str, scope: &str) {
    const SQL: &str = "
        INSERT INTO agencies (id, code, abbr, name, name_fold, name_sort, kind, level, path, scope,
                              is_group, valid_from)
        VALUES ($1, $2, $2, $3, $4, $5, 'body', 'centre', $6, $7, $8, $9)";
    let name = format!("Cơ quan {code}");
    let mut conn = db.write().await.unwrap();
    run!(conn, c => sqlx::query(SQL)
        .bind(AgencyId::of_code(code).0)
        .bind(code)
        .bind(&name)
        .bind(sauro_kernel::fold(&name))
        .bind(sauro_kernel::sort_key(&name))
        .bind(path)
        .bind(scope)
        .bind(false)
        .bind(NaiveDate::from_ymd_opt(2025, 7, 1).unwrap())
        .execute(c)
        .await
        .map(drop))
    .unwrap();
    conn.commit().await.unwrap();
}
