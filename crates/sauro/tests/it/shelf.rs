//! The front shelf: what it may answer, and what it must not.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use axum::response::IntoResponse;
use axum::routing::get;
use chrono::{DateTime, Utc};
use sauro::front::Front;
use sauro_journal::Event;
use sauro_kernel::{Clock, Role};
use sauro_tasks::jobs::LiveBoard;
use sauro_testkit::{ctx, on_each_engine, task};
use sauro_ui::Nonce;
use serde_json::json;
use tower::Service;

/// A clock set by hand, in microseconds.
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

async fn ask(front: &mut Front, path: &str, headers: &[(header::HeaderName, &str)]) -> String {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let response = front.call(request.body(Body::empty()).unwrap()).await.unwrap();
    assert!(response.status().is_success());
    String::from_utf8(to_bytes(response.into_body(), 1_000).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_stays_on_the_shelf_until_a_task_changes_or_a_second_has_passed() {
    on_each_engine(async |engine| {
        let n_made = Arc::new(AtomicI64::new(0));
        let made = n_made.clone();
        let page = async move || {
            let n = made.fetch_add(1, Ordering::Relaxed) + 1;
            ([(header::CACHE_CONTROL, "public, max-age=5")], n.to_string())
        };
        let inside = Router::new()
            .route("/ket-qua", get(page.clone()))
            .route("/ket-qua/bang/{id}", get(page.clone()))
            .route("/viec", get(page));
        let board = LiveBoard::load(&engine.db).await.unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(1_000_000_000)));
        let mut front = Front::new(inside, board.clone(), clock.clone());

        assert_eq!(ask(&mut front, "/ket-qua", &[]).await, "1");
        assert_eq!(ask(&mut front, "/ket-qua", &[]).await, "1");
        assert_eq!(ask(&mut front, "/ket-qua?a=1", &[]).await, "2");
        assert_eq!(ask(&mut front, "/ket-qua", &[(header::COOKIE, "sauro=x")]).await, "3");
        assert_eq!(ask(&mut front, "/ket-qua", &[(header::ACCEPT_ENCODING, "gzip")]).await, "4");
        assert_eq!(ask(&mut front, "/viec", &[]).await, "5");
        assert_eq!(ask(&mut front, "/viec", &[]).await, "6");
        // Of figures the board does not hear, so that their pages stay for less long.
        let of_figures = async |front: &mut Front| ask(front, "/ket-qua/bang/ca-nuoc", &[]).await;
        assert_eq!(of_figures(&mut front).await, "7");
        clock.0.fetch_add(299_999, Ordering::Relaxed);
        assert_eq!(of_figures(&mut front).await, "7");
        clock.0.fetch_add(1, Ordering::Relaxed);
        assert_eq!(of_figures(&mut front).await, "8");
        assert_eq!(ask(&mut front, "/ket-qua", &[]).await, "1");

        clock.0.fetch_add(1_000_000, Ordering::Relaxed);
        assert_eq!(ask(&mut front, "/ket-qua", &[]).await, "9");
        assert_eq!(ask(&mut front, "/ket-qua", &[]).await, "9");

        let mut conn = engine.db.write().await.unwrap();
        let event = Event::new("TaskChanged", "task", task(1), json!({}));
        sauro_journal::append(&mut conn, &ctx(Role::Officer), event).await.unwrap();
        conn.commit().await.unwrap();
        board.follow(&engine.db).await.unwrap();
        assert_eq!(ask(&mut front, "/ket-qua", &[]).await, "10");
    })
    .await;
}

#[tokio::test]
async fn the_view_from_inside_stays_on_the_shelf_for_one_session_and_only_when_it_is_meant_to() {
    on_each_engine(async |engine| {
        let n_made = Arc::new(AtomicI64::new(0));
        let page = |has_nonce: bool| {
            let made = n_made.clone();
            async move || {
                let n = made.fetch_add(1, Ordering::Relaxed) + 1;
                let answer = ([(header::CACHE_CONTROL, "no-store")], n.to_string());
                let mut answer = answer.into_response();
                if has_nonce {
                    answer.extensions_mut().insert(Nonce::default());
                }
                answer
            }
        };
        let inside = Router::new()
            .route("/ket-qua", get(page(true)))
            .route("/ket-qua/cach-tinh", get(page(false)));
        let board = LiveBoard::load(&engine.db).await.unwrap();
        let clock = Arc::new(Hand(AtomicI64::new(1_000_000_000)));
        let mut front = Front::new(inside, board, clock.clone());
        let (one, other) = ([(header::COOKIE, "sauro=x")], [(header::COOKIE, "sauro=y")]);

        let address = "/ket-qua?pham-vi=noi-bo";
        assert_eq!(ask(&mut front, address, &one).await, "1");
        assert_eq!(ask(&mut front, address, &one).await, "1");
        assert_eq!(ask(&mut front, address, &other).await, "2");
        assert_eq!(ask(&mut front, address, &[]).await, "3", "a stranger gets nobody's page");
        assert_eq!(
            ask(&mut front, "/ket-qua", &one).await,
            "4",
            "public pages have a look of their own"
        );
        let address = "/ket-qua/cach-tinh?pham-vi=noi-bo";
        assert_eq!(ask(&mut front, address, &one).await, "5");
        assert_eq!(ask(&mut front, address, &one).await, "6");
        clock.0.fetch_add(1_000_000, Ordering::Relaxed);
        assert_eq!(ask(&mut front, "/ket-qua?pham-vi=noi-bo", &one).await, "7");
    })
    .await;
}
