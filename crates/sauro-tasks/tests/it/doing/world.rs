//! A made-up world: an issuer (1), a lead (2), an authority (3) and a stranger (4).

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use sauro_kernel::{
    Actor, AgencyPath, Clock, Ctx, DeliverableId, IdSource, PostId, Role, SeededIds, TaskId, fold,
    sort_key,
};
use sauro_store::{Conn, Db, run};
use sauro_tasks::actions::{self, TaskView};
use sauro_tasks::model::{Claim, ReportFields, ReportItem};
use sauro_testkit::{actor, agency, day, post};
use uuid::Uuid;

pub(crate) const ISSUER: u64 = 1;
pub(crate) const LEAD: u64 = 2;
pub(crate) const AUTHORITY: u64 = 3;
pub(crate) const STRANGER: u64 = 4;

/// A clock that tests move.
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) ids: Arc<dyn IdSource>,
}

/// A task to put in.
pub(crate) struct Made {
    pub(crate) n: u64,
    pub(crate) work: &'static str,
    pub(crate) due_on: &'static str,
    pub(crate) lead: u64,
    pub(crate) parent: Option<u64>,
    pub(crate) n_deliverables: u64,
}

impl Default for Made {
    fn default() -> Self {
        Self {
            n: 1,
            work: "Mở điểm phục vụ thứ hai",
            due_on: "2026-06-30",
            lead: LEAD,
            parent: None,
            n_deliverables: 2,
        }
    }
}

pub(crate) fn path_of(n: u64) -> &'static str {
    ["vn/bo-1", "vn/44/xa-2", "vn/44", "vn/45"][usize::try_from(n).unwrap() - 1]
}

pub(crate) fn task(n: u64) -> TaskId {
    sauro_testkit::task(n)
}

pub(crate) fn code(n: u64) -> String {
    format!("NV-2026-{n:06}")
}

pub(crate) fn deliverable(n_task: u64, ordinal: u64) -> DeliverableId {
    DeliverableId(Uuid::from_u64_pair(5, n_task * 100 + ordinal))
}

pub(crate) fn claims(items: &[(u64, Claim)]) -> ReportFields {
    let item = |(ordinal, claim): &(u64, Claim)| ReportItem {
        deliverable: deliverable(1, *ordinal),
        claim: *claim,
        note: String::new(),
    };
    ReportFields {
        results: "Đã mở điểm phục vụ, tiếp 120 lượt người dân.".to_owned(),
        items: items.iter().map(item).collect(),
        ..ReportFields::default()
    }
}

impl World {
    /// The four agencies and one task, at 08:00 in Ha Noi on 1 June 2026.
    pub(crate) async fn new(db: &Db) -> Self {
        let now = DateTime::parse_from_rfc3339("2026-06-01T08:00:00+07:00").unwrap();
        let world = Self {
            db: db.clone(),
            clock: Arc::new(TestClock(AtomicI64::new(now.timestamp_micros()))),
            ids: Arc::new(SeededIds::default()),
        };
        let mut conn = db.write().await.unwrap();
        for n in 1..=4 {
            put_agency(&mut conn, n).await;
        }
        put_programme(&mut conn).await;
        put_task(&mut conn, &Made::default()).await;
        conn.commit().await.unwrap();
        world
    }

    pub(crate) async fn put(&self, made: Made) {
        let mut conn = self.db.write().await.unwrap();
        put_task(&mut conn, &made).await;
        conn.commit().await.unwrap();
    }

    /// Puts in bare tasks, some hundreds in a transaction.
    pub(crate) async fn put_many(&self, all: std::ops::Range<u64>) {
        let all: Vec<u64> = all.collect();
        for some in all.chunks(300) {
            let mut conn = self.db.write().await.unwrap();
            for n in some {
                let made = Made { n: *n, n_deliverables: 0, ..Made::default() };
                put_task(&mut conn, &made).await;
            }
            conn.commit().await.unwrap();
        }
    }

    pub(crate) fn pass(&self, days: i64) {
        self.clock.0.fetch_add(days * 86_400_000_000, Ordering::Relaxed);
    }

    /// Moves the clock to `text`, such as `2026-06-01 08:00` in Ha Noi.
    pub(crate) fn set(&self, text: &str) {
        let now = DateTime::parse_from_str(&format!("{text} +0700"), "%F %H:%M %z").unwrap();
        self.clock.0.store(now.timestamp_micros(), Ordering::Relaxed);
    }

    /// The program itself.
    pub(crate) fn system(&self) -> Ctx {
        Ctx { actor: Actor::system(), clock: self.clock.clone(), ids: self.ids.clone() }
    }

    pub(crate) fn actor(&self, role: Role, n: u64) -> Actor {
        let n_role = u64::try_from(Role::SEATS.iter().position(|it| *it == role).unwrap()).unwrap();
        let scope = if n == ISSUER { "vn" } else { path_of(n) };
        Actor {
            post: PostId(Uuid::from_u64_pair(2, n * 10 + n_role)),
            agency: agency(n),
            agency_path: AgencyPath::parse(path_of(n)).unwrap(),
            agency_code: format!("CQ{n}"),
            ..actor(role, scope)
        }
    }

