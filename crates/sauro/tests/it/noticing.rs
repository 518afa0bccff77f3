//! From what happens to a task to the notice that a desk finds, and the mail that a person gets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use sauro::processes::{DeskHolders, NOTICES, NoticeProcess};
use sauro_directory::DirectoryHandle;
use sauro_directory::model::Directory;
use sauro_identity::actions as identity;
use sauro_kernel::{
    Actor, AgencyId, Clock, Ctx, DeliverableId, IdSource, Role, SeededIds, TaskId, WorkingCalendar,
};
use sauro_notices::actions::{count_unread, list_notices};
use sauro_notices::jobs::Holders;
use sauro_notices::model::Desk;
use sauro_petitions::actions::House;
use sauro_store::{Db, Files, Keys, run};
use sauro_tasks::actions::{self, Addressees, HandDown, Verdict};
use sauro_tasks::model::{Agencies, Decision};
use sauro_testkit::{Engine, on_each_engine};
use uuid::Uuid;

use crate::world::{COMMUNE, FAR, PROVINCE, World, enter, open_account, rooms};

pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

impl TestClock {
    /// Friday, 20 November 2026, 08:00 in Ha Noi.
    pub(crate) fn new() -> Arc<Self> {
        let start = DateTime::parse_from_rfc3339("2026-11-20T08:00:00+07:00").unwrap();
        Arc::new(Self(AtomicI64::new(start.timestamp_micros())))
    }

    pub(crate) fn pass_minutes(&self, n: i64) {
        self.0.fetch_add(n * 60_000_000, Ordering::SeqCst);
    }
}

/// What actions on petitions work with beside the database of [`News`].
pub(crate) struct Cases {
    pub(crate) files: Files,
    pub(crate) keys: Keys,
    pub(crate) directory: Arc<Directory>,
    calendar: Arc<WorkingCalendar>,
    _home: tempfile::TempDir,
}

impl Cases {
    pub(crate) async fn of(news: &News) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
        let keys = Keys::open(&home.path().join("keys")).unwrap();
        let (directory, calendar) = (news.directory.directory(), news.directory.calendar());
        Self { files, keys, directory, calendar, _home: home }
    }

    pub(crate) fn house<'a>(&'a self, news: &'a News) -> House<'a> {
        House {
            db: news.db(),
            files: &self.files,
            keys: &self.keys,
            directory: &self.directory,
            calendar: &self.calendar,
        }
    }
}

pub(crate) struct News {
    pub(crate) world: World,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) process: NoticeProcess,
    pub(crate) directory: DirectoryHandle,
    _home: tempfile::TempDir,
    _engine: Engine,
}

impl News {
    pub(crate) async fn new(engine: Engine) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let files = Files::open(&home.path().join("files").display().to_string()).await.unwrap();
        let clock = TestClock::new();
        let ids: Arc<dyn IdSource> = Arc::new(SeededIds::default());
        let world = World::found(&engine.db, &files, clock.clone(), ids).await;
        let directory = DirectoryHandle::load(&world.system(), &world.db).await.unwrap();
        let process = NoticeProcess::new(world.system(), directory.clone());
        Self { world, clock, process, directory, _home: home, _engine: engine }
    }

    pub(crate) fn db(&self) -> &Db {
        &self.world.db
    }

    /// What the desk of `role` in `agency` finds unread, latest first.
    pub(crate) async fn at(&self, role: Role, agency: &str) -> Vec<String> {
        let ctx = self.world.ctx(role, agency);
        let found = list_notices(&ctx, self.db(), false, None).await.unwrap().notices;
        assert_eq!(
            count_unread(&ctx, self.db()).await.unwrap(),
            i64::try_from(found.len()).unwrap()
        );
        found.iter().map(sauro_notices::model::Notice::title).collect()
    }

    pub(crate) async fn follow(&self) {
        while self.process.follow(self.db()).await.unwrap() > 0 {}
    }

    async fn find(&self, code: &str) -> (TaskId, i64, DeliverableId, String) {
        let ctx = self.world.ctx(Role::Leader, PROVINCE);
        let view = actions::task_view(&ctx, self.db(), code).await.unwrap();
        let version = view.task.version;
        (view.task.id, version, view.deliverables[0].id, view.task.code)
    }
}

