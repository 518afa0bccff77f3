//! The pages, from a draft to a product in use.

use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use super::browser::{Browser, Part};
use super::world::{AUTHORITY, LEAD, Made, STRANGER, World, claims};
use sauro_tasks::model::Claim;

const REPORT: &str = "/nhiem-vu/NV-2026-000001/bao-cao";
const PDF: &[u8] = b"%PDF-1.7\nbien ban ban giao\n%%EOF\n";

async fn start(engine: &sauro_testkit::Engine) -> (World, Browser) {
    let world = World::new(&engine.db).await;
    let browser = Browser::of(&world, &world.staff()).await;
    (world, browser)
}

#[tokio::test]
async fn from_a_draft_to_a_product_in_use() {
    on_each_engine(async |engine| {
        let (world, browser) = start(&engine).await;
        let (staff, leader) = (world.actor(Role::Officer, LEAD), world.actor(Role::Leader, LEAD));
        let verifier = world.actor(Role::Verifier, AUTHORITY);
        browser
            .get(&staff, "/viec")
            .await
            .is(200)
            .has("Mở điểm phục vụ thứ hai")
            .has("Còn 21 ngày làm việc");

        let form = browser.get(&staff, REPORT).await;
        form.is(200).has("Trình lãnh đạo").lacks("Gửi báo cáo</button>");
        let (id, version) = (form.hidden("bao-cao"), form.hidden("version"));
        let saved = browser
            .post(
                &staff,
                &format!("{REPORT}/nhap"),
                &[("bao-cao", &id), ("version", &version), ("ket-qua", "Đang làm dở")],
            )
            .await;
        saved.is(200).has("Bản nháp lưu lúc 08:00");
        let version = saved.hidden("version");
        let put = [
            Part::Text("bao-cao", &id),
            Part::Text("version", &version),
            Part::Text("ket-qua", "Đã mở điểm phục vụ tại nhà văn hóa"),
            Part::Text("tu-danh-gia", "done"),
            Part::Text("sp-1", "done"),
            Part::Text("sp-2", "done"),
            Part::File("tep-1", "Biên bản.pdf", PDF),
            Part::File("tep", "", b""),
            Part::Text("lien-ket", "https://xa.example.vn/tin/2"),
            Part::Text("lien-ket-cho", "2"),
            Part::Text("viec", "trinh"),
        ];
        let submitted = browser.upload(&staff, REPORT, &put).await;
        assert_eq!((submitted.status, submitted.location()), (303, "/nhiem-vu/NV-2026-000001"));
        browser.get(&staff, "/viec").await.has("Chờ lãnh đạo ký gửi");
        browser.get(&staff, REPORT).await.is(200).has("đang chờ lãnh đạo ký gửi");

        browser.get(&leader, "/viec").await.has("Xem và ký gửi");
        let form = browser.get(&leader, REPORT).await;
        form.is(200).has("Biên bản.pdf").has("Gửi báo cáo").has("Chuyển lại cho chuyên viên");
        let (id, version) = (form.hidden("bao-cao"), form.hidden("version"));
        let send = [
            Part::Text("bao-cao", &id),
            Part::Text("version", &version),
            Part::Text("ket-qua", "Đã mở điểm phục vụ tại nhà văn hóa"),
            Part::Text("sp-1", "done"),
            Part::Text("sp-2", "done"),
            Part::Text("viec", "gui"),
        ];
        let sent = browser.upload(&leader, REPORT, &send).await;
        sent.is(303);
        assert!(sent.location().contains("/bien-nhan/BN-20260601-"), "{}", sent.location());
        let again = browser.upload(&leader, REPORT, &send).await;
        assert_eq!(again.location(), sent.location(), "a double click gets the same receipt");
        browser
            .get(&leader, sent.location())
            .await
            .is(200)
            .has("Báo cáo đã gửi")
            .has("Cơ quan 3 xem minh chứng");
        assert_eq!(world.view().await.reports.len(), 1);

        browser.get(&verifier, "/viec").await.has("Cơ quan 2 báo xong");
        let verify = "/nhiem-vu/NV-2026-000001/nghiem-thu";
        let form = browser.get(&verifier, verify).await;
        form.is(200).has("Biên bản.pdf").has("https://xa.example.vn/tin/2");
        let version = form.hidden("version");
        let bare = browser
            .post(
                &verifier,
                verify,
                &[("version", &version), ("sp-1", "accepted"), ("sp-2", "returned")],
            )
            .await;
        bare.is(422).has("Có 2 chỗ cần sửa").has("Nhập lý do trả lại.");
        let decided = [
            ("version", version.as_str()),
            ("sp-1", "accepted"),
            ("da-kiem-tra-1", "Đã đến xem tận nơi"),
            ("sp-2", "returned"),
            ("ly-do-2", "Trang tin chưa mở được"),
        ];
        browser.post(&verifier, verify, &decided).await.is(303);
        browser.post(&verifier, verify, &decided).await.is(409).has("Nhiệm vụ vừa có thay đổi");
        browser.get(&staff, "/viec").await.has("Bị trả lại");
        browser.get(&staff, REPORT).await.has("Trang tin chưa mở được").has("Đã điền sẵn");

        world.send(claims(&[(2, Claim::Done)])).await;
        let version = browser.get(&verifier, verify).await.hidden("version");
        let accept =
            [("version", version.as_str()), ("sp-2", "accepted"), ("da-kiem-tra-2", "Đã mở trang")];
        browser.post(&verifier, verify, &accept).await.is(303);
        for n in ["1", "2"] {
            let (act, field) = (format!("su-dung:{n}"), format!("su-dung-{n}"));
            let fields = [("viec", act.as_str()), (field.as_str(), "40 lượt mỗi ngày")];
            browser.post(&verifier, verify, &fields).await.is(303);
        }
        let page = browser.get(&verifier, "/nhiem-vu/NV-2026-000001").await;
        page.is(200).has("Hoàn thành đúng hạn").has("5/5 · đang sử dụng").has("Trả lại sản phẩm 2");
        page.lacks("Trình lãnh đạo báo cáo");
    })
    .await;
}

