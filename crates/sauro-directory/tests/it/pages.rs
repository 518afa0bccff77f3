use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::{Extension, Router};
use sauro_directory::actions::load_shipped;
use sauro_directory::{DirectoryHandle, routes};
use sauro_kernel::{AgencyId, Ctx, IdSource, Role};
use sauro_store::Files;
use sauro_testkit::{Engine, TestApp, actor, ctx, day, on_each_engine};
use sauro_ui::AppState;
use tower::ServiceExt;
use uuid::Uuid;

/// Ids of the time before the test, for the test's own begin at one.
#[derive(Default)]
struct EarlierIds(AtomicU64);

impl IdSource for EarlierIds {
    fn fresh(&self) -> Uuid {
        Uuid::from_u64_pair(0x0180_0000_0000_7000, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

async fn served(engine: &Engine) -> (Router<AppState>, DirectoryHandle) {
    let ctx = Ctx { ids: Arc::new(EarlierIds::default()), ..ctx(Role::System) };
    load_shipped(&ctx, &engine.db).await.unwrap();
    let handle = DirectoryHandle::load(&ctx, &engine.db).await.unwrap();
    (routes().layer(Extension(handle.clone())), handle)
}

#[tokio::test]
async fn anyone_signed_in_finds_an_agency_and_walks_through_the_catalogue() {
    on_each_engine(async |engine| {
        let (routes, _) = served(&engine).await;
        let app = TestApp::new(engine, routes).await;
        let officer = app.official(actor(Role::Officer, "vn/96/ubnd/32191"));
        let page = officer.get("/co-quan").await;
        assert_eq!(page.status, 200);
        page.has_text("34 tỉnh, thành phố và 3.321 xã, phường, đặc khu");
        page.has_text("không rõ gồm những cơ quan nào");
        let page = officer.get("/co-quan?q=xa+nam+can").await;
        page.has_text("Ủy ban nhân dân xã Năm Căn");
        page.has_text("Ủy ban nhân dân tỉnh Cà Mau");
        officer.get("/co-quan?q=B%E1%BB%99%20KH%26%C4%90T").await.has_text("nay là Bộ Tài chính");
        officer.get("/co-quan?q=zzzz").await.has_text("Không có cơ quan nào tên như vậy");
        officer.get("/co-quan?q=%3Cscript%3E").await.has_text("&#60;script&#62;");
    })
    .await;
}

#[tokio::test]
async fn an_agency_shows_its_names_in_time_and_those_below_it() {
    on_each_engine(async |engine| {
        let (routes, _) = served(&engine).await;
        let app = TestApp::new(engine, routes).await;
        let officer = app.official(actor(Role::Officer, "vn/96/ubnd/32191"));
        let link = |code: &str| format!("/co-quan/{}", AgencyId::of_code(code));
        let page = officer.get(&link("UBND-96")).await;
        page.has_text("Cơ quan trực thuộc: 78");
        page.has_text("Trang 1 trên 2");
        page.has_text("Tỉnh Bạc Liêu");
        let page = officer.get(&format!("{}?trang=2", link("UBND-96"))).await;
        page.has_text("Trang 2 trên 2");
        officer.get(&format!("{}?trang=999", link("UBND-96"))).await.has_text("Trang 2 trên 2");
        let page = officer.get(&link("UBND-22")).await;
        page.has_text("tỉnh Quảng Ninh, từ 01/07/2025 đến 31/08/2026");
        officer.get(&link("BKHĐT")).await.has_text("Việc nay thuộc");
        officer.get(&link("*BLQ")).await.has_text("chưa rõ người");
        officer.get(&link("*UBNDT")).await.has_text("Gồm các cơ quan: 34");
        assert_eq!(officer.get(&link("KHÔNG-CÓ")).await.status, 404);
        assert_eq!(officer.get("/co-quan/xyz").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_national_administrator_edits_the_calendar_and_nobody_else() {
    on_each_engine(async |engine| {
        let (routes, handle) = served(&engine).await;
        let app = TestApp::new(engine, routes).await;
        let admin = app.official(actor(Role::Administrator, "vn"));
        admin.get("/quan-tri/lich?nam=2026").await.has_text("24/11/2026");
        let typed = [("ngay", "2026-12-02"), ("ten", "Nghỉ bão số 9"), ("loai", "observed")];
        let answer = admin.post("/quan-tri/lich", &typed).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.location, "/quan-tri/lich?nam=2026#ngay-2026-12-02");
        assert!(!handle.calendar().is_working(day("2026-12-02")));
        admin.get("/quan-tri/lich?nam=2026").await.has_text("Nghỉ bão số 9");
        let typed = [("ngay", "2026-02-30"), ("ten", ""), ("loai", "gì đó")];
        let answer = admin.post("/quan-tri/lich", &typed).await;
        assert_eq!(answer.status, 422);
        answer.has_text("Có 3 chỗ cần sửa");
        answer.has_text("“2026-02-30” không phải một ngày");
        answer.has_text("value=\"2026-02-30\"");
        let answer = admin.post("/quan-tri/lich/bo", &[("ngay", "2026-12-02")]).await;
        assert_eq!(answer.status, 303);
        assert!(handle.calendar().is_working(day("2026-12-02")));
        for other in [actor(Role::Officer, "vn"), actor(Role::Administrator, "vn/96")] {
            let other = app.official(other);
            assert_eq!(other.get("/quan-tri/lich").await.status, 403);
            let typed = [("ngay", "2026-12-02"), ("ten", "Nghỉ"), ("loai", "observed")];
            assert_eq!(other.post("/quan-tri/lich", &typed).await.status, 403);
            assert_eq!(other.post("/quan-tri/lich", &[]).await.status, 403);
            let day = [("ngay", "2026-11-24")];
            assert_eq!(other.post("/quan-tri/lich/bo", &day).await.status, 403);
        }
    })
    .await;
}

#[tokio::test]
async fn a_field_gets_entries_and_a_browser_without_script_gets_the_page() {
    on_each_engine(async |engine| {
        let (routes, _) = served(&engine).await;
        let home = tempfile::tempdir().unwrap();
        let files = Files::open(&home.path().display().to_string()).await.unwrap();
        let Ctx { clock, ids, .. } = ctx(Role::Officer);
        let state = AppState { db: engine.db.clone(), files, clock, ids, site: Arc::default() };
        let app = routes.with_state(state);
        let ask = async |query: &str, is_fragment: bool| {
            let mut request = Request::get(format!("/co-quan/tim?{query}"));
            if is_fragment {
                request = request.header("hx-request", "true");
            }
            let mut request = request.body(Body::empty()).unwrap();
            request.extensions_mut().insert(actor(Role::Officer, "vn/96"));
            let response = app.clone().oneshot(request).await.unwrap();
            assert_eq!(response.headers()["vary"], "HX-Request");
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            String::from_utf8(body.to_vec()).unwrap()
        };
        let entries = ask("q=so%20tai%20chinh&trong=vn/96", true).await;
        assert!(
            entries.starts_with("<option value=\"Sở Tài chính tỉnh Cà Mau (SO-TC@96)\">"),
            "{entries}"
        );
        assert_eq!(entries.matches("<option").count(), 1, "{entries}");
        let entries = ask("q=tinh%20ha%20giang", true).await;
        assert!(entries.contains("nay thuộc tỉnh Tuyên Quang"), "{entries}");
        assert!(ask("q=so%20tai%20chinh", false).await.contains("<h1>Cơ quan</h1>"));
    })
    .await;
}
