use axum::{Extension, Router};
use sauro_kernel::{Actor, Role};
use sauro_subscriptions::actions;
use sauro_subscriptions::model::Subject;
use sauro_subscriptions::{Ways, routes};
use sauro_testkit::{TestApp, on_each_engine};
use sauro_ui::AppState;

use crate::world::{World, agency, link_in};

fn app_routes(world: &World, push: Option<(String, bool)>) -> Router<AppState> {
    routes()
        .layer(Extension(world.office.keys.clone()))
        .layer(Extension(world.handle.clone()))
        .layer(Extension(world.office.news.clone()))
        .layer(Extension(Ways { has_mail: true, push }))
}

#[tokio::test]
async fn somebody_subscribes_confirms_changes_and_leaves_without_a_script_or_a_session() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        // The clock of the pages.
        world.at("2026-06-01 08:00:00");
        let routes = app_routes(&world, None);
        let app = TestApp::new(engine, routes).await;
        let anybody = app.official(Actor::public());
        let page = anybody.get("/theo-doi-tin?chu-de=du-lieu").await;
        page.has_text("Chủ đề 1");
        let ticked = format!("value=\"chu-de:{}\" checked", crate::world::topic(2));
        page.has_text(&ticked);
        assert!(!page.body().contains("<script"), "no script where nothing needs one");
        let faulty = anybody.post("/theo-doi-tin", &[("thu", "a@x.vn\r\nBcc: b@x.vn")]).await;
        assert_eq!(faulty.status, 422);
        faulty.has_text("Chọn ít nhất một mục.");
        faulty.has_text("Nhập địa chỉ thư");
        let code = agency().code();
        let form = [
            ("muc", "tin"),
            ("muc", &code),
            ("nhip", "ngay"),
            ("thu", "dan@thu.vn"),
            ("dong-y", "1"),
        ];
        let mut answers = Vec::new();
        for n in 0..2 {
            let sent = anybody.post("/theo-doi-tin", &form).await;
            answers.push((sent.status, sent.location.clone(), sent.body().to_owned()));
            if n == 0 {
                world.send().await;
                let letter = world.arrived().remove(0);
                let link = link_in(&letter, "/theo-doi-tin/xac-nhan/");
                let at = format!("/theo-doi-tin/xac-nhan/{link}");
                // A program that looks into letters opens the link; nothing is confirmed by that.
                anybody.get(&at).await.has_text("Xác nhận</button>");
                assert_eq!(world.count("subscription_subjects").await, 0);
                let own = anybody.post(&at, &[]).await;
                assert_eq!(own.status, 303);
                anybody.get(&own.location).await.has_text("Đã xác nhận");
                assert_eq!(anybody.get(&at).await.status, 410);
            }
        }
        assert_eq!(answers[0], answers[1], "known or not, the answer is the same");
        world.send().await;
        let own = link_in(&world.arrived().remove(0), "/theo-doi-tin/");
        let at = format!("/theo-doi-tin/{own}");
        let page = anybody.get(&at).await;
        page.has_text("Thư gửi đến dan@thu.vn");
        page.has_text("Của cơ quan");
        let refused = anybody.post(&at, &[("nhip", "tuan")]).await;
        assert_eq!(refused.status, 422);
        let changed = anybody.post(&at, &[("nhip", "tuan"), ("muc", "van-ban")]).await;
        assert_eq!(changed.location, format!("{at}?vua=ghi"));
        let data = anybody.get(&format!("{at}/du-lieu")).await;
        data.has_text("\"rhythm\": \"weekly\"");
        assert_eq!(data.headers["cache-control"], "no-store");
        // Opening the link to leave ends nothing; one POST without a session does (RFC 8058).
        anybody.get(&format!("{at}/thoi")).await.has_text("Thôi nhận tin</button>");
        assert_eq!(world.count("subscriptions").await, 1);
        let left = anybody.post(&format!("{at}/thoi"), &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(left.status, 200);
        assert_eq!(world.count("subscriptions").await, 0);
        let again = anybody.post(&format!("{at}/thoi"), &[]).await;
        assert_eq!((again.status, again.body()), (200, left.body()), "leaving twice is no fault");
        assert_eq!(anybody.get(&at).await.status, 404);
        let forged = format!("/theo-doi-tin/{}{}", own.split_at(32).0, "0".repeat(32));
        assert_eq!(anybody.get(&forged).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_device_asks_by_its_browser_and_the_page_lets_only_our_own_worker_run() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let routes = app_routes(&world, Some(("BKey".to_owned(), false)));
        let app = TestApp::new(engine, routes).await;
        let anybody = app.official(Actor::public());
        let page = anybody.get("/theo-doi-tin").await;
        page.has_text("data-push=\"BKey\" aria-labelledby=\"tren-may\" hidden");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("worker-src 'self'") && policy.contains("default-src 'none'"),
            "{policy}"
        );
        let worker = anybody.get("/sw.js").await;
        assert!(!worker.body().contains("fetch\""), "it answers no request");
        let (_, device) = crate::pushing::browser("https://push.example.org/x/1");
        let told = |endpoint: &'static str| {
            vec![
                ("endpoint", endpoint.to_owned()),
                ("p256dh", device.p256dh.clone()),
                ("auth", device.auth.clone()),
                ("muc", Subject::News.code()),
            ]
        };
        let send = async |fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|it| (it.0, it.1.as_str())).collect();
            anybody.post("/theo-doi-tin/may-nay", &fields).await
        };
        for private in [
            "https://127.0.0.1/x",
            "https://10.0.0.8/x",
            "https://[::1]:8443/x",
            "http://push.example.org/x",
        ] {
            let refused = send(told(private)).await;
            assert_eq!(refused.status, 422, "{private}");
        }
        assert_eq!(world.count("subscriptions").await, 0);
        let begun = send(told("https://push.example.org/x/1")).await;
        assert_eq!(begun.status, 200);
        let own: serde_json::Value = serde_json::from_str(begun.body()).unwrap();
        anybody.get(own["own"].as_str().unwrap()).await.has_text("Thông báo hiện trên máy");
        send(told("https://push.example.org/x/1")).await;
        assert_eq!(world.count("subscriptions").await, 1, "the same device once");
        let editor = app.official(sauro_testkit::actor(Role::Officer, "vn"));
        editor.get("/bien-tap/nguoi-nhan-tin").await.has_text("Mọi tin bài, sự kiện");
        let actor = sauro_testkit::actor(Role::Officer, "vn");
        let ctx = sauro_kernel::Ctx { actor, ..world.system() };
        let counted = actions::counts(&ctx, &world.office).await.unwrap();
        let news = counted.into_iter().find(|it| it.subject == Subject::News);
        assert_eq!(news.map(|it| (it.n_mail, it.n_push)), Some((0, 1)));
        let left = [("endpoint", "https://push.example.org/x/1")];
        assert_eq!(anybody.post("/theo-doi-tin/may-nay/thoi", &left).await.status, 204);
        assert_eq!(world.count("subscriptions").await, 0);
    })
    .await;
}
