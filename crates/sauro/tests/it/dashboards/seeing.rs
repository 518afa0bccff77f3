use sauro_dashboards::TileSource;
use sauro_dashboards::model::{Body, Spec};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use super::scene::{OF_COMMUNES, OF_PROVINCES, SECRET, Scene};
use crate::world::{COMMUNE, FAR, PROVINCE};

fn at(code: &str) -> String {
    code.to_owned()
}

#[tokio::test]
async fn the_two_by_two_counts_for_a_stranger_what_is_public_and_no_more() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let spec = Spec::Four { place: at(PROVINCE) };
        let total = async |viewer: Option<&_>| match &scene.shown(viewer, &spec).await.body {
            Body::Four(it) => it.headline.total,
            other => panic!("{other:?}"),
        };
        let inside = scene.ctx(Role::Leader, PROVINCE);
        assert_eq!(total(Some(&inside)).await, 8);
        let officer = scene.ctx(Role::Officer, PROVINCE);
        for stranger in [None, Some(&scene.ctx(Role::Leader, FAR)), Some(&officer)] {
            assert_eq!(total(stranger).await, 2);
            assert!(scene.told(stranger, &spec).await.contains("nhiệm vụ công khai"));
        }
        // The stranger has come after the leader, and the other way round: what is kept is not mixed.
        assert_eq!(total(Some(&inside)).await, 8);
    })
    .await;
}

#[tokio::test]
async fn late_tasks_that_are_not_public_are_not_listed_for_a_stranger() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        scene.doors.pass(60);
        let spec = Spec::Late { place: at("VN"), most: 30 };
        let inside = scene.told(Some(&scene.ctx(Role::Inspector, "UBKTTW")), &spec).await;
        assert!(inside.contains(SECRET) && inside.contains("n_all: 8"), "{inside}");
        for stranger in [None, Some(&scene.ctx(Role::Leader, PROVINCE))] {
            let told = scene.told(stranger, &spec).await;
            assert!(!told.contains(SECRET) && told.contains("n_all: 2"), "{told}");
            assert!(told.contains("điểm hỗ trợ"), "{told}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_map_of_the_share_on_time_follows_for_a_stranger_from_public_tasks_alone() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        scene.doors.pass(60);
        let spec = Spec::Map { indicator: None };
        let has_share = async |viewer: Option<&_>| match &scene.shown(viewer, &spec).await.body {
            Body::Map(it) => {
                assert_eq!(it.lines.len(), 34);
                it.lines.iter().find(|it| it.code == "96").unwrap().amount.is_some()
            }
            other => panic!("{other:?}"),
        };
        // Five tasks must be due before there is a share.
        assert!(has_share(Some(&scene.ctx(Role::Inspector, "UBKTTW"))).await);
        assert!(!has_share(None).await);
        assert!(!has_share(Some(&scene.ctx(Role::Leader, PROVINCE))).await);
    })
    .await;
}

