//! The day of a seat, however full, and alike things done in one go.

use sauro_kernel::{Ctx, Role};
use sauro_tasks::TasksError;
use sauro_tasks::actions::{self, Chosen, Entry};
use sauro_tasks::model::{
    Claim, Decision, Place, ReportFields, ReportItem, ReportState, Section, Stage,
};
use sauro_testkit::{day, on_each_engine};

use super::browser::Browser;
use super::world::{AUTHORITY, ISSUER, LEAD, Made, STRANGER, World, code, deliverable, task};

/// Writes a report on task `n` that claims its first deliverable, shows it, and puts it before the leader.
async fn submitted(world: &World, n: u64) -> (sauro_kernel::ReportId, i64) {
    let (ctx, db) = (world.staff(), &world.db);
    let report = actions::open_report(&ctx, db, task(n)).await.unwrap();
    let item =
        ReportItem { deliverable: deliverable(n, 1), claim: Claim::Done, note: String::new() };
    let fields = ReportFields {
        results: "Đã mở điểm phục vụ".to_owned(),
        items: vec![item],
        ..ReportFields::default()
    };
    let report = actions::save_report(&ctx, db, report.id, fields, report.version).await.unwrap();
    actions::attach_link(&ctx, db, report.id, None, "https://xa.example.vn").await.unwrap();
    let report = actions::submit_report(&ctx, db, report.id, report.version).await.unwrap();
    (report.id, report.version)
}

async fn stage(world: &World, n: u64) -> Stage {
    actions::find_task(&world.leader(), &world.db, &code(n)).await.unwrap().stage
}

async fn version(world: &World, n: u64) -> i64 {
    actions::find_task(&world.leader(), &world.db, &code(n)).await.unwrap().version
}

async fn codes_of(world: &World, ctx: &Ctx, section: Section) -> Vec<String> {
    let (mut codes, mut after) = (Vec::new(), Place::START);
    loop {
        let group = actions::duties(ctx, &world.db, section, after, None).await.unwrap();
        for entry in group.entries {
            let Entry::Task(duty) = entry else { panic!("{entry:?}") };
            codes.push(duty.task.code);
        }
        let Some(next) = group.next else { return codes };
        // As the address carries it.
        after = Place::of_code(&next.code());
    }
}

