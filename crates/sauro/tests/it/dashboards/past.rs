use chrono::NaiveDate;
use sauro_dashboards::TileSource;
use sauro_dashboards::actions::{self, Change};
use sauro_dashboards::model::{Body, Comparison, Kind, Spec, TileFields, Turn};
use sauro_journal::Event;
use sauro_kernel::{Ctx, PastDay, Role};
use sauro_store::run;
use sauro_testkit::on_each_engine;
use serde_json::json;

use super::scene::{OF_COMMUNES, OF_PROVINCES, SECRET, Scene};
use crate::world::{COMMUNE, FAR, PROGRAMME, PROVINCE};

/// What the tile `spec` showed to `viewer` at the end of `day`.
async fn then(scene: &Scene, viewer: Option<&Ctx>, spec: &Spec, day: NaiveDate) -> String {
    format!("{:?}", content(scene, viewer, spec, Some(day)).await)
}

async fn content(
    scene: &Scene,
    viewer: Option<&Ctx>,
    spec: &Spec,
    day: Option<NaiveDate>,
) -> std::sync::Arc<sauro_dashboards::model::Content> {
    let stamp = scene.tiles.stamp().await.unwrap();
    let day = day.map(|it| PastDay::read(&it.to_string(), stamp.today).unwrap().unwrap());
    scene.tiles.fill(viewer, spec, stamp.at(day)).await.unwrap()
}

/// The programme of the scene is not shown to everybody any more.
async fn hide(scene: &Scene) {
    let world = &scene.doors.world;
    let leader = scene.ctx(Role::Leader, PROVINCE);
    let found = sauro_tasks::actions::own_programme(&leader, &world.db, PROGRAMME).await.unwrap();
    let mut conn = world.db.write().await.unwrap();
    let sql = "UPDATE programmes SET is_public = $2 WHERE id = $1";
    run!(conn, c => sqlx::query(sql).bind(found.id.0).bind(false).execute(c).await.map(drop))
        .unwrap();
    let event = Event::new("ProgrammeChanged", "programme", found.id, json!({}));
    sauro_journal::append(&mut conn, &world.system(), event).await.unwrap();
    conn.commit().await.unwrap();
    scene.follow().await;
}

/// I53, I45
#[tokio::test]
async fn tiles_of_a_past_day_show_what_was_there_then_and_hide_what_is_hidden_now() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let at = || PROVINCE.to_owned();
        let first = scene.ctx(Role::Leader, PROVINCE).today();
        let id = scene.report(OF_PROVINCES, PROVINCE, "0,4321").await;
        scene.report(OF_COMMUNES, COMMUNE, "7").await;
        scene.doors.pass(2);
        let second = scene.ctx(Role::Leader, PROVINCE).today();
        scene.appraise(id, "0,4322").await;
        scene.doors.pass(60);
        scene.report(OF_PROVINCES, FAR, "0,9").await;
        scene.follow().await;
        let inside = scene.ctx(Role::Inspector, "UBKTTW");
        let number = Spec::Number { indicator: OF_PROVINCES.to_owned(), place: at() };
        let told = then(&scene, Some(&inside), &number, first).await;
        assert!(told.contains("0,4321") && told.contains("chưa thẩm định"), "{told}");
        let words = sauro_ui::words::date(first);
        assert!(told.contains(&format!("cuối ngày {words}")), "{told}");
        let public = then(&scene, None, &number, first).await;
        assert!(public.contains("chưa có số nào được thẩm định"), "{public}");
        assert!(then(&scene, None, &number, second).await.contains("0,4322"));
        let sum = Spec::Number { indicator: OF_COMMUNES.to_owned(), place: at() };
        let told = then(&scene, Some(&inside), &sum, first).await;
        assert!(told.contains("Cộng gộp từ 1 đơn vị cấp xã"), "{told}");
        let ranking =
            Spec::Ranking { indicator: OF_PROVINCES.to_owned(), place: "VN".to_owned(), most: 5 };
        assert!(!then(&scene, Some(&inside), &ranking, second).await.contains("0,9\""));
        let late = Spec::Late { place: at(), most: 30 };
        let due = scene.ctx(Role::Leader, PROVINCE).today().checked_sub_days(chrono::Days::new(2));
        assert!(then(&scene, Some(&inside), &late, first).await.contains("n_all: 0"));
        let told = then(&scene, Some(&inside), &late, due.unwrap()).await;
        assert!(told.contains("n_all: 8") && told.contains(SECRET), "{told}");
        let stranger = then(&scene, None, &late, due.unwrap()).await;
        assert!(stranger.contains("n_all: 2") && !stranger.contains(SECRET), "{stranger}");
        hide(&scene).await;
        let hidden = then(&scene, None, &late, due.unwrap()).await;
        assert!(hidden.contains("n_all: 0"), "hidden now is hidden then: {hidden}");
    })
    .await;
}

