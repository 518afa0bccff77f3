//! One press says that the work goes on.

use sauro_kernel::Role;
use sauro_tasks::TasksError;
use sauro_tasks::actions;
use sauro_tasks::model::{Claim, Decision, ReportFields, ReportState, SelfRating, Stage};
use sauro_testkit::on_each_engine;

use super::browser::Browser;
use super::verifying::verdict;
use super::world::{LEAD, Made, STRANGER, World, claims, code, task};

#[tokio::test]
async fn from_today_to_a_sent_report_it_takes_two_presses() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let browser = Browser::of(&world, &world.leader()).await;
        let leader = world.actor(Role::Leader, LEAD);
        browser.get(&leader, "/viec").await.is(200).has("/nhiem-vu/NV-2026-000001/bao-cao");
        let form = browser.get(&leader, "/nhiem-vu/NV-2026-000001/bao-cao").await;
        form.is(200).has("Gửi “Đang làm, đúng tiến độ”");
        let version = form.hidden("ban");
        let quick = "/nhiem-vu/NV-2026-000001/bao-nhanh";
        let sent = browser.post(&leader, quick, &[("ban", &version)]).await;
        assert!(sent.location().contains("/bien-nhan/BN-20260601-"), "{}", sent.location());
        let again = browser.post(&leader, quick, &[("ban", &version)]).await;
        assert_eq!((again.status, again.location()), (303, "/nhiem-vu/NV-2026-000001"));

        let view = world.view().await;
        assert_eq!(view.reports.len(), 1, "a second press sends nothing");
        assert_eq!(view.reports[0].report.results, "Đang thực hiện, đúng tiến độ.");
        assert_eq!(view.reports[0].report.self_rating, Some(SelfRating::OnTrack));
        assert!(view.reports[0].items.iter().all(|it| it.claim == Claim::Doing));
        assert_eq!((view.reports[0].items.len(), view.task.stage), (2, Stage::InProgress));
    })
    .await;
}

#[tokio::test]
async fn the_staff_puts_it_before_the_leader_and_strangers_get_nowhere() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let strange =
            actions::quick_report(&world.seat(Role::Leader, STRANGER), db, &code(1), 1).await;
        assert!(matches!(strange, Err(TasksError::NotFound(_))));
        let verifier = actions::quick_report(&world.verifier(), db, &code(1), 1).await;
        assert!(matches!(verifier, Err(TasksError::Denied(_))), "{verifier:?}");
        let quick = actions::quick_report(&world.staff(), db, &code(1), 1).await.unwrap();
        assert!(quick.is_none());
        let open = actions::task_view(&world.leader(), db, &code(1)).await.unwrap().open.unwrap();
        assert_eq!(open.report.state, ReportState::Submitted);
    })
    .await;
}

#[tokio::test]
async fn what_needs_more_words_is_not_reported_with_one_press() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, db) = (world.leader(), &world.db);
        for n in [2, 3] {
            let due_on = if n == 2 { "2026-05-20" } else { "2026-06-30" };
            world.put(Made { n, due_on, ..Made::default() }).await;
        }
        let refused = async |n: u64| {
            let version = actions::find_task(&ctx, db, &code(n)).await.unwrap().version;
            let answer = actions::quick_report(&ctx, db, &code(n), version).await;
            assert!(matches!(answer, Err(TasksError::WrongState(_))), "{n}: {answer:?}");
        };
        refused(2).await;
        // Somebody has begun to write.
        let draft = actions::open_report(&ctx, db, task(3)).await.unwrap();
        let fields =
            ReportFields { results: "Đã mua máy".to_owned(), ..ReportFields::default() };
        actions::save_report(&ctx, db, draft.id, fields, draft.version).await.unwrap();
        refused(3).await;
        let kept = actions::find_report(&ctx, db, draft.id).await.unwrap();
        assert_eq!((kept.results.as_str(), kept.state), ("Đã mua máy", ReportState::Draft));
        // Returned: the reasons want an answer.
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        refused(1).await;
        let version = world.view().await.task.version;
        let verdicts = vec![verdict(1, Decision::Returned, "Thiếu biên bản")];
        actions::verify(&world.verifier(), db, task(1), verdicts, version).await.unwrap();
        refused(1).await;
    })
    .await;
}
