//! Official papers: figures of the page, nothing private, nothing for those who may not write them.

use std::collections::BTreeSet;

use axum::http::header;
use sauro_kernel::{Actor, Role};
use sauro_papers::{PlainText, Table, read_text};
use sauro_testkit::{actor, on_each_engine};
use sauro_ui::words;

use super::figures::raw;
use super::world::{Page, World};

/// A form with all that has to be there.
fn form(more: &str) -> String {
    format!("mau=nha-nuoc&co-quan=C%C6%A1+quan+9&ky-hieu=CQ9&dia-danh=C%C3%A0+Mau&{more}")
}

#[track_caller]
fn read(page: &Page) -> PlainText {
    assert_eq!(page.status, 200, "{}", String::from_utf8_lossy(&page.bytes));
    assert!(page.header(header::CONTENT_DISPOSITION).ends_with(".docx\""));
    assert_eq!(page.header(header::CACHE_CONTROL), "private, no-store");
    read_text(&page.bytes, "a.docx").unwrap()
}

/// The codes of the tasks in `table`, in their order.
fn codes(table: &Table) -> Vec<String> {
    let all = (0..table.rows.len()).map(|row| table.text(row, 1).to_owned());
    all.filter(|it| it.starts_with("NV-")).collect()
}

/// The tables of tasks, in their order.
fn lists(paper: &PlainText) -> Vec<&Table> {
    paper.tables.iter().filter(|it| it.text(0, 1) == "Mã").collect()
}

/// Every figure of `paper` against the page `area` of the inside.
async fn compare(world: &World, who: &Actor, area: &str, query: &str, paper: &PlainText) {
    let json = format!("{area}.json?pham-vi=noi-bo{query}");
    let figures = world.send(&json, &[], Some(who.clone())).await.json()["figures"].clone();
    let n = |name: &str| figures[name].as_i64().unwrap();
    let html = world.send(&format!("{area}?pham-vi=noi-bo{query}"), &[], Some(who.clone())).await;
    let html = html.text();
    let (_, headline) = html.split_once("class=\"headline\" id=\"cau\">").unwrap();
    let (headline, _) = headline.split_once("</h2>").unwrap();
    let headline = headline.replace("<span class=\"in-use\">", "").replace("</span>", "");
    let number = |it: i64| words::number(it);
    let (dated, total) = (n("dated"), n("total"));
    let mut said = vec![
        headline,
        format!("Mẫu số: {} nhiệm vụ có thời hạn trong tổng số {}", number(dated), number(total)),
        format!(
            "Trong {} nhiệm vụ còn hạn, {} nhiệm vụ sắp đến hạn.",
            number(n("open_in_time")),
            number(n("due_soon"))
        ),
        format!("{} nhiệm vụ quá hạn", number(n("open_overdue"))),
        format!("{} nhiệm vụ đơn vị tự nói đã xong", number(n("doubted"))),
    ];
    for (label, name) in [
        ("Đã báo hoàn thành (do đơn vị tự báo)", "reported"),
        ("Hoàn thành đúng hạn", "on_time"),
        ("Đã xác minh", "verified"),
        ("Đang được sử dụng", "in_use"),
    ] {
        let share = (n(name) * 10_000 + dated / 2) / dated;
        said.push(format!("{label}\t{}\t{}", number(n(name)), words::percent_bp(share)));
    }
    for name in ["on_time", "done_late", "open_in_time", "open_overdue"] {
        said.push(format!("{} nhiệm vụ", number(n(name))));
    }
    for words in said {
        assert!(paper.text.contains(&words), "{area}{query}: {words} in {}", paper.text);
    }
    assert!(n("open_overdue") > 0 && n("doubted") > 0, "{area}{query} shows something");
    let [overdue, doubted] = lists(paper)[..] else { panic!("two lists of tasks") };
    for (table, name) in [(overdue, "open_overdue"), (doubted, "doubted")] {
        let codes = codes(table);
        let once: BTreeSet<&String> = codes.iter().collect();
        assert_eq!(once.len(), codes.len(), "each task once");
        assert_eq!(i64::try_from(codes.len()), Ok(n(name)), "{area}{query} {name}");
    }
    assert!((1..overdue.rows.len()).all(|row| {
        let is_group = !overdue.text(row, 1).starts_with("NV-");
        is_group || overdue.text(row, 4).contains("uá hạn từ")
    }));
}

