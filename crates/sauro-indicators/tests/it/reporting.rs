use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{self, FigureFields};
use sauro_indicators::model::Step;
use sauro_kernel::{Actor, Role};
use sauro_testkit::on_each_engine;

use crate::world::{World, faults, fields};

#[tokio::test]
async fn a_figure_is_reported_and_appraised_and_both_values_stay() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let id = world.report("THON", "UBND-96", "12").await.unwrap();
        let verifier = world.ctx(Role::Verifier, "BKHCN");
        let words = "Gọi kiểm tra từng xã, hai thôn đã có sóng.";
        actions::appraise_figure(&verifier, &world.db, id, 1, "10", words).await.unwrap();
        let (_, figure, history) = actions::observation(&world.db, id).await.unwrap();
        assert_eq!(figure.reported.value.to_string(), "12");
        assert_eq!(figure.appraised.unwrap().to_string(), "10");
        assert_eq!(figure.value().to_string(), "10");
        let steps: Vec<Step> = history.iter().map(|it| it.step).collect();
        assert_eq!(steps, [Step::Appraised, Step::Reported]);
        assert_eq!(history[0].reason, words);
        let again = actions::appraise_figure(&verifier, &world.db, id, 1, "9", words).await;
        assert!(matches!(again, Err(IndicatorsError::Stale)), "of two, the second is told");
    })
    .await;
}

#[tokio::test]
async fn nobody_appraises_their_own_figure() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let id = world.report("THON", "UBND-96", "12").await.unwrap();
        let appraise = async |actor: Actor| {
            actions::appraise_figure(&world.by(actor), &world.db, id, 1, "12", "Đã đối chiếu").await
        };
        for (role, code) in [
            (Role::Verifier, "UBND-96"),
            (Role::Leader, "UBND-96"),
            (Role::Verifier, "UBND-01"),
            (Role::Verifier, "UBND-32191"),
            (Role::FocalOfficer, "BKHCN"),
            (Role::Inspector, "BKHCN"),
            (Role::Administrator, "BKHCN"),
        ] {
            let err = appraise(world.person(role, code)).await.unwrap_err();
            assert!(matches!(err, IndicatorsError::Denied(_)), "{role:?} of {code}: {err}");
        }
        // The same person with another seat is still the same person.
        let leader = world.person(Role::Leader, "UBND-96");
        let twofold = Actor { account: leader.account, ..world.person(Role::Verifier, "BKHCN") };
        assert!(faults(appraise(twofold).await.unwrap_err())[0].1.contains("người khác"));
        let verifier = world.person(Role::Verifier, "BKHCN");
        appraise(verifier).await.unwrap();
        assert_eq!(world.count("observation_revisions").await, 2);
    })
    .await;
}

#[tokio::test]
async fn the_province_appraises_its_communes() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let id = world.report("THON", "UBND-32191", "2").await.unwrap();
        let far = world.ctx(Role::Verifier, "UBND-01");
        let err = actions::appraise_figure(&far, &world.db, id, 1, "2", "Đã xem").await;
        assert!(matches!(err, Err(IndicatorsError::Denied(_))));
        let province = world.ctx(Role::Verifier, "UBND-96");
        actions::appraise_figure(&province, &world.db, id, 1, "2", "Đã xem").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_the_unit_reports_its_figures_and_only_the_owner_those_of_the_nation() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let report = async |role, code: &str, unit: &str| {
            let ctx = world.ctx(role, code);
            let unit = world.unit(unit);
            actions::report_figure(&ctx, &world.db, "THON", &unit, &fields("3")).await
        };
        for (role, code, unit) in [
            (Role::Officer, "UBND-96", "UBND-96"),
            (Role::Verifier, "UBND-96", "UBND-96"),
            (Role::Leader, "UBND-96", "UBND-32191"),
            (Role::Leader, "UBND-01", "UBND-96"),
            (Role::Leader, "UBND-96", "VN"),
            (Role::Leader, "VPCP", "VN"),
        ] {
            let err = report(role, code, unit).await.unwrap_err();
            assert!(matches!(err, IndicatorsError::Denied(_)), "{role:?} {code} {unit}: {err}");
        }
        // A ministry is no unit of this indicator.
        let err = report(Role::Leader, "BKHCN", "BKHCN").await.unwrap_err();
        assert!(matches!(err, IndicatorsError::NotFound(_)));
        report(Role::FocalOfficer, "UBND-96", "UBND-96").await.unwrap();
        report(Role::Leader, "BKHCN", "VN").await.unwrap();
        assert_eq!(world.count("observations").await, 2);
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_a_figure_is_named_at_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let leader = world.ctx(Role::Leader, "UBND-96");
        let check = async |indicator: &str, typed: FigureFields, expected: &[(&str, &str)]| {
            let unit = world.unit("UBND-96");
            let done = actions::report_figure(&leader, &world.db, indicator, &unit, &typed).await;
            let found = faults(done.unwrap_err());
            assert_eq!(found.len(), expected.len(), "{found:?}");
            for (field, words) in expected {
                let is_there = found.iter().any(|it| it.0 == *field && it.1.contains(words));
                assert!(is_there, "{field} {words}: {found:?}");
            }
        };
        let blank = FigureFields::default();
        check("THON", blank, &[("ky", "Chọn kỳ"), ("so", "Để trống"), ("nguon", "Nhập nguồn")])
            .await;
        let future = FigureFields { period: "2026-07".to_owned(), ..fields("NaN") };
        check("THON", future, &[("ky", "chưa đến"), ("so", "viết đủ")]).await;
        let quarter = FigureFields { period: "2026-Q1".to_owned(), ..fields("1e308") };
        check("THON", quarter, &[("ky", "theo tháng"), ("so", "viết đủ")]).await;
        check("SONG", fields("39.52"), &[("so", "39,52")]).await;
        check("SONG", fields("101"), &[("so", "Không lớn hơn 100%")]).await;
        check("THON", fields("-1"), &[("so", "Không nhỏ hơn 0 thôn")]).await;
        check("DAT", fields("5/0"), &[("mau-so", "lớn hơn 0")]).await;
        check("DAT", fields("110/100"), &[("tu-so", "Không lớn hơn 100%")]).await;
        check("DAT", fields(""), &[("tu-so", "Để trống"), ("mau-so", "Để trống")]).await;
        check("TILE", fields(""), &[("so", "XONG, TONG chưa có số liệu")]).await;
        world.report("XONG", "UBND-96", "0").await.unwrap();
        world.report("TONG", "UBND-96", "0").await.unwrap();
        check("TILE", fields(""), &[("so", "chia cho 0")]).await;
        check("XONG", fields("5"), &[("ky", "đã có số liệu")]).await;
        assert_eq!(world.count("observations").await, 2, "a zero is a figure");
    })
    .await;
}

