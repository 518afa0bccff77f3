use sauro_kernel::Role;
use sauro_testkit::{Answer, TestApp, on_each_engine};

use super::setting::Setting;

/// Written for this test, in the style of the field.
const TEXT: &str = "VĂN PHÒNG TRUNG ƯƠNG ĐẢNG\nSố 12-TB/VPTW\nHà Nội, ngày 20 tháng 5 năm 2026\nTHÔNG BÁO\n\
về việc đối soát dữ liệu hộ tịch\n\n\
Văn phòng Trung ương Đảng yêu cầu các cơ quan thực hiện các nhiệm vụ sau:\n\
1. Bộ Công an chủ trì, phối hợp với Bộ Tư pháp hoàn thành đối soát dữ liệu hộ tịch của toàn quốc, báo cáo Thủ tướng Chính phủ trước ngày 15/12/2026.\n\
2. UBND các tỉnh, thành phố ban hành kế hoạch số hóa sổ hộ tịch, hoàn thành trước ngày 30/9/2026.\n\
3. Các bên liên quan tiếp tục quan tâm, phối hợp chặt chẽ.\n";

fn field<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let rest = page.split_once(start).unwrap_or_else(|| panic!("no {start} in:\n{page}")).1;
    rest.split_once(end).unwrap().0
}

async fn brought(app: &TestApp, it: &Setting, text: &str) -> Answer {
    let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
    let programme = it.programme.to_string();
    staff.upload("/chi-dao/moi", &[("van-ban", text), ("chuong-trinh", &programme)], None).await
}

#[tokio::test]
async fn from_a_pasted_text_to_issued_tasks_by_the_pages_alone() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        staff.get("/chi-dao").await.has_text("Chưa có văn bản nào");
        staff.get("/chi-dao/moi").await.has_text("Thực hiện Nghị quyết 57");

        let sent = brought(&app, &it, TEXT).await;
        assert_eq!(sent.status, 303, "{}", sent.body());
        let review = sent.location.split('?').next().unwrap().to_owned();
        let page = staff.get(&sent.location).await;
        page.has_text("12-TB/VPTW");
        page.has_text("Máy chỉ đề xuất");
        page.has_text("data-k=\"1\"");
        page.has_text("id=\"van-ban-1\"");
        page.has_text("data-pair=\"1\"");
        page.has_text("Chưa rõ thẩm quyền.");
        page.has_text("2 nhiệm vụ, mỗi cơ quan một nhiệm vụ");
        staff.get("/chi-dao").await.has_text("12-TB/VPTW");

        // The first draft lacks what only a person can say; it is mended on its page.
        let edit = field(page.body(), "href=\"/chi-dao/du-thao/", "\"").to_owned();
        let edit = format!("/chi-dao/du-thao/{edit}");
        let form = staff.get(&edit).await;
        form.has_text("Bộ Công an (BCA)");
        let version = field(form.body(), "name=\"phien-ban\" value=\"", "\"").to_owned();
        let fields = [
            ("phien-ban", version.as_str()),
            ("viec", "Hoàn thành đối soát dữ liệu hộ tịch"),
            ("chu-tri", "bo cong an"),
            ("phoi-hop", "BTP"),
            ("han", "2026-12-15"),
            ("trach-nhiem", "Thứ trưởng phụ trách"),
            ("san-pham", "1 báo cáo đối soát\n99% bản ghi khớp"),
            ("tham-quyen", "Văn phòng Trung ương Đảng (VPTW)"),
            ("muc-do", "binding"),
            ("cong-khai", "1"),
        ];
        let saved = staff.post(&edit, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body());
        let page = staff.get(&review).await;
        page.has_text("Trình duyệt 1 nhiệm vụ đã đủ");
        page.has_text("lãnh đạo Văn phòng Trung ương Đảng");
        let proposed = staff.post(&format!("{review}/trinh"), &[]).await;
        assert!(proposed.location.ends_with("?vua=trinh&n=1"), "{}", proposed.location);
        staff.get(&proposed.location).await.has_text("Đã trình 1 nhiệm vụ");
        assert_eq!(staff.post(&format!("{review}/giao"), &[]).await.status, 403);

        let leader = app.official(it.actor(Role::Leader, "VPTW"));
        leader.get("/chi-dao/du-thao").await.has_text("Chờ duyệt giao");
        leader.get(&review).await.has_text("Duyệt giao 1 nhiệm vụ");
        let issued = leader.post(&format!("{review}/giao"), &[]).await;
        assert!(issued.location.ends_with("?vua=giao&n=1"), "{}", issued.location);
        let page = leader.get(&issued.location).await;
        page.has_text("Đã giao 1 nhiệm vụ");
        page.has_text("href=\"/nhiem-vu/NV-2026-000001\"");
        let again = leader.post(&format!("{review}/giao"), &[]).await;
        assert_eq!(again.status, 422, "issued once, not twice");
    })
    .await;
}

