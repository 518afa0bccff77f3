use sauro_dashboards::actions::Change;
use sauro_dashboards::model::{Kind, Openness, TileFields};
use sauro_dashboards::{DashboardsError, actions};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use super::scene::{OF_PROVINCES, SECRET, Scene};
use crate::world::{COMMUNE, FAR, PROVINCE};

fn typed(kind: Kind) -> TileFields {
    TileFields { kind: kind.code().to_owned(), place: PROVINCE.to_owned(), ..TileFields::default() }
}

#[tokio::test]
async fn a_dashboard_is_changed_by_its_agency_step_by_step_and_told_in_the_journal() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let db = &scene.doors.world.db;
        let focal = scene.ctx(Role::FocalOfficer, PROVINCE);
        let (id, version) = (scene.doors.dashboard, 1);
        let change = async |ctx: &_, version, change| {
            actions::change_dashboard(ctx, db, &scene.tiles, (id, version), change).await
        };
        let Err(DashboardsError::Invalid(faults)) =
            change(&focal, version, Change::Add(typed(Kind::Number))).await
        else {
            panic!("a number without an indicator came in")
        };
        assert_eq!(faults[0].0, "chi-so");
        let it = change(&focal, version, Change::Add(typed(Kind::Four))).await.unwrap();
        assert_eq!((it.version, it.tiles.len()), (2, 1));
        let stale = change(&focal, version, Change::Rename("Tháng".to_owned())).await;
        assert!(matches!(stale, Err(DashboardsError::Stale)), "of two editors the second is told");
        let open = || Change::Open(Openness::Public);
        let denied = change(&focal, 2, open()).await;
        assert!(matches!(denied, Err(DashboardsError::Denied(_))), "leaders publish");
        let officer = scene.ctx(Role::Officer, PROVINCE);
        let denied = change(&officer, 2, Change::Rename("Tháng".to_owned())).await;
        assert!(matches!(denied, Err(DashboardsError::Denied(_))));
        let far = change(&scene.ctx(Role::Leader, FAR), 2, open()).await;
        assert!(matches!(far, Err(DashboardsError::NotFound(_))));
        let leader = scene.ctx(Role::Leader, PROVINCE);
        change(&leader, 2, Change::Open(Openness::Scope)).await.unwrap();
        let below = scene.ctx(Role::Officer, COMMUNE);
        assert_eq!(actions::dashboards(&below, db).await.unwrap().shared.len(), 1);
        assert!(actions::dashboard(&below, db, id).await.is_ok());
        let denied = change(&below, 3, open()).await;
        assert!(matches!(denied, Err(DashboardsError::Denied(_))), "it is seen, not changed");
        change(&leader, 3, open()).await.unwrap();
        assert_eq!(actions::public_dashboards(db).await.unwrap().len(), 1);
        let denied = change(&focal, 4, Change::Open(Openness::Own)).await;
        assert!(matches!(denied, Err(DashboardsError::Denied(_))), "who may not show may not hide");
        let mut conn = db.read().await.unwrap();
        let told = sauro_journal::history(&mut conn, &format!("dashboard/{id}"), None, 9).await;
        let kinds: Vec<String> = told.unwrap().into_iter().map(|it| it.kind).collect();
        let all = ["DashboardPublished", "DashboardChanged", "DashboardChanged", "DashboardMade"];
        assert_eq!(kinds, all);
    })
    .await;
}

