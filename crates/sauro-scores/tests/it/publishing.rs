use sauro_kernel::Role;
use sauro_scores::actions::{self, MethodChange};
use sauro_scores::model::{DesignFields, State};
use sauro_scores::{ScoresError, model::Measure};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, PROVINCE, World, faults};

#[tokio::test]
async fn a_method_is_simulated_and_proposed_by_one_and_published_by_another() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for role in [Role::Officer, Role::FocalOfficer, Role::Verifier, Role::Inspector] {
            let ctx = world.ctx(role, PROVINCE);
            let typed = ("Xã", "communes.96");
            let made = actions::make_method(&ctx, &world.db, &world.directory, typed).await;
            assert!(matches!(made, Err(ScoresError::Denied(_))), "{role:?}");
        }
        let leader = world.ctx(Role::Leader, PROVINCE);
        let typed = (" ", "communes.01");
        let made = actions::make_method(&leader, &world.db, &world.directory, typed).await;
        let words = faults(made);
        assert!(words.contains("Nhập tên cách chấm") && words.contains("doi-tuong"), "{words}");
        assert!(world.kinds("score_method").await.is_empty(), "what was refused changed nothing");

        let it = world.draft().await;
        let early = world.change(Role::Leader, &it, MethodChange::Propose).await;
        assert!(faults(early).contains("Mô phỏng bản này trước"));
        let unequal = DesignFields { enough: "0".to_owned(), ..it.design.fields() };
        let save = MethodChange::Save(Box::new(unequal), "2026-11".to_owned());
        let words = faults(world.change(Role::Leader, &it, save).await);
        assert!(words.contains("Trọng số tối thiểu"), "{words}");
        let save = |from: &str| MethodChange::Save(Box::new(it.design.fields()), from.to_owned());
        assert!(faults(world.change(Role::Leader, &it, save("2026-11")).await).contains("tu-ky"));
        let it = world.change(Role::Leader, &it, save("2026-Q4")).await.unwrap();
        let stale = world.change(Role::StandingAgency, &it, MethodChange::Simulate).await.unwrap();
        let lost = world.change(Role::Leader, &it, MethodChange::Simulate).await;
        assert!(matches!(lost, Err(ScoresError::Stale)), "of two editors the second is told");
        let it = world.change(Role::Leader, &stale, MethodChange::Propose).await.unwrap();
        let own = world.change(Role::Leader, &it, MethodChange::Publish).await;
        assert!(faults(own).contains("Người đề nghị không tự ban hành"));
        let it = world.change(Role::StandingAgency, &it, MethodChange::Publish).await.unwrap();
        assert_eq!(it.state, State::Published);
        let again = world.change(Role::Leader, &it, save("2026-Q4")).await;
        assert!(faults(again).contains("Bản đã ban hành không sửa được"));
        let kinds = world.kinds("score_method").await;
        assert_eq!(kinds.len(), 5, "{kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn a_draft_and_its_simulation_are_there_for_its_agency_alone() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let it = world.draft().await;
        for (role, code) in [(Role::Leader, COMMUNE), (Role::Leader, FAR), (Role::Officer, FAR)] {
            let ctx = world.ctx(role, code);
            let seen = actions::method_view(&ctx, &world.db, it.method).await;
            assert!(matches!(seen, Err(ScoresError::NotFound(_))), "{code}");
            let key = (it.method, it.n);
            let seen = actions::simulation(&ctx, &world.room(), key, None).await;
            assert!(matches!(seen, Err(ScoresError::NotFound(_) | ScoresError::Denied(_))));
        }
        let it = {
            let fields = it.design.fields();
            world.publish(it, fields, "2026-Q4").await
        };
        let commune = world.ctx(Role::Officer, COMMUNE);
        let seen = actions::method_view(&commune, &world.db, it.method).await.unwrap();
        assert_eq!((seen.versions.len(), seen.may_manage), (1, false));
        let far = actions::method_view(&world.ctx(Role::Leader, FAR), &world.db, it.method).await;
        assert!(matches!(far, Err(ScoresError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn a_simulation_says_who_moves_and_why_on_the_same_facts() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (method, id) = world.opened().await;
        world.say(COMMUNE, 90);
        world.say("UBND-31825", 50);
        let leader = world.ctx(Role::Leader, PROVINCE);
        let before = actions::ranking_view(&leader, &world.room(), id, None).await.unwrap();
        let it = actions::new_version(&leader, &world.db, method).await.unwrap();
        let mut fields = it.design.fields();
        for line in &mut fields.components {
            line.weight =
                if line.measure == Measure::OnTime.code() { "100" } else { "" }.to_owned();
        }
        let it = {
            let save = MethodChange::Save(Box::new(fields), "2026-11".to_owned());
            world.change(Role::Leader, &it, save).await.unwrap()
        };
        let key = (method, it.n);
        let period = Some(before.ranking.period);
        let found = actions::simulation(&leader, &world.room(), key, period).await.unwrap();
        assert_eq!(found.before.as_ref().map(|it| it.n), Some(1));
        let top = &found.moves[0];
        assert_eq!((top.now.unit.code.as_str(), top.gained()), (COMMUNE, Some(0)));
        assert_eq!(top.total_before, before.scores[0].total);
        assert_eq!(top.because.map(|it| it.0), Some(Measure::OnTime));
        let unranked = found.moves.iter().filter(|it| it.place.is_none()).count();
        assert_eq!(unranked, found.moves.len() - 2, "of the others nothing is known");
    })
    .await;
}
