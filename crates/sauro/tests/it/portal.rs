//! The portal in the whole product: what everybody reads of it, with the tasks of a document.

use axum::body::Body;
use axum::http::{Request, header};
use sauro_kernel::Role;
use sauro_portal::actions::{Step, begin, rename, step, write};
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
        assert_eq!(page.body.matches("</script>").count(), 1, "what search engines read ends once");

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