#[tokio::test]
async fn what_another_agency_prepares_is_not_there_for_strangers() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let review = brought(&app, &it, TEXT).await.location.split('?').next().unwrap().to_owned();
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        let page = staff.get(&review).await;
        let draft = field(page.body(), "href=\"/chi-dao/du-thao/", "\"").to_owned();
        let stranger = app.official(it.actor(Role::Leader, "UBND-96"));
        assert_eq!(stranger.get(&review).await.status, 404);
        assert_eq!(stranger.get(&format!("{review}/tep")).await.status, 404);
        assert_eq!(stranger.get(&format!("/chi-dao/du-thao/{draft}")).await.status, 404);
        for verb in ["trinh", "giao", "tra-lai", "them"] {
            assert_eq!(stranger.post(&format!("{review}/{verb}"), &[]).await.status, 404, "{verb}");
        }
        assert_eq!(
            stranger.post(&format!("{review}/gop"), &[("du-thao", &draft)]).await.status,
            404
        );
        let officer = app.official(it.actor(Role::Officer, "BCA"));
        assert_eq!(officer.get("/chi-dao/moi").await.status, 403);
        assert_eq!(officer.get("/nhiem-vu/nhap").await.status, 403);
        assert_eq!(officer.get("/nhiem-vu/moi").await.status, 403);
        assert_eq!(officer.get("/chuong-trinh/moi").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_editors_sees_both_texts() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        let page = staff.get(&brought(&app, &it, TEXT).await.location).await;
        let edit =
            format!("/chi-dao/du-thao/{}", field(page.body(), "href=\"/chi-dao/du-thao/", "\""));
        let first =
            staff.post(&edit, &[("phien-ban", "1"), ("viec", "Bản của người thứ nhất")]).await;
        assert_eq!(first.status, 303);
        let second =
            staff.post(&edit, &[("phien-ban", "1"), ("viec", "Bản của người thứ hai")]).await;
        assert_eq!(second.status, 422);
        second.has_text("Người khác vừa sửa dự thảo này");
        second.has_text("Bản của người thứ nhất");
        second.has_text("Bản của người thứ hai");
        second.has_text("name=\"phien-ban\" value=\"2\"");
        let knowing =
            staff.post(&edit, &[("phien-ban", "2"), ("viec", "Bản của người thứ hai")]).await;
        assert_eq!(knowing.status, 303);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_draft_is_said_field_by_field() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        let fields = [
            ("viec", "Làm gì đó"),
            ("chu-tri", "Bộ Không Có"),
            ("han", "31/2/2026"),
            ("chu-ky", "FREQ=BOGUS"),
        ];
        let page = staff.post("/nhiem-vu/moi", &fields).await;
        assert_eq!(page.status, 422);
        page.has_text("Chọn chương trình mà nhiệm vụ này thuộc về.");
        page.has_text("Không có cơ quan “Bộ Không Có” trong danh mục.");
        page.has_text("Ngày “31/2/2026” không có trên lịch.");
        page.has_text("Chọn một chu kỳ trong danh sách.");
        page.has_text("value=\"Bộ Không Có\"");

        let programme = it.programme.to_string();
        let fields = [
            ("chuong-trinh", programme.as_str()),
            ("viec", "Báo cáo định kỳ"),
            ("han", "25/6/2026"),
            ("chu-ky", "FREQ=MONTHLY"),
        ];
        assert_eq!(
            staff.post("/nhiem-vu/moi", &fields).await.location,
            "/chi-dao/du-thao?vua=nhap&n=1"
        );
        staff.get("/chi-dao/du-thao").await.has_text("Lặp lại, kỳ tới 25/06/2026");
        let page = staff.post("/chuong-trinh/moi", &[("ma", "Có dấu"), ("ten", " ")]).await;
        assert_eq!(page.status, 422);
        page.has_text("Nhập mã từ 2 đến 40 ký tự");
        page.has_text("Nhập tên chương trình.");
        let page = staff.post("/chuong-trinh/moi", &[("ma", "nq57"), ("ten", "Trùng mã")]).await;
        page.has_text("Mã này đã có chương trình khác dùng.");
    })
    .await;
}

