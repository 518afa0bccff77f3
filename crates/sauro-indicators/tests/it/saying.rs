//! The pages of rules and of what is said about quality.

use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_indicators::{actions, routes};
use sauro_kernel::Role;
use sauro_testkit::{Engine, TestApp, on_each_engine};

use crate::world::World;

async fn open(engine: Engine) -> (World, TestApp) {
    let world = World::new(&engine.db).await;
    let system = world.system();
    sauro_directory::actions::load_shipped(&system, &world.db).await.unwrap();
    let handle = DirectoryHandle::load(&system, &world.db).await.unwrap();
    let app = TestApp::new(engine, routes().layer(Extension(handle))).await;
    (world, app)
}

#[tokio::test]
async fn a_rule_is_laid_down_in_the_browser_and_stops_a_figure_there() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let owner = app.official(world.person(Role::StandingAgency, "VPCP"));
        owner.get("/chi-so/quy-tac").await.has_text("Chưa có quy tắc nào");
        let form = owner.get("/chi-so/quy-tac/moi").await;
        form.has_text(r#"<label for="ve-trai">Vế trái</label>"#);
        let mut sent = vec![
            ("ma", "QT-XONG"),
            ("cau", "Việc xong không nhiều hơn việc giao."),
            ("ve-trai", "[XONG"),
            ("phep-so", "<="),
            ("ve-phai", "[TONG]"),
            ("muc", "block"),
            ("cap", "province"),
            ("cap", "commune"),
            ("dung", "1"),
        ];
        let refused = owner.post("/chi-so/quy-tac/moi", &sent).await;
        assert_eq!(refused.status, 422);
        refused.has_text("Ký tự 1: dấu “[” chưa được đóng.");
        refused.has_text(r#"value="[XONG""#);
        sent[2].1 = "[XONG]";
        assert_eq!(owner.post("/chi-so/quy-tac/moi", &sent).await.status, 303);
        let list = owner.get("/chi-so/quy-tac").await;
        list.has_text("[XONG] ≤ [TONG]");
        list.has_text("Không nhận số");
        list.has_text(r#"href="/chi-so/quy-tac/QT-XONG""#);
        let focal = app.official(world.person(Role::FocalOfficer, "UBND-96"));
        let list = focal.get("/chi-so/quy-tac").await;
        list.has_text("Việc xong không nhiều hơn việc giao.");
        assert!(!list.body().contains("Lập quy tắc"));
        assert_eq!(focal.get("/chi-so/quy-tac/QT-XONG").await.status, 403);
        world.report("TONG", "UBND-96", "10").await.unwrap();
        let figure = [("don-vi", "UBND-96"), ("ky", "2026-05"), ("so", "12"), ("nguon", "Sổ")];
        let refused = focal.post("/chi-so/XONG/bao-so", &figure).await;
        assert_eq!(refused.status, 422);
        refused.has_text(
            "Việc xong không nhiều hơn việc giao. Tháng 5/2026: [XONG] là 12, so với [TONG] là 10",
        );
        // Asleep it stops nothing; of two who change it, the second is told.
        let asleep: Vec<(&str, &str)> =
            sent.iter().copied().filter(|it| it.0 != "dung").chain([("phien-ban", "1")]).collect();
        assert_eq!(owner.post("/chi-so/quy-tac/QT-XONG", &asleep).await.status, 303);
        assert_eq!(owner.post("/chi-so/quy-tac/QT-XONG", &asleep).await.status, 409);
        assert_eq!(focal.post("/chi-so/XONG/bao-so", &figure).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_rules_is_pasted_and_every_fault_is_shown_with_its_line() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let owner = app.official(world.person(Role::StandingAgency, "VPCP"));
        let to = "/chi-so/quy-tac/nap-tep";
        owner.post(to, &[("bang", " ")]).await.has_text("Chọn tệp CSV");
        let head = "code,sentence,left,comparison,right,severity,level,owner\n";
        let wrong = format!("{head}A1,Câu <b>,[XONG],<=,[LA],block,province,VPCP\n");
        let refused = owner.post(to, &[("bang", &wrong)]).await;
        assert_eq!(refused.status, 422);
        refused.has_text("Dòng 2, cột right: Ký tự 1: không có chỉ số mang mã LA");
        let right = wrong.replace("[LA]", "[TONG]");
        let done = owner.post(to, &[("bang", &right)]).await;
        assert_eq!(done.status, 303);
        let page = owner.get(&done.location).await;
        page.has_text("Đã nạp 1 quy tắc");
        page.has_text("Câu &#60;b&#62;");
    })
    .await;
}

#[tokio::test]
async fn what_is_said_and_what_is_lacking_of_quality_stands_wherever_the_figure_does() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let id = world.report("THON", "UBND-96", "12").await.unwrap();
        let owner = app.official(world.person(Role::StandingAgency, "BKHCN"));
        let form = owner.get("/chi-so/THON/chat-luong").await;
        form.has_text("Đang có 0 trong 5 điểm");
        let sent = [
            ("phien-ban", "0"),
            ("nguon-du-lieu", "Sổ theo dõi <b>của xã."),
            ("gioi-han", "Chưa đo ở hải đảo."),
        ];
        let done = owner.post("/chi-so/THON/chat-luong", &sent).await;
        assert_eq!(done.status, 303);
        owner.get(&done.location).await.has_text("Đã công bố thuyết minh");
        assert_eq!(owner.post("/chi-so/THON/chat-luong", &sent).await.status, 409);
        owner.get("/chi-so").await.has_text("2 trong 5 điểm");
        let reader = app.official(world.person(Role::Officer, "UBND-01"));
        assert!(
            !reader.get("/chi-so").await.body().contains("trong 5 điểm"),
            "counted for the owner"
        );
        let public = app.official(world.person(Role::Officer, "UBND-01"));
        let figure = format!("/so-lieu/{id}");
        for page in [
            reader.get("/chi-so/THON").await,
            reader.get(&figure).await,
            public.get("/ket-qua/chi-so/THON").await,
        ] {
            assert_eq!(page.status, 200);
            page.has_text("Thuyết minh chất lượng");
            page.has_text("2 trong 5 điểm");
            page.has_text("Sổ theo dõi &#60;b&#62;của xã.");
            page.has_text("Chưa công bố");
            page.has_text("Phiên bản 1, Bộ Khoa học và Công nghệ");
        }
        assert!(!reader.get("/chi-so/THON").await.body().contains("Sửa thuyết minh"));
    })
    .await;
}

