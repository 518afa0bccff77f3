//! Rules held against figures, wherever a figure is taken.

use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::periodic::{save_report, send_report};
use sauro_indicators::actions::rules::{RuleFields, define_rule};
use sauro_indicators::actions::{self, FigureFields};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::periodic::{COMMUNE, begun, filled, sheet_faults};
use crate::rules::{done_of_all, owner};
use crate::world::{World, faults, fields};

async fn ruled(world: &World, severity: &str) {
    define_rule(&owner(world), &world.db, &done_of_all(severity)).await.unwrap();
}

/// Villages without signal do not become more; a month is held against the month before.
async fn ruled_over_time(world: &World, severity: &str) {
    let rule = RuleFields {
        code: "QT-THON".to_owned(),
        sentence: "Số thôn lõm sóng không tăng.".to_owned(),
        left: "[THON]".to_owned(),
        right: "[THON:trước]".to_owned(),
        ..done_of_all(severity)
    };
    define_rule(&world.ctx(Role::StandingAgency, "BKHCN"), &world.db, &rule).await.unwrap();
}

#[tokio::test]
async fn a_figure_that_breaks_a_rule_is_refused_with_its_sentence_and_both_figures() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        ruled(&world, "block").await;
        world.report("XONG", "UBND-96", "12").await.unwrap();
        let err = world.report("TONG", "UBND-96", "10").await.unwrap_err();
        let found = faults(err);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].1,
            "Nhiệm vụ đã xong không nhiều hơn nhiệm vụ được giao. Tháng 5/2026: [XONG] là 12, so với [TONG] là 10 (quy tắc QT-XONG)."
        );
        assert_eq!(world.count("observations").await, 1, "nothing is taken");
        // Another unit's figures are another matter, and equal is no more.
        world.report("TONG", "UBND-01", "10").await.unwrap();
        let whole = world.report("TONG", "UBND-96", "12").await.unwrap();
        // A correction is held against the rules as well, and so is what an appraiser finds.
        let leader = world.ctx(Role::Leader, "UBND-96");
        let less = FigureFields { remark: "Ghi nhầm.".to_owned(), ..fields("11") };
        let err = actions::correct_figure(&leader, &world.db, whole, 1, &less).await.unwrap_err();
        assert!(faults(err)[0].1.contains("[TONG] là 11"));
        let verifier = world.ctx(Role::Verifier, "VPCP");
        let err = actions::appraise_figure(&verifier, &world.db, whole, 1, "9", "Đã xem sổ").await;
        assert!(faults(err.unwrap_err())[0].1.contains("[TONG] là 9"));
        actions::appraise_figure(&verifier, &world.db, whole, 1, "12", "Đã xem sổ").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_rule_is_silent_where_a_figure_is_lacking_where_it_sleeps_and_at_other_levels() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let rule = RuleFields { levels: vec!["province".to_owned()], ..done_of_all("block") };
        let ctx = owner(&world);
        let code = define_rule(&ctx, &world.db, &rule).await.unwrap();
        world.report("XONG", "UBND-96", "12").await.unwrap();
        for (code, value) in [("XONG", "5"), ("TONG", "3")] {
            world.report(code, "UBND-32191", value).await.unwrap();
        }
        let asleep = RuleFields { is_active: false, ..rule };
        let change = actions::rules::change_rule(&ctx, &world.db, &code, 1, &asleep);
        change.await.unwrap();
        world.report("TONG", "UBND-96", "10").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_warns_asks_to_confirm_with_a_reason() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        ruled(&world, "warning").await;
        world.report("XONG", "UBND-96", "12").await.unwrap();
        match world.report("TONG", "UBND-96", "10").await {
            Err(IndicatorsError::Unusual(words)) => {
                assert!(words[0].contains("[XONG] là 12, so với [TONG] là 10"), "{words:?}");
            }
            other => panic!("{other:?}"),
        }
        let leader = world.ctx(Role::Leader, "UBND-96");
        let unit = world.unit("UBND-96");
        let report = async |typed: FigureFields| {
            actions::report_figure(&leader, &world.db, "TONG", &unit, &typed).await
        };
        let bare = FigureFields { is_confirmed: true, ..fields("10") };
        assert_eq!(faults(report(bare.clone()).await.unwrap_err())[0].0, "ghi-chu");
        report(FigureFields { remark: "Hai việc giao sau kỳ.".to_owned(), ..bare }).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_figure_is_held_against_the_period_before_and_against_the_one_after() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        ruled_over_time(&world, "block").await;
        let leader = world.ctx(Role::Leader, "UBND-96");
        let unit = world.unit("UBND-96");
        let report = async |period: &str, value: &str| {
            let typed = FigureFields { period: period.to_owned(), ..fields(value) };
            actions::report_figure(&leader, &world.db, "THON", &unit, &typed).await
        };
        report("2026-03", "10").await.unwrap();
        let words = faults(report("2026-04", "11").await.unwrap_err()).remove(0).1;
        assert!(words.contains("Tháng 4/2026: [THON] là 11, so với [THON:trước] là 10"), "{words}");
        // Reported in another order: the later month is there, and the earlier one would break it.
        report("2026-05", "8").await.unwrap();
        let words = faults(report("2026-04", "7").await.unwrap_err()).remove(0).1;
        assert!(words.contains("Tháng 5/2026: [THON] là 8, so với [THON:trước] là 7"), "{words}");
        report("2026-04", "9").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn both_sides_of_a_rule_may_come_in_one_file() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        ruled(&world, "block").await;
        ruled_over_time(&world, "warning").await;
        let focal = world.ctx(Role::FocalOfficer, "UBND-96");
        let import = async |csv: String| {
            let tables = [sauro_papers::paste_table(&csv).unwrap()];
            match actions::intake_figures(&focal, &world.db, world.directory, &tables).await {
                Err(IndicatorsError::Cells(found)) => {
                    Err(found.iter().map(|it| it.sentence()).collect::<Vec<_>>())
                }
                other => Ok(other.unwrap().n_new),
            }
        };
        let head = "Mã chỉ số\tKỳ\tSố liệu\tGhi chú\n";
        let rows =
            "TONG\t2026-05\t10\t\nXONG\t2026-05\t12\t\nTHON\t2026-04\t5\t\nTHON\t2026-05\t6\t\n";
        let found = import(format!("{head}{rows}")).await.unwrap_err();
        assert_eq!(found.len(), 2, "each rule once: {found:#?}");
        assert!(found[0].starts_with("Ô C3: Nhiệm vụ đã xong không nhiều hơn"), "{found:#?}");
        assert!(found[0].contains("[XONG] là 12, so với [TONG] là 10"), "{found:#?}");
        assert!(found[1].starts_with("Ô C5: Số thôn lõm sóng không tăng"), "{found:#?}");
        assert!(found[1].ends_with("Nếu đúng, ghi lý do ở cột Ghi chú."), "{found:#?}");
        assert_eq!(world.count("observations").await, 0);
        // A remark answers what only warns, and never what is refused.
        let said = rows.replace("6\t", "6\tRà soát lại").replace("12\t", "12\tĐúng thế");
        let found = import(format!("{head}{said}")).await.unwrap_err();
        assert_eq!(found.len(), 1, "{found:#?}");
        let right = said.replace("12\t", "9\t");
        assert_eq!(import(format!("{head}{right}")).await, Ok(4));
        // What comes later is held against what is there.
        let commune = "Mã chỉ số\tKỳ\tSố liệu\tGhi chú\nTHON\t2026-03\t4\t\n";
        let found = import(commune.to_owned()).await.unwrap_err();
        assert!(
            found[0].contains("Tháng 4/2026: [THON] là 5, so với [THON:trước] là 4"),
            "{found:#?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_periodic_report_that_breaks_a_rule_is_not_sent() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let rule = RuleFields {
            code: "QT-THON-XONG".to_owned(),
            sentence: "Số thôn lõm sóng không quá 100.".to_owned(),
            left: "[THON]".to_owned(),
            right: "100".to_owned(),
            ..done_of_all("block")
        };
        let ctx = world.ctx(Role::StandingAgency, "BKHCN");
        define_rule(&ctx, &world.db, &rule).await.unwrap();
        let round = begun(&world).await;
        let leader = world.ctx(Role::Leader, COMMUNE);
        let key = (round, COMMUNE);
        let fields = filled(0, "Đã tập huấn.", "101", "8/10");
        let version = save_report(&leader, &world.db, world.directory, key, &fields).await.unwrap();
        let err = send_report(&leader, &world.db, world.directory, key, version).await.unwrap_err();
        let found = sheet_faults(err);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "so-THON");
        assert!(
            found[0].1.contains("không quá 100. Tháng 5/2026: [THON] là 101, so với 100"),
            "{found:?}"
        );
        assert_eq!(world.count("observations").await, 0, "not even the figure that was right");
        let fields = filled(version, "Đã tập huấn.", "100", "8/10");
        let version = save_report(&leader, &world.db, world.directory, key, &fields).await.unwrap();
        send_report(&leader, &world.db, world.directory, key, version).await.unwrap();
        assert_eq!(world.count("observations").await, 2);
    })
    .await;
}
