//! The portal in the whole product: what everybody reads of it, with the tasks of a document.

use axum::body::Body;
use axum::http::{Request, header};
use sauro::processes::OwnAddresses;
use sauro_kernel::Role;
use sauro_portal::actions::{Addresses, Step, begin, rename, step, translate, write};
use sauro_portal::model::{BlockFields, DetailFields, Fields, Item, Kind};
use sauro_testkit::on_each_engine;

use crate::doors::house::Doors;
use crate::world::PROVINCE;

pub(crate) fn fields(title: &str, details: DetailFields) -> Fields {
    let block = |kind: &str, text: &str, more: &str| BlockFields {
        kind: kind.to_owned(),
        text: text.to_owned(),
        more: more.to_owned(),
        ..BlockFields::default()
    };
    Fields {
        title: title.to_owned(),
        summary: "Một câu “trích”, có < và &.".to_owned(),
        details,
        blocks: vec![
            block("doan", "Lời </script><script>alert(1)</script> là chữ.", ""),
            block("so-lieu", "", "nhiem-vu"),
        ],
        ..Fields::default()
    }
}

/// Let out by the leader of the province.
pub(crate) async fn let_out(doors: &Doors, kind: Kind, fields: &Fields) -> Item {
    let (world, db) = (&doors.world, &doors.world.db);
    let focal = world.ctx(Role::FocalOfficer, PROVINCE);
    let it = begin(&focal, db, (doors.item.section, kind), &fields.title).await.unwrap();
    let it = write(&focal, db, (it.id, it.version_n), fields).await.unwrap();
    let it = step(&focal, db, (it.id, it.stamp), &Step::Submit).await.unwrap();
    let it = step(&focal, db, (it.id, it.stamp), &Step::HandUp(String::new())).await.unwrap();
    let leader = world.ctx(Role::Leader, PROVINCE);
    step(&leader, db, (it.id, it.stamp), &Step::Approve(String::new())).await.unwrap()
}

#[tokio::test]
async fn everybody_reads_what_is_let_out_at_once_with_tasks_and_figures_as_they_are() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        doors.board.follow(&doors.world.db).await.unwrap();
        for path in ["/tin", "/tin.atom", "/tin.feed.json", "/sitemap/dau.xml"] {
            assert!(!doors.get(path, "").await.is(200).body.contains("Tin mới & hay"), "{path}");
        }
        let it =
            let_out(&doors, Kind::Article, &fields("Tin mới & hay", DetailFields::default())).await;
        let escaped = "Tin mới &#38; hay";
        doors.get("/tin", "").await.is(200).has(escaped);
        doors.get("/tin.atom", "").await.is(200).has(escaped);
        doors.get("/tin.feed.json", "").await.is(200).has("Tin mới & hay");
        doors.get("/sitemap/dau.xml", "").await.is(200).has("/tin/tin-moi-hay</loc>");
        doors.get("/sitemap.xml", "").await.is(200).has("/sitemap/dau.xml</loc>");
        let page = doors.get(&it.path(), "").await;
        page.is(200).has("nhiệm vụ công khai có thời hạn").has("application/ld+json");
        page.has("&lt;script&gt;alert(1)");
        assert!(!page.body.contains("<script>alert"), "words stay words");
        let n_ends = page.body.matches("</script>").count();
        assert_eq!(n_ends, 2, "the page's own script and what search engines read end once each");

        let mark = page.header("etag").to_owned();
        let again = Request::get(it.path()).header(header::IF_NONE_MATCH, &mark);
        let again = doors.send(again.body(Body::empty()).unwrap()).await;
        assert!(again.is(304).body.is_empty());
        let leader = doors.world.ctx(Role::Leader, PROVINCE);
        let db = &doors.world.db;
        let it = rename(&leader, db, (it.id, it.stamp), "Địa chỉ đẹp").await.unwrap();
        let moved = doors.get("/tin/tin-moi-hay", "").await;
        assert_eq!(moved.is(301).header("location"), "/tin/dia-chi-dep");
        doors.get("/tin/dia-chi-dep", "").await.is(200);
        step(&leader, db, (it.id, it.stamp), &Step::Withdraw("Nhầm.".to_owned())).await.unwrap();
        doors.get("/tin/dia-chi-dep", "").await.is(410).has("Nhầm.");

        let details = DetailFields {
            number: "1/KH-UBND".to_owned(),
            kind: "ke-hoach".to_owned(),
            issuer: "Ủy ban nhân dân tỉnh Cà Mau".to_owned(),
            issued_on: "2026-11-01".to_owned(),
            directive: format!("http://x/chi-dao/{}", doors.issued.directive),
            ..DetailFields::default()
        };
        let paper = let_out(&doors, Kind::Document, &fields("Kế hoạch", details)).await;
        let page = doors.get(&paper.path(), "").await;
        page.is(200).has("đã thành những nhiệm vụ nào");
        page.has(&format!("/ket-qua/nhiem-vu/{}", doors.issued.tasks[0]));
    })
    .await;
}

