use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{self, TargetFields};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::world::{World, faults};

fn target(value: &str, baseline: &str) -> TargetFields {
    TargetFields {
        unit: "96".to_owned(),
        period: "2026".to_owned(),
        comparison: "<=".to_owned(),
        value: value.to_owned(),
        baseline: baseline.to_owned(),
        baseline_on: "2025-12-31".to_owned(),
        reason: "Kế hoạch mẫu".to_owned(),
    }
}

#[tokio::test]
async fn a_baseline_is_frozen_until_two_persons_say_otherwise() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, directory) = (&world.db, world.directory);
        let leader = world.ctx(Role::Leader, "BKHCN");
        actions::set_target(&leader, db, directory, "THON", &target("5", "40")).await.unwrap();
        let twice = actions::set_target(&leader, db, directory, "THON", &target("5", "60")).await;
        assert!(faults(twice.unwrap_err())[0].1.contains("đề nghị đổi"));
        let in_force = async || {
            let look = actions::show(&leader, db, "THON").await.unwrap();
            let mine = look.targets.iter().find(|it| it.unit.code == "UBND-96").unwrap();
            mine.baseline.unwrap().0.to_string()
        };
        let id = actions::propose_rebase(&leader, db, directory, "THON", &target("5", "60"))
            .await
            .unwrap();
        let again =
            actions::propose_rebase(&leader, db, directory, "THON", &target("5", "61")).await;
        assert!(faults(again.unwrap_err())[0].1.contains("đang chờ duyệt"));
        assert_eq!(in_force().await, "40", "a proposal changes nothing");
        let own = actions::decide_rebase(&leader, db, "THON", id, true).await;
        assert!(faults(own.unwrap_err())[0].1.contains("người thứ hai"));
        let second = world.ctx(Role::StandingAgency, "BKHCN");
        let far = world.ctx(Role::StandingAgency, "VPCP");
        let denied = actions::decide_rebase(&far, db, "THON", id, true).await;
        assert!(matches!(denied, Err(IndicatorsError::Denied(_))));
        actions::decide_rebase(&second, db, "THON", id, true).await.unwrap();
        assert_eq!(in_force().await, "60");
        let over = actions::decide_rebase(&second, db, "THON", id, false).await;
        assert!(matches!(over, Err(IndicatorsError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn a_refused_proposal_changes_nothing_and_makes_room_for_another() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, directory) = (&world.db, world.directory);
        let leader = world.ctx(Role::Leader, "BKHCN");
        let second = world.ctx(Role::StandingAgency, "BKHCN");
        let none =
            actions::propose_rebase(&leader, db, directory, "THON", &target("5", "60")).await;
        assert!(faults(none.unwrap_err())[0].1.contains("Giao chỉ tiêu trước"));
        actions::set_target(&leader, db, directory, "THON", &target("5", "40")).await.unwrap();
        let propose = async || {
            actions::propose_rebase(&leader, db, directory, "THON", &target("5", "60"))
                .await
                .unwrap()
        };
        let id = propose().await;
        actions::decide_rebase(&second, db, "THON", id, false).await.unwrap();
        propose().await;
        let look = actions::show(&leader, db, "THON").await.unwrap();
        assert_eq!((look.targets.len(), look.proposed.len()), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_a_target_is_named_at_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let leader = world.ctx(Role::Leader, "BKHCN");
        let set = async |fields: &TargetFields| {
            let done =
                actions::set_target(&leader, &world.db, world.directory, "THON", fields).await;
            let found = faults(done.unwrap_err());
            found.into_iter().map(|it| it.0).collect::<Vec<_>>()
        };
        let wrong = TargetFields {
            unit: "BKHCN".to_owned(),
            period: "cuối năm".to_owned(),
            comparison: String::new(),
            value: "nhiều".to_owned(),
            baseline: "3".to_owned(),
            baseline_on: "2026-12-31".to_owned(),
            reason: String::new(),
        };
        let all = ["don-vi", "han", "phep-so", "chi-tieu", "ngay-goc", "ly-do"];
        assert_eq!(set(&wrong).await, all);
        assert_eq!(set(&target("50", "40")).await, ["chi-tieu"], "a target below the baseline");
        let stranger = world.ctx(Role::Leader, "UBND-96");
        let fields = target("5", "40");
        let done =
            actions::set_target(&stranger, &world.db, world.directory, "THON", &fields).await;
        assert!(matches!(done, Err(IndicatorsError::Denied(_))));
    })
    .await;
}
