//! Four provinces, three ministries, some hundred tasks, and a browser.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use axum::{Extension, Router};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, AgencyId, AgencyPath, Ctx, Role, fold, sort_key};
use sauro_store::{Conn, Db, Files, run};
use sauro_tasks::jobs::LiveBoard;
use sauro_tasks::model::Moment;
use sauro_testkit::{Engine, ctx, day};
use sauro_ui::{AppState, Site};
use tower::ServiceExt;

use super::seed::{self, Dice, Lead};

pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) live: LiveBoard,
    pub(crate) ctx: Ctx,
    pub(crate) directory: DirectoryHandle,
    router: Router,
    _home: tempfile::TempDir,
    _engine: Engine,
}

pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

const AGENCIES: [(&str, &str, &str, &str); 9] = [
    ("UBND-96", "Ủy ban nhân dân tỉnh Cà Mau", "vn/96/ubnd", "province"),
    ("TU-96", "Tỉnh ủy Cà Mau", "vn/96", "province"),
    ("UBND-31957", "Ủy ban nhân dân phường An Xuyên", "vn/96/ubnd/31957", "commune"),
    ("UBND-44", "Ủy ban nhân dân tỉnh Quảng Trị", "vn/44/ubnd", "province"),
    ("UBND-48", "Ủy ban nhân dân thành phố Đà Nẵng", "vn/48/ubnd", "province"),
    ("UBND-01", "Ủy ban nhân dân thành phố Hà Nội", "vn/01/ubnd", "province"),
    ("BKHCN", "Bộ Khoa học <script>alert(1)</script> & Công nghệ", "vn/bkhcn", "centre"),
    ("BTP", "Bộ Tư pháp", "vn/btp", "centre"),
    ("BCA", "=Bộ Công an", "vn/bca", "centre"),
];

impl World {
    pub(crate) async fn new(engine: Engine, n: u64) -> Self {
        let db = engine.db.clone();
        let ctx = ctx(Role::System);
        let mut conn = db.write().await.unwrap();
        for (code, name, path, level) in AGENCIES {
            put_agency(&mut conn, code, name, path, level).await;
        }
        conn.commit().await.unwrap();
        seed::tasks(&db, &leads(), n, day("2026-06-01"), &mut Dice(57)).await;
        let live = LiveBoard::load(&db).await.unwrap();
        let directory = DirectoryHandle::load(&ctx, &db).await.unwrap();
        let home = tempfile::tempdir().unwrap();
        let files = Files::open(&home.path().display().to_string()).await.unwrap();
        let state = AppState {
            db: db.clone(),
            files,
            clock: ctx.clock.clone(),
            ids: ctx.ids.clone(),
            site: Arc::new(Site::default()),
        };
        let router = sauro_tasks::routes()
            .layer(Extension(live.clone()))
            .layer(Extension(directory.clone()))
            .with_state(state);
        let router = sauro_ui::layers(router);
        Self { db, live, ctx, directory, router, _home: home, _engine: engine }
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment::of(self.ctx.clock.now())
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(path, &[], None).await
    }

    pub(crate) async fn send(
        &self,
        path: &str,
        headers: &[(header::HeaderName, &str)],
        actor: Option<Actor>,
    ) -> Page {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        if let Some(actor) = actor {
            request.extensions_mut().insert(actor);
        }
        self.answer(request).await
    }
}

impl World {
    /// Sends the form `form`.
    pub(crate) async fn post(&self, path: &str, form: &str, actor: Actor) -> Page {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        let mut request = request.body(Body::from(form.to_owned())).unwrap();
        request.extensions_mut().insert(actor);
        self.answer(request).await
    }

    async fn answer(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Page { status, headers, bytes }
    }
}

impl Page {
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.status, 200);
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> String {
        self.headers.get(name).map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default()
    }
}

fn leads() -> Vec<Lead> {
    let lead = |(code, _, path, _): (&str, &str, &str, &str)| Lead {
        id: AgencyId::of_code(code),
        path: AgencyPath::parse(path).unwrap(),
    };
    AGENCIES.into_iter().map(lead).collect()
}

async fn put_agency(conn: &mut Conn, code: &str, name: &str, path: &str, level: &str) {
    const SQL: &str = "
        INSERT INTO agencies (id, code, abbr, name, name_fold, name_sort, kind, level, path, scope,
            is_group, valid_from)
        VALUES ($1, $2, $2, $3, $4, $5, 'body', $6, $7, $7, $8, $9)";
    run!(conn, c => sqlx::query(SQL)
        .bind(AgencyId::of_code(code).0)
        .bind(code)
        .bind(name)
        .bind(fold(name))
        .bind(sort_key(name))
        .bind(level)
        .bind(path)
        .bind(false)
        .bind(day("2025-07-01"))
        .execute(c)
        .await
        .map(drop))
    .unwrap();
}
