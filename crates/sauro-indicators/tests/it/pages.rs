use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_indicators::{actions, routes};
use sauro_kernel::{Actor, Role};
use sauro_testkit::{Engine, TestApp, on_each_engine};

use crate::world::World;

/// The pages with the shipped catalogue and the sample indicators.
async fn open(engine: Engine) -> (World, TestApp) {
    let world = World::new(&engine.db).await;
    let system = world.system();
    sauro_directory::actions::load_shipped(&system, &world.db).await.unwrap();
    let handle = DirectoryHandle::load(&system, &world.db).await.unwrap();
    let app = TestApp::new(engine, routes().layer(Extension(handle))).await;
    (world, app)
}

fn person(world: &World, role: Role, code: &str) -> Actor {
    world.person(role, code)
}

#[tokio::test]
async fn a_unit_reports_in_the_browser_and_another_appraises() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let leader = app.official(person(&world, Role::Leader, "UBND-96"));
        let form = leader.get("/chi-so/THON/bao-so").await;
        form.has_text(r#"<label for="so">Số liệu (thôn)</label>"#);
        form.has_text("Tháng 5/2026");
        let sent = [("don-vi", "UBND-96"), ("ky", "2026-05"), ("so", "1.2"), ("nguon", "")];
        let refused = leader.post("/chi-so/THON/bao-so", &sent).await;
        assert_eq!(refused.status, 422);
        refused.has_text("Có 2 chỗ cần sửa");
        refused.has_text(r#"value="1.2""#);
        let sent = [("don-vi", "UBND-96"), ("ky", "2026-05"), ("so", "12"), ("nguon", "Sổ <b>")];
        let done = leader.post("/chi-so/THON/bao-so", &sent).await;
        assert_eq!(done.status, 303, "{}", done.body());
        let page = leader.get(&done.location).await;
        page.has_text("Đã nhận số liệu, chờ thẩm định");
        page.has_text("Đính chính số liệu");
        page.has_text("Sổ &#60;b&#62;");
        assert!(!page.body().contains("Ghi kết quả thẩm định"), "nobody appraises their own");
        let address = done.location.split('?').next().unwrap();
        let verifier = app.official(person(&world, Role::Verifier, "BKHCN"));
        let page = verifier.get(address).await;
        page.has_text("Ghi kết quả thẩm định");
        assert!(!page.body().contains("Đính chính số liệu"));
        let to = format!("{address}/tham-dinh");
        let bare = [("so", "mười"), ("da-kiem", ""), ("phien-ban", "1")];
        let refused = verifier.post(&to, &bare).await;
        assert_eq!(refused.status, 422);
        refused.has_text("“mười” không phải số");
        let found = [("so", "10"), ("da-kiem", "Gọi từng xã"), ("phien-ban", "1")];
        assert_eq!(verifier.post(&to, &found).await.status, 303);
        assert_eq!(verifier.post(&to, &found).await.status, 409, "of two the second is told");
        let page = leader.get(address).await;
        page.has_text("10 thôn");
        page.has_text("12 thôn");
        page.has_text("Đã thẩm định, khác số tự báo");
        page.has_text("Thẩm định: 10 thôn");
    })
    .await;
}

#[tokio::test]
async fn the_page_of_an_indicator_says_where_its_figures_come_from() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        for commune in ["UBND-32191", "UBND-32071"] {
            world.report("THON", commune, "3").await.unwrap();
        }
        world.follow().await;
        let owner = world.ctx(Role::Leader, "BKHCN");
        let unit = world.unit("VN");
        for (period, value) in [("2026-04", "300"), ("2026-05", "280")] {
            let fields =
                actions::FigureFields { period: period.to_owned(), ..crate::world::fields(value) };
            actions::report_figure(&owner, &world.db, "THON", &unit, &fields).await.unwrap();
        }
        let reader = app.official(person(&world, Role::Officer, "UBND-01"));
        let page = reader.get("/chi-so/THON").await;
        assert_eq!(page.status, 200);
        for words in [
            "Số này từ đâu",
            r#"<svg class="trend""#,
            r#"role="img" aria-label="2 số liệu, từ 300 thôn"#,
            "280 thôn",
            "số gốc 355 thôn ngày 30/06/2025",
            "Cần giảm",
            "tỉnh Cà Mau",
            "2 xã, 0 đã thẩm định",
            "Tự báo, chưa thẩm định",
            "Văn bản mẫu",
        ] {
            page.has_text(words);
        }
        assert!(!page.body().contains("Báo số liệu</a>"), "an officer does not report");
        let list = reader.get("/chi-so?q=song").await;
        list.has_text("Số thôn lõm sóng");
        list.has_text("Tỉ lệ dân số có sóng 5G");
        assert!(!list.body().contains("Thời gian chờ lâu nhất"));
        reader.get("/chi-so?q=khong-co-dau").await.has_text("Không có chỉ số phù hợp");
        assert_eq!(reader.get("/chi-so/KHONG").await.status, 404);
        assert_eq!(reader.get("/chi-so/THON/bao-so").await.status, 403);
        let far = app.official(person(&world, Role::Leader, "VPCP"));
        assert_eq!(far.get("/chi-so/THON/bao-so").await.status, 404, "not theirs is not there");
    })
    .await;
}

