use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_indicators::model::Period;
use sauro_indicators::{actions, routes};
use sauro_kernel::Role;
use sauro_papers::{CellKind, read_tables};
use sauro_testkit::{Answer, Engine, TestApp, on_each_engine};

use crate::workbook::filled;
use crate::world::{World, fields};

pub(crate) async fn open(engine: Engine) -> (World, TestApp) {
    let world = World::new(&engine.db).await;
    let system = world.system();
    sauro_directory::actions::load_shipped(&system, &world.db).await.unwrap();
    let handle = DirectoryHandle::load(&system, &world.db).await.unwrap();
    let app = TestApp::new(engine, routes().layer(Extension(handle))).await;
    (world, app)
}

/// What the page carries for its marked copy.
fn carried(page: &Answer) -> String {
    let (_, rest) = page.body().split_once(r#"name="bang" value=""#).unwrap();
    let value = rest.split_once('"').unwrap().0;
    value
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

#[tokio::test]
async fn a_form_goes_out_and_comes_back_marked_and_then_whole() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let leader = world.ctx(Role::Leader, "UBND-96");
        let april = actions::FigureFields { period: "2026-04".to_owned(), ..fields("14") };
        let unit = world.unit("UBND-96");
        actions::report_figure(&leader, &world.db, "THON", &unit, &april).await.unwrap();
        world.report("XONG", "UBND-96", "56").await.unwrap();
        let focal = app.official(world.person(Role::FocalOfficer, "UBND-96"));
        focal.get("/chi-so/nap-tep").await.has_text("Tháng 5/2026");
        let form = focal.get("/chi-so/mau.xlsx?ky=2026-05").await;
        assert_eq!(form.status, 200);
        let table = read_tables(&form.bytes, "mau.xlsx").unwrap().remove(0);
        let codes: Vec<&str> = (3..table.rows.len()).map(|row| table.text(row, 0)).collect();
        assert_eq!(codes, ["CAO", "DAT", "LECH", "SONG", "THON", "TONG", "XONG"]);
        assert_eq!((table.text(7, 7), table.rows[7][7].kind), ("14", CellKind::Number), "before");
        assert_eq!(table.text(9, 8), "56", "what was reported stands there");
        // Wrong: a share above 100, a numerator alone, a number as abroad.
        let wrong = [("I4", "chưa rõ"), ("I7", "140"), ("J5", "12"), ("I8", "12.5,1")];
        let sent = filled(&form.bytes, &wrong);
        let refused = focal.upload("/chi-so/nap-tep", &[], Some(("tep", "so.xlsx", &sent))).await;
        assert_eq!(refused.status, 422);
        for (place, words) in [
            ("Trang Số liệu, ô I4", "“chưa rõ” không phải số"),
            ("Trang Số liệu, ô K5", "ghi đủ cả hai cột"),
            ("Trang Số liệu, ô I7", "Không lớn hơn 100%"),
            ("Trang Số liệu, ô I8", "“12.5,1” có dấu chấm không đứng ở hàng nghìn"),
        ] {
            refused.has_text(place);
            refused.has_text(words);
        }
        assert_eq!(world.count("observations").await, 2, "nothing came in");
        let carried = carried(&refused);
        let copy = focal.upload("/chi-so/nap-tep/danh-dau", &[("bang", &carried)], None).await;
        assert_eq!(copy.status, 200);
        let marked = read_tables(&copy.bytes, "a.xlsx").unwrap().remove(0);
        assert_eq!(marked.text(2, 13), sauro_papers::ERROR_HEADING);
        assert!(
            marked.text(6, 13).starts_with("Cột I: Không lớn hơn 100%"),
            "{}",
            marked.text(6, 13)
        );
        assert_eq!(marked.rows[6][8].kind, CellKind::Number, "a number stays one");
        let mended = [("I4", "3"), ("I7", "39.52"), ("J5", "12"), ("K5", "40"), ("I8", "0")];
        let mended = filled(&copy.bytes, &mended);
        let asked = focal.upload("/chi-so/nap-tep", &[], Some(("tep", "so.xlsx", &mended))).await;
        assert_eq!(
            asked.status, 422,
            "what is unusual needs a reason, as in the form of one figure"
        );
        asked.has_text("Đổi quá 50% so với kỳ trước (14 thôn)");
        asked.has_text("Lý do ghi ở cột Ghi chú.");
        let mended = filled(&mended, &[("M8", "Đã phủ sóng hết")]);
        let done = focal.upload("/chi-so/nap-tep", &[], Some(("tep", "so.xlsx", &mended))).await;
        assert_eq!(done.status, 303, "{}", done.body());
        // One was there already, two rows were left blank.
        assert_eq!(done.location, "/chi-so/nap-tep?vua=4&trung=1&trong=2");
        assert_eq!(world.count("observations").await, 6);
        assert_eq!(world.count("observation_revisions").await, 6);
        let look = actions::show(&leader, &world.db, "DAT").await.unwrap();
        let ratio = look.provinces[0].reported;
        assert_eq!(
            ratio.parts.map(|it| (it.0.to_string(), it.1.to_string())),
            Some(("12".into(), "40".into()))
        );
        assert_eq!(ratio.value.to_string(), "30");
        let look = actions::show(&leader, &world.db, "THON").await.unwrap();
        assert_eq!(look.provinces[0].reported.value.to_string(), "0", "a zero is a figure");
        // The same file again is nothing.
        let again = focal.upload("/chi-so/nap-tep", &[], Some(("tep", "so.xlsx", &mended))).await;
        assert_eq!(again.location, "/chi-so/nap-tep?vua=0&trung=5&trong=2");
    })
    .await;
}