#[tokio::test]
async fn no_tile_about_figures_shows_the_public_what_nobody_has_appraised() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let indicator = || OF_PROVINCES.to_owned();
        let id = scene.report(OF_PROVINCES, PROVINCE, "0,4321").await;
        scene.follow().await;
        let inside = scene.ctx(Role::Officer, FAR);
        let specs = [
            Spec::Number { indicator: indicator(), place: at(PROVINCE) },
            Spec::Way { indicator: indicator(), place: at(PROVINCE), periods: 12 },
            Spec::Ranking { indicator: indicator(), place: at("VN"), most: 50 },
            Spec::Map { indicator: Some(indicator()) },
            Spec::Heat { indicators: vec![indicator()], place: at("VN") },
        ];
        for spec in &specs {
            let told = scene.told(Some(&inside), spec).await;
            assert!(told.contains("0,4321"), "{spec:?}: {told}");
            let told = scene.told(None, spec).await;
            assert!(!told.contains("0,4321") && !told.contains("0.4321"), "{spec:?}: {told}");
            assert!(!told.contains("/so-lieu/"), "a figure's page is for those inside: {told}");
        }
        scene.appraise(id, "0,4322").await;
        scene.follow().await;
        for spec in &specs {
            let told = scene.told(None, spec).await;
            assert!(told.contains("0,4322") && !told.contains("0,4321"), "{spec:?}: {told}");
        }
        let number = scene.told(Some(&inside), &specs[0]).await;
        for words in [
            "Đã thẩm định, khác số tự báo",
            "Ủy ban nhân dân tỉnh Cà Mau, ",
            "Bộ Khoa học và Công nghệ, ",
            "/so-lieu/",
        ] {
            assert!(number.contains(words), "{words} in {number}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_sum_is_public_once_all_its_parts_were_appraised() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let spec = Spec::Number { indicator: OF_COMMUNES.to_owned(), place: at(PROVINCE) };
        let id = scene.report(OF_COMMUNES, COMMUNE, "7").await;
        scene.follow().await;
        let inside = scene.ctx(Role::Leader, FAR);
        assert!(scene.told(Some(&inside), &spec).await.contains("Cộng gộp từ 1 đơn vị cấp xã"));
        assert!(scene.is_absent(None, &spec).await);
        scene.appraise(id, "7").await;
        scene.follow().await;
        assert!(scene.told(None, &spec).await.contains("7 thôn"));
        let ranking =
            Spec::Ranking { indicator: OF_COMMUNES.to_owned(), place: at(PROVINCE), most: 5 };
        assert!(scene.told(None, &ranking).await.contains("Năm Căn"));
    })
    .await;
}

#[tokio::test]
async fn words_are_the_same_for_everybody() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let spec = Spec::Text { text: "Lời dẫn".to_owned() };
        let inside = scene.ctx(Role::Leader, PROVINCE);
        assert_eq!(scene.told(None, &spec).await, scene.told(Some(&inside), &spec).await);
    })
    .await;
}

#[tokio::test]
async fn a_tile_about_what_is_not_there_says_so_and_cannot_be_added() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let stamp = scene.tiles.stamp().await.unwrap();
        let inside = scene.ctx(Role::Leader, PROVINCE);
        let nowhere = Spec::Number { indicator: "KHONG-CO".to_owned(), place: at("UBND-0") };
        assert!(scene.is_absent(Some(&inside), &nowhere).await);
        let faults = scene.tiles.check(&nowhere, stamp).await.unwrap();
        assert_eq!(faults.iter().map(|it| it.0).collect::<Vec<_>>(), ["chi-so", "noi"]);
        assert!(scene.is_absent(None, &Spec::Four { place: at("UBND-0") }).await);
        let narrow = Spec::Heat { indicators: vec![OF_COMMUNES.to_owned()], place: at(COMMUNE) };
        let faults = scene.tiles.check(&narrow, stamp).await.unwrap();
        assert!(faults[0].1.contains("chọn cả nước hoặc một tỉnh"), "{faults:?}");
    })
    .await;
}

#[tokio::test]
async fn what_tiles_show_is_never_older_than_a_second() {
    on_each_engine(async |engine| {
        let scene = Scene::new(engine).await;
        let inside = scene.ctx(Role::Leader, PROVINCE);
        let four = Spec::Four { place: at(PROVINCE) };
        let number = Spec::Number { indicator: OF_PROVINCES.to_owned(), place: at(PROVINCE) };
        let before = scene.tiles.stamp().await.unwrap();
        assert!(scene.is_absent(Some(&inside), &number).await);
        let two = scene.told(Some(&inside), &four).await;
        scene.report(OF_PROVINCES, PROVINCE, "0,5").await;
        scene.issue_secretly().await;
        scene.follow().await;
        let after = scene.tiles.stamp().await.unwrap();
        assert!(after.tasks > before.tasks && after.figures > before.figures);
        assert!(scene.told(Some(&inside), &number).await.contains("0,5"));
        assert_ne!(scene.told(Some(&inside), &four).await, two);
        // Without a change the same is shown without asking again: it is the very same.
        let (one, same) = (scene.shown(None, &four).await, scene.shown(None, &four).await);
        assert!(std::sync::Arc::ptr_eq(&one, &same));
        let other = scene.shown(Some(&scene.ctx(Role::Leader, FAR)), &four).await;
        assert!(std::sync::Arc::ptr_eq(&one, &other), "those who see the same share it");
    })
    .await;
}
