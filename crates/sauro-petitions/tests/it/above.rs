//! What those above see of the desks below.

use sauro_kernel::Role;
use sauro_petitions::actions;
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, PROVINCE, World};

#[tokio::test]
async fn those_above_see_what_is_past_its_day_below_and_nothing_in_time_or_of_their_own() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let seen = async || {
            let above = world.ctx(Role::Leader, PROVINCE);
            let queue = actions::queue(&above, &world.house()).await.unwrap();
            queue.below.iter().map(|it| it.id).collect::<Vec<_>>()
        };
        let (late, _) = world.sent("a").await;
        let (own, _) = world.sent("b").await;
        world.assigned(late, COMMUNE).await;
        world.assigned(own, PROVINCE).await;
        assert_eq!(seen().await, []);
        world.pass_hours(24 * 40);
        let (in_time, _) = world.sent("c").await;
        world.assigned(in_time, COMMUNE).await;
        assert_eq!(seen().await, [late]);
    })
    .await;
}
