use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{self, FigureFields};
use sauro_indicators::model::PaceState;
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::world::{SAMPLE, World, fields};

fn sentences(err: IndicatorsError) -> Vec<String> {
    match err {
        IndicatorsError::Faults(faults) => faults.iter().map(|it| it.sentence()).collect(),
        err => panic!("no faults of a file: {err}"),
    }
}

#[tokio::test]
async fn the_shipped_indicators_come_with_targets_sources_and_first_figures() {
    on_each_engine(async |engine| {
        let world = World::empty(&engine.db);
        let ctx = world.system();
        assert!(actions::load_shipped(&ctx, &world.db, world.directory).await.unwrap());
        assert!(!actions::load_shipped(&ctx, &world.db, world.directory).await.unwrap(), "once");
        assert_eq!(world.count("indicators").await, 83);
        assert_eq!(world.count("indicator_versions").await, 83);
        let lines = actions::overview(&ctx, &world.db).await.unwrap();
        let line = |code: &str| lines.iter().find(|it| it.indicator.code == code).unwrap();
        let villages = line("S-LOMSONG");
        assert_eq!(villages.figures.len(), 1);
        assert!(villages.figures[0].source.contains("nguồn 004"));
        assert_eq!(villages.pace.as_ref().unwrap().state, PaceState::Missed);
        let coverage = line("S-5G-POP-2025");
        let values: Vec<String> =
            coverage.figures.iter().map(|it| it.value().to_string()).collect();
        assert_eq!(values, ["26", "26", "39.52", "39.5", "90"]);
        // Whoever has no figure but a baseline begins with it.
        assert_eq!(line("S-KP-PB").figures[0].value().to_string(), "11.7");
        let look = actions::show(&ctx, &world.db, "DTI-TINH").await.unwrap();
        assert_eq!(look.provinces.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_faulty_file_changes_nothing_and_every_cell_is_named() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = world.system();
        let csv = "indicator,unit_code,period,value,source\n\
            THON,96,2026-05,12,x\nLA,96,2026-05,1,x\nTHON,999,2026-05,,x\nTHON,96,2027-05,1,x\n\
            SONG,96,2026-05,140,x\nTHON,96,2026-Q1,1e308,x\nDAT,96,2026-05,5,x\nTHON,96,2026-05,13,x\n";
        let err = actions::import_figures(&ctx, &world.db, world.directory, csv).await.unwrap_err();
        let found = sentences(err);
        for words in [
            "Dòng 3, cột indicator: không có chỉ số mang mã LA",
            "Dòng 4, cột unit_code: không có đơn vị",
            "Dòng 4, cột value: Để trống không phải là số không",
            "Dòng 5, cột period: kỳ chưa đến",
            "Dòng 6, cột value: Không lớn hơn 100%",
            "Dòng 7, cột value: “1e308” không phải số viết đủ",
            "Dòng 7, cột period: “2026-Q1” không phải ngày hay kỳ",
            "Dòng 8, cột value: chỉ số này tính từ",
            "Dòng 9, cột period: kỳ này đã có số ở dòng 2",
        ] {
            assert!(found.iter().any(|it| it.starts_with(words)), "{words}\n{found:#?}");
        }
        assert_eq!(found.len(), 9, "{found:#?}");
        assert_eq!(world.count("observations").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_a_unit_holds_its_own_figures_only() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = world.ctx(Role::FocalOfficer, "UBND-96");
        let csv =
            |unit: &str| format!("indicator,unit_code,period,value\nTHON,{unit},2026-05,12\n");
        let import = |csv: String| {
            let (db, ctx) = (world.db.clone(), ctx.clone());
            async move { actions::import_figures(&ctx, &db, crate::world::directory(), &csv).await }
        };
        let found = sentences(import(csv("01")).await.unwrap_err());
        assert!(found[0].contains("không báo số liệu thay"), "{found:?}");
        assert_eq!(import(csv("96")).await.unwrap(), 1);
        assert_eq!(import(csv("96")).await.unwrap(), 0, "the same again is nothing");
        let other = csv("96").replace(",12", ",13");
        assert!(sentences(import(other).await.unwrap_err())[0].contains("đính chính"));
        assert_eq!(world.count("observations").await, 1);
    })
    .await;
}

#[tokio::test]
async fn formulas_of_a_file_are_checked_and_their_faults_have_a_place() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = world.system();
        let head = SAMPLE.lines().next().unwrap();
        let line = |code: &str, unit: &str, formula: &str| {
            format!("{code},Tên,{unit},,,,,,higher,commune,VPCP,x,,month,,{formula},\n")
        };
        let csv = format!(
            "{head}\n{}{}{}{}{}",
            line("A", "%", "100 * [KHONG-CO]"),
            line("B", "thôn", "[THON] + [SONG]"),
            line("C", "nhiệm vụ", "[XONG] +"),
            line("D", "nhiệm vụ", "[E] + 1"),
            line("E", "nhiệm vụ", "[D] - 1"),
        );
        let err = actions::import_indicators(&ctx, &world.db, world.directory, &csv).await;
        let found = sentences(err.unwrap_err());
        for words in [
            "Dòng 2, cột formula: Ký tự 7: không có chỉ số mang mã KHONG-CO",
            "Dòng 3, cột formula: Ký tự 8: không cộng, trừ, so hai đơn vị khác nhau: thôn và %",
            "Dòng 4, cột formula: Ký tự 9: công thức chưa hết",
            "Dòng 5, cột formula: Ký tự 1: công thức đi vòng về chính nó: D → E → D",
            "Dòng 6, cột formula: Ký tự 1: công thức đi vòng về chính nó: E → D → E",
        ] {
            assert!(found.iter().any(|it| it.starts_with(words)), "{words}\n{found:#?}");
        }
        assert_eq!(world.count("indicators").await, 8, "nothing of it came in");
    })
    .await;
}