#[tokio::test]
async fn two_days_stand_side_by_side_with_what_has_changed_in_words() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let first = scene.ctx(Role::Leader, PROVINCE).today();
        let id = scene.report(OF_PROVINCES, PROVINCE, "0,4").await;
        scene.report(OF_PROVINCES, FAR, "0,5").await;
        scene.doors.pass(60);
        scene.appraise(id, "0,6").await;
        scene.follow().await;
        let inside = scene.ctx(Role::Inspector, "UBKTTW");
        let both = async |spec: &Spec| {
            let before = content(&scene, Some(&inside), spec, Some(first)).await;
            let now = content(&scene, Some(&inside), spec, None).await;
            Comparison::of(&before, &now)
        };
        let indicator = || OF_PROVINCES.to_owned();
        let place = || PROVINCE.to_owned();
        for spec in [
            Spec::Number { indicator: indicator(), place: place() },
            Spec::Way { indicator: indicator(), place: place(), periods: 12 },
        ] {
            let changes = both(&spec).await.unwrap().changes;
            let it = &changes[0];
            assert_eq!((it.turn, it.words.as_str()), (Turn::Up, "Tăng 0,2"), "{changes:?}");
            assert!(it.then.starts_with("0,4 (") && it.now.starts_with("0,6 ("), "{it:?}");
        }
        let ranking = Spec::Ranking { indicator: indicator(), place: "VN".to_owned(), most: 50 };
        let changes = both(&ranking).await.unwrap().changes;
        let of = |name: &str| changes.iter().find(|it| it.name.contains(name)).unwrap();
        assert_eq!(
            (of("Cà Mau").turn, of("Cà Mau").words.as_str()),
            (Turn::Up, "Tăng 0,2, lên 1 bậc")
        );
        let far = of("Hà Nội");
        assert_eq!((far.turn, far.words.as_str()), (Turn::Same, "Không đổi, xuống 1 bậc"));
        let four = both(&Spec::Four { place: place() }).await.unwrap().changes;
        let overdue = four.last().unwrap();
        assert_eq!((overdue.then.as_str(), overdue.now.as_str()), ("0", "8"));
        assert_eq!(overdue.words, "Tăng 8 nhiệm vụ");
        let shares =
            ["Đã báo hoàn thành", "Hoàn thành đúng hạn", "Đã xác minh", "Đang được sử dụng"];
        assert!(shares.iter().all(|it| four.iter().any(|of| of.name == *it)), "I18: {four:?}");
        let late = Spec::Late { place: place(), most: 30 };
        assert!(both(&late).await.is_none());
        let before = content(&scene, Some(&inside), &ranking, Some(first)).await;
        assert!(matches!(before.body, Body::Ranked(_)));
    })
    .await;
}