#[tokio::test]
async fn a_script_in_any_field_stays_text() {
    on_each_engine(async |engine| {
        const SCRIPT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let leader = app.official(it.actor(Role::Leader, "VPTW"));
        let is_text = |page: &Answer| {
            assert!(!page.body().contains("<script>alert"), "{}", page.body());
            assert!(!page.body().contains("<img src=x"), "{}", page.body());
        };
        leader.post("/chuong-trinh/moi", &[("ma", "x-1"), ("ten", SCRIPT), ("can-cu", SCRIPT)]).await;
        is_text(&leader.get("/chuong-trinh").await);
        is_text(&leader.get("/chuong-trinh/x-1").await);
        let text = format!("{SCRIPT}\nYêu cầu các cơ quan thực hiện các nhiệm vụ sau:\n1. Bộ Công an hoàn thành {SCRIPT} trước ngày 15/12/2026.");
        let page = leader.get(&brought(&app, &it, &text).await.location).await;
        assert_eq!(page.status, 200);
        page.has_text("&#60;script&#62;");
        is_text(&page);
        let edit = format!("/chi-dao/du-thao/{}", field(page.body(), "href=\"/chi-dao/du-thao/", "\""));
        let fields: Vec<(&str, &str)> = ["viec", "san-pham", "trach-nhiem", "han-chu"].iter().map(|it| (*it, SCRIPT)).collect();
        let mut sent = fields.clone();
        sent.push(("phien-ban", "1"));
        assert_eq!(leader.post(&edit, &sent).await.status, 303);
        is_text(&leader.get(&edit).await);
        for name in ["chu-tri", "phoi-hop", "tham-quyen", "han", "chu-ky", "muc-do"] {
            is_text(&leader.post(&edit, &[("phien-ban", "2"), (name, SCRIPT)]).await);
        }
        is_text(&leader.post(&format!("{edit}/bo"), &[("ly-do", SCRIPT)]).await);
        is_text(&leader.upload("/chi-dao/moi", &[("van-ban", SCRIPT), ("ngay", SCRIPT), ("chuong-trinh", SCRIPT)], None).await);
        is_text(&leader.upload("/nhiem-vu/nhap", &[("bang", SCRIPT), ("chuong-trinh", SCRIPT)], None).await);
        is_text(&leader.upload("/chi-dao/moi", &[], Some(("tep", "<script>alert(1)<x>.txt", b"a"))).await);
    })
    .await;
}

#[tokio::test]
async fn a_task_entered_by_hand_is_approved_and_handed_down_on_pages() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let app = TestApp::new(engine, it.routes()).await;
        let staff = app.official(it.actor(Role::StandingAgency, "VPTW"));
        let leader = app.official(it.actor(Role::Leader, "VPTW"));
        let programme = it.programme.to_string();
        let fields = [
            ("chuong-trinh", programme.as_str()),
            ("viec", "Số hóa sổ hộ tịch"),
            ("chu-tri", "UBND tỉnh Cà Mau"),
            ("han", "2026-12-15"),
            ("trach-nhiem", "Chủ tịch UBND tỉnh Cà Mau"),
            ("san-pham", "100% sổ hộ tịch"),
            ("tham-quyen", "VPTW"),
        ];
        assert_eq!(staff.post("/nhiem-vu/moi", &fields).await.status, 303);
        assert_eq!(
            staff.post("/chi-dao/du-thao/trinh", &[]).await.status,
            422,
            "nothing was meant"
        );
        let page = staff.get("/chi-dao/du-thao").await;
        let id = field(page.body(), "name=\"tat-ca\" value=\"", "\"").to_owned();
        let sent = staff.post("/chi-dao/du-thao/trinh", &[("tat-ca", &id)]).await;
        assert_eq!(sent.location, "/chi-dao/du-thao?vua=trinh&n=1");
        assert_eq!(staff.post("/chi-dao/du-thao/giao", &[("du-thao", &id)]).await.status, 403);
        let back = leader
            .post("/chi-dao/du-thao/tra-lai", &[("du-thao", &id), ("ly-do", "Ghi rõ hơn")])
            .await;
        assert_eq!(back.status, 303);
        staff.get("/chi-dao/du-thao").await.has_text("Ghi rõ hơn");
        staff.post("/chi-dao/du-thao/trinh", &[("tat-ca", &id)]).await;
        let issued = leader.post("/chi-dao/du-thao/giao", &[("du-thao", &id)]).await;
        assert_eq!(issued.location, "/chi-dao/du-thao?vua=giao&n=1");

        let focal = app.official(it.actor(Role::FocalOfficer, "UBND-96"));
        let path = "/nhiem-vu/NV-2026-000001/giao-xuong";
        focal.get(path).await.has_text("Tất cả 3 xã, phường, đặc khu");
        let fields = [
            ("giao-cho", "chon"),
            ("don-vi", "Ủy ban nhân dân xã Nam Căn (UBND-32044)"),
            ("viec", "Số hóa sổ hộ tịch của xã"),
            ("san-pham", "100% sổ"),
            ("han", "2026-12-31"),
            ("trach-nhiem", "Chủ tịch UBND cấp xã"),
        ];
        let page = focal.post(path, &fields).await;
        assert_eq!(page.status, 422);
        page.has_text("Hạn không được sau hạn của nhiệm vụ gốc, 15/12/2026.");
        let mut fields = fields;
        fields[4].1 = "2026-12-01";
        let done = focal.post(path, &fields).await;
        assert_eq!(done.location, "/nhiem-vu/NV-2026-000001?vua=giao-xuong&n=1");
        let stranger = app.official(it.actor(Role::FocalOfficer, "UBND-44"));
        assert_eq!(stranger.get(path).await.status, 404);
        assert_eq!(stranger.post(path, &fields).await.status, 404);
    })
    .await;
}
