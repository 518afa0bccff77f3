use axum::http::header;
use sauro_kernel::CUT_OFF_HOUR;
use sauro_tasks::model::{ENOUGH_DUE, StatusFacts, WILSON_Z};
use sauro_testkit::{day, on_each_engine, on_sqlite};
use serde_json::Value;

use super::world::World;

const AREAS: [&str; 5] = [
    "/ket-qua",
    "/ket-qua/tinh/96",
    "/ket-qua/co-quan/UBND-96",
    "/ket-qua/chuong-trinh/du-lieu-dung-chung",
    "/ket-qua/cach-tinh",
];

/// The three that completion never goes without, as a table or a headline names them.
#[track_caller]
fn check_honest(text: &str, what: &str) {
    for claim in ["Đã báo xong", "Đã báo hoàn thành", "đã báo xong,", "đã báo xong và"]
    {
        for (at, _) in text.match_indices(claim) {
            let near: String = text.get(at..).unwrap().chars().take(2_600).collect();
            for others in [&["úng hạn"][..], &["ã xác minh", "ghiệm thu"], &["ử dụng"]] {
                let is_near = others.iter().any(|it| near.contains(it));
                assert!(is_near, "{what}: {claim:?} without {others:?}");
            }
        }
    }
}

fn check_honest_json(value: &Value, what: &str) {
    match value {
        Value::Object(map) => {
            if map.keys().any(|key| key.starts_with("reported") && !key.ends_with("bp")) {
                for key in ["on_time", "verified", "in_use"] {
                    assert!(map.contains_key(key), "{what}: reported without {key}");
                }
            }
            map.values().for_each(|it| check_honest_json(it, what));
        }
        Value::Array(all) => all.iter().for_each(|it| check_honest_json(it, what)),
        _ => {}
    }
}

#[tokio::test]
async fn completion_never_stands_without_on_time_verified_and_in_use() {
    let world = World::new(on_sqlite(Default::default()).await, 400).await;
    for area in AREAS {
        check_honest(&world.get(area).await.text(), area);
        check_honest_json(&world.get(&format!("{area}.json")).await.json(), area);
        let csv = world.get(&format!("{area}.csv")).await.text();
        let head: Vec<&str> =
            csv.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').collect();
        if let Some(at) = head.iter().position(|it| it.contains("bao_xong")) {
            assert_eq!(head[at + 1..at + 4], ["dung_han", "da_nghiem_thu", "dang_su_dung"]);
        }
    }
}

#[tokio::test]
async fn the_doubted_stand_before_every_ranking() {
    let world = World::new(on_sqlite(Default::default()).await, 400).await;
    let text = world.get("/ket-qua").await.text();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("Cứ 100 nhiệm vụ") < at("Bốn ô"));
    assert!(at("Bốn ô") < at("Tự nhận xanh, dữ liệu chưa xanh"));
    assert!(at("Tự nhận xanh, dữ liệu chưa xanh") < at("34 tỉnh, thành phố"));
    assert!(at("34 tỉnh, thành phố</h2>") < at("class=\"rank\""));
    assert!(text.contains("Quần đảo Hoàng Sa (Đà Nẵng)"), "the archipelagos are on the map");
    assert!(text.contains("Quần đảo Trường Sa (Khánh Hòa)"));
    // The map, its variant of tiles for narrow screens, and the table.
    assert_eq!(text.matches("<a href=\"/ket-qua/tinh/").count(), 34 + 2 + 34 + 2 + 34);
}

#[tokio::test]
async fn a_public_page_is_cached_tagged_compressed_and_without_cookie_or_script() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 200).await;
        for page in AREAS.iter().chain(&["/ket-qua/danh-sach"]) {
            let first = world.get(page).await;
            assert_eq!(first.header(header::CACHE_CONTROL), "public, max-age=5");
            assert_eq!(first.header(header::SET_COOKIE), "");
            assert!(!first.text().contains("<script"));
            let tag = first.header(header::ETAG);
            let again = world.send(page, &[(header::IF_NONE_MATCH, &tag)], None).await;
            assert_eq!((again.status, again.bytes.len()), (304, 0));
            let stale = world.send(page, &[(header::IF_NONE_MATCH, "W/\"x\"")], None).await;
            assert_eq!(stale.status, 200);
            let small = world.send(page, &[(header::ACCEPT_ENCODING, "gzip, br")], None).await;
            assert_eq!(small.header(header::CONTENT_ENCODING), "gzip");
            assert!(small.bytes.len() < 16_000, "{page}: {} bytes", small.bytes.len());
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_installation_says_what_is_next() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 0).await;
        for page in ["/ket-qua", "/ket-qua/tinh/96", "/ket-qua/danh-sach"] {
            let page = world.get(page).await;
            assert_eq!(page.status, 200);
            assert!(page.text().contains("class=\"empty\""));
        }
        assert_eq!(world.get("/ket-qua.json").await.json()["figures"]["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let world = World::new(on_sqlite(Default::default()).await, 5).await;
    for page in [
        "/ket-qua/x",
        "/ket-qua/tinh/99",
        "/ket-qua/tinh/",
        "/ket-qua/co-quan/KHONG-CO",
        "/ket-qua/nhiem-vu/NV-1",
        "/ket-qua/danh-sach?trang-thai=la",
        "/ket-qua/danh-sach?sau=x",
        "/ket-qua/danh-sach?sau=2026-31-02~x~",
        "/ket-qua/tinh/%FF",
        "/ket-qua/tinh/%zz",
        "/ket-qua/chuong-trinh/%27--",
    ] {
        assert_eq!(world.get(page).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn the_printed_formula_is_the_one_that_runs() {
    let world = World::new(on_sqlite(Default::default()).await, 5).await;
    let text = world.get("/ket-qua/cach-tinh").await.text();
    let today = day("2026-06-01");
    let soon = (today + StatusFacts::DUE_SOON - today).num_days();
    let z = format!("z = {:.4}", WILSON_Z).replace('.', ",");
    for words in [
        format!("<b>{CUT_OFF_HOUR}:00</b>"),
        format!("còn từ 0 đến {soon} ngày"),
        format!("còn hơn {soon} ngày"),
        format!("ít hơn {ENOUGH_DUE} nhiệm vụ đến hạn"),
        z,
    ] {
        assert!(text.contains(&words), "{words}");
    }
    let json = world.get("/ket-qua/cach-tinh.json").await.json();
    assert_eq!(json["cut_off_hour"], CUT_OFF_HOUR);
    assert_eq!(json["due_soon_days"], soon);
}
