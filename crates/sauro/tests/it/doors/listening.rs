//! Pages that are open hear of what changes, and nobody hears longer than they may.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, header};
use futures_util::{FutureExt, StreamExt};
use sauro::song::Audience;
use sauro_journal::Event;
use sauro_testkit::{on_each_engine, on_sqlite};
use tower::ServiceExt;

use super::house::Doors;

/// Never asked again within a test.
const LONG: Duration = Duration::from_secs(3_600);

async fn listen(doors: &Doors, path: &str, cookie: &str) -> BodyDataStream {
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let response = doors.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    assert!(response.headers().get(header::CONTENT_ENCODING).is_none());
    response.into_body().into_data_stream()
}

/// The next event that is more than a heartbeat.
async fn heard(stream: &mut BodyDataStream) -> Option<String> {
    loop {
        let bytes = stream.next().await?.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if text.contains("event: doi") {
            return Some(text);
        }
    }
}

/// An entry about the first task, heard by the board.
async fn touch(doors: &Doors) {
    let mut conn = doors.world.db.write().await.unwrap();
    let sql = "SELECT id FROM tasks ORDER BY id LIMIT 1";
    let id: uuid::Uuid =
        sauro_store::run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap();
    let event = Event::new("TaskSeen", "task", id, serde_json::json!({}));
    sauro_journal::append(&mut conn, &doors.world.system(), event).await.unwrap();
    conn.commit().await.unwrap();
    doors.board.follow(&doors.world.db).await.unwrap();
}

#[tokio::test]
async fn two_thousand_listeners_hear_of_a_report_and_a_slow_one_delays_nobody() {
    let audience = Audience::new(2_001, 2_001, LONG);
    let engine = on_sqlite(Default::default()).await;
    let doors = Doors::with_audience(engine, audience.clone()).await;
    let cookie = doors.enter("lanh.dao.xa").await;
    let mut slow = listen(&doors, "/song", &cookie).await;
    let mut streams = Vec::new();
    for _ in 0..2_000 {
        streams.push(listen(&doors, "/song", &cookie).await);
    }
    assert_eq!(audience.len(), 2_001);
    let full = doors.get("/song", &cookie).await;
    assert_eq!(full.is(503).header("retry-after"), "60");
    doors.world.report(&doors.issued.tasks[1]).await;
    doors.board.follow(&doors.world.db).await.unwrap();
    let id = format!("id: {}", doors.board.changed_at());
    for stream in &mut streams {
        let event = heard(stream).await.unwrap();
        assert!(event.contains(&id), "{event}");
        assert!(event.contains(r#"{"mine":true,"scope":true}"#), "{event}");
        assert!(stream.next().now_or_never().is_none(), "one event for one change");
    }
    // Nobody reads the slow one while much happens: it finds the newest, and nothing was kept for it.
    for _ in 0..40 {
        touch(&doors).await;
    }
    let event = heard(&mut slow).await.unwrap();
    assert!(event.contains(&format!("id: {}", doors.board.changed_at())), "{event}");
    assert!(slow.next().now_or_never().is_none());
    drop((slow, streams));
    assert!(audience.is_empty(), "places are free again");
}

#[tokio::test]
async fn who_has_nothing_to_do_with_a_task_hears_nothing_of_it() {
    let doors =
        Doors::with_audience(on_sqlite(Default::default()).await, Audience::new(9, 9, LONG)).await;
    let far = doors.enter("leader").await;
    let near = doors.enter("lanh.dao.xa").await;
    let (mut far, mut near) =
        (listen(&doors, "/song", &far).await, listen(&doors, "/song", &near).await);
    touch(&doors).await;
    assert!(heard(&mut near).await.is_some());
    assert!(far.next().now_or_never().is_none());
}

#[tokio::test]
async fn what_was_missed_while_away_is_told_on_return() {
    let doors =
        Doors::with_audience(on_sqlite(Default::default()).await, Audience::new(9, 9, LONG)).await;
    let cookie = doors.enter("lanh.dao.xa").await;
    let mut behind = listen(&doors, "/song?tu=1", &cookie).await;
    let event = heard(&mut behind).await.unwrap();
    assert!(event.contains(&format!("id: {}", doors.board.changed_at())), "{event}");
    // A page that shows more than there is, after a restore, hears of what comes next.
    let mut ahead = listen(&doors, "/song?tu=999999", &cookie).await;
    assert!(ahead.next().now_or_never().is_none());
    touch(&doors).await;
    assert!(heard(&mut ahead).await.is_some());
}

#[tokio::test]
async fn signing_out_ends_the_stream_and_so_does_a_session_that_has_run_out() {
    on_each_engine(async |engine| {
        let audience = Audience::new(9, 9, Duration::from_millis(20));
        let doors = Doors::with_audience(engine, audience.clone()).await;
        let (leaves, stays) = (doors.enter("lanh.dao.xa").await, doors.enter("lanh.dao.xa").await);
        let mut gone = listen(&doors, "/song", &leaves).await;
        let mut here = listen(&doors, "/song", &stays).await;
        doors.post("/dang-xuat", &leaves, "").await.is(303);
        assert!(heard(&mut gone).await.is_none());
        touch(&doors).await;
        assert!(heard(&mut here).await.is_some(), "the other session still listens");
        doors.pass(60);
        assert!(heard(&mut here).await.is_none());
        drop((gone, here));
        assert!(audience.is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_seat_takes_only_so_many_places_and_closing_sends_all_home() {
    let doors =
        Doors::with_audience(on_sqlite(Default::default()).await, Audience::new(9, 2, LONG)).await;
    let (one, other) = (doors.enter("lanh.dao.xa").await, doors.enter("leader").await);
    let mut first = listen(&doors, "/song", &one).await;
    let mut second = listen(&doors, "/song", &one).await;
    doors.get("/song", &one).await.is(503);
    let mut third = listen(&doors, "/song", &other).await;
    doors.board.close();
    for stream in [&mut first, &mut second, &mut third] {
        assert!(heard(stream).await.is_none());
    }
}
