//! A province with a section of the portal, and a clock that tests move.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::{Agency, Directory};
use sauro_kernel::{AccountId, Actor, AgencyId, Clock, Ctx, IdSource, Role};
use sauro_portal::PortalError;
use sauro_portal::actions::{self, SectionFields, Step};
use sauro_portal::jobs::{PastError, PastPortal, make_past};
use sauro_portal::model::{BlockFields, Fields, Item, Kind, Section};
use sauro_store::{Db, run};
use uuid::Uuid;

pub(crate) const PROVINCE: &str = "UBND-96";
pub(crate) const FAR: &str = "UBND-01";

/// A clock that tests set.
pub(crate) struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Ids that those of a page's own source never meet.
struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) directory: Arc<Directory>,
    pub(crate) section: Section,
    pub(crate) clock: Arc<Hand>,
    ids: Arc<dyn IdSource>,
    n_items: Mutex<u32>,
}

impl World {
    /// 2 November 2026 at eight, a section of the province.
    pub(crate) async fn new(db: &Db) -> Self {
        Self::after(db, 0).await
    }

    /// The same, after years in which that many articles and as many documents were let out.
    pub(crate) async fn after(db: &Db, n: usize) -> Self {
        let now = DateTime::parse_from_rfc3339("2026-11-02T08:00:00+07:00").unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(now.timestamp_micros())));
        let ids: Arc<dyn IdSource> = Arc::new(Ids(AtomicU64::new(0x9000_0000_0000_0000)));
        let system = Ctx { actor: Actor::system(), clock: clock.clone(), ids: ids.clone() };
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let directory = DirectoryHandle::load(&system, db).await.unwrap().directory();
        if n > 0 {
            let now_us = now.timestamp_micros();
            let wanted = PastPortal { n_articles: n, n_documents: n, seed: 57, now_us };
            make_past(db, &directory, wanted, |_| {}).await.unwrap();
            let again = make_past(db, &directory, wanted, |_| {}).await;
            assert!(matches!(again, Err(PastError::Taken)));
        }
        let leader = ctx(&directory, (&clock, &ids), Role::Leader, PROVINCE);
        let section =
            actions::open_section(&leader, db, &every_role("Tin của tỉnh")).await.unwrap();
        Self { db: db.clone(), directory, section, clock, ids, n_items: Mutex::new(0) }
    }

    pub(crate) fn ctx(&self, role: Role, code: &str) -> Ctx {
        ctx(&self.directory, (&self.clock, &self.ids), role, code)
    }

    /// A second person with the same role.
    pub(crate) fn other(&self, role: Role, code: &str) -> Ctx {
        let mut ctx = self.ctx(role, code);
        ctx.actor.account = AccountId(AgencyId::of_code(&format!("{code}/{role:?}/2")).0);
        ctx.actor.display_name = format!("{} thứ hai", role.label());
        ctx
    }

    pub(crate) fn system(&self) -> Ctx {
        let ctx = self.ctx(Role::Leader, PROVINCE);
        Ctx { actor: Actor::system(), ..ctx }
    }

    pub(crate) fn anybody(&self) -> Ctx {
        Ctx { actor: Actor::public(), ..self.system() }
    }

    pub(crate) fn pass_seconds(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Begun by an officer, and written as far as its kind needs no particulars.
    pub(crate) async fn written(&self, kind: Kind) -> Item {
        let n = {
            let mut n = self.n_items.lock().unwrap();
            *n += 1;
            *n
        };
        let officer = self.ctx(Role::Officer, PROVINCE);
        let place = (self.section.id, kind);
        let it = actions::begin(&officer, &self.db, place, &format!("Bài số {n}")).await.unwrap();
        if matches!(kind, Kind::Document | Kind::Event | Kind::Consultation) {
            return it;
        }
        let key = (it.id, it.version_n);
        actions::write(&officer, &self.db, key, &fields(&format!("Bài số {n}"))).await.unwrap()
    }

    /// Waits for a leader.
    pub(crate) async fn waiting(&self, it: Item) -> Item {
        let focal = self.ctx(Role::FocalOfficer, PROVINCE);
        let it = self.step(&focal, &it, Step::Submit).await.unwrap();
        self.step(&focal, &it, Step::HandUp(String::new())).await.unwrap()
    }

    /// Read by everybody.
    pub(crate) async fn published(&self, kind: Kind) -> Item {
        let it = self.written(kind).await;
        let it = self.waiting(it).await;
        let leader = self.ctx(Role::Leader, PROVINCE);
        self.step(&leader, &it, Step::Approve(String::new())).await.unwrap()
    }

    pub(crate) async fn step(&self, ctx: &Ctx, it: &Item, step: Step) -> Result<Item, PortalError> {
        actions::step(ctx, &self.db, (it.id, it.stamp), &step).await
    }

    /// Kinds of entries about items, oldest first.
    pub(crate) async fn journal(&self) -> Vec<String> {
        const SQL: &str =
            "SELECT kind FROM journal_entries WHERE subject LIKE 'portal/%' ORDER BY id";
        let mut conn = self.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await).unwrap()
    }
}

fn ctx(
    directory: &Directory,
    (clock, ids): (&Arc<Hand>, &Arc<dyn IdSource>),
    role: Role,
    code: &str,
) -> Ctx {
    let agency: &Agency = directory.by_code(code).unwrap();
    let seat = AgencyId::of_code(&format!("{code}/{}", role.code()));
    let actor = Actor {
        account: AccountId(seat.0),
        agency: agency.id,
        agency_code: agency.code.clone(),
        agency_name: agency.name.clone(),
        agency_path: agency.path.clone(),
        scope: agency.scope.clone(),
        display_name: role.label().to_owned(),
        ..sauro_testkit::actor(role, "vn")
    };
    Ctx { actor, clock: clock.clone(), ids: ids.clone() }
}

pub(crate) fn every_role(name: &str) -> SectionFields {
    let most = sauro_portal::model::SectionRoles::default();
    let codes = |roles: &[Role]| roles.iter().map(|it| it.code().to_owned()).collect();
    SectionFields {
        name: name.to_owned(),
        writers: codes(&most.writers),
        editors: codes(&most.editors),
        approvers: codes(&most.approvers),
        ..SectionFields::default()
    }
}

pub(crate) fn block(kind: &str, text: &str) -> BlockFields {
    BlockFields { text: text.to_owned(), ..BlockFields::of_kind(kind) }
}

pub(crate) fn fields(title: &str) -> Fields {
    Fields {
        title: title.to_owned(),
        summary: "Tóm tắt của bài.".to_owned(),
        blocks: vec![block("tieu-de", "Phần đầu"), block("doan", "Một đoạn ngắn.")],
        ..Fields::default()
    }
}

/// The words of what was refused.
pub(crate) fn faults<T: std::fmt::Debug>(answer: Result<T, PortalError>) -> String {
    match answer {
        Err(PortalError::Invalid(faults)) => format!("{faults:?}"),
        other => panic!("not refused for a fault: {other:?}"),
    }
}
