//! Items written at once, against what the actions leave.

use std::collections::BTreeSet;

use sauro_kernel::Role;
use sauro_portal::actions::{self, Found, Sought, Step};
use sauro_portal::model::{DetailFields, Fields, Item, Kind, Shelf};
use sauro_store::{Limits, run};
use sauro_testkit::on_each_engine_with;
use serde_json::Value;
use uuid::Uuid;

use crate::world::{PROVINCE, World, fields};

const N: usize = 30;

/// What an item came to, without what is its own: its row, its versions, its entries.
type Stood = (Row, Vec<(i64, String)>, Vec<(String, BTreeSet<String>, String)>);
type Row = (String, String, i64, Option<i64>, bool, Option<i64>, String, String, i64);

async fn stood(world: &World, id: Uuid) -> Stood {
    const ITEM: &str = "
        SELECT shelf, state, version_n, live_n, is_listed, publish_at, note, reason, stamp
        FROM portal_items WHERE id = $1";
    const VERSIONS: &str = "SELECT n, note FROM portal_versions WHERE item_id = $1 ORDER BY n";
    const ENTRIES: &str = "SELECT kind, data FROM journal_entries WHERE subject = $1 ORDER BY id";
    let mut conn = world.db.read().await.unwrap();
    let row: Row = run!(conn, c => sqlx::query_as(ITEM).bind(id).fetch_one(c).await).unwrap();
    let versions: Vec<(i64, String)> =
        run!(conn, c => sqlx::query_as(VERSIONS).bind(id).fetch_all(c).await).unwrap();
    let subject = format!("portal/{id}");
    let entries: Vec<(String, String)> =
        run!(conn, c => sqlx::query_as(ENTRIES).bind(&subject).fetch_all(c).await).unwrap();
    let told = |(kind, data): (String, String)| {
        let data: Value = serde_json::from_str(&data).unwrap();
        let names: BTreeSet<String> = data.as_object().unwrap().keys().cloned().collect();
        let said = ["kind", "state", "n"].map(|it| data.get(it).cloned().unwrap_or_default());
        (kind, names, said.map(|it| it.to_string()).join(" "))
    };
    (row, versions, entries.into_iter().map(told).collect())
}

async fn newest(world: &World, kind: Kind) -> Uuid {
    const SQL: &str = "SELECT id FROM portal_items WHERE kind = $1 ORDER BY id DESC LIMIT 1";
    let mut conn = world.db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar(SQL).bind(kind.code()).fetch_one(c).await).unwrap()
}

async fn document(world: &World) -> Item {
    let details = DetailFields {
        number: "1/KH-UBND".to_owned(),
        kind: "ke-hoach".to_owned(),
        issuer: "Ủy ban nhân dân tỉnh Cà Mau".to_owned(),
        issued_on: "2026-11-01".to_owned(),
        ..DetailFields::default()
    };
    let officer = world.ctx(Role::Officer, PROVINCE);
    let it = world.written(Kind::Document).await;
    let words = Fields { details, ..fields("Kế hoạch") };
    let it = actions::write(&officer, &world.db, (it.id, it.version_n), &words).await.unwrap();
    let it = world.waiting(it).await;
    let leader = world.ctx(Role::Leader, PROVINCE);
    world.step(&leader, &it, Step::Approve(String::new())).await.unwrap()
}

#[tokio::test]
async fn a_past_of_the_portal_written_at_once_stands_as_the_actions_leave_it() {
    on_each_engine_with(Limits::alone(), async |engine| {
        let world = World::after(&engine.db, N).await;
        let db = &world.db;
        let verdict = sauro_journal::verify(db, None, |_| {}).await.unwrap();
        assert_eq!(verdict.fault, None);
        for kind in [Kind::Article, Kind::Document] {
            let made = newest(&world, kind).await;
            let acted = match kind {
                Kind::Document => document(&world).await,
                kind => world.published(kind).await,
            };
            assert_eq!(stood(&world, made).await, stood(&world, acted.id.0).await, "{kind:?}");
        }
        let (news, _) = actions::listed_items(db, Shelf::News, None).await.unwrap();
        assert_eq!(news.len(), usize::from(actions::LIST_PAGE));
        for it in news.iter().take(3) {
            let found = actions::read_public(db, &it.slug, &it.path()).await.unwrap();
            let Found::Page(page) = found else { panic!("{} is public", it.slug) };
            assert_eq!(page.content.title, it.live_title);
        }
        let (papers, _) = actions::library(db, &Sought::default(), None).await.unwrap();
        assert_eq!(papers.len(), usize::from(actions::LIBRARY_PAGE));
        assert_eq!(actions::site_map(db, None).await.unwrap().len(), 2 * N + 2);
        let topic = actions::topic_of(db, "du-lieu").await.unwrap();
        let (under, _) = actions::of_topic(db, &topic, None).await.unwrap();
        assert!(!under.is_empty());
    })
    .await;
}
