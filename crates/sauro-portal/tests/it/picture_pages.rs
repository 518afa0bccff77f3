use axum::http::{HeaderValue, header};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Role};
use sauro_portal::actions::Step;
use sauro_portal::model::{Item, Kind};
use sauro_testkit::{Answer, TestApp, on_each_engine};

use crate::pages::routes;
use crate::pictures::png;
use crate::world::{PROVINCE, World};

/// The id that stands behind the first `before` of the page.
fn id_after<'a>(page: &'a Answer, before: &str) -> &'a str {
    let (_, rest) = page.body().split_once(before).unwrap();
    rest.split(['"', '/', '?']).next().unwrap()
}

// I89
#[tokio::test]
async fn an_editor_picks_uploads_points_and_replaces_without_a_script_and_readers_get_what_fits() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let it = world.written(Kind::Article).await;
        let (officer, leader) =
            (world.ctx(Role::Officer, PROVINCE).actor, world.ctx(Role::Leader, PROVINCE));
        let handle = DirectoryHandle::load(&world.system(), &world.db).await.unwrap();
        let app = TestApp::new(engine, routes(handle)).await;
        let (desk, anybody) = (app.official(officer), app.official(Actor::public()));
        let boss = app.official(leader.actor.clone());

        let empty = desk.upload("/bien-tap/kho-anh", &[("mo-ta", "Cầu")], None).await;
        assert_eq!(empty.status, 422);
        empty.has_text("Chọn ảnh cần tải lên");
        let said = [("mo-ta", "Cầu <mới>"), ("nguon", "Sở Xây dựng"), ("giay-phep", "co-quan")];
        let file = png((800, 600), [200, 0, 0]);
        let came = desk.upload("/bien-tap/kho-anh", &said, Some(("tep", "cau.png", &file))).await;
        assert_eq!(came.status, 303);
        let shelf = desk.get("/bien-tap/kho-anh?tim=cau").await;
        shelf.has_text("Cầu &#60;mới&#62;");
        let picture = id_after(&shelf, "/bien-tap/kho-anh/").to_owned();
        let own = format!("/bien-tap/kho-anh/{picture}");
        assert_eq!(came.location, format!("{own}?vua=tai"));

        // Pointed at in the middle of the lower edge, on a picture 256 wide and 192 high.
        let point = [("dau", "1"), ("cao", "192"), ("diem.x", "128"), ("diem.y", "192")];
        assert_eq!(desk.post(&own, &point).await.location, format!("{own}?vua=diem"));
        desk.get(&own).await.has_text("object-position:50.0% 100.0%");
        let odd = [("dau", "2"), ("ngang", "101"), ("doc", "x"), ("viec", "diem")];
        assert_eq!(desk.post(&own, &odd).await.status, 422);

        // The block of an item takes it, with what the library says of it.
        let at = format!("/bien-tap/{}", it.id);
        let block =
            [("phien-ban", "2"), ("tieu-de", "Có ảnh"), ("tom-tat", "Tóm tắt."), ("k", "anh")];
        let choose = block.iter().copied().chain([("viec", "chon.1")]).collect::<Vec<_>>();
        let chosen = desk.post(&at, &choose).await;
        assert_eq!(chosen.location, format!("{at}/anh?khoi=1"));
        let pick = desk.get(&chosen.location).await;
        pick.has_text(&format!(r#"name="anh" value="{picture}""#));
        let none = desk.post(&format!("{at}/anh"), &[("khoi", "1")]).await;
        assert_eq!(none.status, 422);
        none.has_text("Chọn một ảnh");
        let second = png((100, 100), [0, 200, 0]);
        let sent = [("khoi", "1"), ("anh", picture.as_str())];
        let both =
            desk.upload(&format!("{at}/anh"), &sent, Some(("tep", "hai.png", &second))).await;
        assert_eq!(both.location, format!("{at}#khoi-1"));
        let form = desk.get(&at).await;
        form.has_text("Khối 2: Ảnh");
        form.has_text("Cầu &#60;mới&#62;</textarea>");
        let (_, rest) = form.body().split_once("Khối 2: Ảnh").unwrap();
        let (_, rest) = rest.split_once(r#"name="f" value=""#).unwrap();
        let other = rest.split('"').next().unwrap();
        let write = [
            ("phien-ban", "2"),
            ("tieu-de", "Có ảnh"),
            ("tom-tat", "Tóm tắt."),
            ("k", "anh"),
            ("f", picture.as_str()),
            ("g", "1"),
            ("t", "Cầu mới"),
            ("m", "Ngày thông cầu"),
            ("k", "anh"),
            ("f", other),
            ("g", "1"),
            ("t", "Đường xanh"),
            ("viec", "ghi"),
        ];
        assert_eq!(desk.post(&at, &write).await.status, 303);
        let address = format!("/anh-cong/{picture}/640.webp");
        assert_eq!(anybody.get(&address).await.status, 404, "it is a draft");
        let it = world.waiting(Item { stamp: 3, version_n: 3, ..it }).await;
        let it = world.step(&leader, &it, Step::Approve(String::new())).await.unwrap();

        let page = anybody.get(&it.path()).await;
        page.has_text("tiles-of-pictures");
        page.has_text(r#"alt="Cầu mới""#);
        page.has_text("Ngày thông cầu");
        page.has_text("Ảnh: Sở Xây dựng");
        page.has_text(&format!("/anh-cong/{picture}/640.avif 640w"));
        page.has_text(r#"width="800" height="600""#);
        assert_eq!(
            page.body().matches(r#"loading="lazy""#).count(),
            1,
            "the first is at once there"
        );
        assert!(
            !page.body().contains("1600."),
            "nothing is offered that is wider than the picture"
        );

        let file = anybody.get(&address).await;
        assert_eq!(
            (file.status, &file.headers[header::CONTENT_TYPE]),
            (200, &HeaderValue::from_static("image/webp"))
        );
        assert_eq!(file.headers[header::CACHE_CONTROL], "public, no-cache");
        let mark = file.headers[header::ETAG].clone();
        let ask = [(header::IF_NONE_MATCH, mark.clone())];
        assert_eq!(anybody.get_with(&ask, &address).await.status, 304);
        let old = anybody.get(&format!("/tep-cong/{picture}")).await;
        assert_eq!((old.status, old.location), (308, format!("/anh-cong/{picture}/1600.jpg")));

        let blue = png((640, 480), [0, 0, 200]);
        let key = [("dau", "2"), ("viec", "thay")];
        let refused = desk.upload(&own, &key, Some(("tep", "xanh.png", &blue))).await;
        assert_eq!(refused.status, 422);
        refused.has_text("Ảnh đang hiện ở bài đã đăng");
        let done = boss.upload(&own, &key, Some(("tep", "xanh.png", &blue))).await;
        assert_eq!(done.location, format!("{own}?vua=thay"));
        let now = anybody.get_with(&ask, &address).await;
        assert_eq!(now.status, 200, "the mark is that of the content");
        assert!(now.headers[header::ETAG] != mark && now.bytes != file.bytes);
        let stay = boss.post(&own, &[("dau", "3"), ("viec", "bo")]).await;
        assert_eq!(stay.status, 422);
        stay.has_text("đang dùng ở “Có ảnh”");
    })
    .await;
}