#[tokio::test]
async fn every_figure_of_the_monthly_report_is_the_one_of_the_page() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        for who in [actor(Role::Leader, "vn/96"), actor(Role::StandingAgency, "vn")] {
            for (fields, area, query) in [
                ("ky=2026-06", "/ket-qua", ""),
                ("ky=2026-05&chot=2026-06-01", "/ket-qua", ""),
                ("ky=2026-06&mau=dang", "/ket-qua", ""),
                (
                    "ky=2026-06&chuong-trinh=du-lieu-dung-chung",
                    "/ket-qua/chuong-trinh/du-lieu-dung-chung",
                    "",
                ),
            ] {
                // A layout named again takes the place of the first.
                let again = fields.contains("mau=");
                let form = form(fields).replacen("mau=nha-nuoc&", "", usize::from(again));
                let paper = read(&world.post("/bao-cao-thang", &form, who.clone()).await);
                compare(&world, &who, area, query, &paper).await;
                assert_eq!(paper.text.contains("ĐẢNG CỘNG SẢN VIỆT NAM"), again);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_report_of_a_month_that_is_over_shows_its_last_day() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        let who = actor(Role::Leader, "vn");
        let paper = read(&world.post("/bao-cao-thang", &form("ky=2026-05"), who.clone()).await);
        assert!(paper.text.contains("Số liệu tính đến 24:00 ngày 31/05/2026"), "{}", paper.text);
        assert!(paper.text.contains("Tình hình thực hiện nhiệm vụ tháng 5 năm 2026"));
        compare(&world, &who, "/ket-qua", "&ngay=2026-05-31", &paper).await;
    })
    .await;
}

#[tokio::test]
async fn a_report_holds_nothing_of_what_its_writer_does_not_oversee() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 400).await;
        let who = actor(Role::FocalOfficer, "vn/96");
        let paper = read(&world.post("/bao-cao-thang", &form("ky=2026-06"), who.clone()).await);
        let all = raw(&world.db).await;
        let is_own = |path: &str| path == "vn/96" || path.starts_with("vn/96/");
        let mut n_own = 0;
        for it in all {
            let is_there = paper.text.contains(&it.code);
            assert!(!is_there || is_own(&it.lead_path), "{} of {}", it.code, it.lead_path);
            n_own += usize::from(is_there);
        }
        assert!(n_own > 5, "{n_own} tasks of the province are named");
        assert!(!paper.text.contains("Quảng Trị") && !paper.text.contains("Bộ Tư pháp"));
    })
    .await;
}