#[tokio::test]
async fn each_step_of_a_task_is_told_to_those_whom_it_concerns() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let (world, db) = (&news.world, news.db());
        let issued = world.issue(3).await;
        news.follow().await;
        for role in [Role::Leader, Role::FocalOfficer] {
            assert_eq!(news.at(role, COMMUNE).await, ["Được giao 3 nhiệm vụ"]);
        }
        for (role, agency) in
            [(Role::Leader, PROVINCE), (Role::Leader, FAR), (Role::Officer, COMMUNE)]
        {
            assert!(news.at(role, agency).await.is_empty(), "{role:?} {agency}");
        }
        news.follow().await;
        assert_eq!(news.at(Role::Leader, COMMUNE).await.len(), 1, "once");

        // The commune reports done with a file; the authority returns it, and then accepts.
        let (task, version, deliverable, code) = news.find(&issued.tasks[0]).await;
        let whole = actions::WholeReport {
            fields: sauro_tasks::model::ReportFields {
                results: "Đã bố trí điểm.".into(),
                items: vec![sauro_tasks::model::ReportItem {
                    deliverable,
                    claim: sauro_tasks::model::Claim::Done,
                    note: String::new(),
                }],
                ..Default::default()
            },
            file: Some(("bien-ban.pdf".into(), crate::world::PDF.into())),
            ..Default::default()
        };
        let leader = world.ctx(Role::Leader, COMMUNE);
        actions::report_with_file(&leader, db, &world.files, &code, whole).await.unwrap();
        news.follow().await;
        assert_eq!(news.at(Role::Verifier, PROVINCE).await, ["Báo xong, chờ nghiệm thu"]);
        let verifier = world.ctx(Role::Verifier, PROVINCE);
        let (_, after, ..) = news.find(&code).await;
        assert!(after > version);
        let verdict = Verdict {
            deliverable,
            decision: Decision::Returned,
            checked: String::new(),
            reason: "Thiếu biên bản".into(),
        };
        actions::verify(&verifier, db, task, vec![verdict], after).await.unwrap();
        let issuer = world.ctx(Role::Leader, PROVINCE);
        let question = "Vì sao chậm?";
        let calendar = news.directory.calendar();
        actions::ask_explanation(&issuer, db, &calendar, task, question, None).await.unwrap();
        actions::urge_many(&issuer, db, &[task], "Gửi trước thứ Sáu").await.unwrap();
        let to = chrono::NaiveDate::from_ymd_opt(2026, 12, 28);
        let asked =
            actions::ask_extension(&leader, db, &calendar, task, to, "Chờ vốn").await.unwrap();
        news.follow().await;
        assert_eq!(news.at(Role::Officer, COMMUNE).await, ["Sản phẩm bị trả lại"]);
        let mut found = news.at(Role::Leader, COMMUNE).await;
        found.sort();
        let wanted =
            ["Bị đôn đốc", "Phải giải trình", "Sản phẩm bị trả lại", "Được giao 3 nhiệm vụ"];
        assert_eq!(found, wanted);
        for role in [Role::Leader, Role::StandingAgency] {
            assert_eq!(news.at(role, PROVINCE).await, ["Đề nghị gia hạn"], "{role:?}");
        }
        let ctx = world.ctx(Role::Officer, COMMUNE);
        let returned = list_notices(&ctx, db, false, None).await.unwrap().notices;
        assert_eq!(returned[0].items[0].note, "Thiếu biên bản");
        assert_eq!(returned[0].items[0].href, format!("/nhiem-vu/{code}"));

        actions::decide_extension(&issuer, db, task, asked, true, "").await.unwrap();
        news.follow().await;
        assert_eq!(news.at(Role::FocalOfficer, COMMUNE).await[0], "Được gia hạn");
    })
    .await;
}

#[tokio::test]
async fn reminders_go_to_the_lead_and_delays_further_up() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let world = &news.world;
        // Due on Sunday, 20 December 2026.
        world.issue(2).await;
        let calendar = news.directory.calendar();
        let mut told = 0;
        for _ in 0..40 {
            told += sauro_tasks::jobs::remind(&world.system(), news.db(), &calendar).await.unwrap();
            news.follow().await;
            news.clock.pass_minutes(24 * 60);
        }
        assert_eq!(told, 12);
        let officer = news.at(Role::Officer, COMMUNE).await;
        assert_eq!(officer, ["2 nhiệm vụ sắp đến hạn"; 4]);
        assert_eq!(news.at(Role::FocalOfficer, COMMUNE).await.len(), 4, "issued 40 days ago");
        let late = ["2 nhiệm vụ quá hạn 7 ngày làm việc", "2 nhiệm vụ vừa quá hạn"];
        let leader = news.at(Role::Leader, COMMUNE).await;
        assert_eq!(leader[..2], late);
        assert_eq!(leader[2..], ["2 nhiệm vụ sắp đến hạn"; 2], "from three days before");
        assert_eq!(news.at(Role::StandingAgency, PROVINCE).await, late);
        assert_eq!(news.at(Role::Leader, PROVINCE).await, late[..1]);
    })
    .await;
}