#[tokio::test]
async fn the_public_page_of_an_indicator_shows_appraised_figures_and_no_others() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let owner = world.ctx(Role::Leader, "BKHCN");
        let unit = world.unit("VN");
        let mut ids = Vec::new();
        for (period, value) in [("2026-04", "301"), ("2026-05", "280")] {
            let fields =
                actions::FigureFields { period: period.to_owned(), ..crate::world::fields(value) };
            ids.push(
                actions::report_figure(&owner, &world.db, "THON", &unit, &fields).await.unwrap(),
            );
        }
        let public = app.official(world.person(Role::Officer, "UBND-01"));
        let page = public.get("/ket-qua/chi-so/THON").await;
        page.has_text("Chưa có số đã thẩm định");
        assert!(!page.body().contains("301 thôn"));
        // Whoever stands above the owner appraises what it says of the nation.
        let verifier = world.ctx(Role::Verifier, "TTBCĐ57");
        let words = "Đối chiếu với báo cáo của các tỉnh.";
        actions::appraise_figure(&verifier, &world.db, ids[0], 1, "300", words).await.unwrap();
        let page = public.get("/ket-qua/chi-so/THON").await;
        for words in ["300 thôn", "301 thôn", "Ai thẩm định", "Sổ theo dõi", "Đơn vị báo trực tiếp"]
        {
            page.has_text(words);
        }
        assert!(!page.body().contains("280 thôn"), "nobody has appraised it");
        assert!(!page.body().contains("<script"), "no script");
        assert_eq!(public.get("/ket-qua/chi-so/KHONG-CO").await.status, 404);
        let json = public.get("/ket-qua/chi-so.json").await;
        json.has_text(r#""quality":{"accuracy":null"#);
    })
    .await;
}