#[tokio::test]
async fn an_unusual_figure_is_taken_once_it_is_confirmed_with_a_reason() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let leader = world.ctx(Role::Leader, "UBND-96");
        let unit = world.unit("UBND-96");
        let report = async |typed: FigureFields| {
            actions::report_figure(&leader, &world.db, "THON", &unit, &typed).await
        };
        let april = FigureFields { period: "2026-04".to_owned(), ..fields("100") };
        report(april).await.unwrap();
        let jump = fields("400");
        match report(jump.clone()).await {
            Err(IndicatorsError::Unusual(words)) => assert!(words[0].contains("50%"), "{words:?}"),
            other => panic!("{other:?}"),
        }
        let bare = FigureFields { is_confirmed: true, ..jump };
        assert_eq!(faults(report(bare.clone()).await.unwrap_err())[0].0, "ghi-chu");
        let remark = "Rà soát lại theo tiêu chí mới.".to_owned();
        let id = report(FigureFields { remark: remark.clone(), ..bare }).await.unwrap();
        let (_, figure, _) = actions::observation(&world.db, id).await.unwrap();
        assert_eq!(figure.remark, remark);
    })
    .await;
}

#[tokio::test]
async fn a_correction_needs_a_reason_keeps_the_history_and_is_appraised_again() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let id = world.report("DAT", "UBND-96", "50/100").await.unwrap();
        let verifier = world.ctx(Role::Verifier, "VPCP");
        actions::appraise_figure(&verifier, &world.db, id, 1, "50", "Đã đối chiếu").await.unwrap();
        let leader = world.ctx(Role::FocalOfficer, "UBND-96");
        let correct = async |version, typed: FigureFields| {
            actions::correct_figure(&leader, &world.db, id, version, &typed).await
        };
        assert_eq!(faults(correct(2, fields("60/100")).await.unwrap_err())[0].0, "ghi-chu");
        let reason =
            FigureFields { remark: "Cộng thiếu một xã.".to_owned(), ..fields("60/100") };
        assert!(matches!(correct(1, reason.clone()).await, Err(IndicatorsError::Stale)));
        correct(2, reason).await.unwrap();
        let (_, figure, history) = actions::observation(&world.db, id).await.unwrap();
        assert_eq!(figure.value().to_string(), "60");
        assert_eq!(figure.appraised, None);
        let values: Vec<String> = history.iter().map(|it| it.value.to_string()).collect();
        assert_eq!(values, ["60", "50", "50"]);
        assert_eq!(history[0].reason, "Cộng thiếu một xã.");
        let far = world.ctx(Role::Leader, "UBND-01");
        let done = actions::correct_figure(&far, &world.db, id, 3, &fields("1/2")).await;
        assert!(matches!(done, Err(IndicatorsError::Denied(_))));
    })
    .await;
}
