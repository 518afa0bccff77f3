//! The whole product behind two caches over one database, as two nodes are.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use sauro::front::{Front, PageCache};
use sauro_kernel::Role;
use sauro_portal::actions::{Step, begin, open_topic, step, write};
use sauro_portal::model::{BlockFields, Fields, Item, Kind};
use sauro_tasks::jobs::LiveBoard;
use sauro_testkit::on_each_engine;

use super::{Answer, ask, send};
use crate::doors::house::Doors;
use crate::world::{PROVINCE, open_account};

pub(super) async fn node(doors: &Doors) -> (Front, PageCache) {
    let board = LiveBoard::load(&doors.world.db).await.unwrap();
    let (db, clock) = (&doors.world.db, doors.clock.clone());
    let pages = PageCache::open(db, board.clone(), clock.clone(), 8 << 20).await.unwrap();
    let front = Front::new(doors.router.clone(), board, clock);
    (front.with_pages(pages.clone()), pages)
}

fn fields(title: &str, topic: &str) -> Fields {
    let block = BlockFields {
        kind: "doan".to_owned(),
        text: "Một đoạn.".to_owned(),
        ..BlockFields::default()
    };
    Fields {
        title: title.to_owned(),
        summary: "Tóm tắt.".to_owned(),
        topics: vec![topic.to_owned()],
        blocks: vec![block],
        ..Fields::default()
    }
}

/// Written and handed up to the leader.
async fn waiting(doors: &Doors, title: &str, topic: &str) -> Item {
    let (world, db) = (&doors.world, &doors.world.db);
    let focal = world.ctx(Role::FocalOfficer, PROVINCE);
    let it = begin(&focal, db, (doors.item.section, Kind::Article), title).await.unwrap();
    let it = write(&focal, db, (it.id, it.version_n), &fields(title, topic)).await.unwrap();
    let it = step(&focal, db, (it.id, it.stamp), &Step::Submit).await.unwrap();
    step(&focal, db, (it.id, it.stamp), &Step::HandUp(String::new())).await.unwrap()
}

/// The leader takes a step on the page of the item.
async fn takes(front: &Front, (it, cookie): (&Item, &str), words: &str) {
    let body = format!("{words}&dau={}", it.stamp);
    let request = Request::post(format!("/bien-tap/{}/buoc", it.id))
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = send(front, request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

/// Asks until `is_so`; how long it took.
async fn until(front: &Front, path: &str, is_so: impl Fn(&Answer) -> bool) -> Duration {
    let start = Instant::now();
    while !is_so(&ask(front, path, &[]).await) {
        assert!(start.elapsed() < Duration::from_secs(1), "{path} is behind by a second");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    start.elapsed()
}

// I93
#[tokio::test]
async fn what_is_let_out_corrected_and_withdrawn_is_so_on_every_page_of_every_node() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (world, db) = (&doors.world, &doors.world.db);
        let leader = world.ctx(Role::Leader, PROVINCE);
        open_account(world, &doors.rooms, "lanh.dao.tinh", Role::Leader, PROVINCE).await;
        let cookie = doors.enter("lanh.dao.tinh").await;
        let topic = open_topic(&leader, db, "Hạ tầng số").await.unwrap();
        let word = topic.id.to_string();
        let other = waiting(&doors, "Bài đã có từ trước", &word).await;
        let out = Step::Approve(String::new());
        let other = step(&leader, db, (other.id, other.stamp), &out).await.unwrap();
        let beside = other.path();
        let ((here, _), (there, follower)) = (node(&doors).await, node(&doors).await);
        let following = tokio::spawn(follower.run());
        let lists = [
            "/",
            "/tin",
            "/tin.atom",
            "/tin.feed.json",
            "/sitemap/dau.xml",
            "/chu-de/ha-tang-so",
            "/tin.atom?chu-de=ha-tang-so",
            beside.as_str(),
        ];
        let it = waiting(&doors, "Trạm phát sóng ở ấp xa", &word).await;
        let path = it.path();
        for path in lists {
            for front in [&here, &there] {
                let answer = ask(front, path, &[]).await;
                assert_eq!(answer.status, 200, "{path}");
                assert!(!answer.text().contains("tram-phat-song"), "{path}");
            }
        }
        assert_eq!(ask(&here, &path, &[]).await.status, 404);

        takes(&here, (&it, &cookie), "viec=duyet").await;
        for path in lists {
            assert!(ask(&here, path, &[]).await.text().contains("tram-phat-song"), "{path}");
            until(&there, path, |it| it.text().contains("tram-phat-song")).await;
        }
        assert_eq!(ask(&here, &path, &[]).await.status, 200);
        until(&there, &path, |it| it.status == 200).await;

        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let stamp = it.stamp + 1;
        let it = step(&focal, db, (it.id, stamp), &Step::Correct).await.unwrap();
        let corrected = fields("Trạm phát sóng ở hai ấp xa", &word);
        let it = write(&focal, db, (it.id, it.version_n), &corrected).await.unwrap();
        let note = Step::HandUp("Đúng ra là hai ấp.".to_owned());
        let it = step(&focal, db, (it.id, it.stamp), &note).await.unwrap();
        takes(&here, (&it, &cookie), "viec=duyet").await;
        assert!(ask(&here, &path, &[]).await.text().contains("Đúng ra là hai ấp."));
        for list in ["/", "/tin", "/tin.atom", "/chu-de/ha-tang-so", beside.as_str()] {
            assert!(ask(&here, list, &[]).await.text().contains("hai ấp xa"), "{list}");
            until(&there, list, |it| it.text().contains("hai ấp xa")).await;
        }

        let it = Item { stamp: it.stamp + 1, ..it };
        takes(&here, (&it, &cookie), "viec=go&ly-do=Nhầm").await;
        assert_eq!(ask(&here, &path, &[]).await.status, 410);
        until(&there, &path, |it| it.status == 410).await;
        for path in lists {
            assert!(!ask(&here, path, &[]).await.text().contains("tram-phat-song"), "{path}");
            until(&there, path, |it| !it.text().contains("tram-phat-song")).await;
        }
        // A node that was off meanwhile begins with nothing and knows all of it.
        let (again, _) = node(&doors).await;
        assert_eq!(ask(&again, &path, &[]).await.status, 410);
        following.abort();
    })
    .await;
}

// I94
#[tokio::test]
async fn whoever_is_signed_in_goes_to_their_desk_and_everybody_else_is_shown_the_front() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (front, _) = node(&doors).await;
        let page = ask(&front, "/", &[]).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text().contains("<h2 class=\"headline\">Từ chỉ đạo"),
            "nothing is published yet"
        );
        assert!(page.header("content-security-policy").contains("script-src 'none'"));
        assert_eq!(page.header("x-request-id"), "");
        for (login, desk) in [("leader", "/lanh-dao"), ("officer", "/viec")] {
            let cookie = doors.enter(login).await;
            let answer = ask(&front, "/", &[(header::COOKIE, &cookie)]).await;
            assert_eq!((answer.status, answer.header("location")), (303, desk));
        }
        assert_eq!(ask(&front, "/", &[]).await.header("etag"), page.header("etag"));
        let moved = ask(&front, "/tin/tat-ca?sau=1.2", &[]).await;
        assert_eq!((moved.status, moved.header("location")), (301, "/tin?sau=1.2"));
    })
    .await;
}
