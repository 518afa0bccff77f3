//! What comes in the way: a full disk, very long articles, very many versions.

use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Role};
use sauro_portal::PortalError;
use sauro_portal::actions::{self, Found, Step, publish_due};
use sauro_portal::model::{Fields, Item, Kind, Row, State};
use sauro_store::{Db, Limits, run};
use sauro_testkit::{TestApp, on_each_engine, on_sqlite};

use crate::pages::routes;
use crate::world::{PROVINCE, World, block, fields};

/// Pages that the writer may still add, and no more.
async fn leave_room(db: &Db, n_pages: i64) {
    let mut conn = db.write().await.unwrap();
    let n: i64 =
        run!(conn, c => sqlx::query_scalar("PRAGMA page_count").fetch_one(c).await).unwrap();
    let sql = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {}", n + n_pages));
    run!(conn, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
    conn.commit().await.unwrap();
}

async fn written(world: &World, fields: &Fields) -> Item {
    let officer = world.ctx(Role::Officer, PROVINCE);
    let it = world.written(Kind::Article).await;
    actions::write(&officer, &world.db, (it.id, it.version_n), fields).await.unwrap()
}

async fn n_links(db: &Db) -> i64 {
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM portal_links").fetch_one(c).await)
        .unwrap()
}

#[tokio::test]
async fn a_disk_that_fills_in_the_middle_of_publishing_leaves_nothing_half_out_and_goes_by() {
    let engine = on_sqlite(Limits::default()).await;
    let world = World::new(&engine.db).await;
    let (db, system) = (&world.db, world.system());
    let leader = world.ctx(Role::Leader, PROVINCE);
    let mut long = fields("Bài nhiều đường dẫn");
    let links = "[kết quả thực hiện](/ket-qua) ".repeat(100);
    long.blocks.extend((0..10).map(|_| block("doan", &links)));
    let now = written(&world, &long).await;
    let now = world.waiting(now).await;
    let later = written(&world, &long).await;
    let later = world.waiting(later).await;
    let at = Step::Approve("2026-11-02T09:00".to_owned());
    let later = world.step(&leader, &later, at).await.unwrap();
    world.pass_seconds(3_601);
    let journal = world.journal().await;

    leave_room(db, 1).await;
    let out = Step::Approve(String::new());
    let refused = world.step(&leader, &now, out.clone()).await;
    assert!(matches!(refused, Err(PortalError::Store(_))), "{refused:?}");
    // The writer that failed was replaced by another, which would find room.
    leave_room(db, 1).await;
    assert!(matches!(publish_due(&system, db).await, Err(PortalError::Store(_))));
    for (it, state) in [(&now, State::Waiting), (&later, State::Scheduled)] {
        let hidden = actions::read_public(db, &it.slug, &it.path()).await;
        assert!(matches!(hidden, Err(PortalError::NotFound(_))));
        assert_eq!(actions::desk_item(&leader, db, it.id).await.unwrap().item.state, state);
    }
    assert_eq!(world.journal().await, journal);
    assert_eq!(n_links(db).await, 0);

    leave_room(db, 100_000).await;
    world.step(&leader, &now, out).await.unwrap();
    assert_eq!(publish_due(&system, db).await.unwrap(), 1);
    let read = actions::read_public(db, &later.slug, &later.path()).await.unwrap();
    assert!(matches!(read, Found::Page(_)));
    assert_eq!(n_links(db).await, 2_000);
}

#[tokio::test]
async fn an_article_of_ten_thousand_blocks_opens_is_kept_and_is_read() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mut long = fields("Bài rất dài");
        long.blocks = (0..10_000).map(|n| block("doan", &format!("Đoạn thứ {n}."))).collect();
        let it = written(&world, &long).await;
        let some = Fields { blocks: long.blocks.iter().take(300).cloned().collect(), ..long };
        let short = written(&world, &some).await;
        let it = world.waiting(it).await;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let it = world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        world.step(&focal, &it, Step::Correct).await.unwrap();

        let handle = DirectoryHandle::load(&world.system(), &world.db).await.unwrap();
        let app = TestApp::new(engine, routes(handle)).await;
        let (desk, anybody) = (app.official(focal.actor), app.official(Actor::public()));
        let page = anybody.get(&it.path()).await;
        assert_eq!(page.body().matches("<p>Đoạn thứ").count(), 10_000);
        let page = desk.get(&format!("/bien-tap/{}", it.id)).await;
        assert_eq!(page.body().matches("data-block>").count(), 10_000);
        let page = desk.get(&format!("/bien-tap/{}/gop-y", it.id)).await;
        assert_eq!(page.body().matches("<p>Đoạn thứ").count(), 10_000);
        let page = desk.get(&format!("/bien-tap/{}", short.id)).await;
        assert!(page.body().len() <= 300_000, "{} bytes for 300 blocks", page.body().len());
    })
    .await;
}

#[tokio::test]
async fn any_two_of_a_thousand_versions_are_compared() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, officer) = (&world.db, world.ctx(Role::Officer, PROVINCE));
        let mut it = world.written(Kind::Article).await;
        for n in it.version_n + 1..=1_000 {
            let mut with = fields("Bài sửa nhiều");
            with.blocks.push(block("doan", &format!("Lần thứ {n}.")));
            it = actions::write(&officer, db, (it.id, it.version_n), &with).await.unwrap();
        }
        for (a, b) in [(3, 1_000), (1_000, 499), (500, 501)] {
            let found = actions::compare(&officer, db, it.id, (a, b)).await.unwrap();
            let (old, new) = (a.min(b), a.max(b));
            assert_eq!((found.old.n, found.new.n), (old, new));
            let gone = Row::Gone(format!("Lần thứ {old}."));
            let come = Row::Come(format!("Lần thứ {new}."));
            assert!(found.rows.contains(&gone) && found.rows.contains(&come), "{:?}", found.rows);
        }
        let mut before = None;
        let mut n_listed = 0;
        loop {
            let asked = (it.id, before);
            let (_, page, has_more) = actions::versions(&officer, db, asked).await.unwrap();
            n_listed += page.len();
            before = page.last().map(|it| it.n);
            if !has_more {
                break;
            }
        }
        assert_eq!(n_listed, 1_000);
    })
    .await;
}
