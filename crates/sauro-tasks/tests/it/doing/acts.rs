//! More time, explanation, urging, pause and cancel.

use chrono::NaiveDate;
use sauro_kernel::{Ctx, Role, WorkingCalendar};
use sauro_tasks::TasksError;
use sauro_tasks::actions::{self, Amendment, Urged};
use sauro_tasks::model::{Claim, ExplanationState, ExtensionState, Section, Stage, Status};
use sauro_testkit::{day, on_each_engine};

use super::browser::Browser;
use super::world::{AUTHORITY, ISSUER, LEAD, Made, STRANGER, World, claims, code, task};

fn calendar() -> WorkingCalendar {
    WorkingCalendar::new([day("2026-07-01")], [])
}

fn issuer(world: &World) -> Ctx {
    world.seat(Role::Leader, ISSUER)
}

async fn ask(world: &World, to_on: &str) -> Result<sauro_kernel::ExtensionId, TasksError> {
    let to_on: Option<NaiveDate> = to_on.parse().ok();
    let reason = "Mưa lũ làm hỏng đường vào xã";
    actions::ask_extension(&world.leader(), &world.db, &calendar(), task(1), to_on, reason).await
}

fn fields(err: &TasksError) -> Vec<String> {
    match err {
        TasksError::Invalid(faults) => faults.iter().map(|it| it.field.clone()).collect(),
        other => vec![format!("{other:?}")],
    }
}

#[tokio::test]
async fn more_time_is_asked_once_decided_once_and_the_first_deadline_is_kept() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        for (to_on, why) in [
            ("", "no day"),
            ("2026-06-30", "the present deadline"),
            ("2026-07-01", "a day off"),
            ("2026-07-04", "a Saturday"),
            ("2029-07-02", "years ahead"),
        ] {
            let err = ask(&world, to_on).await.unwrap_err();
            assert_eq!(fields(&err), ["han-moi"], "{why}");
        }
        let bare =
            actions::ask_extension(&world.leader(), db, &calendar(), task(1), None, " ").await;
        assert_eq!(fields(&bare.unwrap_err()), ["han-moi", "ly-do"]);
        assert!(world.view().await.extensions.is_empty(), "bad input changes nothing");

        let first = ask(&world, "2026-07-10").await.unwrap();
        assert!(matches!(ask(&world, "2026-07-13").await, Err(TasksError::WrongState(_))));
        let seen = world.view().await;
        assert_eq!((seen.task.due_on, seen.task.first_due_on), (day("2026-06-30"), None));

        let lead = world.leader();
        let own = actions::decide_extension(&lead, db, task(1), first, true, "").await;
        assert!(matches!(own, Err(TasksError::Denied(_))), "{own:?}");
        let bare = actions::decide_extension(&issuer(&world), db, task(1), first, false, " ").await;
        assert_eq!(fields(&bare.unwrap_err()), ["tra-loi"]);
        actions::decide_extension(&issuer(&world), db, task(1), first, true, "").await.unwrap();
        let seen = world.view().await;
        assert_eq!(
            (seen.task.due_on, seen.task.first_due_on),
            (day("2026-07-10"), Some(day("2026-06-30")))
        );
        assert_eq!(seen.extensions[0].state, ExtensionState::Granted);

        // Once more: the first deadline is still the first one.
        let second = ask(&world, "2026-07-20").await.unwrap();
        actions::decide_extension(&issuer(&world), db, task(1), second, true, "").await.unwrap();
        let seen = world.view().await;
        assert_eq!(
            (seen.task.due_on, seen.task.first_due_on),
            (day("2026-07-20"), Some(day("2026-06-30")))
        );
        // What counts is the deadline agreed on.
        world.pass(33);
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        assert_eq!(world.view().await.status, Status::InTime);
        let kinds = world.kinds().await;
        let n = |kind: &str| kinds.iter().filter(|it| *it == kind).count();
        assert_eq!((n("ExtensionAsked"), n("ExtensionGranted")), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn what_is_late_stays_late() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        // Asked in time, decided after the deadline: granted all the same.
        let asked = ask(&world, "2026-07-10").await.unwrap();
        world.pass(31);
        assert_eq!(world.view().await.status, Status::Overdue);
        actions::decide_extension(&issuer(&world), &world.db, task(1), asked, true, "")
            .await
            .unwrap();
        assert_ne!(world.view().await.status, Status::Overdue);
        // Asked after the cut-off: too late, however good the reason.
        world.pass(10);
        let late = ask(&world, "2026-07-31").await;
        assert!(matches!(late, Err(TasksError::WrongState(_))), "{late:?}");
        assert_eq!(world.view().await.task.due_on, day("2026-07-10"));
    })
    .await;
}

