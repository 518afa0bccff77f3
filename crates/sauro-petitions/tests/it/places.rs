//! The map of cases, and the place of a case chosen on a map.

use std::sync::Arc;

use axum::Extension;
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Ctx, Role};
use sauro_petitions::actions;
use sauro_petitions::model::PlaceCount;
use sauro_store::run;
use sauro_testkit::{Engine, TestApp, on_each_engine};
use sauro_ui::AppState;
use uuid::Uuid;

use crate::world::{COMMUNE, MINISTRY, PROVINCE, World};

/// The pages under the clock of `world`.
async fn pages(engine: Engine, world: &World) -> TestApp {
    let directory = DirectoryHandle::load(&world.system(), &engine.db).await.unwrap();
    let Ctx { clock, ids, .. } = world.system();
    let (db, files) = (world.db.clone(), world.files.clone());
    let routes = sauro_petitions::routes()
        .layer(Extension(directory))
        .layer(Extension(world.keys.clone()))
        .with_state(AppState { db, files, clock, ids, site: Arc::default() });
    TestApp::new(engine, routes).await
}

/// Every row of the counts that says something.
async fn rows(world: &World) -> Vec<(Uuid, String, String, Uuid, i64, i64)> {
    const SQL: &str = "
        SELECT scope_id, month, field, parent_id, n_open, n_answered
        FROM petition_places
        WHERE n_open <> 0 OR n_answered <> 0
        ORDER BY scope_id, month, field";
    let mut conn = world.db.read().await.unwrap();
    run!(conn, c => sqlx::query_as(SQL).fetch_all(c).await).unwrap()
}

#[tokio::test]
async fn what_is_counted_of_places_equals_a_count_of_all_cases_whatever_happened() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let officer = world.ctx(Role::Officer, COMMUNE);
        let (main, receipt) = world.sent("a").await;
        let (merged, other) = world.sent("b").await;
        let (answered, rated) = world.sent("c").await;
        let (_, _) = world.sent("d").await;
        actions::merge(&officer, &house, merged, (&receipt.number, "")).await.unwrap();
        world.assigned(answered, COMMUNE).await;
        world.answered(answered, COMMUNE, 1).await;
        world.assigned(main, MINISTRY).await;
        let commune = Some(world.agency(PROVINCE));
        let now = async || {
            let found = actions::places(&world.anybody(), &house, commune, ("", "")).await.unwrap();
            found.below.iter().find(|it| it.0 == world.agency(COMMUNE)).unwrap().1
        };
        assert_eq!(now().await, PlaceCount { open: 2, answered: 1 });
        // Contested it is open again; taken out of the other it counts by itself again.
        let code = rated.code.to_string();
        actions::rate(&world.anybody(), &house, (&code, "x"), (1, "Chưa xong.")).await.unwrap();
        let code = other.code.to_string();
        actions::object(&world.anybody(), &house, (&code, "x"), "Khác việc.").await.unwrap();
        assert_eq!(now().await, PlaceCount { open: 4, answered: 0 });
        actions::set_field(&officer, &house, merged, "giao-thong").await.unwrap();
        let counted = rows(&world).await;
        let of_field =
            actions::places(&world.anybody(), &house, None, ("giao-thong", "2026-11")).await;
        assert_eq!(of_field.unwrap().all, PlaceCount { open: 1, answered: 0 });

        // The same cases counted by the statement that fills the table of an installation that is there already.
        let text = match engine.db.read().await.unwrap().dialect() {
            sauro_store::Dialect::Sqlite => {
                include_str!("../../../sauro-store/migrations/sqlite/0034_places_of_petitions.sql")
            }
            sauro_store::Dialect::Postgres => {
                include_str!(
                    "../../../sauro-store/migrations/postgres/0034_places_of_petitions.sql"
                )
            }
        };
        let at = text.find("INSERT INTO petition_places").unwrap();
        let fill = text[at..].split(';').next().unwrap().to_owned();
        let mut conn = world.db.write().await.unwrap();
        let sql = "DELETE FROM petition_places";
        run!(conn, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
        run!(conn, c => sqlx::query(sqlx::AssertSqlSafe(fill)).execute(c).await.map(drop)).unwrap();
        conn.commit().await.unwrap();
        assert_eq!(rows(&world).await, counted);
    })
    .await;
}

