use sauro_kernel::Role;
use sauro_tasks::actions::{draft, import_tasks};
use sauro_tasks::model::Clarity;
use sauro_testkit::{TestApp, on_each_engine};

use super::setting::{Setting, reader, system};

const HEADING: &str =
    "TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tSản phẩm\tThời hạn\tCấp có thẩm quyền\n";

#[tokio::test]
async fn a_table_comes_in_whole_and_says_what_it_leaves_unclear() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let staff = it.ctx(Role::FocalOfficer, "VPTW");
        let rows = format!(
            "{HEADING}1\tBan hành quy chế dùng chung dữ liệu\tBộ Công an\tBộ Tư pháp\t1 thông tư\t30/09/2026\tThủ tướng Chính phủ\n\
             2\tXây dựng nền tảng học số\tHội Những Người Lạ\t\t\tthời gian tới\t\n"
        );
        let table = sauro_papers::paste_table(&rows).unwrap();
        let outcome = import_tasks(&staff, &it.db, &*it.directory, &reader(), it.programme, &table).await.unwrap();
        assert!(outcome.errors.is_empty(), "{:?}", outcome.errors);
        assert_eq!(outcome.drafts.len(), 2);
        let first = draft(&staff, &it.db, outcome.drafts[0]).await.unwrap();
        assert_eq!(first.body.leads, [it.id("BCA")]);
        assert_eq!(first.body.authority, Some(it.id("TTg")));
        assert_eq!(first.body.accountable, "Bộ trưởng Bộ Công an");
        let unclear = outcome.unclear.iter().find(|it| it.row == 3).unwrap();
        for lack in [Clarity::Doer, Clarity::Time, Clarity::Authority] {
            assert!(unclear.missing.contains(&lack), "{lack:?}");
        }
        assert!(unclear.notes.iter().any(|it| it.contains("Hội Những Người Lạ")), "{:?}", unclear.notes);
    })
    .await;
}

#[tokio::test]
async fn of_a_table_with_a_wrong_cell_nothing_comes_in_and_every_error_is_named() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        let rows = format!(
            "{HEADING}1\tBan hành quy chế\tBộ Công an\t\t1 thông tư\t31/02/2026\tThủ tướng Chính phủ\n\
             2\t\tBộ Tư pháp\t\t1 nghị định\t30/09/2026\t\n3\tViệc đúng\tBộ Tư pháp\t\t1 đề án\t30/09/2026\t\n"
        );
        let programme = it.programme.to_string();
        let page = staff.upload("/nhiem-vu/nhap", &[("chuong-trinh", &programme), ("bang", &rows)], None).await;
        assert_eq!(page.status, 422);
        page.has_text("Có 2 ô cần sửa, chưa nhập dòng nào.");
        page.has_text("Dòng 2, cột F");
        page.has_text("không có trên lịch");
        page.has_text("Dòng 3, cột B");
        page.has_text("Tải bảng có đánh dấu lỗi");
        staff.get("/chi-dao/du-thao").await.has_text("Không có dự thảo nào");

        let carried = page.body().split_once("name=\"bang\" value=\"").unwrap().1;
        let carried = carried.split_once("\">").unwrap().0;
        let carried = carried.replace("&#34;", "\"").replace("&#60;", "<").replace("&#38;", "&");
        let marked = staff.post("/nhiem-vu/nhap/danh-dau", &[("bang", &carried)]).await;
        assert_eq!(marked.status, 200);
        assert!(marked.body().starts_with("PK"), "a spreadsheet comes back");
        let template = staff.get("/nhiem-vu/nhap/mau.xlsx").await;
        assert!(template.body().starts_with("PK"));

        let good = format!("{HEADING}1\tViệc đúng\tBộ Tư pháp\t\t1 đề án\t30/09/2026\t\n");
        let done = staff.upload("/nhiem-vu/nhap", &[("chuong-trinh", &programme), ("bang", &good)], None).await;
        assert!(done.location.starts_with("/chi-dao/du-thao?vua=nhap&n=1"), "{}", done.location);
        let page = staff.upload("/nhiem-vu/nhap", &[("chuong-trinh", &programme), ("bang", "a\tb\nc\td")], None).await;
        page.has_text("Không thấy dòng tiêu đề.");
    })
    .await;
}

/// Ask for it with SAURO_TEST_REGISTER=<path of a register as CSV>; the register itself is not ours to keep.
#[tokio::test]
async fn a_real_register_comes_in_whole() {
    let Ok(path) = std::env::var("SAURO_TEST_REGISTER") else { return };
    let content = std::fs::read(path).unwrap();
    on_each_engine(async |engine| {
        sauro_directory::actions::load_shipped(&system(), &engine.db).await.unwrap();
        let it = Setting::of(&engine.db).await;
        let staff = it.ctx(Role::StandingAgency, "VPTW");
        let table = sauro_papers::read_table(&content, "register.csv").unwrap();
        let outcome = import_tasks(&staff, &it.db, &*it.directory, &reader(), it.programme, &table)
            .await
            .unwrap();
        assert!(outcome.errors.is_empty(), "{:#?}", outcome.errors);
        assert_eq!(outcome.drafts.len(), table.rows.len() - 1);
        for row in &outcome.unclear {
            eprintln!("row {}: {:?} {:?}", row.row, row.missing, row.notes);
        }
    })
    .await;
}
