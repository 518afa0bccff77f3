//! The cache by itself, before pages that say how often they were drawn.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::extract::OriginalUri;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::{DateTime, Utc};
use sauro::front::{Front, PageCache};
use sauro_journal::Event;
use sauro_kernel::{Clock, Ctx, Role};
use sauro_store::Db;
use sauro_tasks::jobs::LiveBoard;
use sauro_testkit::{ctx, on_each_engine};
use sauro_ui::Depends;
use serde_json::json;
use tokio::sync::Semaphore;

use super::ask;

const ITEM: &str = "00000000-0000-7000-8000-000000000001";
const START: i64 = 1_000_000_000_000_000;

/// A clock set by hand, in microseconds.
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

struct Scene {
    front: Front,
    pages: PageCache,
    clock: Arc<Hand>,
    n_drawn: Arc<AtomicI64>,
    /// Pages wait for it before they are done, after they have looked at what there is.
    gate: Arc<Semaphore>,
}

impl Scene {
    async fn new(db: &Db) -> Self {
        let (n_drawn, gate) = (Arc::new(AtomicI64::new(0)), Arc::new(Semaphore::new(100_000)));
        let (drawn, wait) = (n_drawn.clone(), gate.clone());
        let page = async move |OriginalUri(uri): OriginalUri| {
            let n = drawn.fetch_add(1, Ordering::SeqCst) + 1;
            wait.acquire().await.unwrap().forget();
            let depends = Depends::new().on(format!("item/{ITEM}")).until(START + 3_000_000);
            let depends = if uri.path() == "/" { depends.on_results() } else { depends };
            let text = format!("{n}. {}", "Cơ quan báo một lần, dùng mọi nơi. ".repeat(60));
            let mut answer = ([(header::ETAG, format!("W/\"{n}\""))], text).into_response();
            if uri.path() != "/tin/rieng" {
                answer.extensions_mut().insert(depends);
            }
            answer
        };
        let inside = Router::new()
            .route("/", get(page.clone()))
            .route("/van-ban", get(page.clone()))
            .route("/tin/{slug}", get(page));
        let board = LiveBoard::load(db).await.unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(START)));
        let pages = PageCache::open(db, board.clone(), clock.clone(), 1 << 20).await.unwrap();
        let front = Front::new(inside, board, clock.clone()).with_pages(pages.clone());
        Self { front, pages, clock, n_drawn, gate }
    }

    /// Which drawing answers `path`.
    async fn n(&self, path: &str) -> String {
        let answer = ask(&self.front, path, &[]).await;
        answer.text().split('.').next().unwrap().to_owned()
    }
}

async fn tell(db: &Db, kind: &'static str, things: &'static str, id: &str) {
    let mut conn = db.write().await.unwrap();
    let data = json!({ "kind": "tin" });
    let event = Event::new(kind, things, id, data);
    // Ids that were not given before.
    let ctx = Ctx { ids: Arc::new(sauro::FreshIds), ..ctx(Role::Officer) };
    sauro_journal::append(&mut conn, &ctx, event).await.unwrap();
    conn.commit().await.unwrap();
}

// I93
#[tokio::test]
async fn a_page_is_drawn_once_until_what_it_shows_has_changed_or_its_time_is_over() {
    on_each_engine(async |engine| {
        let (db, scene) = (&engine.db, Scene::new(&engine.db).await);
        assert_eq!(scene.n("/tin/a").await, "1");
        assert_eq!(scene.n("/tin/a").await, "1");
        assert_eq!(scene.n("/").await, "2");
        for kind in ["PortalVersionKept", "PortalItemHandedUp"] {
            tell(db, kind, "portal", ITEM).await;
        }
        tell(db, "PortalItemPublished", "portal", "00000000-0000-7000-8000-000000000002").await;
        scene.pages.follow().await.unwrap();
        assert_eq!(scene.n("/tin/a").await, "1", "nothing that everybody reads of it has changed");
        tell(db, "PortalItemCorrected", "portal", ITEM).await;
        assert_eq!(scene.pages.follow().await.unwrap(), 1);
        assert_eq!(scene.n("/tin/a").await, "3");
        assert_eq!(scene.n("/").await, "4");
        // What nobody has heard of may be of any item.
        tell(db, "PortalItemDreamtOf", "portal", ITEM).await;
        scene.pages.follow().await.unwrap();
        assert_eq!(scene.n("/tin/a").await, "5");

        scene.clock.0.store(START + 2_999_999, Ordering::Relaxed);
        assert_eq!(scene.n("/tin/a").await, "5");
        scene.clock.0.store(START + 3_000_000, Ordering::Relaxed);
        assert_eq!(scene.n("/tin/a").await, "6");
        scene.clock.0.store(START - 1, Ordering::Relaxed);
        assert_eq!(scene.n("/tin/a").await, "7", "a clock that is set back makes nothing young");
    })
    .await;
}

