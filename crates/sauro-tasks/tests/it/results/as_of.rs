use std::collections::BTreeSet;

use axum::http::header;
use sauro_kernel::Role;
use sauro_store::{Db, run};
use sauro_tasks::model::{Audience, Standing};
use sauro_testkit::{actor, on_each_engine, on_sqlite};
use serde_json::Value;
use uuid::Uuid;

use super::world::World;

/// How many versions held at the end of `day`, shown to all and led at `path` or below.
async fn held(db: &Db, day: &str, path: &str) -> i64 {
    const SQL: &str = "
        SELECT COUNT(*) FROM task_history AS it
        JOIN tasks ON tasks.id = it.task_id
        JOIN programmes ON programmes.id = tasks.programme_id
        WHERE it.since < $1 AND (it.until IS NULL OR it.until >= $1) AND it.is_public
            AND tasks.is_public AND programmes.is_public AND (it.lead_path = $2 OR it.lead_path LIKE $3)";
    let end = sauro_testkit::day(day).succ_opt().unwrap().and_hms_opt(0, 0, 0).unwrap();
    let end = end.and_local_timezone(sauro_kernel::VIETNAM).unwrap().timestamp_micros();
    let mut conn = db.read().await.unwrap();
    run!(conn, c => sqlx::query_scalar::<_, i64>(SQL).bind(end).bind(path).bind(format!("{path}/%"))
        .fetch_one(c).await)
    .unwrap()
}

const DAYS: [&str; 4] = ["2025-12-31", "2026-02-14", "2026-03-31", "2026-05-31"];

#[tokio::test]
async fn a_past_day_counts_what_held_when_it_ended_on_every_page_and_in_every_file() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 300).await;
        let mut totals = BTreeSet::new();
        for day in DAYS {
            for (address, path) in [
                ("/ket-qua", "vn"),
                ("/ket-qua/tinh/96", "vn/96"),
                ("/ket-qua/co-quan/UBND-96", "vn/96/ubnd"),
            ] {
                let expected = held(&world.db, day, path).await;
                totals.insert(expected);
                let json = world.get(&format!("{address}.json?ngay={day}")).await.json();
                assert_eq!(json["figures"]["total"], expected, "{address} {day}");
                assert_eq!(json["about"]["as_of_day"], day);
                let csv = world.get(&format!("{address}.csv?ngay={day}")).await.text();
                let row: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
                assert_eq!(row[3], expected.to_string(), "{address} {day}");
                let html = world.get(&format!("{address}?ngay={day}")).await;
                assert_eq!(html.status, 200);
                assert_eq!(html.header(header::CACHE_CONTROL), "public, max-age=5");
                let text = html.text();
                assert!(text.contains("Số liệu tại 24:00"), "{address} {day}");
                assert!(text.contains("Xem hiện tại"));
                assert!(!text.contains("KHÔNG CÔNG KHAI"));
            }
            let board = world
                .live
                .day(
                    &world.db,
                    sauro_tasks::model::PastDay::read(day, sauro_testkit::day("2026-06-01"))
                        .unwrap()
                        .unwrap(),
                    world.ctx.clock.now(),
                )
                .await
                .unwrap();
            let inside = format!("/ket-qua/tinh/96.json?pham-vi=noi-bo&ngay={day}");
            let leader = actor(Role::Leader, "vn/96");
            let json = world.send(&inside, &[], Some(leader)).await.json();
            let all = board.counts(Audience::Everything, None, "vn/96").total;
            assert_eq!(json["figures"]["total"], all, "{day}");
        }
        assert!(totals.len() > 4, "days and places differ: {totals:?}");
    })
    .await;
}