    pub(crate) fn seat(&self, role: Role, n: u64) -> Ctx {
        Ctx { actor: self.actor(role, n), clock: self.clock.clone(), ids: self.ids.clone() }
    }

    pub(crate) fn staff(&self) -> Ctx {
        self.seat(Role::Officer, LEAD)
    }

    pub(crate) fn leader(&self) -> Ctx {
        self.seat(Role::Leader, LEAD)
    }

    pub(crate) fn verifier(&self) -> Ctx {
        self.seat(Role::Verifier, AUTHORITY)
    }

    /// The task as the issuer's standing agency sees it.
    pub(crate) async fn view(&self) -> TaskView {
        actions::task_view(&self.seat(Role::StandingAgency, ISSUER), &self.db, &code(1))
            .await
            .unwrap()
    }

    /// The kinds of journal entries of task 1, oldest first.
    pub(crate) async fn kinds(&self) -> Vec<String> {
        let view = actions::task_view(&self.leader(), &self.db, &code(1)).await.unwrap();
        view.timeline.into_iter().rev().map(|it| it.kind).collect()
    }

    /// Drafts, shows by a link and sends a report.
    pub(crate) async fn send(&self, fields: ReportFields) -> actions::Receipt {
        let (ctx, db) = (self.leader(), &self.db);
        let report = actions::open_report(&ctx, db, task(1)).await.unwrap();
        let report =
            actions::save_report(&ctx, db, report.id, fields, report.version).await.unwrap();
        actions::attach_link(&ctx, db, report.id, None, "https://xa.example.vn/ket-qua")
            .await
            .unwrap();
        actions::send_report(&ctx, db, report.id, report.version).await.unwrap()
    }
}

async fn put_agency(conn: &mut Conn, n: u64) {
    const SQL: &str = "
        INSERT INTO agencies (id, code, abbr, name, name_fold, name_sort, kind, level, path, scope, is_group, valid_from)
        VALUES ($1, $2, $2, $3, $4, $5, 'ministry', 'centre', $6, $6, $7, $8)";
    let name = format!("Cơ quan {n}");
    run!(conn, c => sqlx::query(SQL)
        .bind(agency(n).0)
        .bind(format!("CQ{n}"))
        .bind(&name)
        .bind(fold(&name))
        .bind(sort_key(&name))
        .bind(path_of(n))
        .bind(false)
        .bind(day("2025-07-01"))
        .execute(c)
        .await
        .map(drop))
    .unwrap();
}

async fn put_programme(conn: &mut Conn) {
    const SQL: &str = "
        INSERT INTO programmes (id, code, name, name_fold, name_sort, basis, owner_agency_id, owner_path, is_public,
            opened_at, version)
        VALUES ($1, 'nq57', $2, $3, $4, '', $5, $6, $7, 0, 1)";
    let name = "Chương trình mẫu";
    run!(conn, c => sqlx::query(SQL)
        .bind(Uuid::from_u64_pair(6, 1))
        .bind(name)
        .bind(fold(name))
        .bind(sort_key(name))
        .bind(agency(ISSUER).0)
        .bind(path_of(ISSUER))
        .bind(true)
        .execute(c)
        .await
        .map(drop))
    .unwrap();
}

async fn put_task(conn: &mut Conn, made: &Made) {
    const SQL: &str = "
        INSERT INTO tasks (id, code, programme_id, parent_id, issuer_agency_id, issuer_path, lead_agency_id, lead_path,
            work, work_fold, deadline_kind, deadline_text, due_on, recurs, accountable, authority_agency_id,
            authority_path, strength, is_public, stage, self_rating, issued_at, issued_by_post_id, changed_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'date', 'trong tháng 6', $11, '', 'Chủ tịch UBND xã', $12, $13,
            'binding', $14, 'issued', '', 0, $15, 0, 1)";
    run!(conn, c => sqlx::query(SQL)
        .bind(task(made.n).0)
        .bind(code(made.n))
        .bind(Uuid::from_u64_pair(6, 1))
        .bind(made.parent.map(|n| task(n).0))
        .bind(agency(ISSUER).0)
        .bind(path_of(ISSUER))
        .bind(agency(made.lead).0)
        .bind(path_of(made.lead))
        .bind(made.work)
        .bind(fold(made.work))
        .bind(day(made.due_on))
        .bind(agency(AUTHORITY).0)
        .bind(path_of(AUTHORITY))
        .bind(true)
        .bind(post(1).0)
        .execute(c)
        .await
        .map(drop))
    .unwrap();
    for ordinal in 1..=made.n_deliverables {
        const SQL: &str = "
            INSERT INTO deliverables (id, task_id, ordinal, name, measure, stage, version)
            VALUES ($1, $2, $3, $4, '', 'assigned', 1)";
        run!(conn, c => sqlx::query(SQL)
            .bind(deliverable(made.n, ordinal).0)
            .bind(task(made.n).0)
            .bind(i64::try_from(ordinal).unwrap())
            .bind(format!("Sản phẩm số {ordinal}"))
            .execute(c)
            .await
            .map(drop))
        .unwrap();
    }
}