#[tokio::test]
async fn people_make_look_at_and_publish_a_dashboard_in_the_browser() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let doors = &scene.doors;
        doors.pass(40);
        // The province's own leader, with an account of the world.
        let opened = crate::world::open_account(
            &doors.world,
            &doors.rooms,
            "lanh.dao.tinh",
            Role::Leader,
            PROVINCE,
        );
        opened.await;
        let cookie = doors.enter("lanh.dao.tinh").await;
        let list = doors.get("/bang", &cookie).await;
        list.is(200).has("Giao ban tuần").has("Lập bảng mới").has("/bang/ca-nuoc");
        let empty = doors.post("/bang", &cookie, "ten=").await;
        empty.is(422).has("Nhập tên bảng.");
        let made = doors.post("/bang", &cookie, "ten=Bảng+tỉnh&mau=tinh.UBND-96").await;
        let edit = made.is(303).header("location").to_owned();
        doors.get(&edit, &cookie).await.is(200).has("Hoàn thành và thời hạn").has("Việc quá hạn");
        let form = doors.get(&format!("{edit}?them=xep-hang"), &cookie).await;
        form.is(200).has(r#"name="so-dong""#).has(OF_PROVINCES);
        let wrong = "viec=them&loai=xep-hang&noi=UBND-32191&so-dong=99&phien-ban=1";
        let wrong = doors.post(&edit, &cookie, wrong).await;
        wrong.is(422).has("Chọn chỉ số.").has("Số dòng là số nguyên từ 2 đến 50.");
        let words = "viec=them&loai=loi&loi=<script>alert(1)</script>&phien-ban=1";
        let added = doors.post(&edit, &cookie, words).await;
        assert_eq!(added.is(303).header("location"), format!("{edit}?vua=them.3#o-3"));
        let stale = doors.post(&edit, &cookie, "viec=len&o=3&phien-ban=1").await;
        stale.is(409).has("Người khác vừa đổi bảng này");
        let moved = doors.post(&edit, &cookie, "viec=len&o=3&phien-ban=2").await;
        assert!(moved.is(303).header("location").ends_with("vua=len.2"));
        doors.post(&edit, &cookie, "viec=nhảy&o=3&phien-ban=3").await.is(404);
        let put = async |from: u8, to: u8, version: u8| {
            let sent = format!("viec=dat&o={from}&den={to}&phien-ban={version}");
            doors.post(&edit, &cookie, &sent).await
        };
        put(1, 9, 3).await.is(404);
        assert!(put(1, 3, 3).await.is(303).header("location").ends_with("vua=dat.3#o-3"));
        doors.get(&edit, &cookie).await.is(200).has("1. Lời dẫn");
        put(3, 1, 4).await.is(303);
        let board = edit.strip_suffix("/sua").unwrap();
        let page = doors.get(board, &cookie).await;
        page.is(200).has("&#60;script&#62;alert(1)").has(SECRET).has("Bảng số và nguồn");
        let wall = doors.get(&format!("{board}?tuong=1"), &cookie).await;
        assert_eq!(wall.is(200).header("refresh"), "30");
        let still = doors.get(&format!("{board}?tuong=1&dung=1"), &cookie).await;
        assert_eq!(still.is(200).header("refresh"), "");
        let public = format!("/ket-qua{board}");
        doors.get(&public, "").await.is(404);
        doors.post(&edit, &cookie, "viec=mo&cho=public&phien-ban=5").await.is(303);
        let page = doors.get(&public, "").await;
        page.is(200).has("Bảng tỉnh").has("điểm hỗ trợ");
        assert!(!page.body.contains(SECRET) && !page.body.contains("<script"), "{}", page.body);
        doors.get("/ket-qua/bang", "").await.is(200).has("Bảng tỉnh");
        let far = doors.enter("leader").await;
        let seen = doors.get(board, &far).await;
        assert!(!seen.is(200).body.contains(SECRET), "the viewer's right decides, not the maker's");
        doors.get(&edit, &far).await.is(403);
        doors.post(&edit, &cookie, "viec=xoa&phien-ban=6").await.is(303);
        doors.get(&public, "").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_workbook_has_one_sheet_a_tile_and_pdf_and_pictures_say_the_same() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let leader = scene.ctx(Role::Leader, PROVINCE);
        let db = &scene.doors.world.db;
        let id = scene.doors.dashboard;
        for (version, kind) in [Kind::Four, Kind::Late, Kind::Map].into_iter().enumerate() {
            let version = i64::try_from(version).unwrap() + 1;
            let add = Change::Add(typed(kind));
            let done = actions::change_dashboard(&leader, db, &scene.tiles, (id, version), add);
            done.await.unwrap();
        }
        crate::world::open_account(
            &scene.doors.world,
            &scene.doors.rooms,
            "lanh.dao.tinh",
            Role::Leader,
            PROVINCE,
        )
        .await;
        let cookie = scene.doors.enter("lanh.dao.tinh").await;
        let bytes = scene.doors.bytes(&format!("/bang/{id}.xlsx"), &cookie).await;
        let sheets = sauro_papers::read_tables(&bytes, "bang.xlsx").unwrap();
        assert_eq!(sheets.len(), 3);
        assert_eq!((sheets[0].text(1, 0), sheets[0].text(1, 1)), ("Nhiệm vụ có thời hạn", "8"));
        assert_eq!(sheets[2].rows.len(), 35, "the heading and 34 provinces");
        let pdf = scene.doors.bytes(&format!("/bang/{id}.pdf"), &cookie).await;
        let read = sauro_papers::read_text(&pdf, "bang.pdf").unwrap().text;
        for told in ["Hoàn thành đúng hạn", "Chưa hoàn thành", "Trường Sa"] {
            assert!(read.contains(told), "{told} in {read}");
        }
        let png = scene.doors.bytes(&format!("/bang/{id}/o/3.png"), &cookie).await;
        assert!(png.starts_with(b"\x89PNG") && png.len() > 5_000);
    })
    .await;
}

#[tokio::test]
async fn built_in_dashboards_are_there_without_anybody_making_them() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let doors = &scene.doors;
        let cookie = doors.enter("leader").await;
        for (name, words) in [
            ("ca-nuoc", "34 tỉnh, thành phố"),
            ("bo.BKHCN", "Bộ Khoa học và Công nghệ"),
            ("tinh.UBND-96", "Ủy ban nhân dân tỉnh Cà Mau"),
            ("xa.UBND-32191", "Ủy ban nhân dân xã Năm Căn"),
            ("nhom.BKHCN", "Chỉ số do Bộ Khoa học và Công nghệ chịu trách nhiệm"),
        ] {
            let page = doors.get(&format!("/bang/{name}"), &cookie).await;
            page.is(200).has(words);
            assert!(!page.body.contains(SECRET), "{name}");
            doors.get(&format!("/ket-qua/bang/{name}"), "").await.is(200).has(words);
        }
        for name in ["tinh.BKHCN", "xa.UBND-96", "bo.KHONG", "nhom.UBND-01", "huyen.1"] {
            doors.get(&format!("/bang/{name}"), &cookie).await.is(404);
        }
        let led = doors.get("/bang?don-vi=UBND-96", &cookie).await;
        assert_eq!(led.is(303).header("location"), "/bang/tinh.UBND-96");
        doors.get("/bang?don-vi=UBND-0", &cookie).await.is(404);
    })
    .await;
}
