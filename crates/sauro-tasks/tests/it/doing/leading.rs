//! The page of a leader.

use sauro_kernel::{Role, WorkingCalendar};
use sauro_tasks::actions;
use sauro_tasks::model::ReportFields;
use sauro_testkit::{day, on_each_engine};

use super::browser::Browser;
use super::world::{AUTHORITY, ISSUER, LEAD, Made, World, code, task};

#[tokio::test]
async fn a_leader_sees_what_to_decide_what_is_late_who_and_why() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let work = "Số hóa hồ sơ đất đai";
        world.put(Made { n: 2, work, due_on: "2026-05-20", ..Made::default() }).await;
        let calendar = WorkingCalendar::new([], []);
        let reason = "Thiết bị về chậm";
        let to = Some(day("2026-07-10"));
        actions::ask_extension(&world.leader(), db, &calendar, task(1), to, reason).await.unwrap();
        let report = actions::open_report(&world.leader(), db, task(2)).await.unwrap();
        let fields = ReportFields {
            results: "Đã quét 71% hồ sơ".to_owned(),
            difficulties: "Thiếu máy quét khổ lớn".to_owned(),
            ..ReportFields::default()
        };
        let report = actions::save_report(&world.leader(), db, report.id, fields, 1).await.unwrap();
        actions::send_report(&world.leader(), db, report.id, report.version).await.unwrap();

        let browser = Browser::of(&world, &world.staff()).await;
        let above = world.actor(Role::Leader, ISSUER);
        let page = browser.get(&above, "/lanh-dao").await;
        page.is(200).has("Đồng chí cần quyết 1 việc, có 1 việc đang chậm");
        page.has("xin lùi từ 30/06/2026 đến 10/07/2026").has(reason).has("Đồng ý đến 10/07/2026");
        page.has(work).has("Vì sao:</b> Thiếu máy quét khổ lớn").has("Yêu cầu giải trình");
        page.has("Cả nước, 2 nhiệm vụ có hạn");

        let grant = [
            ("de-nghi", page.hidden("de-nghi")),
            ("viec", "dong-y".to_owned()),
            ("ve", "lanh-dao".to_owned()),
        ];
        let grant: Vec<(&str, &str)> = grant.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let done = browser.post(&above, &format!("/nhiem-vu/{}/gia-han", code(1)), &grant).await;
        assert_eq!(done.is(303).location(), "/lanh-dao?vua=gia-han");
        let ask = [("viec", "yeu-cau"), ("noi-dung", "Vì sao chậm?"), ("ve", "lanh-dao")];
        let done = browser.post(&above, &format!("/nhiem-vu/{}/giai-trinh", code(2)), &ask).await;
        assert_eq!(done.is(303).location(), "/lanh-dao?vua=yeu-cau-giai-trinh");
        let urge = [("viec", "don-doc"), ("loi-nhac", "Báo cáo ngay"), ("ve", "lanh-dao")];
        let done = browser.post(&above, &format!("/nhiem-vu/{}/dieu-hanh", code(2)), &urge).await;
        assert_eq!(done.is(303).location(), "/lanh-dao?vua=don-doc");
        let page = browser.get(&above, "/lanh-dao?vua=don-doc").await;
        page.has("Không có việc nào chờ đồng chí quyết, có 1 việc đang chậm").has("Đã gửi đôn đốc");
        page.has("Đã yêu cầu giải trình trước 17:00").has("Hôm nay đã đôn đốc");
        page.lacks("name=\"loi-nhac\"").lacks("name=\"noi-dung\"");

        let lead = browser.get(&world.actor(Role::Leader, LEAD), "/lanh-dao").await;
        lead.is(200).has("Giải trình: Số hóa").has("cần quyết 1 việc").lacks("name=\"loi-nhac\"");
        let open = actions::task_view(&world.leader(), db, &code(2)).await.unwrap().explanations;
        let answer = "Nhà thầu bỏ dở gói máy quét";
        actions::answer_explanation(&world.leader(), db, task(2), open[0].id, answer)
            .await
            .unwrap();
        let page = browser.get(&above, "/lanh-dao").await;
        page.has("Xem giải trình: Số hóa")
            .has("Đã xem, tiếp nhận")
            .has("Vì sao:</b> Nhà thầu bỏ dở");

        for role in [Role::Officer, Role::FocalOfficer, Role::StandingAgency, Role::Inspector] {
            browser.get(&world.actor(role, ISSUER), "/lanh-dao").await.is(403);
        }
        let away = browser.get(&world.actor(Role::Leader, AUTHORITY), "/lanh-dao").await;
        away.is(200).has("1 việc đang chậm");
    })
    .await;
}
