//! The whole router in process, with a country behind it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use chrono::{DateTime, Utc};
use sauro::song::Audience;
use sauro_directory::DirectoryHandle;
use sauro_identity::actions::Opened;
use sauro_identity::{Cost, Identity};
use sauro_kernel::{
    Clock, DashboardId, EvidenceId, IdSource, InitiativeId, ObservationId, PetitionId, Role,
    RoundId, WorkingCalendar,
};
use sauro_reading::{Gazetteer, Reader};
use sauro_store::{Db, Files, Keys, run};
use sauro_tasks::actions::Receipt;
use sauro_tasks::jobs::LiveBoard;
use sauro_testkit::Engine;
use sauro_ui::{AppState, Site};
use tower::ServiceExt;

use super::petitioned::petition;
use super::published::written;
use super::scored::{Scored, scored};
use super::sent::sent;
use crate::world::{COMMUNE, FAR, Issued, PROVINCE, World, enter, open_account};

/// A clock that the tests move, and break.
pub(crate) struct Hand {
    now: AtomicI64,
    is_broken: AtomicBool,
}

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        assert!(!self.is_broken.load(Ordering::SeqCst), "the clock stopped");
        DateTime::from_timestamp_micros(self.now.load(Ordering::SeqCst)).unwrap()
    }
}

pub(crate) struct Doors {
    pub(crate) router: Router,
    pub(crate) board: LiveBoard,
    pub(crate) world: World,
    pub(crate) rooms: Identity,
    pub(crate) issued: Issued,
    /// Of the report on the first task.
    pub(crate) receipt: Receipt,
    pub(crate) evidence: EvidenceId,
    /// One that the province keeps for itself.
    pub(crate) dashboard: DashboardId,
    /// A figure of the nation.
    pub(crate) figure: ObservationId,
    /// A round of reports of the communes to their province.
    pub(crate) round: RoundId,
    /// A ranking of the communes, its method, and what one of them contests.
    pub(crate) scored: Scored,
    /// Sent to the province by somebody, not yet checked.
    pub(crate) initiative: InitiativeId,
    /// One that was sent to the commune.
    pub(crate) petition: PetitionId,
    /// Written by the province for the portal, not let out.
    pub(crate) item: sauro_portal::model::Item,
    /// The account of the commune's leader.
    pub(crate) opened: Opened,
    pub(crate) clock: Arc<Hand>,
    pub(crate) files_at: std::path::PathBuf,
    _home: tempfile::TempDir,
    _engine: Engine,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{:?}\n{}", self.headers, self.body);
        self
    }

    #[track_caller]
    pub(crate) fn has(&self, words: &str) -> &Self {
        assert!(self.body.contains(words), "{} without {words:?}:\n{}", self.status, self.body);
        self
    }
}

impl Doors {
    /// A province has issued two tasks to a commune, which has reported on the first.
    pub(crate) async fn new(engine: Engine) -> Self {
        // A stream has no end, and the walk reads every answer to its end.
        Self::with_audience(engine, Audience::new(0, 0, Duration::from_secs(30))).await
    }

    /// The same, with room for listeners.
    pub(crate) async fn with_audience(engine: Engine, audience: Audience) -> Self {
        let home = tempfile::TempDir::new().unwrap();
        let files_at = home.path().join("files");
        let files = Files::open(&files_at.display().to_string()).await.unwrap();
        let start = DateTime::parse_from_rfc3339("2026-11-20T08:00:00+07:00").unwrap();
        let clock = Arc::new(Hand {
            now: AtomicI64::new(start.timestamp_micros()),
            is_broken: AtomicBool::new(false),
        });
        let ids: Arc<dyn IdSource> = Arc::new(sauro::FreshIds);
        let db = engine.db.clone();
        let world = World::found(&db, &files, clock.clone(), ids.clone()).await;
        let issued = world.issue(2).await;
        let receipt = world.report(&issued.tasks[0]).await;
        let evidence = evidence(&db).await;
        let shipped = sauro_indicators::actions::load_shipped;
        shipped(&world.system(), &db, &world.directory).await.unwrap();
        let figure = figure(&db).await;
        let round = round(&world).await;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let made =
            sauro_dashboards::actions::make_dashboard(&leader, &db, "Giao ban tuần", Vec::new());
        let dashboard = made.await.unwrap().id;
        let state =
            AppState { db, files, clock: clock.clone(), ids, site: Arc::new(Site::default()) };
        let keys = Keys::open(&home.path().join("keys")).unwrap();
        let petition = petition(&world, &state.files, &keys).await;
        let rooms = Identity::new(&state, false).with_cost(Cost::LOW).with_keys(keys.clone());
        let opened = open_account(&world, &rooms, "lanh.dao.xa", Role::Leader, COMMUNE).await;
        for role in Role::SEATS {
            open_account(&world, &rooms, role.code(), role, FAR).await;
        }
        let system = world.system();
        let initiative = sent(&world, &state.files, &keys).await;
        let item = written(&world).await;
        let scored = scored(&world, &LiveBoard::load(&state.db).await.unwrap()).await;
        let board = LiveBoard::load(&state.db).await.unwrap();
        let router = sauro::http::router(sauro::http::House {
            directory: DirectoryHandle::load(&system, &state.db).await.unwrap(),
            board: board.clone(),
            reader: Arc::new(Reader::new(Gazetteer::shipped())),
            search: sauro_search::SearchIndex::open(&home.path().join("search")).unwrap(),
            press: Arc::new(sauro_typeset::Typesetter::default()),
            keys,
            identity: rooms.clone(),
            audience,
            timeout: Duration::from_secs(300),
            state,
        });
        Self {
            router,
            board,
            world,
            rooms,
            issued,
            receipt,
            evidence,
            dashboard,
            figure,
            round,
            scored,
            initiative,
            petition,
            item,
            opened,
            clock,
            files_at,
            _home: home,
            _engine: engine,
        }
    }

