//! A province that scores its communes, and facts that the tests change.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{
    AccountId, Actor, AgencyId, Clock, Ctx, FixedClock, IdSource, RankingId, Role, ScoreMethodId,
    WorkingCalendar,
};
use sauro_scores::actions::{self, MethodChange, Room};
use sauro_scores::model::{DesignFields, MethodVersion, Share};
use sauro_scores::{Ask, FactSource, Facts, FactsFuture, ScoresError};
use sauro_store::{Db, run};
use sauro_testkit::ctx_of;
use uuid::Uuid;

pub(crate) const PROVINCE: &str = "UBND-96";
pub(crate) const COMMUNE: &str = "UBND-32191";
pub(crate) const FAR: &str = "UBND-01";

/// So many of a hundred, of every measure, for each unit; of those not named there is nothing.
#[derive(Default)]
pub(crate) struct Told(Mutex<Vec<(AgencyId, i64)>>);

impl FactSource for Told {
    fn facts<'a>(&'a self, _: &'a Ctx, ask: &'a Ask<'a>) -> FactsFuture<'a> {
        let known = self.0.lock().unwrap().clone();
        let mut facts = Facts::new();
        for (unit, hits) in known.iter().filter(|it| ask.units.iter().any(|unit| unit.id == it.0)) {
            facts.extend(
                ask.measures.iter().map(|it| ((*unit, *it), Share { hits: *hits, of: 100 })),
            );
        }
        Box::pin(async { Ok(facts) })
    }
}

struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) directory: Arc<Directory>,
    pub(crate) told: Told,
    pub(crate) calendar: WorkingCalendar,
    ids: Arc<Ids>,
    now: Mutex<DateTime<Utc>>,
}

impl World {
    /// 2 November 2026, before anybody scores.
    pub(crate) async fn new(db: &Db) -> Self {
        let system = ctx_of(Actor::system());
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let directory = DirectoryHandle::load(&system, db).await.unwrap().directory();
        let now = DateTime::parse_from_rfc3339("2026-11-02T08:00:00+07:00").unwrap().to_utc();
        Self {
            db: db.clone(),
            directory,
            told: Told::default(),
            calendar: WorkingCalendar::new([], []),
            ids: Arc::new(Ids(AtomicU64::new(0x9000_0000_0000_0000))),
            now: Mutex::new(now),
        }
    }

    pub(crate) fn ctx(&self, role: Role, code: &str) -> Ctx {
        let agency = self.directory.by_code(code).unwrap();
        let seat = AgencyId::of_code(&format!("{code}/{}", role.code()));
        let actor = Actor {
            account: AccountId(seat.0),
            agency: agency.id,
            agency_code: agency.code.clone(),
            agency_name: agency.name.clone(),
            agency_path: agency.path.clone(),
            scope: agency.scope.clone(),
            ..sauro_testkit::actor(role, "vn")
        };
        let clock: Arc<dyn Clock> = Arc::new(FixedClock(*self.now.lock().unwrap()));
        Ctx { actor, ids: self.ids.clone(), clock }
    }

    pub(crate) fn room(&self) -> Room<'_> {
        Room { db: &self.db, source: &self.told, directory: &self.directory }
    }

    pub(crate) fn pass_days(&self, days: i64) {
        *self.now.lock().unwrap() += chrono::TimeDelta::days(days);
    }

    /// From now on `code` has `hits` of a hundred.
    pub(crate) fn say(&self, code: &str, hits: i64) {
        let mut told = self.told.0.lock().unwrap();
        let unit = AgencyId::of_code(code);
        told.retain(|it| it.0 != unit);
        told.push((unit, hits));
    }

    pub(crate) async fn kinds(&self, things: &str) -> Vec<String> {
        const SQL: &str = "SELECT kind FROM journal_entries WHERE subject LIKE $1 ORDER BY id";
        let mut conn = self.db.read().await.unwrap();
        let like = format!("{things}/%");
        run!(conn, c => sqlx::query_scalar::<_, String>(SQL).bind(&like).fetch_all(c).await)
            .unwrap()
    }

    /// A draft of the province for its communes.
    pub(crate) async fn draft(&self) -> MethodVersion {
        let leader = self.ctx(Role::Leader, PROVINCE);
        let typed = ("Xếp hạng xã", "communes.96");
        actions::make_method(&leader, &self.db, &self.directory, typed).await.unwrap()
    }

    pub(crate) async fn change(
        &self,
        role: Role,
        it: &MethodVersion,
        change: MethodChange,
    ) -> Result<MethodVersion, ScoresError> {
        let key = (it.method, it.n, it.stamp);
        actions::change_method(&self.ctx(role, PROVINCE), &self.db, key, change).await
    }

    /// `it` with what was typed, from `from` on, put in force by two persons.
    pub(crate) async fn publish(
        &self,
        it: MethodVersion,
        fields: DesignFields,
        from: &str,
    ) -> MethodVersion {
        let save = MethodChange::Save(Box::new(fields), from.to_owned());
        let it = self.change(Role::Leader, &it, save).await.unwrap();
        let it = self.change(Role::Leader, &it, MethodChange::Simulate).await.unwrap();
        let it = self.change(Role::Leader, &it, MethodChange::Propose).await.unwrap();
        self.change(Role::StandingAgency, &it, MethodChange::Publish).await.unwrap()
    }

    /// The ranking of October, open.
    pub(crate) async fn opened(&self) -> (ScoreMethodId, RankingId) {
        let it = self.draft().await;
        let fields = DesignFields { rhythm: "month".to_owned(), ..it.design.fields() };
        let it = self.publish(it, fields, "2026-09").await;
        let leader = self.ctx(Role::Leader, PROVINCE);
        let opened =
            actions::open_ranking(&leader, &self.db, &self.calendar, it.method, "2026-10").await;
        (it.method, opened.unwrap().id)
    }

    /// Closes the ranking after the days for units are over, and shows it to everybody.
    pub(crate) async fn close(&self, id: RankingId) {
        self.pass_days(30);
        let leader = self.ctx(Role::Leader, PROVINCE);
        actions::close_ranking(&leader, &self.room(), (id, 1)).await.unwrap();
        actions::publish_ranking(&leader, &self.room(), (id, 2)).await.unwrap();
    }
}

/// The words of what was refused.
pub(crate) fn faults<T: std::fmt::Debug>(answer: Result<T, ScoresError>) -> String {
    match answer {
        Err(ScoresError::Invalid(faults)) => format!("{faults:?}"),
        other => panic!("not refused for a fault: {other:?}"),
    }
}