// I93
#[tokio::test]
async fn a_page_that_was_drawn_before_a_change_is_not_given_after_it_however_late_it_comes() {
    on_each_engine(async |engine| {
        let (db, scene) = (&engine.db, Arc::new(Scene::new(&engine.db).await));
        scene.gate.forget_permits(100_000);
        let slow = tokio::spawn({
            let scene = scene.clone();
            async move { scene.n("/tin/a").await }
        });
        while scene.n_drawn.load(Ordering::SeqCst) < 1 {
            tokio::task::yield_now().await;
        }
        // It has looked, and has not answered yet, when the item is withdrawn.
        tell(db, "PortalItemWithdrawn", "portal", ITEM).await;
        scene.pages.follow().await.unwrap();
        let after = tokio::spawn({
            let scene = scene.clone();
            async move { scene.n("/tin/a").await }
        });
        tokio::task::yield_now().await;
        scene.gate.add_permits(1_000);
        assert_eq!(slow.await.unwrap(), "1");
        assert_eq!(after.await.unwrap(), "2", "who asked afterwards does not get what was before");
        assert_eq!(scene.n("/tin/a").await, "2");
    })
    .await;
}

// I93
#[tokio::test]
async fn a_hundred_readers_of_a_page_that_has_just_changed_draw_it_once() {
    on_each_engine(async |engine| {
        let scene = Arc::new(Scene::new(&engine.db).await);
        assert_eq!(scene.n("/tin/a").await, "1");
        tell(&engine.db, "PortalItemCorrected", "portal", ITEM).await;
        scene.pages.follow().await.unwrap();
        let readers: Vec<_> = (0..100)
            .map(|_| {
                let scene = scene.clone();
                tokio::spawn(async move { scene.n("/tin/a").await })
            })
            .collect();
        for reader in readers {
            assert_eq!(reader.await.unwrap(), "2");
        }
        assert_eq!(scene.n_drawn.load(Ordering::SeqCst), 2);
    })
    .await;
}

// I94
#[tokio::test]
async fn nobody_shares_what_is_theirs_or_fills_the_memory_by_asking_in_many_ways() {
    on_each_engine(async |engine| {
        let scene = Scene::new(&engine.db).await;
        assert_eq!(scene.n("/tin/a").await, "1");
        for (n, name) in [(2, header::COOKIE), (3, header::AUTHORIZATION), (4, header::RANGE)] {
            let answer = ask(&scene.front, "/tin/a", &[(name, "x")]).await;
            assert!(answer.text().starts_with(&format!("{n}.")));
        }
        assert_eq!(scene.n("/tin/a").await, "1");
        assert_eq!(scene.n("/tin/rieng").await, "5");
        assert_eq!(scene.n("/tin/rieng").await, "6", "what does not say what it is of is not kept");
        for n in 0..300 {
            for path in ["/tin/a", "/", "/van-ban"] {
                ask(&scene.front, &format!("{path}?utm={n}"), &[]).await;
            }
            ask(&scene.front, &format!("/van-ban?nam={}", 3_000 + n), &[]).await;
            ask(&scene.front, &format!("/van-ban?so={n}"), &[]).await;
        }
        let (n_pages, _) = scene.pages.size().await;
        assert_eq!(n_pages, 2);
        for n in 0..1_000 {
            ask(&scene.front, &format!("/tin/bai-{n}"), &[]).await;
        }
        let (_, n_bytes) = scene.pages.size().await;
        assert!(n_bytes <= 1 << 20, "{n_bytes} bytes are kept");
    })
    .await;
}

// I94
#[tokio::test]
async fn a_page_is_given_in_the_form_that_its_reader_takes_and_not_again_to_who_has_it() {
    on_each_engine(async |engine| {
        let scene = Scene::new(&engine.db).await;
        let get = async |encodings: &str, mark: &str| {
            let mut headers = vec![(header::ACCEPT_ENCODING, encodings)];
            if !mark.is_empty() {
                headers.push((header::IF_NONE_MATCH, mark));
            }
            ask(&scene.front, "/tin/a", &headers).await
        };
        let plain = get("identity", "").await;
        assert_eq!((plain.header("etag"), plain.header("content-encoding")), ("\"1\"", ""));
        let zipped = get("gzip, deflate", "").await;
        assert_eq!(zipped.header("etag"), "\"1-gzip\"");
        let mut text = String::new();
        flate2::read::GzDecoder::new(zipped.body.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, plain.text());
        let small = get("gzip, br", "").await;
        assert_eq!((small.header("content-encoding"), small.header("etag")), ("br", "\"1-br\""));
        assert_eq!(small.header("vary"), "accept-encoding");
        text.clear();
        brotli::Decompressor::new(small.body.as_slice(), 4_096).read_to_string(&mut text).unwrap();
        assert_eq!(text, plain.text());
        assert_eq!(get("br;q=0, gzip;q=0", "").await.header("content-encoding"), "");
        for mark in ["\"1\"", "W/\"1\"", "\"0\", \"1-br\"", "\"1-gzip\"", "*"] {
            let known = get("br", mark).await;
            assert_eq!((known.status, known.body.len()), (304, 0), "{mark}");
            assert_eq!(known.header("etag"), "\"1-br\"");
        }
        assert_eq!(get("br", "\"11\"").await.status, 200);
        assert_eq!(scene.n_drawn.load(Ordering::SeqCst), 1, "all of it from memory");
    })
    .await;
}