#[tokio::test]
async fn the_pages_and_files_of_a_dashboard_keep_the_day_and_say_what_is_wrong_with_one() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let leader = scene.ctx(Role::Leader, PROVINCE);
        let (doors, first) = (&scene.doors, leader.today());
        let (db, id) = (&doors.world.db, doors.dashboard);
        for (version, kind) in [(1, Kind::Four), (2, Kind::Late)] {
            let kind = kind.code().to_owned();
            let add = TileFields { kind, place: PROVINCE.to_owned(), ..TileFields::default() };
            let change = Change::Add(add);
            let done = actions::change_dashboard(&leader, db, &scene.tiles, (id, version), change);
            done.await.unwrap();
        }
        doors.pass(60);
        scene.follow().await;
        let (login, role) = ("lanh.dao.tinh", Role::Leader);
        crate::world::open_account(&doors.world, &doors.rooms, login, role, PROVINCE).await;
        let cookie = doors.enter(login).await;
        let words = sauro_ui::words::date(first);
        let then = doors.get(&format!("/bang/{id}?ngay={first}"), &cookie).await;
        then.is(200).has(&format!("Số liệu như cuối ngày {words}")).has("Không có việc quá hạn");
        then.has(&format!("/bang/{id}.xlsx?ngay={first}")).has("Về số liệu hôm nay");
        let wall = doors.get(&format!("/bang/{id}?tuong=1&ngay={first}"), &cookie).await;
        assert_eq!(wall.is(200).header("refresh"), "", "a past day does not change");
        let both = doors.get(&format!("/bang/{id}?ngay={first}&so-voi=hom-nay"), &cookie).await;
        both.is(200).has("Tăng 8 nhiệm vụ").has(&format!("Cuối ngày {words}")).has("Hôm nay</th>");
        both.has(&format!("So cuối ngày {words} với hôm nay"));
        both.has("Ô này không so được hai ngày");
        let early = first.pred_opt().unwrap();
        for (query, words) in [
            ("ngay=mai".to_owned(), "Ngày phải viết dạng năm-tháng-ngày"),
            ("ngay=2199-01-01".to_owned(), "Ngày này chưa đến"),
            (format!("ngay={early}"), "Số liệu có từ ngày"),
            (format!("ngay={first}&so-voi={first}"), "Hai ngày trùng nhau"),
            (format!("ngay={first}&so-voi=2026-13-01"), "Ngày phải viết dạng năm-tháng-ngày"),
        ] {
            let page = doors.get(&format!("/bang/{id}?{query}"), &cookie).await;
            page.is(422).has(words).has("Lỗi: ");
            let file = doors.get(&format!("/bang/{id}.xlsx?{query}"), &cookie).await;
            assert!(file.is(303).header("location").starts_with(&format!("/bang/{id}?ngay=")));
        }
        let path = format!("/bang/{id}.xlsx?ngay={first}&so-voi=hom-nay");
        let bytes = doors.bytes(&path, &cookie).await;
        let sheets = sauro_papers::read_tables(&bytes, "bang.xlsx").unwrap();
        assert!(sheets[0].text(1, 1).contains(&words), "{:?}", sheets[0]);
        assert_eq!(sheets[1].text(8, 3), "↑ Tăng 8 nhiệm vụ");
        let late = &sheets[2].rows;
        let told = sheets[2].text(late.len() - 1, 0).to_owned();
        assert!(told.contains("không so được hai ngày; trên đây là hôm nay"), "{told}");
        let both = doors.bytes(&path.replace("xlsx", "pdf"), &cookie).await;
        let read = sauro_papers::read_text(&both, "bang.pdf").unwrap().text;
        for told in ["không so được hai ngày", "Tăng 8", &words] {
            assert!(read.contains(told), "{told} in {read}");
        }
        let wrong = doors.get("/ket-qua/bang/ca-nuoc?ngay=mai", "").await;
        wrong.is(422).has("Ngày phải viết dạng năm-tháng-ngày");
        let public = doors.get(&format!("/ket-qua/bang/ca-nuoc?ngay={first}"), "").await;
        public.is(200).has(&words);
        assert!(!public.body.contains(SECRET) && !public.body.contains("<script"));
    })
    .await;
}
