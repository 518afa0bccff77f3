use axum::Router;
use sauro_kernel::Role;
use sauro_notices::actions::{self, count_unread, list_notices};
use sauro_notices::model::Kind;
use sauro_notices::{Bell, ring};
use sauro_testkit::{Engine, TestApp, on_each_engine};
use sauro_ui::AppState;

use super::world::{World, desk};

#[tokio::test]
async fn a_notice_is_for_the_desk_and_each_person_there_reads_it_for_themselves() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, leader) = (&world.db, desk(1, Role::Leader));
        world.tell(&[world.notice(leader, Kind::Issued, 36)]).await;
        let (first, second) = (world.ctx(1, 1, Role::Leader), world.ctx(2, 1, Role::Leader));
        let others = [world.ctx(1, 1, Role::Officer), world.ctx(1, 2, Role::Leader)];
        for ctx in [&first, &second] {
            assert_eq!(count_unread(ctx, db).await.unwrap(), 1);
        }
        for ctx in &others {
            assert_eq!(count_unread(ctx, db).await.unwrap(), 0);
            assert!(list_notices(ctx, db, false, None).await.unwrap().notices.is_empty());
        }
        let unread = list_notices(&first, db, false, None).await.unwrap().notices;
        assert_eq!(unread[0].title(), "Được giao 36 nhiệm vụ");
        let id = unread[0].id;
        for ctx in &others {
            assert!(actions::mark_read(ctx, db, id).await.is_err());
        }
        actions::mark_read(&first, db, id).await.unwrap();
        actions::mark_read(&first, db, id).await.unwrap();
        assert_eq!(count_unread(&first, db).await.unwrap(), 0);
        assert_eq!(list_notices(&first, db, true, None).await.unwrap().notices.len(), 1);
        assert_eq!(count_unread(&second, db).await.unwrap(), 1, "the other has not seen it");
    })
    .await;
}

#[tokio::test]
async fn all_can_be_read_at_once_and_what_is_a_month_old_counts_as_read() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, staff) = (&world.db, desk(1, Role::Officer));
        let ctx = world.ctx(1, 1, Role::Officer);
        for _ in 0..3 {
            world.tell(&[world.notice(staff, Kind::Reminded, 1)]).await;
            world.pass(1);
        }
        actions::mark_all_read(&ctx, db).await.unwrap();
        assert_eq!(count_unread(&ctx, db).await.unwrap(), 0);
        world.pass(1);
        world.tell(&[world.notice(staff, Kind::Urged, 1)]).await;
        assert_eq!(count_unread(&ctx, db).await.unwrap(), 1);
        let successor = world.ctx(3, 1, Role::Officer);
        assert_eq!(count_unread(&successor, db).await.unwrap(), 4, "whoever comes next sees them");
        world.pass(31 * 24 * 60);
        assert_eq!(count_unread(&successor, db).await.unwrap(), 0);
        assert_eq!(list_notices(&successor, db, true, None).await.unwrap().notices.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn pages_of_notices_follow_one_another_without_gap_or_repeat() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, staff) = (&world.db, desk(1, Role::Officer));
        let ctx = world.ctx(1, 1, Role::Officer);
        // Many at the same instant, some read.
        let notices: Vec<_> = (1..=130).map(|n| world.notice(staff, Kind::Issued, n)).collect();
        let written = world.tell(&notices).await;
        for (_, _, id) in written.iter().step_by(3) {
            actions::mark_read(&ctx, db, *id).await.unwrap();
        }
        assert_eq!(count_unread(&ctx, db).await.unwrap(), 86);
        for (is_read, n) in [(false, 86), (true, 44)] {
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let part = list_notices(&ctx, db, is_read, after).await.unwrap();
                seen.extend(part.notices.iter().map(|it| it.id));
                let Some(next) = part.next else { break };
                after = Some(next.to_string().parse().unwrap());
            }
            assert_eq!(seen.len(), n);
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), n);
        }
    })
    .await;
}

async fn app(engine: Engine) -> TestApp {
    let world = World::new(&engine.db).await;
    world
        .tell(&[
            world.notice(desk(1, Role::Leader), Kind::Overdue, 1),
            world.notice(desk(1, Role::Leader), Kind::Issued, 3_321),
        ])
        .await;
    let bell = Bell::new(&engine.db, world.clock.clone(), world.ids.clone());
    let routes: Router<AppState> = sauro_notices::routes();
    TestApp::new(engine, routes.layer(axum::middleware::from_fn_with_state(bell, ring))).await
}

#[tokio::test]
async fn the_bell_counts_and_the_page_shows_what_is_new_first() {
    on_each_engine(async |engine| {
        let world = World::at(&engine.db);
        let app = app(engine).await;
        let leader = app.official(world.actor(1, 1, Role::Leader));
        let page = leader.get("/thong-bao").await;
        assert_eq!(page.status, 200);
        page.has_text("aria-label=\"Thông báo, 2 chưa đọc\"");
        page.has_text("Được giao 3.321 nhiệm vụ");
        page.has_text("và 3.271 nhiệm vụ khác");
        page.has_text("Nhiệm vụ vừa quá hạn");
        page.has_text("Mở điểm phục vụ số 1 &#60;b&#62;");
        assert!(!page.body().contains("Trước đó"));

        let id = page.body().split("action=\"/thong-bao/").nth(2).unwrap();
        let id = id.split('"').next().unwrap().to_owned();
        let opened = leader.post(&format!("/thong-bao/{id}"), &[]).await;
        assert_eq!(opened.status, 303);
        let page = leader.get("/thong-bao").await;
        page.has_text("1 chưa đọc");
        page.has_text("Trước đó");
        let stranger = app.official(world.actor(2, 2, Role::Leader));
        assert_eq!(stranger.post(&format!("/thong-bao/{id}"), &[]).await.status, 404);
        assert_eq!(stranger.post("/thong-bao/khong-co", &[]).await.status, 404);
        stranger.get("/thong-bao").await.has_text("Chưa có thông báo");
        assert_eq!(leader.get("/thong-bao?da-doc-sau=x").await.status, 404);
        let done = leader.post("/thong-bao/doc-het", &[]).await;
        assert_eq!((done.status, done.location.as_str()), (303, "/thong-bao"));
        let page = leader.get("/thong-bao").await;
        page.has_text("aria-label=\"Thông báo\"");
        assert!(!page.body().contains("Chưa đọc:"));
    })
    .await;
}