#[tokio::test]
async fn what_is_handed_to_all_communes_at_once_is_one_notice_each() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let world = &news.world;
        let issued = world.issue(1).await;
        let province = world.directory.by_code(PROVINCE).unwrap();
        let n_communes = world.directory.communes_below(&province.path).len();
        // The province hands its own task down.
        let (task, ..) = news.find(&issued.tasks[0]).await;
        give_to(news.db(), task, province.id).await;
        let part = HandDown {
            to: Addressees::AllCommunes,
            work: "Bố trí điểm hỗ trợ".into(),
            deliverables: vec!["01 điểm".into()],
            due_on: None,
            accountable: "Phó Chủ tịch".into(),
            ..HandDown::default()
        };
        let leader = world.ctx(Role::Leader, PROVINCE);
        let directory = world.directory.as_ref();
        let all = actions::hand_down(&leader, news.db(), directory, task, part).await.unwrap();
        assert_eq!(all.len(), n_communes);
        assert!(n_communes > 50);
        news.follow().await;
        let found = news.at(Role::FocalOfficer, COMMUNE).await;
        assert_eq!(found, ["Được giao nhiệm vụ"]);
        assert_eq!(count(news.db(), "notices").await, 2 * i64::try_from(n_communes).unwrap() + 2);
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_cannot_be_told_is_parked_and_the_others_are_told() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let world = &news.world;
        let system = world.system();
        let mut conn = news.db().write().await.unwrap();
        let nobody = sauro_journal::Event::new(
            "TaskUrged",
            "task",
            TaskId(Uuid::from_u128(77)),
            serde_json::json!({ "words": "x" }),
        );
        sauro_journal::append(&mut conn, &system, nobody).await.unwrap();
        conn.commit().await.unwrap();
        world.issue(2).await;
        news.follow().await;
        assert_eq!(news.at(Role::Leader, COMMUNE).await, ["Được giao 2 nhiệm vụ"]);
        let parked = sauro_journal::parked(&mut news.db().read().await.unwrap(), 10).await.unwrap();
        assert_eq!(parked.len(), 1);
        assert!(parked[0].error.contains("there is no task"), "{}", parked[0].error);
        let again = NOTICES.digest_parked(news.db(), 0, &news.process).await.unwrap();
        assert_eq!(again, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_successor_and_whoever_a_seat_was_lent_to_find_the_notice_and_who_left_does_not() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let (world, db) = (&news.world, news.db());
        let rooms = rooms(world);
        let first = open_account(world, &rooms, "truong", Role::Leader, COMMUNE).await;
        let other = open_account(world, &rooms, "pho", Role::Leader, FAR).await;
        world.issue(1).await;
        news.follow().await;
        let desk =
            Desk { agency: world.ctx(Role::Leader, COMMUNE).actor.agency, role: Role::Leader };
        let today = world.system().today();
        let sitting = async || {
            let seats = DeskHolders(world.system());
            let mut conn = db.read().await.unwrap();
            let found = seats.holders(&mut conn, &[desk], today).await.unwrap();
            let mut found: Vec<_> = found.into_iter().map(|it| it.1).collect();
            found.sort();
            found
        };
        let unread = async |account| {
            let actor = Actor { account, ..world.ctx(Role::Leader, COMMUNE).actor };
            count_unread(&as_of(&world.system(), actor), db).await.unwrap()
        };
        assert_eq!(sitting().await, [first.account]);
        let token = enter(&rooms, "truong").await;
        let visit = identity::actor_of(&rooms.stranger(), &rooms, &token).await.unwrap().unwrap();
        let loan = identity::Loan { to_login: "pho".into(), from: None, until: Some(today) };
        let lender = as_of(&world.system(), visit.actor.clone());
        identity::delegate(&lender, &rooms, &loan).await.unwrap();
        let mut both = [first.account, other.account];
        both.sort();
        assert_eq!(sitting().await, both);
        assert_eq!((unread(first.account).await, unread(other.account).await), (1, 1));

        identity::end_post(&world.system(), &rooms, first.post).await.unwrap();
        assert!(sitting().await.is_empty(), "what was lent ends with it");
        let gone = identity::actor_of(&rooms.stranger(), &rooms, &token).await.unwrap();
        assert!(gone.is_none(), "who left comes to no desk");
        let next = open_account(world, &rooms, "truong.moi", Role::Leader, COMMUNE).await;
        assert_eq!(sitting().await, [next.account]);
        assert_eq!(unread(next.account).await, 1);
    })
    .await;
}

/// As if the task had been issued to `agency`.
async fn give_to(db: &Db, task: TaskId, agency: AgencyId) {
    const SQL: &str = "
        UPDATE tasks SET lead_agency_id = $2, lead_path = (SELECT path FROM agencies WHERE id = $2)
        WHERE id = $1";
    let mut conn = db.write().await.unwrap();
    run!(conn, c => sqlx::query(SQL).bind(task.0).bind(agency.0).execute(c).await.map(drop))
        .unwrap();
    conn.commit().await.unwrap();
}

pub(crate) async fn count(db: &Db, table: &str) -> i64 {
    let sql = || sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar::<_, i64>(sql()).fetch_one(c).await).unwrap()
}

/// Somebody else's clock and ids for an actor of the test.
pub(crate) fn as_of(ctx: &Ctx, actor: Actor) -> Ctx {
    Ctx { actor, clock: ctx.clock.clone(), ids: ctx.ids.clone() }
}