#[tokio::test]
async fn two_editors_see_both_texts_and_lose_none() {
    on_each_engine(async |engine| {
        let (world, browser) = start(&engine).await;
        let (staff, leader) = (world.actor(Role::Officer, LEAD), world.actor(Role::Leader, LEAD));
        let form = browser.get(&staff, REPORT).await;
        let (id, version) = (form.hidden("bao-cao"), form.hidden("version"));
        let save = |text: &'static str| {
            [
                ("bao-cao", id.clone()),
                ("version", version.clone()),
                ("ket-qua", text.to_owned()),
                ("viec", "luu".to_owned()),
            ]
        };
        let send = async |actor, text| {
            let fields = save(text);
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(actor, REPORT, &fields).await
        };
        send(&staff, "Dòng của chuyên viên").await.is(303);
        let both = send(&leader, "Dòng của lãnh đạo").await;
        both.is(409).has("Bản của đồng chí").has("Dùng bản gộp");
        both.has("Dòng của chuyên viên\nDòng của lãnh đạo</textarea>");
        let version = both.hidden("version");
        let merged = [
            ("bao-cao", id.as_str()),
            ("version", &version),
            ("ket-qua", "Dòng của chuyên viên\nDòng của lãnh đạo"),
            ("viec", "luu"),
        ];
        browser.post(&leader, REPORT, &merged).await.is(303);
        browser.get(&staff, REPORT).await.has("Dòng của chuyên viên\nDòng của lãnh đạo");
        let late = [("bao-cao", id.as_str()), ("version", "2"), ("ket-qua", "Khác")];
        browser
            .post(&staff, &format!("{REPORT}/nhap"), &late)
            .await
            .is(409)
            .has("Người khác vừa sửa");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays() {
    on_each_engine(async |engine| {
        let (world, browser) = start(&engine).await;
        let leader = world.actor(Role::Leader, LEAD);
        let form = browser.get(&leader, REPORT).await;
        let (id, version) = (form.hidden("bao-cao"), form.hidden("version"));
        let long = "đ".repeat(20_001);
        let put = [
            Part::Text("bao-cao", &id),
            Part::Text("version", &version),
            Part::Text("ket-qua", "<script>alert(1)</script>"),
            Part::Text("kho-khan", &long),
            Part::Text("viec", "gui"),
        ];
        let refused = browser.upload(&leader, REPORT, &put).await;
        refused
            .is(422)
            .has("dài 20001 ký tự")
            .has("&#60;script&#62;alert(1)")
            .lacks("<script>alert");

        let put = [
            Part::Text("bao-cao", &id),
            Part::Text("version", &version),
            Part::Text("ket-qua", "Đã xong"),
            Part::Text("sp-1", "done"),
            Part::Text("lien-ket", "javascript:alert(1)"),
            Part::File("tep-1", "bao-cao.pdf", b"MZ\x90\x00\x03\x00\x00\x00program"),
            Part::File("tep", "<img src=x onerror=a>.pdf", PDF),
            Part::Text("viec", "gui"),
        ];
        let refused = browser.upload(&leader, REPORT, &put).await;
        refused
            .is(422)
            .has("chương trình chạy được")
            .has("bắt đầu bằng https://")
            .has("javascript:alert(1)");
        refused.lacks("href=\"javascript").lacks("<img src=x").has("Đã xong");
        assert_eq!(world.view().await.reports.len(), 0);
        let version = refused.hidden("version");
        let put = [
            Part::Text("bao-cao", &id),
            Part::Text("version", &version),
            Part::Text("ket-qua", "Đã xong"),
            Part::Text("sp-1", "done"),
            Part::Text("viec", "gui"),
        ];
        browser.upload(&leader, REPORT, &put).await.is(303);
    })
    .await;
}

#[tokio::test]
async fn done_without_evidence_is_refused_at_the_deliverable() {
    on_each_engine(async |engine| {
        let (world, browser) = start(&engine).await;
        let leader = world.actor(Role::Leader, LEAD);
        let form = browser.get(&leader, REPORT).await;
        let (id, version) = (form.hidden("bao-cao"), form.hidden("version"));
        let put = [
            ("bao-cao", id.as_str()),
            ("version", version.as_str()),
            ("ket-qua", "Xong"),
            ("sp-1", "done"),
            ("viec", "gui"),
        ];
        let refused = browser.post(&leader, REPORT, &put).await;
        refused.is(422).has("href=\"#sp-1\"").has("báo đã xong nhưng chưa có minh chứng");
    })
    .await;
}

#[tokio::test]
async fn others_get_404_and_the_lead_does_not_verify_itself() {
    on_each_engine(async |engine| {
        let (world, browser) = start(&engine).await;
        let (staff, leader) = (world.actor(Role::Officer, LEAD), world.actor(Role::Leader, LEAD));
        let stranger = world.actor(Role::Leader, STRANGER);
        let id = browser.get(&staff, REPORT).await.hidden("bao-cao");
        world.put(Made { n: 2, lead: STRANGER, ..Made::default() }).await;
        let task = "/nhiem-vu/NV-2026-000001";
        for path in [
            task,
            REPORT,
            "/nhiem-vu/NV-2026-000001/nghiem-thu",
            "/nhiem-vu/NV-2026-000001/dien-bien",
            "/nhiem-vu/khong-co",
        ] {
            browser.get(&stranger, path).await.is(404);
        }
        let put = [
            ("bao-cao", id.as_str()),
            ("version", "1"),
            ("ket-qua", "Của người khác"),
            ("viec", "luu"),
        ];
        browser.post(&stranger, REPORT, &put).await.is(404);
        // Another agency's report under one's own task.
        browser.post(&stranger, "/nhiem-vu/NV-2026-000002/bao-cao", &put).await.is(404);
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        let verify = "/nhiem-vu/NV-2026-000001/nghiem-thu";
        browser.get(&leader, verify).await.is(403);
        let version = world.view().await.task.version.to_string();
        let own =
            [("version", version.as_str()), ("sp-1", "accepted"), ("da-kiem-tra-1", "Tự xem")];
        browser.post(&leader, verify, &own).await.is(403);
        browser
            .get(&stranger, "/nhiem-vu")
            .await
            .is(200)
            .lacks("NV-2026-000001")
            .has("NV-2026-000002");
        let filtered =
            "/nhiem-vu?q=%3Cscript%3E&tt=over&phia=chu-tri&co-quan=zzz&sau=hong&chuong-trinh=x";
        browser
            .get(&staff, filtered)
            .await
            .is(422)
            .has("Không có cơ quan nào tên như vậy")
            .lacks("<script>\"");
    })
    .await;
}