#[tokio::test]
async fn only_those_who_prepare_for_their_agency_write_its_reports() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 60).await;
        for role in [Role::Officer, Role::Verifier, Role::Inspector, Role::Administrator] {
            let who = actor(role, "vn/96");
            let page = world.send("/bao-cao-thang", &[], Some(who.clone())).await;
            assert_eq!(page.status, 403, "{role:?}");
            let page = world.post("/bao-cao-thang", &form("ky=2026-06"), who).await;
            assert_eq!(page.status, 403, "{role:?}");
        }
        for role in [Role::StandingAgency, Role::Leader, Role::FocalOfficer] {
            let page = world.send("/bao-cao-thang", &[], Some(actor(role, "vn/96"))).await;
            assert_eq!(page.status, 200, "{role:?}");
            assert!(page.text().contains("value=\"2026-06\""), "the month that runs");
            assert!(page.text().contains("value=\"Cơ quan 9\""), "the own agency");
            let inside = world.send("/ket-qua?pham-vi=noi-bo", &[], Some(actor(role, "vn/96")));
            assert!(inside.await.text().contains("href=\"/bao-cao-thang\""));
        }
        let who = actor(Role::Leader, "vn/96");
        let form = form("ky=2026-06&chuong-trinh=khong-co");
        assert_eq!(world.post("/bao-cao-thang", &form, who).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_the_form_is_named_at_once_and_what_was_typed_stays() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 20).await;
        let who = actor(Role::Leader, "vn/96");
        let sent = "ky=2026-07&chot=hom-qua&mau=la&so=abc&ngay-ky=31/02/2026&the-thuc-ky=kt&\
            ky-cho=&ho-ten=Ng%C6%B0%E1%BB%9Di+K%C3%BD&co-quan=";
        let page = world.post("/bao-cao-thang", sent, who.clone()).await;
        assert_eq!(page.status, 422);
        let html = page.text();
        for field in ["ky", "chot", "mau", "so", "ngay-ky", "ky-cho", "co-quan"] {
            assert!(html.contains(&format!("<a href=\"#{field}\">")), "{field}");
        }
        assert!(html.contains("Người Ký"));
        let early = form("ky=2026-05&chot=2026-04-30");
        let page = world.post("/bao-cao-thang", &early, who.clone()).await;
        assert!(page.status == 422 && page.text().contains("đứng trước tháng báo cáo"));
        let long = form(&format!("ky=2026-05&noi-nhan={}", "x".repeat(301)));
        assert_eq!(world.post("/bao-cao-thang", &long, who).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn the_list_as_a_paper_has_the_tasks_of_the_list_by_agency_and_late_ones_first() {
    on_each_engine(async |engine| {
        let world = World::new(engine, 300).await;
        let who = actor(Role::Inspector, "vn/96");
        for query in ["?tt=tat-ca", "?tt=over", "?dia-ban=96"] {
            let get = async |path: &str| world.send(path, &[], Some(who.clone())).await;
            let csv = get(&format!("/nhiem-vu/xuat.csv{query}")).await.text();
            let mut wanted: Vec<String> = csv
                .lines()
                .skip(1)
                .filter_map(|it| it.split(',').next())
                .map(String::from)
                .collect();
            let paper = read(&get(&format!("/nhiem-vu/xuat.docx{query}&mau=dang")).await);
            assert!(paper.text.contains("ĐẢNG CỘNG SẢN VIỆT NAM"));
            let [table] = lists(&paper)[..] else { panic!("one list in {}", paper.text) };
            let mut found = codes(table);
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted, "{query}");
            let n = words::number(wanted.len());
            assert!(paper.text.contains(&format!("Danh sách gồm {n} nhiệm vụ")));
            let mut is_late_over = false;
            for row in 1..table.rows.len() {
                let is_late = table.text(row, 4).contains("Quá hạn");
                if !table.text(row, 1).starts_with("NV-") {
                    is_late_over = false;
                    continue;
                }
                assert!(!(is_late && is_late_over), "{query}: late ones first");
                is_late_over |= !is_late;
            }
        }
        let page = world.send("/nhiem-vu?tt=over", &[], Some(who.clone())).await.text();
        assert!(page.contains("href=\"/nhiem-vu/xuat.docx?tt=over&#38;mau=nha-nuoc\""));
        let none = "/nhiem-vu/xuat.docx?q=kh%C3%B4ng-c%C3%B3";
        let none = read(&world.send(none, &[], Some(who.clone())).await);
        assert!(lists(&none).is_empty() && none.text.contains("Không có nhiệm vụ nào như vậy"));
        assert!(page.contains("href=\"/nhiem-vu/xuat.pdf?tt=over&#38;mau=dang\""));
        let without = world.send("/nhiem-vu/xuat.pdf?tt=over", &[], Some(who.clone())).await;
        assert_eq!(without.status, 422, "a house without a press says so");
        assert!(without.text().contains("không in PDF"));
        let wrong = world.send("/nhiem-vu/xuat.docx?han-tu=abc", &[], Some(who)).await;
        assert_eq!(wrong.status, 422);
    })
    .await;
}