    /// The cookie of a fresh session.
    pub(crate) async fn enter(&self, login: &str) -> String {
        format!("sauro={}", enter(&self.rooms, login).await)
    }

    pub(crate) fn pass(&self, days: i64) {
        self.clock.now.fetch_add(days * 86_400_000_000, Ordering::SeqCst);
    }

    pub(crate) fn pass_hours(&self, hours: i64) {
        self.clock.now.fetch_add(hours * 3_600_000_000, Ordering::SeqCst);
    }

    pub(crate) fn pass_seconds(&self, seconds: i64) {
        self.clock.now.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    pub(crate) fn break_clock(&self) {
        self.clock.is_broken.store(true, Ordering::SeqCst);
    }

    pub(crate) fn mend_clock(&self) {
        self.clock.is_broken.store(false, Ordering::SeqCst);
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A file, as it is.
    pub(crate) async fn bytes(&self, path: &str, cookie: &str) -> Vec<u8> {
        let request = Request::get(path).header(header::COOKIE, cookie);
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await;
        let response = response.unwrap();
        assert_eq!(response.status(), 200);
        to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
    }

    /// A form, urlencoded.
    pub(crate) async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// A form with files: its body as it goes over the wire.
    pub(crate) async fn upload(&self, path: &str, cookie: &str, body: Body) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=ranh");
        self.send(request.body(body).unwrap()).await
    }

    /// Files kept, half written ones included.
    pub(crate) fn n_files(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let entries = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
            entries.map(|it| if it.is_dir() { count(&it) } else { 1 }).sum()
        }
        count(&self.files_at)
    }

    pub(crate) async fn count(&self, table: &str) -> i64 {
        let sql = || sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        let mut conn = self.world.db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar::<_, i64>(sql()).fetch_one(c).await).unwrap()
    }
}

async fn evidence(db: &Db) -> EvidenceId {
    const SQL: &str = "SELECT id FROM evidence ORDER BY id LIMIT 1";
    let mut conn = db.read().await.unwrap();
    let id = run!(conn, c => sqlx::query_scalar::<_, uuid::Uuid>(SQL).fetch_one(c).await);
    EvidenceId(id.unwrap())
}

async fn figure(db: &Db) -> ObservationId {
    const SQL: &str = "SELECT id FROM observations WHERE unit_code = 'VN' ORDER BY id LIMIT 1";
    let mut conn = db.read().await.unwrap();
    let id = run!(conn, c => sqlx::query_scalar::<_, uuid::Uuid>(SQL).fetch_one(c).await);
    ObservationId(id.unwrap())
}

/// A text field of a multipart form.
pub(crate) fn text_part(name: &str, value: &str) -> Vec<u8> {
    format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        .into_bytes()
}

/// What stands before the content of a file.
pub(crate) fn file_head(name: &str, file: &str) -> Vec<u8> {
    format!(
        "--ranh\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes()
}

pub(crate) const END: &[u8] = b"\r\n--ranh--\r\n";

/// The province asks its communes every month; one has begun to write.
async fn round(world: &World) -> RoundId {
    use sauro_indicators::actions::periodic::{
        FormFields, ItemFields, SheetFields, define_form, open_round, save_report,
    };
    let ctx = world.ctx(Role::Leader, PROVINCE);
    let rule = |day: &str| ("0".to_owned(), day.to_owned());
    let form = FormFields {
        code: "BC-96".to_owned(),
        name: "Báo cáo tháng của xã".to_owned(),
        rhythm: "month".to_owned(),
        levels: vec!["commune".to_owned()],
        cut_off: rule("14"),
        commune: rule("18"),
        above: rule("22"),
        lock_after: "20".to_owned(),
        items: vec![ItemFields {
            title: "Kết quả".to_owned(),
            kind: "van-ket-qua".to_owned(),
            is_required: true,
            ..ItemFields::default()
        }],
        ..FormFields::default()
    };
    let (db, directory) = (&world.db, &world.directory);
    define_form(&ctx, db, directory, &form).await.unwrap();
    let calendar = WorkingCalendar::new([], []);
    let round = open_round(&ctx, db, &calendar, "BC-96", "2026-11").await.unwrap();
    let commune = world.ctx(Role::Leader, COMMUNE);
    let fields = SheetFields {
        texts: vec![("ket-qua".to_owned(), "Đã tập huấn 12 cán bộ.".to_owned())],
        ..SheetFields::default()
    };
    save_report(&commune, db, directory, (round, COMMUNE), &fields).await.unwrap();
    round
}