#[tokio::test]
async fn a_changed_formula_never_changes_a_published_figure() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.report("XONG", "UBND-96", "56").await.unwrap();
        world.report("TONG", "UBND-96", "93").await.unwrap();
        let first = world.report("TILE", "UBND-96", "").await.unwrap();
        world.report("XONG", "UBND-32191", "9").await.unwrap();
        world.report("TONG", "UBND-32191", "10").await.unwrap();
        let changed = SAMPLE.replace("100 * [XONG] / [TONG]", "50 * [XONG] / [TONG]");
        let ctx = world.system();
        actions::import_indicators(&ctx, &world.db, world.directory, &changed).await.unwrap();
        assert_eq!(world.count("indicator_versions").await, 9, "one of eight reads differently");
        let (indicator, figure, _) = actions::observation(&world.db, first).await.unwrap();
        assert_eq!(figure.value().to_string(), "60.215054");
        assert_eq!(indicator.version, 1);
        // A late figure of the same period follows what that period was published under.
        let late = world.report("TILE", "UBND-32191", "").await.unwrap();
        let (_, late, _) = actions::observation(&world.db, late).await.unwrap();
        assert_eq!((late.value().to_string().as_str(), late.definition_version), ("90", 1));
        let april = |value: &str| FigureFields { period: "2026-04".to_owned(), ..fields(value) };
        let leader = world.ctx(Role::Leader, "UBND-96");
        for (code, value) in [("XONG", "56"), ("TONG", "93"), ("TILE", "")] {
            let unit = world.unit("UBND-96");
            let done = actions::report_figure(&leader, &world.db, code, &unit, &april(value)).await;
            done.unwrap();
        }
        let look = actions::show(&ctx, &world.db, "TILE").await.unwrap();
        let april =
            look.provinces.iter().chain(&look.waiting).find(|it| it.definition_version == 2);
        assert_eq!(april.unwrap().value().to_string(), "30.107527");
    })
    .await;
}

#[tokio::test]
async fn a_file_changes_no_target_behind_anybodys_back() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let ctx = world.system();
        for changed in ["<=,0,2026,300,2025-06-30", "<=,5,2026,355,2025-06-30"] {
            let csv = SAMPLE.replace("<=,0,2026,355,2025-06-30", changed);
            let err = actions::import_indicators(&ctx, &world.db, world.directory, &csv).await;
            let found = sentences(err.unwrap_err());
            assert!(found[0].contains("số gốc đã chốt"), "{found:?}");
        }
        assert_eq!(world.count("indicator_targets").await, 2);
        let stranger = world.ctx(Role::Leader, "UBND-96");
        let err = actions::import_indicators(&stranger, &world.db, world.directory, SAMPLE).await;
        assert!(matches!(err, Err(IndicatorsError::Denied(_))));
    })
    .await;
}