// I97
#[tokio::test]
async fn what_the_pages_say_of_themselves_is_what_is_wrong_with_a_link() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (world, db) = (&doors.world, &doors.world.db);
        let leader = world.ctx(Role::Leader, PROVINCE);
        let mut with = fields("Có mục", DetailFields::default());
        with.blocks.push(BlockFields {
            kind: "tieu-de".to_owned(),
            text: "Một mục".to_owned(),
            ..BlockFields::default()
        });
        let it = let_out(&doors, Kind::Article, &with).await;
        let old = it.path();
        let it = rename(&leader, db, (it.id, it.stamp), "Chỗ mới").await.unwrap();
        let room = OwnAddresses::new(doors.router.clone());
        for (address, said) in [
            (it.path(), ""),
            (format!("{old}?x=1#muc-1"), ""),
            (format!("{}#muc-9", it.path()), "không còn mục #muc-9"),
            ("/ket-qua".to_owned(), ""),
            ("/khong-co".to_owned(), "Không có trang này"),
            ("/bien-tap".to_owned(), "Phải đăng nhập"),
            ("/tin/\u{1}".to_owned(), "viết sai"),
        ] {
            let fault = room.fault(&address).await.unwrap_or_default();
            assert!(
                fault.contains(said) && fault.is_empty() == said.is_empty(),
                "{address}: {fault}"
            );
        }
        step(&leader, db, (it.id, it.stamp), &Step::Withdraw("Nhầm.".to_owned())).await.unwrap();
        assert!(room.fault(&old).await.unwrap().contains("đã gỡ"));
    })
    .await;
}

/// `original` in English, let out by the leader of the province.
pub(crate) async fn let_out_in_english(doors: &Doors, original: &Item, title: &str) -> Item {
    let (world, db) = (&doors.world, &doors.world.db);
    let focal = world.ctx(Role::FocalOfficer, PROVINCE);
    let en = translate(&focal, db, original.id, ("en", title)).await.unwrap();
    doors.get(&en.path(), "").await.is(404);
    let en = step(&focal, db, (en.id, en.stamp), &Step::Submit).await.unwrap();
    let en = step(&focal, db, (en.id, en.stamp), &Step::HandUp(String::new())).await.unwrap();
    let leader = world.ctx(Role::Leader, PROVINCE);
    step(&leader, db, (en.id, en.stamp), &Step::Approve(String::new())).await.unwrap()
}

#[tokio::test]
async fn each_language_names_the_others_in_its_page_the_feed_and_the_map() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let vi = let_out(&doors, Kind::Article, &fields("Bản gốc", DetailFields::default())).await;
        let en = let_out_in_english(&doors, &vi, "In English").await;
        assert_eq!(en.path(), "/en/tin/in-english");
        let page = doors.get(&en.path(), "").await;
        page.is(200).has(r#"<h1 lang="en">In English"#).has(r#""inLanguage":"en""#);
        for (code, it) in [("vi", &vi), ("en", &en)] {
            let link = format!(r#"hreflang="{code}" href="http"#);
            doors.get(&vi.path(), "").await.is(200).has(&link);
            page.has(&link).has(&it.path());
        }
        let feed = doors.get("/tin.atom", "").await;
        feed.has(r#"hreflang="en""#).has("/en/tin/in-english");
        assert!(!feed.body.contains("<title>In English"), "lists are Vietnamese");
        let map = doors.get("/sitemap/dau.xml", "").await;
        assert_eq!(map.body.matches(r#"<xhtml:link rel="alternate" hreflang="en""#).count(), 2);
        assert_eq!(map.body.matches("/en/tin/in-english</loc>").count(), 1);
        assert_eq!(doors.get("/tin/in-english", "").await.is(301).header("location"), en.path());
        doors.get("/vi/tin/ban-goc", "").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_feed_reader_that_asks_every_second_is_told_what_changed_and_nothing_else() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let_out(&doors, Kind::Article, &fields("Tin cũ", DetailFields::default())).await;
        for path in ["/tin.atom", "/tin.feed.json"] {
            let mark = doors.get(path, "").await.is(200).header("etag").to_owned();
            let ask = async || {
                let request = Request::get(path).header(header::IF_NONE_MATCH, &mark);
                doors.send(request.body(Body::empty()).unwrap()).await
            };
            for _ in 0..30 {
                assert!(ask().await.is(304).body.is_empty());
            }
            let title = format!("Tin mới ở {path}");
            let_out(&doors, Kind::Article, &fields(&title, DetailFields::default())).await;
            ask().await.is(200).has(&title);
        }
    })
    .await;
}