#[tokio::test]
async fn a_pasted_table_comes_in_whole_or_every_wrong_cell_is_named() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let focal = app.official(person(&world, Role::FocalOfficer, "UBND-96"));
        let table = "indicator,unit_code,period,value\nTHON,96,2026-05,x\nLA,96,2026-05,1\n";
        let refused = focal.post("/chi-so/nap-tep", &[("bang", table)]).await;
        assert_eq!(refused.status, 422);
        refused.has_text("Tệp có 2 ô sai, chưa nạp số nào");
        refused.has_text("Ô D2");
        refused.has_text("“x” không phải số");
        refused.has_text("Ô A3");
        refused.has_text("Không có chỉ số mang mã LA");
        assert_eq!(world.count("observations").await, 0);
        let table = "indicator,unit_code,period,value\nTHON,96,2026-05,0\n";
        let done = focal.post("/chi-so/nap-tep", &[("bang", table)]).await;
        assert_eq!(done.location, "/chi-so/nap-tep?vua=1&trung=0&trong=0");
        focal.get(&done.location).await.has_text("Đã nạp 1 số liệu mới");
        assert_eq!(world.count("observations").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_public_sees_only_what_was_appraised() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let owner = world.ctx(Role::Leader, "BKHCN");
        let unit = world.unit("VN");
        let fields = crate::world::fields("280");
        let id = actions::report_figure(&owner, &world.db, "THON", &unit, &fields).await.unwrap();
        let anyone = app.official(person(&world, Role::Officer, "UBND-01"));
        for path in ["/ket-qua/chi-so", "/ket-qua/chi-so.csv", "/ket-qua/chi-so.json"] {
            let page = anyone.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.body().contains("280"), "{path}");
        }
        let verifier = world.ctx(Role::Verifier, "TTBCĐ57");
        actions::appraise_figure(&verifier, &world.db, id, 1, "281", "Đã đối chiếu").await.unwrap();
        let page = anyone.get("/ket-qua/chi-so").await;
        page.has_text("281 thôn");
        assert!(!page.body().contains("<script"), "public pages need no script");
        anyone.get("/ket-qua/chi-so.csv").await.has_text("THON,Số thôn lõm sóng,thôn,281,280,");
        anyone.get("/ket-qua/chi-so.json").await.has_text(r#""appraised":"281""#);
    })
    .await;
}

#[tokio::test]
async fn two_persons_change_a_target_in_the_browser() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let leader = app.official(person(&world, Role::Leader, "BKHCN"));
        let second = app.official(person(&world, Role::StandingAgency, "BKHCN"));
        let page = "/chi-so/THON/chi-tieu";
        leader.get(page).await.has_text("số gốc 355 thôn ngày 30/06/2025");
        let fields = |act: &'static str, value: &'static str| {
            [
                ("viec", act),
                ("don-vi", "VN"),
                ("han", "2026"),
                ("phep-so", "<="),
                ("chi-tieu", value),
                ("so-goc", "340"),
                ("ngay-goc", "2025-12-31"),
                ("ly-do", "Rà soát lại danh sách thôn"),
            ]
        };
        let refused = leader.post(page, &fields("giao", "5")).await;
        assert_eq!(refused.status, 422);
        refused.has_text("người thứ hai duyệt");
        assert_eq!(leader.post(page, &fields("doi", "nhiều")).await.status, 422);
        assert_eq!(leader.post(page, &fields("doi", "5")).await.status, 303);
        leader.get(page).await.has_text("Chờ người thứ hai");
        let waiting = second.get(page).await;
        waiting.has_text("Lý do: Rà soát lại danh sách thôn");
        let id = waiting.body().split(r#"name="de-nghi" value=""#).nth(1).unwrap();
        let id = id.split('"').next().unwrap();
        let decision = [("de-nghi", id), ("duyet", "dong-y")];
        let to = format!("{page}/duyet");
        assert_eq!(leader.post(&to, &decision).await.status, 422, "not the one who proposed");
        assert_eq!(second.post(&to, &decision).await.status, 303);
        leader.get(page).await.has_text("số gốc 340 thôn ngày 31/12/2025");
        let far = app.official(person(&world, Role::Leader, "VPCP"));
        assert_eq!(far.get(page).await.status, 404);
        let officer = app.official(person(&world, Role::Officer, "BKHCN"));
        assert_eq!(officer.get(page).await.status, 403);
    })
    .await;
}
