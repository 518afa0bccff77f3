//! A commune, its province, the centre, and somebody who sends.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_kernel::{
    AccountId, Actor, AgencyId, Clock, Ctx, FixedClock, IdSource, PetitionId, Role, WorkingCalendar,
};
use sauro_petitions::actions::{self, CaseView, House, Receipt, Sent};
use sauro_petitions::model::{Channel, Draft, Petition, State, Submission};
use sauro_store::{Db, Files, Keys, run};
use sauro_testkit::ctx_of;
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const COMMUNE: &str = "UBND-32191";
pub(crate) const PROVINCE: &str = "UBND-96";
pub(crate) const MINISTRY: &str = "BKHCN";
pub(crate) const CENTRE: &str = "TTBCĐ57";
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
    pub(crate) calendar: Arc<WorkingCalendar>,
    ids: Arc<Ids>,
    now: Mutex<DateTime<Utc>>,
    _home: TempDir,
}

impl World {
    /// Monday 2 November 2026, nine in the morning.
    pub(crate) async fn new(db: &Db) -> Self {
        // Ids of its own: pages under test count theirs from one.
        let ids = Arc::new(Ids(AtomicU64::new(0x9000_0000_0000_0000)));
        let system = Ctx { ids: ids.clone(), ..ctx_of(Actor::system()) };
        sauro_directory::actions::load_shipped(&system, db).await.unwrap();
        let handle = DirectoryHandle::load(&system, db).await.unwrap();
        let home = TempDir::new().unwrap();
        let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
        let now = DateTime::parse_from_rfc3339("2026-11-02T09:00:00+07:00").unwrap().to_utc();
        let world = Self {
            db: db.clone(),
            files,
            keys: Keys::open(&home.path().join("keys")).unwrap(),
            directory: handle.directory(),
            calendar: handle.calendar(),
            ids,
            now: Mutex::new(now),
            _home: home,
        };
        let fields = include_str!("../../../../data/petition_fields.csv");
        actions::import_fields(&world.system(), &world.house(), fields).await.unwrap();
        world
    }

    pub(crate) fn house(&self) -> House<'_> {
        House {
            db: &self.db,
            files: &self.files,
            keys: &self.keys,
            directory: &self.directory,
            calendar: &self.calendar,
        }
    }

    fn with(&self, actor: Actor) -> Ctx {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock(*self.now.lock().unwrap()));
        Ctx { actor, ids: self.ids.clone(), clock }
    }

    pub(crate) fn system(&self) -> Ctx {
        self.with(Actor::system())
    }

    pub(crate) fn anybody(&self) -> Ctx {
        self.with(Actor::public())
    }

    pub(crate) fn ctx(&self, role: Role, code: &str) -> Ctx {
        self.person(role, code, 1)
    }

    /// One of several people with the same role in the same agency.
    pub(crate) fn person(&self, role: Role, code: &str, n: u32) -> Ctx {
        let agency = self.directory.by_code(code).unwrap();
        let seat = AgencyId::of_code(&format!("{code}/{}/{n}", role.code()));
        self.with(Actor {
            account: AccountId(seat.0),
            agency: agency.id,
            agency_code: agency.code.clone(),
            agency_name: agency.name.clone(),
            agency_path: agency.path.clone(),
            scope: agency.scope.clone(),
            ..sauro_testkit::actor(role, "vn")
        })
    }

    pub(crate) fn agency(&self, code: &str) -> AgencyId {
        self.directory.by_code(code).unwrap().id
    }

    pub(crate) fn pass_hours(&self, hours: i64) {
        *self.now.lock().unwrap() += chrono::TimeDelta::hours(hours);
    }

    /// A case in the commune, as somebody would send it.
    pub(crate) fn letter(&self, key: &str) -> Sent {
        Sent {
            submission: Submission {
                matter: "feedback".to_owned(),
                title: "Làm căn cước cho con phải nộp lại bản giấy khai sinh".to_owned(),
                // Word for word the same from one place would be a flood.
                body: format!(
                    "Ngày 30/10 tại bộ phận một cửa, cán bộ yêu cầu nộp bản giấy ({key}). Gọi tôi số 0912 345 678."
                ),
                place: Some(self.agency(COMMUNE)),
                spot: "số nhà 12, ấp 3".to_owned(),
                field: "ho-tich".to_owned(),
                name: "Nguyễn Thị Lan".to_owned(),
                contact: "0912345678".to_owned(),
                may_contact: true,
                may_publish: true,
                ..Submission::default()
            },
            files: Vec::new(),
            key: key.to_owned(),
            channel: Channel::Web,
            source: format!("192.0.2.1 {key}"),
            answered: actions::Answered::default(),
        }
    }

    pub(crate) async fn sent(&self, key: &str) -> (PetitionId, Receipt) {
        let receipt =
            actions::send(&self.anybody(), &self.house(), self.letter(key)).await.unwrap();
        let code = receipt.code.to_string();
        let followed =
            actions::follow(&self.anybody(), &self.house(), &code, "192.0.2.1").await.unwrap();
        (followed.case.id, receipt)
    }

    /// Received and passed to `lead` by the commune.
    pub(crate) async fn assigned(&self, id: PetitionId, lead: &str) -> Petition {
        let officer = self.ctx(Role::Officer, COMMUNE);
        let case = self.view(&officer, id).await.case;
        if case.flow.state == State::Sent {
            actions::receive(&officer, &self.house(), id).await.unwrap();
        }
        let to = (self.agency(lead), [].as_slice());
        actions::assign(&officer, &self.house(), id, to, (false, "")).await.unwrap()
    }

    /// Taken up, drafted by an officer and approved by the leader of `lead`.
    pub(crate) async fn answered(&self, id: PetitionId, lead: &str, n: u32) -> Petition {
        let (officer, leader) =
            (self.person(Role::Officer, lead, n), self.person(Role::Leader, lead, n));
        actions::accept(&officer, &self.house(), id).await.unwrap();
        actions::submit(&officer, &self.house(), id, &draft()).await.unwrap();
        actions::approve(&leader, &self.house(), id).await.unwrap()
    }

    pub(crate) async fn view(&self, ctx: &Ctx, id: PetitionId) -> CaseView {
        actions::case_view(ctx, &self.house(), id).await.unwrap()
    }

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
}

pub(crate) fn draft() -> Draft {
    Draft {
        closing: "solved".to_owned(),
        words: "Kính gửi bà Nguyễn Thị Lan. Đã trả lại bản giấy và nhắc bộ phận một cửa tra dữ liệu trước."
            .to_owned(),
        proof: "Công văn 15/UBND-VP".to_owned(),
    }
}
