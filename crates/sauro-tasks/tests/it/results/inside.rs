//! Results as those inside see them.

use axum::http::header;
use sauro_kernel::{Actor, Role};
use sauro_testkit::{actor, on_each_engine};

use super::world::{Page, World};

#[tokio::test]
async fn a_page_of_the_inside_is_drawn_for_one_seat_and_runs_its_own_scripts() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        let address = "/ket-qua/tinh/96?pham-vi=noi-bo";
        let ask = async |who: Actor| world.send(address, &[], Some(who)).await;
        let nonce = |answer: &Page| {
            let policy = answer.header(header::CONTENT_SECURITY_POLICY).to_owned();
            policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned()
        };
        let mut leader = actor(Role::Leader, "vn/96");
        let (first, second) = (ask(leader.clone()).await, ask(leader.clone()).await);
        assert_eq!(first.text(), second.text(), "kept while nothing changes");
        for page in [&first, &second] {
            assert!(page.text().contains(&format!("nonce=\"{}\"", nonce(page))));
            assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        }
        leader.display_name = "Người khác".to_owned();
        let other = ask(leader).await;
        assert!(other.text().contains("Người khác"));
        assert!(!first.text().contains("Người khác"));
        assert_ne!(nonce(&other), nonce(&first));
    })
    .await;
}

#[tokio::test]
async fn from_inside_one_goes_to_a_list_of_the_desk_with_as_many_tasks() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        let who = actor(Role::Inspector, "vn");
        let ask = async |address: &str| world.send(address, &[], Some(who.clone())).await;
        let mut n_lists = 0;
        for area in [
            "/ket-qua",
            "/ket-qua/tinh/96",
            "/ket-qua/co-quan/UBND-96",
            "/ket-qua/co-quan/BKHCN",
            "/ket-qua/chuong-trinh/du-lieu-dung-chung",
        ] {
            let page = ask(&format!("{area}?pham-vi=noi-bo")).await.text();
            let figures = ask(&format!("{area}.json?pham-vi=noi-bo")).await.json();
            for (figure, what) in [("open_overdue", "tt=over"), ("doubted", "lech=lech")] {
                let n = figures["figures"][figure].as_i64().unwrap();
                let start = format!("href=\"/nhiem-vu?{what}");
                let Some((_, rest)) = page.split_once(&start) else {
                    assert_eq!(n, 0, "{area} {figure}");
                    continue;
                };
                let rest = rest.split('"').next().unwrap().replace("&#38;", "&");
                let list = ask(&format!("/nhiem-vu?{what}{rest}")).await;
                assert_eq!(list.status, 200, "{area} {figure}");
                let count = format!("Nhiệm vụ <span class=\"mute\">({n})");
                assert!(list.text().contains(&count), "{area} {figure} {n}: {rest}");
                n_lists += 1;
            }
        }
        assert!(n_lists > 5, "{n_lists} lists were looked at");
    })
    .await;
}
