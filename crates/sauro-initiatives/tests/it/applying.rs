use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions::{self, Vote};
use sauro_initiatives::model::{ApplicationFields, CouncilFields, Initiative, Stage};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

async fn recognised(world: &World) -> Initiative {
    let it = world.judged(&world.sent().await).await;
    recognise(world, &it).await
}

/// What is before a council gets enough points.
pub(crate) async fn recognise(world: &World, it: &Initiative) -> Initiative {
    let room = world.room();
    let fields = CouncilFields {
        name: "Hội đồng".to_owned(),
        preset: "nd-13".to_owned(),
        threshold: "50".to_owned(),
        quorum: "1".to_owned(),
        members: vec![(PROVINCE.to_owned(), "leader".to_owned())],
        ..CouncilFields::default()
    };
    let leader = world.ctx(Role::Leader, COMMUNE);
    let council = actions::open_council(&leader, &room, &[it.id], &fields).await.unwrap();
    let vote = Vote::Points(vec!["80".to_owned(); 4]);
    let judge = world.ctx(Role::Leader, PROVINCE);
    actions::cast(&judge, &room, (council.id, it.id), &vote).await.unwrap();
    actions::close_council(&leader, &room, (council.id, 1)).await.unwrap();
    actions::of_code(&world.db, it.code.as_str()).await.unwrap().initiative
}

fn measured() -> ApplicationFields {
    ApplicationFields {
        since: "2026-11-01".to_owned(),
        measured: "40.000.000".to_owned(),
        unit: "dong-nam".to_owned(),
        source: "Báo cáo số 15/BC-UBND".to_owned(),
        ..ApplicationFields::default()
    }
}

// I58
#[tokio::test]
async fn what_units_confirm_with_a_source_makes_it_adopted_and_enough_of_them_replicated() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let room = world.room();
        let early = world.sent().await;
        let leader = world.ctx(Role::Leader, COMMUNE);
        let refused = actions::apply(&leader, &room, (early.id, false), &measured()).await;
        assert!(matches!(refused, Err(InitiativesError::NotFound(_))), "it is not recognised");
        let it = recognised(&world).await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        let denied = actions::apply(&officer, &room, (it.id, false), &measured()).await;
        assert!(matches!(denied, Err(InitiativesError::Denied(_))));
        let bare = ApplicationFields {
            source: String::new(),
            since: "2027-01-01".to_owned(),
            ..measured()
        };
        let said = faults(actions::apply(&leader, &room, (it.id, false), &bare).await);
        assert!(
            said.contains("không có nguồn thì không nhận") && said.contains("tu-ngay"),
            "{said}"
        );
        let pilot = ApplicationFields {
            until: "2026-12-31".to_owned(),
            baseline: "12 giờ".to_owned(),
            target: "4 giờ".to_owned(),
            ..measured()
        };
        let none = ApplicationFields::default();
        assert!(
            faults(actions::apply(&leader, &room, (it.id, true), &none).await).contains("so-goc")
        );
        actions::apply(&leader, &room, (it.id, true), &pilot).await.unwrap();
        let stage =
            async || actions::of_code(&world.db, it.code.as_str()).await.unwrap().initiative.stage;
        assert_eq!(stage().await, Stage::Piloting);

        let mut expected = [Stage::Adopted, Stage::Adopted, Stage::Replicated].into_iter();
        for code in [COMMUNE, PROVINCE, FAR] {
            let focal = world.ctx(Role::FocalOfficer, code);
            let said = actions::apply(&focal, &room, (it.id, false), &measured()).await.unwrap();
            let twice = actions::apply(&focal, &room, (it.id, false), &measured()).await;
            assert!(faults(twice).contains("đã khai"));
            let denied = actions::confirm(&focal, &room, (it.id, said.id)).await;
            assert!(matches!(denied, Err(InitiativesError::Denied(_))), "a leader confirms");
            let other = world.ctx(Role::Leader, "UBND-79");
            let foreign = actions::confirm(&other, &room, (it.id, said.id)).await;
            assert!(matches!(foreign, Err(InitiativesError::NotFound(_))));
            let leader = world.ctx(Role::Leader, code);
            actions::confirm(&leader, &room, (it.id, said.id)).await.unwrap();
            let twice = actions::confirm(&leader, &room, (it.id, said.id)).await;
            assert!(matches!(twice, Err(InitiativesError::Stale)));
            assert_eq!(stage().await, expected.next().unwrap(), "after {code}");
        }
    })
    .await;
}
