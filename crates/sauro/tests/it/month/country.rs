//! The country: its catalogue, its pages, a task for every province, and one for every commune.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sauro::song::Audience;
use sauro_directory::DirectoryHandle;
use sauro_identity::{Cost, Identity};
use sauro_kernel::{AgencyId, Clock, IdSource, Role, VIETNAM, WorkingCalendar};
use sauro_reading::{Gazetteer, Reader};
use sauro_store::{Db, Files, Keys};
use sauro_tasks::actions::{self, Addressees, HandDown, ProgrammeFields};
use sauro_tasks::jobs::LiveBoard;
use sauro_tasks::model::{Agencies, Deadline, DeadlineKind, DraftBody};
use sauro_testkit::Engine;
use sauro_ui::{AppState, Site};

use super::known::{At, Known, Says, Sums};
use super::reminders::Told;
use crate::world::World;

/// A Monday; the month has Giỗ Tổ, 30 April and 1 May in it.
pub(super) const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
/// The Friday on which what communes owe is due.
pub(super) const COMMUNES_DUE: NaiveDate = NaiveDate::from_ymd_opt(2026, 4, 24).unwrap();
/// The Wednesday on which what provinces owe is due.
pub(super) const PROVINCES_DUE: NaiveDate = NaiveDate::from_ymd_opt(2026, 4, 29).unwrap();
/// The last day of the month played.
pub(super) const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 5, 13).unwrap();

/// Who gives the order.
pub(super) const CENTRE: &str = "TTBCĐ57";

/// A clock that the month moves.
pub(super) struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

pub(super) struct Country {
    pub(super) world: World,
    pub(super) files: Files,
    pub(super) db: Db,
    pub(super) router: Router,
    pub(super) board: LiveBoard,
    pub(super) calendar: Arc<WorkingCalendar>,
    /// Every task, as the test knows it.
    pub(super) known: Vec<Known>,
    /// The nation's figures at the end of each day that has passed.
    pub(super) noted: BTreeMap<NaiveDate, Sums>,
    /// Whom the program had to remind, counted by hand.
    pub(super) told: BTreeSet<Told>,
    hand: Arc<Hand>,
    _home: tempfile::TempDir,
    _engine: Engine,
}

impl Country {
    /// The shipped catalogue in an empty house, on the first morning.
    pub(super) async fn found(engine: Engine) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let at = home.path().join("files").display().to_string();
        let files = Files::open(&at).await.unwrap();
        let hand = Arc::new(Hand(AtomicI64::new(instant(FIRST_DAY, 8, 0).timestamp_micros())));
        let ids: Arc<dyn IdSource> = Arc::new(sauro::FreshIds);
        let db = engine.db.clone();
        let world = World::found(&db, &files, hand.clone(), ids.clone()).await;
        let site = Arc::new(Site::default());
        let state =
            AppState { db: db.clone(), files: files.clone(), clock: hand.clone(), ids, site };
        let directory = DirectoryHandle::load(&world.system(), &db).await.unwrap();
        let board = LiveBoard::load(&db).await.unwrap();
        let calendar = directory.calendar();
        let router = sauro::http::router(sauro::http::House {
            identity: Identity::new(&state, false).with_cost(Cost::LOW),
            directory,
            board: board.clone(),
            audience: Audience::default(),
            reader: Arc::new(Reader::new(Gazetteer::shipped())),
            search: sauro_search::SearchIndex::open(&home.path().join("search")).unwrap(),
            press: Arc::new(sauro_typeset::Typesetter::default()),
            keys: Keys::passing().unwrap(),
            timeout: Duration::from_secs(600),
            state,
        });
        Self {
            world,
            files,
            db,
            router,
            board,
            calendar,
            known: Vec::new(),
            noted: BTreeMap::new(),
            told: BTreeSet::new(),
            hand,
            _home: home,
            _engine: engine,
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.hand.now()
    }

    pub(super) fn set(&self, now: DateTime<Utc>) {
        self.hand.0.store(now.timestamp_micros(), Ordering::SeqCst);
    }

