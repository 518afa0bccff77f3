//! Where it hurts, as the leaders of a commune, of its province and of the nation see it.

use sauro_kernel::{AgencyId, Role};
use sauro_petitions::actions::{self, Pains};
use sauro_petitions::model::State;
use sauro_testkit::on_each_engine;

use crate::world::{CENTRE, COMMUNE, FAR, MINISTRY, PROVINCE, World};

/// The last week: sent, late, contested, refused.
fn last(found: &Pains) -> (i64, i64, i64, i64) {
    let it = found.all.last().unwrap();
    (it.sent, it.late, it.contested, it.refused)
}

async fn seen(world: &World, role: Role, code: &str) -> Pains {
    actions::pains(&world.ctx(role, code), &world.house()).await.unwrap()
}

#[tokio::test]
async fn what_goes_wrong_is_counted_for_the_place_and_for_all_above_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let officer = world.ctx(Role::Officer, COMMUNE);
        let (first, receipt) = world.sent("a").await;
        let (second, _) = world.sent("b").await;
        actions::set_field(&officer, &house, second, "moi-truong").await.unwrap();

        let commune = seen(&world, Role::Leader, COMMUNE).await;
        assert_eq!(last(&commune), (2, 0, 0, 0));
        let of_field = |found: &Pains, code: &str| {
            let it = found.fields.iter().find(|it| it.0 == code);
            it.map_or(0, |it| it.1.last().unwrap().sent)
        };
        assert_eq!((of_field(&commune, "ho-tich"), of_field(&commune, "moi-truong")), (1, 1));
        let province = seen(&world, Role::Leader, PROVINCE).await;
        assert_eq!(last(&province), (2, 0, 0, 0));
        assert_eq!(province.places[0].0, world.agency(COMMUNE));
        let centre = seen(&world, Role::Leader, CENTRE).await;
        assert_eq!(last(&centre), (2, 0, 0, 0));
        assert_eq!(centre.places[0].0, world.agency(PROVINCE));
        assert_eq!(last(&seen(&world, Role::Leader, FAR).await), (0, 0, 0, 0));

        // Given back twice: the province decides with binding effect.
        for lead in [MINISTRY, PROVINCE] {
            world.assigned(second, lead).await;
            let refuses = world.ctx(Role::Officer, lead);
            actions::refuse(&refuses, &house, second, "Nghị định giao việc này cho cơ quan khác.")
                .await
                .unwrap();
        }
        let province = seen(&world, Role::Leader, PROVINCE).await;
        assert_eq!(last(&province), (2, 0, 0, 2));
        let of = |it: &Pains| {
            it.decisions.iter().map(|it| (it.id, it.standing.state)).collect::<Vec<_>>()
        };
        assert_eq!(of(&province), [(second, State::Sorting)]);
        assert_eq!(of(&seen(&world, Role::Leader, COMMUNE).await), []);

        // Five weeks later: both overdue, one answered late and contested.
        world.pass_hours(24 * 35);
        let centre = seen(&world, Role::Leader, CENTRE).await;
        assert_eq!(centre.overdue, 2);
        assert_eq!(centre.places[0].2, 2, "both are held in the province");
        world.assigned(first, COMMUNE).await;
        world.answered(first, COMMUNE, 1).await;
        let code = receipt.code.to_string();
        let rating = (1, "Chưa làm gì.");
        let contested =
            actions::rate(&world.anybody(), &house, (&code, "192.0.2.1"), rating).await.unwrap();
        assert_eq!(contested.flow.state, State::Review);
        let holder = world.directory.agency(contested.holder).unwrap().code.clone();
        let reviewer = seen(&world, Role::Leader, &holder).await;
        assert!(of(&reviewer).contains(&(first, State::Review)), "{:?}", reviewer.decisions);
        for (role, code) in
            [(Role::Leader, COMMUNE), (Role::Leader, PROVINCE), (Role::Leader, CENTRE)]
        {
            let found = seen(&world, role, code).await;
            assert_eq!(last(&found), (0, 1, 1, 0), "{code}");
            let sent: i64 = found.all.iter().map(|it| it.sent).sum();
            assert_eq!(sent, 2, "{code}");
        }
        let total = centre.places.iter().map(|it| it.2).sum::<i64>();
        assert_eq!(total, 2);
        assert!(centre.places.iter().all(|it| it.0 != AgencyId(uuid::Uuid::nil())));
    })
    .await;
}