#[tokio::test]
async fn everybody_sees_numbers_by_province_and_commune_and_nothing_of_a_case() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, receipt) = world.sent("a").await;
        let app = pages(engine, &world).await;
        let anybody = app.official(Actor::public());
        let nation = anybody.get("/phan-anh/ban-do?thang=2026-11&linh-vuc=ho-tich").await;
        assert_eq!(nation.status, 200);
        nation.has_text("Cà Mau");
        nation.has_text("1 đang giải quyết, 0 đã trả lời");
        nation.has_text("Hoàng Sa");
        let province = anybody.get("/phan-anh/ban-do?noi=UBND-96").await;
        province.has_text("Xã Năm Căn");
        for page in [&nation, &province] {
            for secret in [&receipt.number, "khai sinh", "ấp 3", "Lan"] {
                assert!(!page.body().contains(secret), "{secret}");
            }
        }
        anybody.get("/phan-anh/ban-do?thang=2026-10").await.has_text("Không có vụ việc nào");
        // What cannot be asked for shows everything, or nothing is there.
        anybody.get("/phan-anh/ban-do?thang=x&linh-vuc='").await.has_text("Cà Mau");
        for nowhere in ["UBND-32191", "BKHCN", "x"] {
            let at = format!("/phan-anh/ban-do?noi={nowhere}");
            assert_eq!(anybody.get(&at).await.status, 404, "{nowhere}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_place_is_picked_by_province_and_commune_or_told_by_the_device() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let app = pages(engine, &world).await;
        let anybody = app.official(Actor::public());
        let provinces = anybody.get("/phan-anh/chon-noi").await;
        provinces.has_text("/phan-anh/chon-noi?tinh=UBND-96");
        let communes = anybody.get("/phan-anh/chon-noi?tinh=UBND-96").await;
        communes.has_text("data-place=\"xã Năm Căn, tỉnh Cà Mau (UBND-32191)\"");
        communes.has_text("/phan-anh/gui?noi=UBND-32191");
        assert_eq!(anybody.get("/phan-anh/chon-noi?tinh=UBND-32191").await.status, 404);
        // Without outlines of communes the province is all that is known.
        let here = [("lat", "9.1"), ("long", "105.05")];
        let told = anybody.post("/phan-anh/vi-tri", &here).await;
        assert_eq!(told.status, 200, "{}", told.body());
        told.has_text("\"is_commune\":false");
        told.has_text("(UBND-96)");
        let sea = anybody.post("/phan-anh/vi-tri", &[("lat", "12"), ("long", "112")]).await;
        assert_eq!(sea.status, 404);
        for wrong in [[("lat", "x"), ("long", "1")], [("lat", "NaN"), ("long", "inf")]] {
            let status = anybody.post("/phan-anh/vi-tri", &wrong).await.status;
            assert!((400..500).contains(&status), "{wrong:?}: {status}");
        }
        // A marker is kept with what only those read who handle the case.
        let form = [
            ("khoa", "m"),
            ("loai", "feedback"),
            ("tom-tat", "Đèn đường trước trường học hỏng hai tháng"),
            ("noi-dung", "Trước cổng trường, tối không thấy đường. Đã gọi hai lần."),
            ("noi-xay-ra", "xã Năm Căn, tỉnh Cà Mau (UBND-32191)"),
            ("cho", "cổng trường"),
            ("toa-do", "8.75971, 104.98951"),
            ("ho-ten", "Người gửi mẫu"),
            ("lien-lac", "0900 000 001"),
            ("dong-y", "1"),
            ("cong-khai", "1"),
        ];
        let sent = anybody.post("/phan-anh/gui", &form).await;
        assert_eq!(sent.status, 303, "{}", sent.body());
        let code = sent.location.split(['/', '?']).nth(2).unwrap().to_owned();
        let (ctx, house) = (world.anybody(), world.house());
        let seen = actions::follow(&ctx, &house, &code, "x").await.unwrap();
        assert_eq!(seen.sender.unwrap().spot, "cổng trường (8.75971, 104.98951)");
        let id = seen.case.id;
        world.assigned(id, COMMUNE).await;
        let case = world.answered(id, COMMUNE, 1).await;
        for at in [&format!("/phan-anh/{}", case.number), "/phan-anh.geojson", "/phan-anh.json"] {
            assert!(!anybody.get(at).await.body().contains("8.75971"), "{at}");
        }
        let page = anybody.get("/phan-anh/gui").await;
        assert_eq!(page.headers["permissions-policy"], sauro_ui::OWN_PLACE);
    })
    .await;
}
