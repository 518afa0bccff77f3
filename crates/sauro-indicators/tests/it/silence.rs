//! Where nothing is heard of in a round.

use std::sync::Arc;

use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_indicators::actions::periodic::{
    NoWork, WorkSource, open_round, provinces_heard, round_view,
};
use sauro_indicators::routes;
use sauro_kernel::Role;
use sauro_testkit::{TestApp, on_each_engine};

use crate::periodic::{CENTRE, COMMUNE, OTHER, PROVINCE, begun, calendar, sent};
use crate::world::World;

#[tokio::test]
async fn the_centre_sees_on_a_map_and_in_a_table_who_is_silent_and_since_when() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let system = world.system();
        sauro_directory::actions::load_shipped(&system, &world.db).await.unwrap();
        let handle = DirectoryHandle::load(&system, &world.db).await.unwrap();
        let first = begun(&world).await;
        sent(&world, first, COMMUNE, "Đã tập huấn.", ("3", "8/10")).await;
        sent(&world, first, OTHER, "Đã tập huấn.", ("3", "8/10")).await;
        let centre = world.ctx(Role::StandingAgency, CENTRE);
        let second =
            open_round(&centre, &world.db, &calendar(), "BC-THANG", "2026-06").await.unwrap();
        sent(&world, second, COMMUNE, "Đã tập huấn.", ("3", "8/10")).await;
        let view = round_view(&centre, &world.db, world.directory, second, None).await.unwrap();
        let heard = provinces_heard(&centre, &world.db, world.directory, &view).await.unwrap();
        let own = heard.iter().find(|it| it.province == "96").unwrap();
        assert_eq!((own.n, own.n_never), (1, own.of - 2));
        assert_eq!(own.silent_since, Some(centre.now_us()), "the other commune was heard of then");
        let none = heard.iter().find(|it| it.province == "01").unwrap();
        assert_eq!((none.n, none.n_never, none.silent_since), (0, none.of, None));
        // The map is the business of whoever runs the round.
        let source: Arc<dyn WorkSource> = Arc::new(NoWork);
        let app =
            TestApp::new(engine, routes().layer(Extension(handle)).layer(Extension(source))).await;
        let address = format!("/bao-cao-ky/{second}");
        let official = app.official(world.person(Role::StandingAgency, CENTRE));
        let page = official.get(&address).await;
        page.has_text("Vùng trũng thông tin");
        page.has_text(&format!(
            r#"<a href="{address}?tinh=96" aria-label="Cà Mau: 1/{} xã đã gửi">"#,
            own.of
        ));
        page.has_text("url(#dan)");
        page.has_text("Quần đảo Trường Sa");
        page.has_text("1/3.321 xã đã gửi, 33 tỉnh, thành phố chưa có xã nào gửi");
        page.has_text("lâu nhất từ 01/06/2026");
        let province = official.get(&format!("{address}?tinh=96")).await;
        assert!(!province.body().contains("Vùng trũng thông tin"));
        let focal = app.official(world.person(Role::FocalOfficer, PROVINCE));
        let page = focal.get(&address).await;
        assert_eq!(page.status, 200);
        assert!(!page.body().contains("Vùng trũng thông tin"));
    })
    .await;
}
