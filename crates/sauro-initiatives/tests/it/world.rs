//! A province, a commune in it, and somebody with an idea.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions::{self, Check, Room};
use sauro_initiatives::model::{AuthorFields, DossierFields, Initiative, Terms};
use sauro_kernel::{
    AccountId, Actor, AgencyId, Clock, Ctx, FixedClock, IdSource, Role, WorkingCalendar,
};
use sauro_store::{Db, Files, Keys, run};
use sauro_testkit::ctx_of;
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const PROVINCE: &str = "UBND-96";
pub(crate) const COMMUNE: &str = "UBND-32191";
pub(crate) const FAR: &str = "UBND-01";

struct Ids(AtomicU64);

impl IdSource for Ids {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0x0190_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) files: Files,
    pub(crate) keys: Keys,
    pub(crate) directory: Arc<Directory>,
    pub(crate) calendar: WorkingCalendar,
    ids: Arc<Ids>,
    now: Mutex<DateTime<Utc>>,
    pub(crate) home: TempDir,
}

impl World {
    /// 2 November 2026, a Monday, before anything was sent.
    pub(crate) async fn new(db: &Db) -> Self {
        let system = ctx_of(Actor::system());
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let directory = DirectoryHandle::load(&system, db).await.unwrap().directory();
        let now = DateTime::parse_from_rfc3339("2026-11-02T08:00:00+07:00").unwrap().to_utc();
        let home = TempDir::new().unwrap();
        Self {
            db: db.clone(),
            files: Files::open(&home.path().join("files").display().to_string()).await.unwrap(),
            keys: Keys::open(&home.path().join("keys")).unwrap(),
            directory,
            calendar: WorkingCalendar::new([], []),
            ids: Arc::new(Ids(AtomicU64::new(0x9000_0000_0000_0000))),
            now: Mutex::new(now),
            home,
        }
    }

    fn with(&self, actor: Actor) -> Ctx {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock(*self.now.lock().unwrap()));
        Ctx { actor, ids: self.ids.clone(), clock }
    }

    pub(crate) fn anybody(&self) -> Ctx {
        self.with(actions::visitor())
    }

    /// The person in the seat of `role` in the agency `code`.
    pub(crate) fn ctx(&self, role: Role, code: &str) -> Ctx {
        let agency = self.directory.by_code(code).unwrap();
        let seat = AgencyId::of_code(&format!("{code}/{}", role.code()));
        self.with(Actor {
            account: AccountId(seat.0),
            agency: agency.id,
            agency_code: agency.code.clone(),
            agency_name: agency.name.clone(),
            agency_path: agency.path.clone(),
            scope: agency.scope.clone(),
            display_name: format!("{} {code}", role.label()),
            ..sauro_testkit::actor(role, "vn")
        })
    }

    pub(crate) fn room(&self) -> Room<'_> {
        Room {
            db: &self.db,
            files: &self.files,
            keys: &self.keys,
            directory: &self.directory,
            calendar: &self.calendar,
            terms: Terms::default(),
        }
    }

    pub(crate) fn fresh(&self) -> Uuid {
        self.ids.fresh()
    }

    pub(crate) fn pass_days(&self, days: i64) {
        *self.now.lock().unwrap() += chrono::TimeDelta::days(days);
    }

    /// A sound dossier to the commune.
    pub(crate) fn fields(&self) -> DossierFields {
        let text = |it: &str| it.to_owned();
        let author = |name: &str, unit: &str, share: &str| AuthorFields {
            name: text(name),
            unit: text(unit),
            share: text(share),
        };
        DossierFields {
            kind: text("ky-thuat"),
            area: text("y-te"),
            title: text("Đo huyết áp tại nhà văn hóa thôn"),
            texts: ["Thực trạng", "Nội dung", "Điểm mới", "Khả năng", "Lợi ích"].map(text),
            figure: ["120.000.000", "dong-nam", "Báo cáo số 12/BC-UBND"].map(text),
            ownership: ["khong", ""].map(text),
            receiver: text(COMMUNE),
            problem: String::new(),
            authors: vec![
                author("Người Kín Tên", "Trạm Y tế", "60"),
                author("Người Thứ Hai", COMMUNE, "40"),
            ],
            phone: text("0912 345 678"),
            mail: text("kin@example.vn"),
            consents: ["xu-ly", "cong-khai-noi-dung"].map(text).into(),
            is_sworn: true,
        }
    }

    /// Sent by somebody to the commune.
    pub(crate) async fn sent(&self) -> Initiative {
        let (ctx, key) = (self.anybody(), self.fresh());
        let sent = actions::send(&ctx, &self.room(), key, &self.fields(), Vec::new()).await;
        sent.unwrap().initiative
    }

    /// The same, accepted and with an opinion of the province: before a council.
    pub(crate) async fn judged(&self, it: &Initiative) -> Initiative {
        let focal = self.ctx(Role::FocalOfficer, COMMUNE);
        let accept = (&Check::Accept(PROVINCE.to_owned()), "");
        let it = actions::check(&focal, &self.room(), (it.id, it.stamp), accept).await.unwrap();
        let leader = self.ctx(Role::Leader, PROVINCE);
        let key = (it.id, it.stamp);
        actions::opine(&leader, &self.room(), key, "Dùng được ở các xã ven biển.").await.unwrap()
    }

    /// Kinds of entries about initiatives, oldest first, and all that they say.
    pub(crate) async fn journal(&self) -> (Vec<String>, String) {
        const SQL: &str =
            "SELECT kind, data FROM journal_entries WHERE subject LIKE 'initiative%' ORDER BY id";
        let mut conn = self.db.read().await.unwrap();
        let rows: Vec<(String, String)> =
            run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await).unwrap();
        let (kinds, data): (Vec<String>, Vec<String>) = rows.into_iter().unzip();
        (kinds, data.join("\n"))
    }
}

/// The words of what was refused.
pub(crate) fn faults<T: std::fmt::Debug>(answer: Result<T, InitiativesError>) -> String {
    match answer {
        Err(InitiativesError::Invalid(faults)) => format!("{faults:?}"),
        other => panic!("not refused for a fault: {other:?}"),
    }
}
