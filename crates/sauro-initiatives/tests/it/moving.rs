use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions::{self, Check};
use sauro_initiatives::model::Stage::{Asked, Checking, Judging, Reviewing};
use sauro_initiatives::model::{Dossier, Stage, days_in_stages};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

// I55
#[tokio::test]
async fn a_dossier_is_asked_for_more_supplied_accepted_and_reviewed_with_every_day_counted() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let room = world.room();
        let it = world.sent().await;
        let (key, code) = ((it.id, it.stamp), it.code.as_str());
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        for (role, code) in
            [(Role::Officer, COMMUNE), (Role::Verifier, COMMUNE), (Role::Leader, PROVINCE)]
        {
            let ctx = world.ctx(role, code);
            let denied = actions::check(&ctx, &room, key, (&Check::Ask, "x")).await;
            assert!(matches!(denied, Err(InitiativesError::Denied(_))), "{role:?} of {code}");
        }
        let far = world.ctx(Role::Leader, FAR);
        let hidden = actions::check(&far, &room, key, (&Check::Ask, "x")).await;
        assert!(matches!(hidden, Err(InitiativesError::NotFound(_))));
        let bare = actions::check(&focal, &room, key, (&Check::Ask, " ")).await;
        assert!(faults(bare).contains("Nhập lý do"));
        let nobody = Check::Accept("Phép Thuật Xyz".to_owned());
        let refused = actions::check(&focal, &room, key, (&nobody, "")).await;
        assert!(faults(refused).contains("tham-dinh"));
        let early = actions::supply(&world.anybody(), &room, code, "x").await;
        assert!(matches!(early, Err(InitiativesError::Stale)), "nothing was asked for");

        world.pass_days(3);
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let ask = (&Check::Ask, "Thiếu số đo.");
        let asked = actions::check(&focal, &room, key, ask).await.unwrap();
        assert_eq!((asked.stage, asked.desk), (Asked, None));
        let again = actions::check(&focal, &room, key, ask).await;
        assert!(matches!(again, Err(InitiativesError::Stale)), "of two the second is told");
        world.pass_days(2);
        let anybody = world.anybody();
        let bare = actions::supply(&anybody, &room, code, "").await;
        assert!(faults(bare).contains("bo-sung"));
        let back = actions::supply(&anybody, &room, code, "Số đo của 40 người.").await.unwrap();
        assert_eq!((back.stage, back.n), (Checking, 2));
        let back = world.judged(&back).await;
        assert_eq!((back.stage, back.desk), (Judging, Some(it.receiver)));

        let case = actions::of_code(&world.db, code).await.unwrap();
        let first = Dossier::read(&case.versions[0].text).unwrap();
        assert!(first.supplements.is_empty(), "the first version stays");
        assert_eq!(case.dossier.supplements, ["Số đo của 40 người."]);
        let stages: Vec<Stage> = case.steps.iter().map(|it| it.stage).collect();
        assert_eq!(stages, [Checking, Asked, Checking, Reviewing, Judging]);
        world.pass_days(4);
        assert_eq!(days_in_stages(&case.steps, world.anybody().today()), [3, 2, 0, 0, 4]);
        let kinds = world.journal().await.0.join(" ");
        assert_eq!(
            kinds,
            "InitiativeSent InitiativeAsked InitiativeReturned InitiativeSupplied InitiativeAccepted \
             InitiativeReviewed"
        );
    })
    .await;
}

#[tokio::test]
async fn each_desk_sees_what_waits_for_it_and_a_refusal_ends_with_its_reason() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let room = world.room();
        let (first, second) = (world.sent().await, world.sent().await);
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let queue = async |role, code| {
            actions::queue(&world.ctx(role, code), &world.db, None).await.unwrap()
        };
        assert_eq!(queue(Role::FocalOfficer, COMMUNE).await.waiting.len(), 2);
        assert_eq!(queue(Role::Leader, FAR).await, Default::default());
        assert_eq!(queue(Role::Administrator, COMMUNE).await, Default::default());
        let refuse = (&Check::Refuse, "Đã có giải pháp giống hệt của năm trước.");
        let it = actions::check(&focal, &room, (first.id, 1), refuse).await.unwrap();
        assert!(it.stage.is_closed() && it.desk.is_none());
        let case = actions::of_code(&world.db, it.code.as_str()).await.unwrap();
        assert_eq!(case.steps[1].reason, refuse.1);
        let accept = Check::Accept(PROVINCE.to_owned());
        let late = actions::check(&focal, &room, (first.id, 2), (&accept, "")).await;
        assert!(matches!(late, Err(InitiativesError::Stale)), "what is closed stays closed");

        let it = actions::check(&focal, &room, (second.id, 1), (&accept, "")).await.unwrap();
        assert!(queue(Role::FocalOfficer, COMMUNE).await.waiting.is_empty());
        assert_eq!(queue(Role::Verifier, PROVINCE).await.waiting[0].id, it.id);
        let uninvited = actions::opine(&focal, &room, (it.id, it.stamp), "Tốt").await;
        assert!(matches!(uninvited, Err(InitiativesError::NotFound(_))));
        let officer = world.ctx(Role::Officer, PROVINCE);
        let denied = actions::opine(&officer, &room, (it.id, it.stamp), "Tốt").await;
        assert!(matches!(denied, Err(InitiativesError::Denied(_))));
    })
    .await;
}
