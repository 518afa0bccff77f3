use sauro_kernel::Role;
use sauro_tasks::TasksError;
use sauro_tasks::actions::{self, Verdict};
use sauro_tasks::model::{Claim, Decision, ReportState, Stage, Status};
use sauro_testkit::on_each_engine;

use super::world::{AUTHORITY, ISSUER, LEAD, World, claims, deliverable, task};

pub(super) fn verdict(ordinal: u64, decision: Decision, words: &str) -> Verdict {
    let (checked, reason) = if decision == Decision::Accepted { (words, "") } else { ("", words) };
    Verdict {
        deliverable: deliverable(1, ordinal),
        decision,
        checked: checked.to_owned(),
        reason: reason.to_owned(),
    }
}

#[tokio::test]
async fn returned_resent_accepted_and_in_use() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, db) = (world.verifier(), &world.db);
        let all = [(1, Claim::Done), (2, Claim::Done)];
        world.send(claims(&all)).await;
        let seen = world.view().await;
        assert_eq!(seen.status, Status::InTime, "reported done is not done");

        let verdicts = vec![
            verdict(1, Decision::Accepted, "Đã đến xem"),
            verdict(2, Decision::Returned, "Thiếu biên bản"),
        ];
        let stage = actions::verify(&ctx, db, task(1), verdicts, seen.task.version).await.unwrap();
        assert_eq!(stage, Stage::Returned);
        let seen = world.view().await;
        assert_eq!((seen.task.stage, seen.task.reported_at), (Stage::Returned, None));
        assert_eq!(seen.reports[0].report.state, ReportState::Returned);
        assert_eq!(seen.reports[0].report.reason, "Thiếu biên bản");
        assert_eq!(seen.verifications.len(), 2);

        world.pass(1);
        let draft = actions::open_report(&world.staff(), db, task(1)).await.unwrap();
        assert!(draft.results.contains("120 lượt"), "after a return all is taken over");
        let receipt = world.send(claims(&[(2, Claim::Done)])).await;
        let seen = world.view().await;
        assert_eq!(
            (seen.task.stage, seen.task.reported_at),
            (Stage::Reported, Some(receipt.sent_at))
        );
        let accepted = vec![verdict(2, Decision::Accepted, "Đối chiếu biên bản")];
        let stage = actions::verify(&ctx, db, task(1), accepted, seen.task.version).await.unwrap();
        assert_eq!(stage, Stage::Verified);
        let seen = world.view().await;
        assert_eq!(seen.status, Status::DoneOnTime);
        assert_eq!(seen.reports[0].report.state, ReportState::Accepted);
        assert!(seen.task.verified_at.is_some());

        let bare = actions::confirm_in_use(&ctx, db, task(1), deliverable(1, 1), " ").await;
        assert!(matches!(bare, Err(TasksError::Invalid(_))), "{bare:?}");
        for ordinal in [1, 2] {
            let words = "Hồ sơ phát sinh hằng ngày";
            actions::confirm_in_use(&ctx, db, task(1), deliverable(1, ordinal), words)
                .await
                .unwrap();
        }
        let seen = world.view().await;
        assert_eq!(seen.task.stage, Stage::InUse);
        assert!(seen.task.in_use_at.is_some());
        let kinds = world.kinds().await;
        assert_eq!(kinds.iter().filter(|it| *it == "DeliverableInUse").count(), 2);
        assert!(kinds.contains(&"DeliverableReturned".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn only_the_authority_verifies_and_never_the_lead() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        let version = world.view().await.task.version;
        let accept = || vec![verdict(1, Decision::Accepted, "Đã xem")];
        let db = &world.db;
        for (role, n) in [
            (Role::Leader, LEAD),
            (Role::Verifier, LEAD),
            (Role::Officer, AUTHORITY),
            (Role::Leader, ISSUER),
        ] {
            let refused =
                actions::verify(&world.seat(role, n), db, task(1), accept(), version).await;
            assert!(matches!(refused, Err(TasksError::Denied(_))), "{role:?} of {n}: {refused:?}");
        }
        let standing = world.seat(Role::StandingAgency, ISSUER);
        actions::verify(&standing, db, task(1), accept(), version).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn every_missing_reason_is_named_at_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        let version = world.view().await.task.version;
        let bare = vec![verdict(1, Decision::Accepted, ""), verdict(2, Decision::Returned, "  ")];
        let refused = actions::verify(&world.verifier(), &world.db, task(1), bare, version)
            .await
            .unwrap_err();
        let TasksError::Invalid(faults) = refused else { panic!("{refused:?}") };
        let fields: Vec<_> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["da-kiem-tra-1", "ly-do-2"]);
        let none =
            actions::verify(&world.verifier(), &world.db, task(1), Vec::new(), version).await;
        assert!(matches!(none, Err(TasksError::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn what_was_not_reported_done_cannot_be_accepted() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.send(claims(&[(1, Claim::Done), (2, Claim::Doing)])).await;
        let version = world.view().await.task.version;
        let early = vec![verdict(2, Decision::Accepted, "Đã xem")];
        let refused = actions::verify(&world.verifier(), &world.db, task(1), early, version).await;
        assert!(matches!(refused, Err(TasksError::WrongState(_))), "{refused:?}");
        let early =
            actions::confirm_in_use(&world.verifier(), &world.db, task(1), deliverable(1, 1), "x")
                .await;
        assert!(matches!(early, Err(TasksError::WrongState(_))), "{early:?}");
    })
    .await;
}