#[tokio::test]
async fn a_form_made_for_another_definition_is_recognised() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let focal = app.official(world.person(Role::FocalOfficer, "UBND-96"));
        let form = focal.get("/chi-so/mau.xlsx?ky=2026-05").await;
        let changed = crate::world::SAMPLE.replace("Số thôn lõm sóng", "Số thôn không có sóng");
        let system = world.system();
        actions::import_indicators(&system, &world.db, world.directory, &changed).await.unwrap();
        let sent = filled(&form.bytes, &[("I8", "12")]);
        let refused = focal.upload("/chi-so/nap-tep", &[], Some(("tep", "so.xlsx", &sent))).await;
        assert_eq!(refused.status, 422);
        refused.has_text("Trang Số liệu, ô G8");
        refused.has_text("Định nghĩa của chỉ số đã đổi từ khi tải mẫu");
        let old = crate::workbook::edited(&form.bytes, |xml| {
            crate::workbook::text(xml, "A2", "Mẫu SL-0. Điền số")
        });
        let refused = focal.upload("/chi-so/nap-tep", &[], Some(("tep", "so.xlsx", &old))).await;
        refused.has_text("“Mẫu SL-0” là mẫu của bản phần mềm khác");
        assert_eq!(world.count("observations").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_form_holds_only_what_its_reader_reports() {
    on_each_engine(async |engine| {
        let (world, app) = open(engine).await;
        let month = Period::parse("2026-05").unwrap();
        let owner = world.ctx(Role::Leader, "BKHCN");
        let form = actions::figure_form(&owner, &world.db, world.directory, month).await.unwrap();
        let rows: Vec<(&str, &str)> = form
            .rows
            .iter()
            .map(|it| (it.indicator.code.as_str(), it.unit.code.as_str()))
            .collect();
        assert_eq!(rows, [("SONG", "VN"), ("THON", "VN")], "the nation, of its own indicators");
        let province = world.ctx(Role::Leader, "UBND-96");
        let form =
            actions::figure_form(&province, &world.db, world.directory, month).await.unwrap();
        assert!(form.rows.iter().all(|it| it.unit.code == "UBND-96"), "no commune of it");
        assert_eq!(form.n_calculated, 1);
        let officer = app.official(world.person(Role::Officer, "UBND-96"));
        assert_eq!(officer.get("/chi-so/mau.xlsx?ky=2026-05").await.status, 403);
        let focal = app.official(world.person(Role::FocalOfficer, "UBND-96"));
        for path in ["/chi-so/mau.xlsx", "/chi-so/mau.xlsx?ky=2027-05", "/chi-so/mau.xlsx?ky=x%3C"]
        {
            assert_eq!(focal.get(path).await.status, 404, "{path}");
        }
        let ministry = app.official(world.person(Role::Leader, "VPCP"));
        assert_eq!(
            ministry.get("/chi-so/mau.xlsx?ky=2026-05").await.status,
            404,
            "nothing to report"
        );
        assert!(!ministry.get("/chi-so/nap-tep").await.body().contains("Tải mẫu"));
    })
    .await;
}
