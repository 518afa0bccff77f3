//! Several people at once.

use sauro_tasks::TasksError;
use sauro_tasks::actions;
use sauro_tasks::model::{Claim, Decision};
use sauro_testkit::on_each_engine;

use super::verifying::verdict;
use super::world::{World, claims, task};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_sends_at_once_one_counts_and_all_get_its_receipt() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, db) = (world.leader(), world.db.clone());
        let report = actions::open_report(&ctx, &db, task(1)).await.unwrap();
        let fields = claims(&[(1, Claim::Done), (2, Claim::Done)]);
        let report = actions::save_report(&ctx, &db, report.id, fields, 1).await.unwrap();
        actions::attach_link(&ctx, &db, report.id, None, "https://xa.example.vn").await.unwrap();
        let sends: Vec<_> = (0..8)
            .map(|_| {
                let (ctx, db) = (ctx.clone(), db.clone());
                tokio::spawn(async move {
                    actions::send_report(&ctx, &db, report.id, report.version).await
                })
            })
            .collect();
        let mut codes = Vec::new();
        for send in sends {
            codes.push(send.await.unwrap().unwrap().code);
        }
        codes.dedup();
        assert_eq!(codes.len(), 1, "{codes:?}");
        let kinds = world.kinds().await;
        assert_eq!(kinds.iter().filter(|it| *it == "ReportSent").count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_verifiers_at_once_one_wins_and_the_other_is_told() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        let version = world.view().await.task.version;
        let decide = |decision| {
            let (ctx, db) = (world.verifier(), world.db.clone());
            let verdicts = vec![verdict(1, decision, "Đã xem kỹ")];
            tokio::spawn(
                async move { actions::verify(&ctx, &db, task(1), verdicts, version).await },
            )
        };
        let (one, two) = (decide(Decision::Accepted), decide(Decision::Returned));
        let answers = [one.await.unwrap(), two.await.unwrap()];
        assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), 1, "{answers:?}");
        assert_eq!(
            answers.iter().filter(|it| matches!(it, Err(TasksError::Stale))).count(),
            1,
            "{answers:?}"
        );
        assert_eq!(world.view().await.verifications.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn people_who_open_a_report_at_once_share_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let opens: Vec<_> = (0..8)
            .map(|n| {
                let ctx = if n % 2 == 0 { world.staff() } else { world.leader() };
                let db = world.db.clone();
                tokio::spawn(
                    async move { actions::open_report(&ctx, &db, task(1)).await.unwrap().id },
                )
            })
            .collect();
        let mut ids = Vec::new();
        for open in opens {
            ids.push(open.await.unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
    })
    .await;
}