#[tokio::test]
async fn a_list_of_a_past_day_holds_what_its_figures_count_page_after_page() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        for (day, query) in [
            ("2026-04-15", ""),
            ("2026-04-15", "&tinh=96"),
            ("2026-05-31", "&chuong-trinh=ha-tang-so"),
        ] {
            for standing in Standing::ALL {
                let mut found: Vec<String> = Vec::new();
                let mut next = String::new();
                let count = loop {
                    let at = format!(
                        "/ket-qua/danh-sach.json?trang-thai={}&ngay={day}{query}{next}",
                        standing.code()
                    );
                    let page = world.get(&at).await.json();
                    let codes = page["tasks"].as_array().unwrap().clone();
                    found.extend(codes.iter().map(|it| it["code"].as_str().unwrap().to_owned()));
                    let counts = page["counts_by_standing"].as_array().unwrap().clone();
                    let count = counts.iter().find(|it| it["code"] == standing.code()).unwrap();
                    match page["next"].as_str() {
                        Some(after) => next = format!("&sau={}", after.replace('/', "%2F")),
                        None => break count["count"].as_u64().unwrap(),
                    }
                };
                let unique: BTreeSet<&String> = found.iter().collect();
                assert_eq!(unique.len(), found.len(), "{standing:?} {day}{query}");
                assert_eq!(found.len() as u64, count, "{standing:?} {day}{query}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_happened_later_is_not_seen_on_an_earlier_day() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 200).await;
        let overdue = "/ket-qua/danh-sach.json?trang-thai=qua-han&ngay=2026-05-30";
        let before: Value = world.get(overdue).await.json();
        let code = before["tasks"][0]["code"].as_str().unwrap().to_owned();
        let now = world.ctx.clock.now().timestamp_micros();
        let mut conn = world.db.write().await.unwrap();
        let done = "UPDATE tasks SET changed_at = $2, stage = 'in_use', reported_at = $2, verified_at = $2,
            in_use_at = $2 WHERE code = $1";
        run!(conn, c => sqlx::query(done).bind(&code).bind(now).execute(c).await.map(drop)).unwrap();
        let find = "SELECT id FROM tasks WHERE code = $1";
        let id: Uuid =
            run!(conn, c => sqlx::query_scalar(find).bind(&code).fetch_one(c).await).unwrap();
        let event = sauro_journal::Event::new("TaskDone", "task", id, serde_json::json!({}));
        sauro_journal::append(&mut conn, &world.ctx, event).await.unwrap();
        conn.commit().await.unwrap();
        world.live.follow(&world.db).await.unwrap();
        let after = world.get(overdue).await.json();
        assert_eq!(after["tasks"], before["tasks"]);
        let live = world.get("/ket-qua/danh-sach.json?trang-thai=qua-han").await.json();
        assert!(live["tasks"].as_array().unwrap().iter().all(|it| it["code"] != *code));
    })
    .await;
}

#[tokio::test]
async fn today_is_live_and_a_day_that_is_none_is_refused_with_a_sentence() {
    let world = World::new(on_sqlite(Default::default()).await, 120).await;
    let live = world.get("/ket-qua").await.text();
    assert_eq!(world.get("/ket-qua?ngay=2026-06-01").await.text(), live);
    assert_eq!(world.get("/ket-qua?ngay=").await.text(), live);
    for page in ["/ket-qua", "/ket-qua/tinh/96", "/ket-qua/danh-sach"] {
        for (day, words) in [
            ("2026-06-02", "Ngày này chưa đến"),
            ("2026-02-30", "năm-tháng-ngày"),
            ("h%C3%B4m-qua", "năm-tháng-ngày"),
            ("%2B2026-1-01", "năm-tháng-ngày"),
        ] {
            let html = world.get(&format!("{page}?ngay={day}")).await;
            assert_eq!(html.status, 422, "{page} {day}");
            assert_eq!(html.header(header::CACHE_CONTROL), "no-store");
            let text = html.text();
            assert!(text.contains("<title>Lỗi: "), "{text}");
            assert!(text.contains(words) && text.contains("aria-invalid"), "{page} {day}");
            let json = world.get(&format!("{page}.json?ngay={day}")).await;
            assert_eq!(json.status, 422);
            assert!(json.text().contains(words));
            let csv = world.get(&format!("{page}.csv?ngay={day}")).await;
            assert_eq!(csv.status, 422);
        }
    }
    let before = world.get("/ket-qua?ngay=2020-01-01").await;
    assert_eq!(before.status, 200);
    assert!(before.text().contains("Ngày này chưa có nhiệm vụ nào ở đây"));
}
