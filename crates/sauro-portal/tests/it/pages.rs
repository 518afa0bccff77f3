use axum::{Extension, Router};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Role};
use sauro_portal::model::Kind;
use sauro_store::Keys;
use sauro_testkit::{TestApp, on_each_engine};
use sauro_ui::AppState;

use crate::world::{PROVINCE, World};

pub(crate) fn routes(handle: DirectoryHandle) -> Router<AppState> {
    sauro_portal::routes().layer(Extension(Keys::passing().unwrap())).layer(Extension(handle))
}

#[tokio::test]
async fn the_editor_works_by_its_buttons_alone_and_loses_nothing() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let it = world.written(Kind::Article).await;
        let officer = world.ctx(Role::Officer, PROVINCE).actor;
        let handle = DirectoryHandle::load(&world.system(), &world.db).await.unwrap();
        let app = TestApp::new(engine, routes(handle)).await;
        let desk = app.official(officer);
        let at = format!("/bien-tap/{}", it.id);
        let page = desk.get(&at).await;
        page.has_text("Khối 2: Đoạn văn");
        let typed = |verb: &'static str, dan: &'static str| {
            vec![
                ("phien-ban", "2"),
                ("moi-nhat", "2"),
                ("tieu-de", "Tiêu đề khác"),
                ("tom-tat", "Tóm tắt."),
                ("k", "tieu-de"),
                ("t", "Phần đầu"),
                ("m", "2"),
                ("k", "doan"),
                ("t", "Một đoạn <script>alert(1)</script>."),
                ("dan", dan),
                ("viec", verb),
            ]
        };
        assert_eq!(desk.post(&at, &typed("nhap", "")).await.status, 204, "every five seconds");
        let moved = desk.post(&at, &typed("len.2", "")).await;
        assert_eq!((moved.status, moved.location.as_str()), (303, format!("{at}#khoi-1").as_str()));
        let page = desk.get(&at).await;
        page.has_text("Khối 1: Đoạn văn");
        page.has_text("Đang hiện bản nháp");
        let pasted = "<p>Dán <b>đậm</b></p><script>xấu()</script><h2>Mục dán</h2>";
        assert_eq!(desk.post(&at, &typed("dan.2", pasted)).await.status, 303);
        let page = desk.get(&at).await;
        page.has_text("Dán **đậm**");
        assert!(!page.body().contains("xấu()"));
        let refused = desk
            .post(
                &at,
                &typed("ghi", "")
                    .into_iter()
                    .map(|it| match it {
                        ("tieu-de", _) => ("tieu-de", " "),
                        it => it,
                    })
                    .collect::<Vec<_>>(),
            )
            .await;
        assert_eq!(refused.status, 422);
        refused.has_text("Nhập tiêu đề.");
        assert_eq!(desk.post(&at, &typed("ghi", "")).await.location, format!("{at}?vua=ghi"));
        let stale = desk.post(&at, &typed("ghi", "")).await;
        assert_eq!(stale.status, 409);
        stale.has_text("đã ghi phiên bản 3");
        stale.has_text("Một đoạn &#60;script&#62;");
        assert!(!stale.body().contains("<script>alert"), "words stay words");
        let above = typed("ghi-de", "").into_iter().map(|it| match it {
            ("moi-nhat", _) => ("moi-nhat", "3"),
            it => it,
        });
        assert_eq!(desk.post(&at, &above.collect::<Vec<_>>()).await.status, 303);
        let many: Vec<(&str, &str)> = typed("ghi", "")
            .into_iter()
            .take(4)
            .map(|it| if it.0 == "phien-ban" { ("phien-ban", "4") } else { it })
            .chain(std::iter::repeat_n([("k", "doan"), ("t", "x")], 10_001).flatten())
            .chain([("viec", "ghi")])
            .collect();
        let many = desk.post(&at, &many).await;
        assert_eq!(many.status, 422);
        many.has_text("Bài có 10001 khối");
    })
    .await;
}

#[tokio::test]
async fn files_are_shown_once_a_public_version_shows_them_and_only_of_their_own_item() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let it = world.written(Kind::Article).await;
        let other = world.written(Kind::Article).await;
        let officer = world.ctx(Role::Officer, PROVINCE).actor;
        let handle = DirectoryHandle::load(&world.system(), &world.db).await.unwrap();
        let app = TestApp::new(engine, routes(handle)).await;
        let (desk, anybody) = (app.official(officer), app.official(Actor::public()));
        let at = format!("/bien-tap/{}", it.id);
        let fields = [("phien-ban", "2"), ("tieu-de", "Có tệp"), ("viec", "luu.0")];
        let bad = desk.upload(&at, &fields, Some(("tep", "anh.svg", b"<svg onload=x>"))).await;
        assert_eq!(bad.status, 422);
        bad.has_text("ảnh SVG có thể chứa mã lệnh");
        let odd = desk.upload(&at, &fields, Some(("tep", "anh.bin", b"x"))).await;
        assert_eq!(odd.status, 422);
        odd.has_text("Chọn tệp ảnh");
        let lies = desk.upload(&at, &fields, Some(("tep", "anh.png", b"MZ"))).await;
        assert_eq!(lies.status, 422);
        let kept = desk.upload(&at, &fields, Some(("tep", "so-lieu.pdf", b"%PDF-1.7 x"))).await;
        assert_eq!(kept.status, 303);
        let page = desk.get(&at).await;
        let (_, rest) = page.body().split_once("Khối 1: Tệp").unwrap();
        let (_, rest) =
            rest.split_once("<option value=\"\">Chọn</option><option value=\"").unwrap();
        let file = rest.split('"').next().unwrap();
        let path = format!("/tep-cong/{file}");
        assert_eq!(desk.get(&path).await.bytes, b"%PDF-1.7 x");
        assert_eq!(anybody.get(&path).await.status, 404, "nothing public shows it");
        let block = [("k", "tep"), ("t", "Số liệu"), ("f", file), ("viec", "ghi")];
        let foreign = [("phien-ban", "2"), ("tieu-de", "Tệp của bài khác")];
        let foreign: Vec<_> = foreign.into_iter().chain(block).collect();
        let refused = desk.post(&format!("/bien-tap/{}", other.id), &foreign).await;
        assert_eq!(refused.status, 422);
        refused.has_text("không thuộc bài này");
        let own: Vec<_> =
            [("phien-ban", "2"), ("tieu-de", "Có tệp")].into_iter().chain(block).collect();
        assert_eq!(desk.post(&at, &own).await.status, 303);
        assert_eq!(anybody.get(&path).await.status, 404, "it is still a draft");
        let it = sauro_portal::model::Item { stamp: 3, version_n: 3, ..it };
        let it = world.waiting(it).await;
        let leader = world.ctx(Role::Leader, PROVINCE);
        let out = sauro_portal::actions::Step::Approve(String::new());
        world.step(&leader, &it, out).await.unwrap();
        assert_eq!(anybody.get(&path).await.status, 200);
    })
    .await;
}
