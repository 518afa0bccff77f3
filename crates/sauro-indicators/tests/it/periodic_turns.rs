//! Whose turn it is with a periodic report: what others see meanwhile, and two who act at once.

use sauro_indicators::actions::periodic::{
    accept_reports, recall_report, save_report, send_report,
};
use sauro_indicators::model::periodic::{ReportState, ReportStep};
use sauro_kernel::Role;
use sauro_testkit::on_each_engine;

use crate::periodic::{COMMUNE, OTHER, PROVINCE, begun, filled, look, sent, sheet_faults};
use crate::world::World;

#[tokio::test]
async fn what_a_unit_is_still_writing_is_its_own() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        let (db, dir, key) = (&world.db, world.directory, (round, COMMUNE));
        let officer = world.ctx(Role::Officer, COMMUNE);
        let draft = filled(0, "Còn đang rà soát.", "3", "8/10");
        let version = save_report(&officer, db, dir, key, &draft).await.unwrap();
        let others = [(Role::FocalOfficer, PROVINCE), (Role::Inspector, "UBKTTW")];
        for (role, code) in others {
            let seen = look(&world, &world.ctx(role, code), round, COMMUNE).await;
            assert!(seen.is_sealed && seen.report.is_some(), "{role:?}: that it is begun is told");
            assert!(seen.texts.is_empty() && seen.steps.is_empty(), "{role:?}");
            assert!(seen.figures.iter().all(|it| it.1.cell.is_none()), "{role:?}");
        }
        let leader = world.ctx(Role::Leader, COMMUNE);
        let own = look(&world, &leader, round, COMMUNE).await;
        assert!(!own.is_sealed && own.text("ket-qua-noi-bat") == "Còn đang rà soát.");
        send_report(&leader, db, dir, key, version).await.unwrap();
        for (role, code) in others {
            let seen = look(&world, &world.ctx(role, code), round, COMMUNE).await;
            assert!(!seen.is_sealed && seen.text("ket-qua-noi-bat") == "Còn đang rà soát.");
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_who_accept_at_once_each_report_is_accepted_once() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        for code in [COMMUNE, OTHER] {
            sent(&world, round, code, "Đã tập huấn.", ("3", "8/10")).await;
        }
        let (db, dir) = (&world.db, world.directory);
        let (focal, leader) =
            (world.ctx(Role::FocalOfficer, PROVINCE), world.ctx(Role::Leader, PROVINCE));
        let both = [COMMUNE.to_owned(), OTHER.to_owned()];
        let (one, two) = tokio::join!(
            accept_reports(&focal, db, dir, round, &both),
            accept_reports(&leader, db, dir, round, &both),
        );
        assert_eq!(one.unwrap_or(0) + two.unwrap_or(0), 2, "each report by one of them");
        for code in &both {
            let seen = look(&world, &focal, round, code).await;
            let n = seen.steps.iter().filter(|it| it.step == ReportStep::Accepted).count();
            assert_eq!((n, seen.report.unwrap().state), (1, ReportState::Accepted), "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_that_was_sent_can_be_taken_back_but_not_taken_away() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        sent(&world, round, COMMUNE, "Đã tập huấn.", ("3", "8/10")).await;
        let (db, dir, key) = (&world.db, world.directory, (round, COMMUNE));
        let leader = world.ctx(Role::Leader, COMMUNE);
        let version = look(&world, &leader, round, COMMUNE).await.report.unwrap().version;
        let none = recall_report(&leader, db, dir, key, (version, " ")).await.unwrap_err();
        assert_eq!(sheet_faults(none)[0].0, "ly-do");
        recall_report(&leader, db, dir, key, (version, "Nhầm số thôn")).await.unwrap();
        let mut blank = filled(version + 1, "", "", "");
        blank.texts = vec![("ket-qua-noi-bat".to_owned(), String::new())];
        save_report(&leader, db, dir, key, &blank).await.unwrap();

        // The receiver sees that it was there, when it was sent and that it was taken back; what was reported stays.
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let seen = look(&world, &focal, round, COMMUNE).await;
        let report = seen.report.unwrap();
        assert!(report.sent_at.is_some() && report.state == ReportState::Drafting);
        let own = look(&world, &leader, round, COMMUNE).await;
        let steps: Vec<ReportStep> = own.steps.iter().map(|it| it.step).collect();
        assert!(steps.starts_with(&[ReportStep::Recalled, ReportStep::Sent]), "{steps:?}");
        assert_eq!(own.frozen.len(), 2, "what stood in it when it was sent is kept");
        assert_eq!(world.count("observations").await, 2, "and its figures stay reported");
    })
    .await;
}