    /// The centre orders the same of every province.
    pub(super) async fn issue(&mut self) {
        let leader = self.world.ctx(Role::Leader, CENTRE);
        let fields = ProgrammeFields {
            code: "nq57".into(),
            name: "Nghị quyết 57".into(),
            basis: "Nghị quyết số 57-NQ/TW".into(),
            is_public: true,
        };
        let programme = actions::open_programme(&leader, &self.db, fields).await.unwrap();
        let body = DraftBody {
            leads: vec![AgencyId::of_code("*UBNDT")],
            work: "Đưa điểm hỗ trợ dịch vụ công trực tuyến về mọi xã".to_owned(),
            deliverables: vec!["100% xã có điểm hỗ trợ".to_owned()],
            accountable: "Chủ tịch Ủy ban nhân dân cấp tỉnh".to_owned(),
            authority: Some(AgencyId::of_code(CENTRE)),
            deadline: Deadline {
                kind: DeadlineKind::Date,
                due_on: Some(PROVINCES_DUE),
                ..Deadline::default()
            },
            strength: "binding".to_owned(),
            is_public: true,
            ..DraftBody::default()
        };
        let directory = self.world.directory.clone();
        let draft = actions::enter_task(&leader, &self.db, programme, body).await.unwrap();
        actions::propose_drafts(&leader, &self.db, directory.as_ref(), &[draft]).await.unwrap();
        let tasks = actions::issue_drafts(&leader, &self.db, directory.as_ref(), &[draft]).await;
        for id in tasks.unwrap() {
            self.learn(id, PROVINCES_DUE).await;
        }
        assert_eq!(self.known.len(), 34);
    }

    /// Every province hands its task down to all its communes, or one of `one_of` of them.
    pub(super) async fn hand_down(&mut self, one_of: usize) {
        self.set(instant(FIRST_DAY, 10, 0));
        let provinces = self.known.clone();
        let mut n_communes = 0;
        for parent in provinces {
            let lead = self.world.directory.agency(parent.lead).unwrap();
            let communes = self.world.directory.communes_below(&lead.path);
            n_communes += communes.len();
            let to = if one_of == 1 {
                Addressees::AllCommunes
            } else {
                Addressees::Agencies(communes.into_iter().step_by(one_of).collect())
            };
            let order = HandDown {
                to,
                work: "Bố trí điểm hỗ trợ tại nhà văn hóa hoặc trụ sở".to_owned(),
                deliverables: vec!["01 điểm hỗ trợ hoạt động".to_owned()],
                due_on: Some(COMMUNES_DUE),
                accountable: "Chủ tịch Ủy ban nhân dân cấp xã".to_owned(),
                ..HandDown::default()
            };
            let ctx = self.world.ctx(Role::FocalOfficer, &lead.code.clone());
            let directory = self.world.directory.clone();
            let tasks =
                actions::hand_down(&ctx, &self.db, directory.as_ref(), parent.id, order).await;
            for id in tasks.unwrap() {
                self.learn(id, COMMUNES_DUE).await;
            }
        }
        assert_eq!(n_communes, 3321);
        if one_of == 1 {
            assert_eq!(self.known.len(), 34 + 3321);
        }
    }

    async fn learn(&mut self, id: sauro_kernel::TaskId, due_on: NaiveDate) {
        let inspector = self.world.ctx(Role::Inspector, "UBKTTW");
        let (task, _) = actions::task_with_deliverables(&inspector, &self.db, id).await.unwrap();
        let province = task.lead_path.as_str().split('/').nth(1).unwrap().to_owned();
        self.known.push(Known {
            id,
            lead: task.lead,
            lead_path: task.lead_path,
            province,
            due_on,
            due_since: self.now(),
            at: At::Open,
            reported: None,
            says: Says::Nothing,
        });
    }
}

/// `hour`:`minute` in Ha Noi on `day`.
pub(super) fn instant(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    day.and_time(time).and_local_timezone(VIETNAM).unwrap().to_utc()
}