#[tokio::test]
async fn three_hundred_duties_are_all_there_in_their_order() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        // Two of three are late, many on the same day.
        for n in 2..=300 {
            let due_on =
                ["2026-05-20", "2026-05-28", "2026-06-05"][usize::try_from(n % 3).unwrap()];
            world.put(Made { n, due_on, ..Made::default() }).await;
        }
        let (ctx, db) = (world.staff(), &world.db);
        let today = actions::today(&ctx, db).await.unwrap();
        let counts = [Section::Overdue, Section::DueSoon, Section::Later].map(|it| today.count(it));
        assert_eq!(counts, [199, 100, 1]);
        let overdue = today.groups.iter().find(|it| it.section == Section::Overdue).unwrap();
        assert!(overdue.entries.len() < 10 && overdue.next.is_some());

        let found = codes_of(&world, &ctx, Section::Overdue).await;
        let mut wanted: Vec<_> = (2..=300)
            .filter(|n| n % 3 != 2)
            .map(|n| (if n % 3 == 0 { day("2026-05-20") } else { day("2026-05-28") }, code(n)))
            .collect();
        wanted.sort();
        assert_eq!(found, wanted.into_iter().map(|it| it.1).collect::<Vec<_>>());

        let browser = Browser::of(&world, &ctx).await;
        let officer = world.actor(Role::Officer, LEAD);
        browser.get(&officer, "/viec").await.is(200).has("Xem cả 199 việc").has("(100)");
        browser.get(&officer, "/viec/qua-han").await.is(200).has("rel=\"next\"");
        browser.get(&officer, "/viec/khong-co").await.is(404);
        browser.get(&officer, "/viec/ky-gui").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_leader_sends_several_reports_at_once_and_is_told_of_each_that_stays() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for n in [2, 3] {
            world.put(Made { n, ..Made::default() }).await;
        }
        let db = &world.db;
        let mut reports = Vec::new();
        for n in [1, 2, 3] {
            reports.push(submitted(&world, n).await);
        }
        let denied = actions::send_reports(&world.staff(), db, &reports).await.unwrap();
        assert!(denied.iter().all(|it| matches!(it.result, Err(TasksError::Denied(_)))));
        let strange =
            actions::send_reports(&world.seat(Role::Leader, STRANGER), db, &reports).await.unwrap();
        assert!(strange.iter().all(|it| matches!(it.result, Err(TasksError::NotFound(_)))));
        assert_eq!(codes_of(&world, &world.leader(), Section::ToSend).await.len(), 3);

        reports[1].1 -= 1;
        let sent = actions::send_reports(&world.leader(), db, &reports).await.unwrap();
        assert!(sent[0].result.is_ok() && sent[2].result.is_ok());
        assert!(matches!(sent[1].result, Err(TasksError::Stale)));
        assert_eq!(codes_of(&world, &world.leader(), Section::ToSend).await, [code(2)]);
        let again = actions::send_reports(&world.leader(), db, &reports[..1]).await.unwrap();
        assert!(again[0].result.is_ok(), "a second press is harmless");
        let kinds = world.kinds().await;
        assert_eq!(kinds.iter().filter(|it| *it == "ReportSent").count(), 1);

        let nothing = actions::send_reports(&world.leader(), db, &[]).await;
        assert!(matches!(nothing, Err(TasksError::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn alike_deliverables_get_one_verdict_and_a_decision_each() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for n in [2, 3] {
            world.put(Made { n, parent: Some(1), ..Made::default() }).await;
        }
        let db = &world.db;
        for n in [1, 2, 3] {
            let (report, version) = submitted(&world, n).await;
            actions::send_report(&world.leader(), db, report, version).await.unwrap();
        }
        let verifier = world.verifier();
        assert_eq!(codes_of(&world, &verifier, Section::ToVerify).await.len(), 3);
        let kin = actions::duties(&verifier, db, Section::ToVerify, Place::START, Some(task(1)));
        assert_eq!(kin.await.unwrap().entries.len(), 2, "those handed down from task 1");

        let mut chosen = Vec::new();
        for n in [1, 2, 3] {
            let deliverables = vec![deliverable(n, 1)];
            chosen.push(Chosen { task: task(n), version: version(&world, n).await, deliverables });
        }
        let bare = actions::verify_alike(&verifier, db, &chosen, Decision::Returned, " ").await;
        assert!(matches!(bare, Err(TasksError::Invalid(_))), "{bare:?}");
        let lead = world.leader();
        let own = actions::verify_alike(&lead, db, &chosen, Decision::Accepted, "Tự xem");
        let own = own.await.unwrap();
        assert!(own.iter().all(|it| matches!(it.result, Err(TasksError::Denied(_)))), "{own:?}");

        chosen[2].version -= 1;
        let words = "Thiếu biên bản bàn giao";
        let done =
            actions::verify_alike(&verifier, db, &chosen, Decision::Returned, words).await.unwrap();
        assert!(done[0].result.is_ok() && done[1].result.is_ok());
        assert!(matches!(done[2].result, Err(TasksError::Stale)));
        assert_eq!(stage(&world, 1).await, Stage::Returned);
        assert_eq!(stage(&world, 2).await, Stage::Returned);
        assert_eq!(stage(&world, 3).await, Stage::InProgress);
        let view = world.view().await;
        assert_eq!((view.verifications.len(), view.verifications[0].reason.as_str()), (1, words));
        assert_eq!(view.reports[0].report.state, ReportState::Returned);
        assert_eq!(codes_of(&world, &verifier, Section::ToVerify).await, [code(3)]);
        let returned = codes_of(&world, &world.staff(), Section::Returned).await;
        assert_eq!(returned, [code(1), code(2)]);
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_a_batch_say_what_was_done_and_what_was_not() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put(Made { n: 2, ..Made::default() }).await;
        let (one, two) = (submitted(&world, 1).await, submitted(&world, 2).await);
        let browser = Browser::of(&world, &world.staff()).await;
        let (staff, leader) = (world.actor(Role::Officer, LEAD), world.actor(Role::Leader, LEAD));
        browser.get(&leader, "/viec").await.is(200).has("Xử lý cùng lúc");
        let tick = |it: (sauro_kernel::ReportId, i64), n| format!("{}:{}:{}", it.0, it.1, code(n));
        let (first, second) = (tick(one, 1), tick((two.0, two.1 - 1), 2));
        browser.get(&leader, "/viec/ky-gui").await.is(200).has(&first);
        browser.post(&staff, "/viec/ky-gui", &[("chon", &first)]).await.is(403);
        browser.post(&leader, "/viec/ky-gui", &[]).await.is(422).has("Chọn ít nhất một báo cáo");
        browser.post(&leader, "/viec/ky-gui", &[("chon", "hỏng")]).await.is(422);
        let some =
            browser.post(&leader, "/viec/ky-gui", &[("chon", &first), ("chon", &second)]).await;
        some.is(422).has("Đã xong 1 việc").has("1 việc chưa làm được").has("Vừa có thay đổi");
        let rest = tick(two, 2);
        let all = browser.post(&leader, "/viec/ky-gui", &[("chon", &rest)]).await;
        assert_eq!((all.status, all.location()), (303, "/viec/ky-gui?vua=1"));
        browser
            .get(&leader, all.location())
            .await
            .is(200)
            .has("Đã xong 1 việc")
            .has("Không còn việc nào");

        let verifier = world.actor(Role::Verifier, AUTHORITY);
        let page = browser.get(&verifier, "/viec/nghiem-thu").await;
        page.is(200).has("Sản phẩm 1: Sản phẩm số 1").has("Kết luận chung");
        let tick =
            format!("{}:{}:{}:{}", task(1), version(&world, 1).await, deliverable(1, 1), code(1));
        let bare = browser.post(&verifier, "/viec/nghiem-thu", &[("chon", &tick)]).await;
        bare.is(422).has("Chọn nghiệm thu hoặc trả lại");
        let fields = [("chon", tick.as_str()), ("ket-luan", "accepted")];
        browser
            .post(&verifier, "/viec/nghiem-thu", &fields)
            .await
            .is(422)
            .has("Nhập đã kiểm tra những gì");
        let fields = [
            ("chon", tick.as_str()),
            ("ket-luan", "accepted"),
            ("loi-chung", "Đã đến xem tận nơi"),
        ];
        browser.post(&verifier, "/viec/nghiem-thu", &fields).await.is(303);
        assert_eq!(world.view().await.verifications[0].checked, "Đã đến xem tận nơi");
        let standing = world.actor(Role::StandingAgency, ISSUER);
        browser.get(&standing, "/viec").await.is(200).has("Sản phẩm chờ nghiệm thu");
    })
    .await;
}
