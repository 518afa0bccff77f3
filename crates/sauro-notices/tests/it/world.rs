//! Two persons at one desk, one at another, and a clock that tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use sauro_kernel::{
    AccountId, Actor, AgencyId, Clock, Ctx, IdSource, NoticeId, Role, fold, sort_key,
};
use sauro_notices::actions::write_notices;
use sauro_notices::model::{Desk, Item, Kind, NewNotice};
use sauro_store::{Conn, Db, run};
use sauro_testkit::{actor, agency, day};
use uuid::Uuid;

pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// Other ids than those that the test's pages draw.
struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(7, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) ids: Arc<dyn IdSource>,
}

pub(crate) fn account(n: u64) -> AccountId {
    AccountId(Uuid::from_u64_pair(4, n))
}

pub(crate) fn desk(n: u64, role: Role) -> Desk {
    Desk { agency: agency(n), role }
}

impl World {
    /// Monday, 1 June 2026, 08:00 in Ha Noi; agencies 1 and 2, accounts 1 to 3.
    pub(crate) async fn new(db: &Db) -> Self {
        let mut conn = db.write().await.unwrap();
        for n in 1..=2 {
            put_agency(&mut conn, agency(n), n).await;
        }
        for n in 1..=3 {
            put_account(&mut conn, n).await;
        }
        conn.commit().await.unwrap();
        Self::at(db)
    }

    /// The same, in a database that has them already.
    pub(crate) fn at(db: &Db) -> Self {
        let now = DateTime::parse_from_rfc3339("2026-06-01T08:00:00+07:00").unwrap();
        Self {
            db: db.clone(),
            clock: Arc::new(TestClock(AtomicI64::new(now.timestamp_micros()))),
            ids: Arc::new(Ids(AtomicU64::new(0))),
        }
    }

    pub(crate) fn pass(&self, minutes: i64) {
        self.clock.0.fetch_add(minutes * 60_000_000, Ordering::Relaxed);
    }

    pub(crate) fn actor(&self, n_account: u64, n_agency: u64, role: Role) -> Actor {
        Actor { account: account(n_account), agency: agency(n_agency), ..actor(role, "vn") }
    }

    pub(crate) fn ctx(&self, n_account: u64, n_agency: u64, role: Role) -> Ctx {
        self.by(self.actor(n_account, n_agency, role))
    }

    pub(crate) fn system(&self) -> Ctx {
        self.by(Actor::system())
    }

    fn by(&self, actor: Actor) -> Ctx {
        Ctx { actor, clock: self.clock.clone(), ids: self.ids.clone() }
    }

    /// A notice about `n` tasks, now.
    pub(crate) fn notice(&self, desk: Desk, kind: Kind, n: i64) -> NewNotice {
        let item = |n| Item {
            href: format!("/nhiem-vu/NV-2026-{n:06}"),
            code: format!("NV-2026-{n:06}"),
            words: format!("Mở điểm phục vụ số {n} <b>"),
            note: "hạn 30/06/2026".to_owned(),
        };
        NewNotice {
            desk,
            kind,
            n,
            items: (1..=n).map(item).take(50).collect(),
            at: self.clock.now(),
            source: self.ids.fresh(),
        }
    }

    /// Writes notices.
    pub(crate) async fn tell(&self, notices: &[NewNotice]) -> Vec<(Desk, Kind, NoticeId)> {
        let mut conn = self.db.write().await.unwrap();
        let written = write_notices(&mut conn, self.ids.as_ref(), notices).await.unwrap();
        conn.commit().await.unwrap();
        written
    }
}

async fn put_agency(conn: &mut Conn, id: AgencyId, n: u64) {
    const SQL: &str = "
        INSERT INTO agencies (id, code, abbr, name, name_fold, name_sort, kind, level, path, scope, is_group, valid_from)
        VALUES ($1, $2, $2, $3, $4, $5, 'ministry', 'centre', $6, $6, $7, $8)";
    let name = format!("Cơ quan {n}");
    run!(conn, c => sqlx::query(SQL)
        .bind(id.0)
        .bind(format!("CQ{n}"))
        .bind(&name)
        .bind(fold(&name))
        .bind(sort_key(&name))
        .bind(format!("vn/bo-{n}"))
        .bind(false)
        .bind(day("2025-07-01"))
        .execute(c)
        .await
        .map(drop))
    .unwrap();
}

async fn put_account(conn: &mut Conn, n: u64) {
    const SQL: &str = "
        INSERT INTO accounts (id, login, display_name, name_fold, totp_step, must_change_password, is_sample,
            created_at, version)
        VALUES ($1, $2, $3, $3, 0, $4, $4, 0, 1)";
    run!(conn, c => sqlx::query(SQL)
        .bind(account(n).0)
        .bind(format!("nguoi-{n}"))
        .bind(format!("người {n}"))
        .bind(false)
        .execute(c)
        .await
        .map(drop))
    .unwrap();
}