#[tokio::test]
async fn two_who_decide_at_once_make_one_decision() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let asked = ask(&world, "2026-07-10").await.unwrap();
        let (one, two) = (issuer(&world), world.seat(Role::StandingAgency, ISSUER));
        let (yes, no) = tokio::join!(
            actions::decide_extension(&one, &world.db, task(1), asked, true, ""),
            actions::decide_extension(&two, &world.db, task(1), asked, false, "Không đủ lý do"),
        );
        let won = [&yes, &no].into_iter().filter(|it| it.is_ok()).count();
        assert_eq!(won, 1, "{yes:?} {no:?}");
        let lost = if yes.is_ok() { no } else { yes.map(drop) };
        assert!(matches!(lost, Err(TasksError::Stale)), "{lost:?}");
        let seen = world.view().await;
        let is_granted = seen.extensions[0].state == ExtensionState::Granted;
        assert_eq!(seen.task.first_due_on.is_some(), is_granted);
    })
    .await;
}

#[tokio::test]
async fn a_pause_a_return_to_work_and_an_end() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        world.send(claims(&[(1, Claim::Done)])).await;
        let amend = async |ctx: &Ctx, what: Amendment, reason: &str| {
            let version = world.view().await.task.version;
            actions::amend_task(ctx, db, task(1), what, reason, version).await
        };
        for (role, n) in [
            (Role::Leader, LEAD),
            (Role::Leader, AUTHORITY),
            (Role::Officer, ISSUER),
            (Role::Verifier, AUTHORITY),
        ] {
            let refused = amend(&world.seat(role, n), Amendment::Pause, "Chờ luật").await;
            assert!(refused.is_err(), "{role:?} {n}");
        }
        let ctx = world.seat(Role::StandingAgency, ISSUER);
        let bare = amend(&ctx, Amendment::Pause, " ").await;
        assert_eq!(fields(&bare.unwrap_err()), ["ly-do"]);
        assert!(matches!(
            amend(&ctx, Amendment::Resume, "x").await,
            Err(TasksError::WrongState(_))
        ));

        let stage = amend(&ctx, Amendment::Pause, "Chờ nghị định mới").await.unwrap();
        assert_eq!(stage, Stage::Paused);
        let seen = world.view().await;
        assert_eq!(
            (seen.status, seen.task.stage_reason.as_str()),
            (Status::NotAssessable, "Chờ nghị định mới")
        );
        let late = ask(&world, "2026-07-10").await;
        assert!(matches!(late, Err(TasksError::WrongState(_))));

        let stage = amend(&ctx, Amendment::Resume, "Đã có nghị định").await.unwrap();
        assert_eq!(stage, Stage::InProgress, "the stage follows from the deliverables");
        assert_eq!(world.view().await.task.stage_reason, "");

        let stale = actions::amend_task(&ctx, db, task(1), Amendment::Cancel, "Trùng", 1).await;
        assert!(matches!(stale, Err(TasksError::Stale)));
        assert_eq!(amend(&ctx, Amendment::Cancel, "Trùng việc").await.unwrap(), Stage::Cancelled);
        for what in [Amendment::Resume, Amendment::Pause, Amendment::Cancel] {
            assert!(matches!(amend(&ctx, what, "x").await, Err(TasksError::WrongState(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn an_explanation_is_asked_answered_and_taken_note_of() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, above) = (&world.db, issuer(&world));
        let ask = async |ctx: &Ctx, words: &str, due: Option<NaiveDate>| {
            actions::ask_explanation(ctx, db, &calendar(), task(1), words, due).await
        };
        assert!(matches!(ask(&world.leader(), "Vì sao?", None).await, Err(TasksError::Denied(_))));
        let stranger = world.seat(Role::Leader, STRANGER);
        assert!(matches!(ask(&stranger, "Vì sao?", None).await, Err(TasksError::NotFound(_))));
        let err = ask(&above, " ", Some(day("2026-06-06"))).await.unwrap_err();
        assert_eq!(fields(&err), ["noi-dung", "han-giai-trinh"]);

        let id = ask(&above, "Vì sao chưa có điểm phục vụ?", None).await.unwrap();
        assert!(matches!(ask(&above, "Vì sao?", None).await, Err(TasksError::WrongState(_))));
        let owed = actions::today(&world.leader(), db).await.unwrap();
        assert_eq!(owed.count(Section::ToExplain), 1);
        assert_eq!(world.view().await.explanations[0].due_on, day("2026-06-04"));

        let early = actions::close_explanation(&above, db, task(1), id).await;
        assert!(matches!(early, Err(TasksError::Stale)));
        let own = actions::answer_explanation(&above, db, task(1), id, "Tự trả lời").await;
        assert!(matches!(own, Err(TasksError::Denied(_))), "{own:?}");
        world.pass(4);
        let answer = "Đường ngập, ngày 20/6 mở điểm";
        actions::answer_explanation(&world.leader(), db, task(1), id, answer).await.unwrap();
        let again = actions::answer_explanation(&world.leader(), db, task(1), id, "Lần hai").await;
        assert!(matches!(again, Err(TasksError::Stale)));
        let seen = world.view().await.explanations.remove(0);
        assert_eq!((seen.answer.as_str(), seen.is_late(0)), (answer, true));
        assert_eq!(actions::today(&above, db).await.unwrap().count(Section::ToRead), 1);
        assert_eq!(actions::today(&world.leader(), db).await.unwrap().count(Section::ToExplain), 0);

        actions::close_explanation(&above, db, task(1), id).await.unwrap();
        assert_eq!(world.view().await.explanations[0].state, ExplanationState::Closed);
        assert_eq!(actions::today(&above, db).await.unwrap().count(Section::ToRead), 0);
    })
    .await;
}

#[tokio::test]
async fn many_are_urged_at_once_each_once_a_day() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, above) = (&world.db, issuer(&world));
        world.put(Made { n: 2, ..Made::default() }).await;
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        let ids = [task(1), task(2), task(99)];
        let bare = actions::urge_many(&above, db, &ids, "").await;
        assert_eq!(fields(&bare.unwrap_err()), ["loi-nhac"]);
        let urge =
            async |ctx: &Ctx| actions::urge_many(ctx, db, &ids, "Báo cáo trước thứ Sáu").await;
        let done = urge(&above).await.unwrap();
        assert_eq!(done, [Urged::NothingOwed, Urged::Done, Urged::OutOfReach]);
        assert_eq!(urge(&above).await.unwrap()[1], Urged::Already);
        assert_eq!(urge(&world.leader()).await.unwrap()[1], Urged::OutOfReach);
        assert_eq!(urge(&world.seat(Role::Leader, STRANGER)).await.unwrap()[1], Urged::OutOfReach);
        world.pass(1);
        assert_eq!(urge(&above).await.unwrap()[1], Urged::Done);
        let view = actions::task_view(&above, db, &code(2)).await.unwrap();
        assert_eq!(view.timeline.iter().filter(|it| it.kind == "TaskUrged").count(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_pages_lead_from_asking_to_deciding() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (lead, above) = (world.actor(Role::Leader, LEAD), world.actor(Role::Leader, ISSUER));
        let browser = Browser::of(&world, &world.leader()).await;
        let at = |end: &str| format!("/nhiem-vu/{}{end}", code(1));

        let page = browser.get(&lead, &at("")).await.body;
        assert!(page.contains("Đề nghị gia hạn") && !page.contains("/dieu-hanh"), "{page}");
        let bad = browser.post(&lead, &at("/gia-han"), &[("viec", "de-nghi")]).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("Chọn hạn mới") && bad.body.contains("Nhập lý do xin gia hạn"));
        let asked =
            [("viec", "de-nghi"), ("han-moi", "2026-07-10"), ("ly-do", "<script>1</script>")];
        assert_eq!(browser.post(&lead, &at("/gia-han"), &asked).await.status, 303);
        let page = browser.get(&above, &at("/gia-han")).await.body;
        assert!(page.contains("&#60;script&#62;") && page.contains("Đồng ý, hạn mới 10/07/2026"));
        let id = world.view().await.extensions[0].id.to_string();
        let twice = [("viec", "dong-y"), ("de-nghi", id.as_str())];
        assert_eq!(browser.post(&above, &at("/gia-han"), &twice).await.status, 303);
        assert_eq!(browser.post(&above, &at("/gia-han"), &twice).await.status, 409);
        let page = browser.get(&lead, &at("?vua=gia-han")).await.body;
        assert!(page.contains("hạn ban đầu 30/06/2026") && page.contains("10/07/2026"));

        let urge = [("viec", "don-doc"), ("loi-nhac", "Gửi báo cáo")];
        assert_eq!(browser.post(&above, &at("/dieu-hanh"), &urge).await.status, 303);
        let again = browser.post(&above, &at("/dieu-hanh"), &urge).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("Hôm nay cơ quan đã đôn đốc"));
        assert_eq!(browser.post(&lead, &at("/dieu-hanh"), &urge).await.status, 404);
        assert_eq!(browser.get(&lead, &at("/dieu-hanh")).await.status, 403);

        let question = [("viec", "yeu-cau"), ("noi-dung", "Vì sao chậm?")];
        assert_eq!(browser.post(&above, &at("/giai-trinh"), &question).await.status, 303);
        assert!(browser.get(&lead, "/viec").await.body.contains("Phải giải trình"));
        let id = world.view().await.explanations[0].id.to_string();
        let answer = [("viec", "tra-loi"), ("yeu-cau", id.as_str()), ("tra-loi", "Do mưa lũ")];
        assert_eq!(browser.post(&lead, &at("/giai-trinh"), &answer).await.status, 303);
        assert!(browser.get(&above, "/viec").await.body.contains("Giải trình chờ xem"));
        let page = browser.get(&above, &at("/giai-trinh")).await.body;
        assert!(page.contains("Do mưa lũ") && page.contains("tiếp nhận giải trình"));

        let pause = [("viec", "thay-doi"), ("thay-doi", "tam-dung"), ("ly-do", "Chờ luật")];
        assert_eq!(browser.post(&above, &at("/dieu-hanh"), &pause).await.status, 303);
        let page = browser.get(&lead, &at("")).await.body;
        assert!(page.contains("Tạm dừng: Chờ luật"));
        let history = browser.get(&lead, &at("/dien-bien")).await.body;
        for told in [
            "Đồng ý gia hạn từ 30/06/2026 đến 10/07/2026",
            "Đôn đốc",
            "Yêu cầu giải trình trước",
            "Tạm dừng nhiệm vụ",
        ] {
            assert!(history.contains(told), "{told}");
        }
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_of_a_list_are_urged_at_once_and_not_one_more() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put_many(2..10_001).await;
        let above = world.actor(Role::Leader, ISSUER);
        let browser = Browser::of(&world, &issuer(&world)).await;
        let all = [("gui", "tat-ca"), ("loi-nhac", "Báo cáo trước thứ Sáu")];
        let page = browser.post(&above, "/nhiem-vu/don-doc", &all).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Đã đôn đốc 10.000 nhiệm vụ"), "{}", page.body);
        let page = browser.post(&above, "/nhiem-vu/don-doc", &all).await;
        assert!(page.body.contains("10.000 nhiệm vụ hôm nay cơ quan đã đôn đốc"));

        world.put(Made { n: 10_001, n_deliverables: 0, ..Made::default() }).await;
        world.pass(1);
        let page = browser.post(&above, "/nhiem-vu/don-doc", &all).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("tối đa 10.000 nhiệm vụ"));
        let view = actions::task_view(&issuer(&world), &world.db, &code(9)).await.unwrap();
        assert_eq!(view.timeline.iter().filter(|it| it.kind == "TaskUrged").count(), 1);

        let (one, two) = (task(3).to_string(), task(4).to_string());
        let some = [("gui", "da-chon"), ("nv", &one), ("nv", &two), ("loi-nhac", "Gấp")];
        let page = browser.post(&above, "/nhiem-vu/don-doc", &some).await;
        assert!(page.body.contains("Đã đôn đốc 2 nhiệm vụ"));
        let none = [("gui", "da-chon"), ("loi-nhac", "Gấp")];
        let page = browser.post(&above, "/nhiem-vu/don-doc", &none).await;
        assert_eq!(page.status, 422);
        let lead = world.actor(Role::Officer, LEAD);
        assert_eq!(browser.post(&lead, "/nhiem-vu/don-doc", &some).await.status, 403);
    })
    .await;
}
