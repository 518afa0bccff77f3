use sauro_kernel::Role;
use sauro_tasks::actions::{Then, draft, import_tasks, import_tasks_as};
use sauro_tasks::model::{Clarity, DraftState};
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
        let sent = [("chuong-trinh", programme.as_str()), ("bang", &good), ("viec", "nhap")];
        let done = staff.upload("/nhiem-vu/nhap", &sent, None).await;
        assert!(done.location.starts_with("/chi-dao/du-thao?vua=nhap&n=1"), "{}", done.location);
        let page = staff.upload("/nhiem-vu/nhap", &[("chuong-trinh", &programme), ("bang", "a\tb\nc\td")], None).await;
        page.has_text("Không thấy dòng tiêu đề.");
    })
    .await;
}

/// Of the shape of the registers that officials keep: headings in English, a result, a state.
const REGISTER: &str = "annex,no,group,task,source_doc,lead,deadline_text,deadline_iso,result,status\n\
I.1,1,,Ban hành quy chế dùng chung dữ liệu,Nghị quyết số 1,Bộ Công an,30/06/2026,2026-06-30,Đã ban hành Thông tư 9,Hoàn thành\n\
I.1,2,,Xây dựng nền tảng học số,Nghị quyết số 2,\"Các bộ, ngành\",thời gian tới,,,Quá hạn chưa hoàn thành\n";

#[tokio::test]
async fn what_a_register_says_of_results_stays_a_note_and_becomes_no_status() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let staff = it.ctx(Role::StandingAgency, "VPTW");
        let table = sauro_papers::read_table(REGISTER.as_bytes(), "so.csv").unwrap();
        let outcome = import_tasks(&staff, &it.db, &*it.directory, &reader(), it.programme, &table)
            .await
            .unwrap();
        assert_eq!((outcome.drafts.len(), outcome.unclear.len()), (2, 2));
        let first = draft(&staff, &it.db, outcome.drafts[0]).await.unwrap();
        assert_eq!(first.state, DraftState::Draft);
        let notes = first.body.reasons.join("\n");
        assert!(
            notes.contains("Kết quả ghi trong bảng, chưa kiểm chứng: Đã ban hành Thông tư 9"),
            "{notes}"
        );
        assert!(
            notes.contains("Tình trạng ghi trong bảng, chưa kiểm chứng: Hoàn thành"),
            "{notes}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_understood_is_shown_before_anything_is_stored_and_columns_can_be_corrected() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        let programme = it.programme.to_string();
        // The fourth heading says nothing; the column holds the products.
        let rows = "| STT | Nhiệm vụ | Đơn vị chủ trì | Ghi nhận | Hạn | Cấp có thẩm quyền |\n|---|---|---|---|---|---|\n\
             | 1 | Ban hành quy chế | Bộ Công an | 1 thông tư | 30/09/2026 | Thủ tướng Chính phủ |\n\
             | 2 | Xây dựng nền tảng | Bộ Tư pháp | | thời gian tới | Thủ tướng Chính phủ |";
        let page = staff
            .upload("/nhiem-vu/nhap", &[("chuong-trinh", &programme), ("bang", rows), ("viec", "xem")], None)
            .await;
        assert_eq!(page.status, 200, "{}", page.body());
        page.has_text("Đọc được 2 nhiệm vụ");
        page.has_text("0 dòng đủ 6 rõ");
        page.has_text("Cột D: Ghi nhận");
        staff.get("/chi-dao/du-thao").await.has_text("Không có dự thảo nào");

        let carried = page.body().split_once("name=\"bang-doc\" value=\"").unwrap().1;
        let carried = carried.split_once("\">").unwrap().0;
        let carried = carried.replace("&#34;", "\"").replace("&#60;", "<").replace("&#38;", "&");
        let sent = |act: &'static str| {
            let programme = programme.clone();
            let carried = carried.clone();
            let mut fields = vec![
                ("chuong-trinh".to_owned(), programme),
                ("bang-doc".to_owned(), carried),
                ("dong-tieu-de".to_owned(), "1".to_owned()),
                ("viec".to_owned(), act.to_owned()),
            ];
            for (at, code) in ["so", "viec", "chu-tri", "san-pham", "han", "tham-quyen"].iter().enumerate() {
                fields.push((format!("cot-{at}"), (*code).to_owned()));
            }
            fields
        };
        let post = async |fields: &[(String, String)]| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
            staff.post("/nhiem-vu/nhap", &fields).await
        };
        let page = post(&sent("xem")).await;
        assert_eq!(page.status, 200, "{}", page.body());
        page.has_text("1 dòng đủ 6 rõ");
        page.has_text("1 dòng còn thiếu");
        staff.get("/chi-dao/du-thao").await.has_text("Không có dự thảo nào");
        assert_eq!(post(&sent("giao")).await.status, 403, "a standing agency does not issue");
        staff.get("/chi-dao/du-thao").await.has_text("Không có dự thảo nào");
        let mut without = sent("nhap");
        without.retain(|(key, _)| key != "cot-1");
        let page = post(&without).await;
        assert_eq!(page.status, 422);
        page.has_text("Chọn cột nào là “Nhiệm vụ”.");

        let done = post(&sent("trinh")).await;
        assert_eq!(done.location, "/chi-dao/du-thao?vua=trinh&n=1");
        let page = staff.get("/chi-dao/du-thao").await;
        page.has_text("Chờ duyệt giao");
        page.has_text("1 còn thiếu");
    })
    .await;
}

#[tokio::test]
async fn a_leader_imports_and_issues_in_one_go_what_is_clear() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let leader = it.ctx(Role::Leader, "VPTW");
        let rows = format!(
            "{HEADING}1\tBan hành quy chế\tBộ Công an\tBộ Tư pháp\t1 thông tư\t30/09/2026\tThủ tướng Chính phủ\n\
             2\tXây dựng nền tảng\tBộ Tư pháp\t\t\tthời gian tới\tThủ tướng Chính phủ\n"
        );
        let table = sauro_papers::paste_table(&rows).unwrap();
        let how = (None, Then::Issue);
        let outcome =
            import_tasks_as(&leader, &it.db, &*it.directory, &reader(), it.programme, &table, how)
                .await
                .unwrap();
        assert_eq!((outcome.drafts.len(), outcome.issued.len()), (2, 1));
        let staff = it.ctx(Role::StandingAgency, "VPTW");
        let err = import_tasks_as(&staff, &it.db, &*it.directory, &reader(), it.programme, &table, how)
            .await
            .unwrap_err();
        assert!(matches!(err, sauro_tasks::TasksError::Denied(_)), "{err:?}");
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
