use sauro_kernel::{AgencyId, Role};
use sauro_testkit::{actor, on_each_engine};

use super::figures::raw;
use super::seed;
use super::world::World;

const PAGES: [&str; 8] = [
    "/ket-qua",
    "/ket-qua/tinh/96",
    "/ket-qua/co-quan/UBND-96",
    "/ket-qua/co-quan/BKHCN",
    "/ket-qua/chuong-trinh/du-lieu-dung-chung",
    "/ket-qua/danh-sach",
    "/ket-qua/danh-sach?trang-thai=tu-nhan-xanh",
    "/ket-qua/danh-sach?trang-thai=qua-han&tinh=96",
];

fn twins(page: &str) -> [String; 3] {
    let (path, query) = page
        .split_once('?')
        .map_or((page, String::new()), |(path, query)| (path, format!("?{query}")));
    ["", ".csv", ".json"].map(|ending| format!("{path}{ending}{query}"))
}

#[tokio::test]
async fn what_is_not_public_appears_on_no_public_page_and_in_no_file() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        for page in PAGES.iter().flat_map(|page| twins(page)) {
            let answer = world.get(&page).await;
            assert_eq!(answer.status, 200, "{page}");
            let text = answer.text();
            assert!(!text.contains("KHÔNG CÔNG KHAI"), "{page}");
            assert!(!text.contains("nội bộ kín"), "{page}");
        }
        for it in raw(&world.db).await {
            for ending in ["", ".csv", ".json"] {
                let page = world.get(&format!("/ket-qua/nhiem-vu/{}{ending}", it.code)).await;
                assert_eq!(page.status, if it.is_shown { 200 } else { 404 }, "{}", it.code);
            }
        }
        for ending in ["", ".csv", ".json"] {
            let page = world.get(&format!("/ket-qua/chuong-trinh/noi-bo{ending}")).await;
            assert_eq!(page.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn a_task_shows_what_was_checked_and_by_whom_but_no_draft_and_no_report_text() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 60).await;
        let all = raw(&world.db).await;
        let (n, it) = all.iter().enumerate().find(|(_, it)| it.is_shown).unwrap();
        seed::work_on(&world.db, n as u64 + 1, AgencyId::of_code("BTP"), 1_780_000_000_000_000)
            .await;
        for ending in ["", ".csv", ".json"] {
            let text = world.get(&format!("/ket-qua/nhiem-vu/{}{ending}", it.code)).await.text();
            assert!(!text.contains("BAN-NHAP-RIENG"), "{text}");
            assert!(!text.contains("NỘI DUNG RIÊNG"), "{text}");
            assert!(text.contains("Bộ Tư pháp"), "{text}");
        }
        let text = world.get(&format!("/ket-qua/nhiem-vu/{}", it.code)).await.text();
        for words in [
            "Bien-ban-ban-giao.pdf",
            "a9a9…a9a9",
            "217 kB",
            "Mở thử hệ thống, đối chiếu 5 hồ sơ",
            "Rõ người",
            "Rõ việc",
            "Rõ thời gian",
            "Rõ trách nhiệm",
            "Rõ sản phẩm",
            "Rõ thẩm quyền",
        ] {
            assert!(text.contains(words), "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn names_cannot_write_markup_and_cells_cannot_be_formulas() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 300).await;
        for page in PAGES.iter().chain(&["/ket-qua/co-quan/BKHCN"]) {
            assert!(!world.get(page).await.text().contains("<script"), "{page}");
        }
        let page = world.get("/ket-qua/co-quan/BKHCN").await.text();
        assert!(page.contains("Bộ Khoa học &#60;script&#62;"), "{page}");
        let csv = world.get("/ket-qua.csv").await;
        assert_eq!(csv.bytes.get(..3).unwrap(), [0xef, 0xbb, 0xbf]);
        let text = csv.text();
        assert!(text.contains(",'=Bộ Công an,"), "{text}");
        assert!(!text.contains(",=Bộ"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn an_official_sees_everything_below_and_nobody_else_does() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        let inside = "/ket-qua/tinh/96.json?pham-vi=noi-bo";
        let leader = actor(Role::Leader, "vn/96");
        let page = world.send(inside, &[], Some(leader.clone())).await;
        let n = raw(&world.db).await.iter().filter(|it| it.lead_path.starts_with("vn/96")).count();
        assert_eq!(page.json()["figures"]["total"], n);
        let html = world.send("/ket-qua?pham-vi=noi-bo", &[], Some(leader.clone())).await;
        assert_eq!(html.header(axum::http::header::CACHE_CONTROL), "no-store");
        assert!(html.text().contains("Phạm vi nội bộ"));
        for (address, actor) in [
            (inside, None),
            ("/ket-qua/tinh/44.json?pham-vi=noi-bo", Some(leader)),
            (inside, Some(actor(Role::Officer, "vn/96"))),
            (inside, Some(actor(Role::Administrator, "vn"))),
        ] {
            assert_eq!(world.send(address, &[], actor).await.status, 404, "{address}");
        }
    })
    .await;
}
