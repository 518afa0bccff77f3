//! Periodic reports: from the form of the centre to a published report, on both engines.

use std::sync::Arc;

use chrono::DateTime;
use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::periodic::{
    CellFields, FormFields, ItemFields, NoWork, Picked, Sheet, SheetFields, accept_reports,
    define_form, grant_exception, hand_back_report, lock_round, merge_reports, merging,
    open_due_rounds, open_round, propose_report, provinces_heard, publish_report, published_report,
    published_reports, recall_report, return_report, round_view, rounds_of, save_report,
    send_report, sheet,
};
use sauro_indicators::model::periodic::{ReportState, Standing};
use sauro_kernel::{Ctx, FixedClock, Role, RoundId, WorkingCalendar};
use sauro_testkit::on_each_engine;

use crate::world::World;

pub(crate) const CENTRE: &str = "TTBCĐ57";
pub(crate) const PROVINCE: &str = "UBND-96";
pub(crate) const COMMUNE: &str = "UBND-32191";
pub(crate) const OTHER: &str = "UBND-31843";

fn at(ctx: Ctx, when: &str) -> Ctx {
    let now = DateTime::parse_from_rfc3339(when).unwrap();
    Ctx { clock: Arc::new(FixedClock(now.to_utc())), ..ctx }
}

pub(crate) fn calendar() -> WorkingCalendar {
    WorkingCalendar::new([], [])
}

pub(crate) fn part(title: &str, kind: &str, codes: &str, is_required: bool) -> ItemFields {
    ItemFields {
        title: title.to_owned(),
        kind: kind.to_owned(),
        codes: codes.to_owned(),
        is_required,
        ..ItemFields::default()
    }
}

/// A monthly form of provinces and communes; figures close on the last day of the month before June.
pub(crate) fn monthly() -> FormFields {
    let rule = |after: &str, day: &str| (after.to_owned(), day.to_owned());
    FormFields {
        code: "BC-THANG".to_owned(),
        name: "Báo cáo tháng".to_owned(),
        rhythm: "month".to_owned(),
        levels: vec!["province".to_owned(), "commune".to_owned()],
        cut_off: rule("0", "31"),
        commune: rule("1", "5"),
        above: rule("1", "10"),
        lock_after: "2".to_owned(),
        items: vec![
            part("Kết quả nổi bật", "van-ket-qua", "", true),
            part("Khó khăn", "van-kho-khan", "", false),
            part("Số liệu", "bang-so", "THON, DAT", true),
        ],
        ..FormFields::default()
    }
}

pub(crate) async fn begun(world: &World) -> RoundId {
    let ctx = world.ctx(Role::StandingAgency, CENTRE);
    define_form(&ctx, &world.db, world.directory, &monthly()).await.unwrap();
    open_round(&ctx, &world.db, &calendar(), "BC-THANG", "2026-05").await.unwrap()
}

pub(crate) async fn look(world: &World, ctx: &Ctx, round: RoundId, code: &str) -> Sheet {
    sheet(ctx, &world.db, world.directory, &NoWork, round, code).await.unwrap()
}

pub(crate) fn filled(version: i64, results: &str, thon: &str, dat: &str) -> SheetFields {
    let (numerator, denominator) = dat.split_once('/').unwrap_or_default();
    let cell = |value: &str, numerator: &str, denominator: &str| CellFields {
        value: value.to_owned(),
        numerator: numerator.to_owned(),
        denominator: denominator.to_owned(),
        ..CellFields::default()
    };
    SheetFields {
        version,
        texts: vec![("ket-qua-noi-bat".to_owned(), results.to_owned())],
        cells: vec![
            ("THON".to_owned(), cell(thon, "", "")),
            ("DAT".to_owned(), cell("", numerator, denominator)),
        ],
        spent_s: 120,
    }
}

/// The leader of `code` writes and sends.
pub(crate) async fn sent(
    world: &World,
    round: RoundId,
    code: &str,
    results: &str,
    figures: (&str, &str),
) {
    let ctx = world.ctx(Role::Leader, code);
    let fields = filled(0, results, figures.0, figures.1);
    let key = (round, code);
    let version = save_report(&ctx, &world.db, world.directory, key, &fields).await.unwrap();
    send_report(&ctx, &world.db, world.directory, key, version).await.unwrap();
}

pub(crate) fn sheet_faults(err: IndicatorsError) -> Vec<(String, String)> {
    match err {
        IndicatorsError::Sheet(faults) => faults,
        IndicatorsError::Invalid(faults) => {
            faults.into_iter().map(|it| (it.0.to_owned(), it.1)).collect()
        }
        err => panic!("no faults: {err}"),
    }
}

#[tokio::test]
async fn a_report_goes_from_commune_to_province_to_centre_and_is_published() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        let (db, dir) = (&world.db, world.directory);
        sent(&world, round, COMMUNE, "Đã tập huấn 12 cán bộ. Mở 2 điểm hỗ trợ.", ("3", "8/10"))
            .await;
        sent(&world, round, OTHER, "Đã tập huấn 30 cán bộ. Khai trương chợ số.", ("4", "1/10"))
            .await;
        world.follow().await;

        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let view = round_view(&focal, db, dir, round, None).await.unwrap();
        let of = |code: &str| view.units.iter().find(|it| it.unit.code == code).unwrap().standing;
        assert_eq!((of(COMMUNE), of("UBND-31849")), (Standing::SentInTime, Standing::Awaited));
        assert!(view.may_receive && !view.may_manage);
        let both = [COMMUNE.to_owned(), OTHER.to_owned()];
        assert_eq!(accept_reports(&focal, db, dir, round, &both).await.unwrap(), 2);
        assert_eq!(accept_reports(&focal, db, dir, round, &both).await.unwrap(), 0);

        // Numbers are there already, texts are folded.
        let merged = merging(&focal, db, dir, (round, PROVINCE)).await.unwrap();
        let figures: Vec<_> = merged.sheet.figures.iter().map(|it| &it.1).collect();
        assert_eq!(figures.len(), 2);
        let (_, folds) = &merged.sections[0];
        assert_eq!(folds.len(), 3, "{folds:?}");
        assert_eq!(folds[0].reports(), [0, 1]);
        let picked = [Picked {
            item: "ket-qua-noi-bat".to_owned(),
            words: folds.iter().take(2).map(|it| it.words.clone()).collect(),
        }];
        let version =
            merge_reports(&focal, db, dir, (round, PROVINCE), (0, &picked)).await.unwrap();
        let own = look(&world, &focal, round, PROVINCE).await;
        assert!(own.text("ket-qua-noi-bat").starts_with("- Đã tập huấn"), "{:?}", own.texts);
        let first: Vec<_> = own.traces.iter().filter(|it| it.n == 0).collect();
        assert_eq!(first.len(), 2, "the folded sentence leads back to both communes");
        let mut fields = filled(version, "", "9", "9/20");
        fields.texts.clear();
        let version = save_report(&focal, db, dir, (round, PROVINCE), &fields).await.unwrap();
        propose_report(&focal, db, dir, (round, PROVINCE), version).await.unwrap();
        let leader = world.ctx(Role::Leader, PROVINCE);
        send_report(&leader, db, dir, (round, PROVINCE), version + 1).await.unwrap();

        let centre = world.ctx(Role::StandingAgency, CENTRE);
        accept_reports(&centre, db, dir, round, &[PROVINCE.to_owned()]).await.unwrap();
        let mut last = look(&world, &centre, round, "VN").await;
        assert_eq!(last.n_below, 1);
        let thon = last.figures.remove(0).1;
        assert_eq!(thon.value().unwrap().to_string(), "7", "the nation counts the communes");
        let mut fields = filled(0, "Các địa phương đã tập huấn.", "", "");
        fields.cells.clear();
        let version = save_report(&centre, db, dir, (round, "VN"), &fields).await.unwrap();
        send_report(&centre, db, dir, (round, "VN"), version).await.unwrap();
        assert!(published_reports(db).await.unwrap().is_empty());
        publish_report(&centre, db, dir, (round, "VN"), version + 1).await.unwrap();
        let (_, _, report) = published_reports(db).await.unwrap().remove(0);
        let published = published_report(db, report.id).await.unwrap();
        assert_eq!(published.figures.len(), 2);
        assert_eq!(published.texts["ket-qua-noi-bat"], "Các địa phương đã tập huấn.");
        let again = recall_report(&centre, db, dir, (round, "VN"), (version + 2, "Sửa")).await;
        assert!(sheet_faults(again.unwrap_err())[0].1.contains("đã công bố"));
    })
    .await;
}

#[tokio::test]
async fn where_communes_are_silent_the_nation_is_what_its_provinces_say() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        sent(&world, round, PROVINCE, "Đã làm.", ("5", "1/4")).await;
        sent(&world, round, "UBND-01", "Đã làm.", ("6", "1/1")).await;
        world.follow().await;
        let centre = world.ctx(Role::StandingAgency, CENTRE);
        let nation = look(&world, &centre, round, "VN").await;
        let values: Vec<String> =
            nation.figures.iter().map(|it| it.1.value().unwrap().to_string()).collect();
        assert_eq!(values, ["11", "40"], "added up, and a ratio by its parts");
        sent(&world, round, COMMUNE, "Đã làm.", ("2", "1/2")).await;
        world.follow().await;
        let nation = look(&world, &centre, round, "VN").await;
        assert_eq!(nation.figures[0].1.value().unwrap().to_string(), "2");
    })
    .await;
}

#[tokio::test]
async fn every_part_that_is_lacking_is_named_and_nothing_is_sent() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        let leader = world.ctx(Role::Leader, COMMUNE);
        let (db, dir, key) = (&world.db, world.directory, (round, COMMUNE));
        let version = save_report(&leader, db, dir, key, &filled(0, "", "", "")).await.unwrap();
        let err = send_report(&leader, db, dir, key, version).await.unwrap_err();
        let fields: Vec<String> = sheet_faults(err).into_iter().map(|it| it.0).collect();
        assert_eq!(fields, ["van-ket-qua-noi-bat", "so-THON", "so-DAT"]);
        let wrong = filled(version, "Không", "1e308", "11/0");
        let version = save_report(&leader, db, dir, key, &wrong).await.unwrap();
        let err = send_report(&leader, db, dir, key, version).await.unwrap_err();
        let faults = sheet_faults(err);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].1.contains("không phải số viết đủ"), "{faults:?}");
        assert_eq!(world.count("observations").await, 0, "of a refused report no figure stays");
        assert_eq!(look(&world, &leader, round, COMMUNE).await.report.unwrap().sent_at, None);
    })
    .await;
}

#[tokio::test]
async fn strangers_learn_nothing_and_nobody_accepts_their_own() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        sent(&world, round, COMMUNE, "Đã tập huấn.", ("3", "8/10")).await;
        let (db, dir) = (&world.db, world.directory);
        for (role, code) in [
            (Role::Leader, OTHER),
            (Role::FocalOfficer, "UBND-01"),
            (Role::Officer, PROVINCE),
            (Role::Administrator, CENTRE),
        ] {
            let ctx = world.ctx(role, code);
            let seen = sheet(&ctx, db, dir, &NoWork, round, COMMUNE).await;
            assert!(matches!(seen, Err(IndicatorsError::NotFound(_))), "{role:?} {code}");
            let done = accept_reports(&ctx, db, dir, round, &[COMMUNE.to_owned()]).await;
            assert!(done.is_err(), "{role:?} {code}");
        }
        let inspector = world.ctx(Role::Inspector, "UBKTTW");
        look(&world, &inspector, round, COMMUNE).await;
        let mut own = world.person(Role::FocalOfficer, PROVINCE);
        own.account = world.person(Role::Leader, COMMUNE).account;
        let own = world.by(own);
        let err = accept_reports(&own, db, dir, round, &[COMMUNE.to_owned()]).await.unwrap_err();
        assert!(sheet_faults(err)[0].1.contains("người khác"));
        let officer = world.ctx(Role::Officer, COMMUNE);
        let sheet = look(&world, &officer, round, COMMUNE).await;
        assert!(sheet.may.draft && !sheet.may.send && !sheet.may.receive);
    })
    .await;
}

#[tokio::test]
async fn a_report_is_returned_mended_and_counts_the_changes_since_approval() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        sent(&world, round, COMMUNE, "Đã làm.", ("3", "8/10")).await;
        let (db, dir, key) = (&world.db, world.directory, (round, COMMUNE));
        let focal = world.ctx(Role::FocalOfficer, PROVINCE);
        let names = (dir, &calendar());
        let err = return_report(&focal, db, names, key, (2, " ")).await.unwrap_err();
        assert_eq!(sheet_faults(err)[0].0, "ly-do");
        return_report(&focal, db, names, key, (2, "Ghi rõ số buổi tập huấn.")).await.unwrap();
        let again = return_report(&focal, db, names, key, (2, "Lần nữa")).await;
        assert!(matches!(again, Err(IndicatorsError::Stale)), "of two, the second is told");
        let officer = world.ctx(Role::Officer, COMMUNE);
        let version =
            save_report(&officer, db, dir, key, &filled(3, "Đã tập huấn 2 buổi.", "", ""))
                .await
                .unwrap();
        propose_report(&officer, db, dir, key, version).await.unwrap();
        let leader = world.ctx(Role::Leader, COMMUNE);
        hand_back_report(&leader, db, dir, key, (version + 1, "Thêm tên lớp.")).await.unwrap();
        propose_report(&officer, db, dir, key, version + 2).await.unwrap();
        save_report(&officer, db, dir, key, &filled(version + 3, "Đã tập huấn 3 buổi.", "", ""))
            .await
            .unwrap();
        let report = look(&world, &leader, round, COMMUNE).await.report.unwrap();
        assert_eq!((report.state, report.n_changes), (ReportState::Proposed, 1));
        let first = report.sent_at;
        send_report(&leader, db, dir, key, report.version).await.unwrap();
        let report = look(&world, &leader, round, COMMUNE).await.report.unwrap();
        assert_eq!((report.n_changes, report.sent_at), (0, first), "the first sending counts");
        assert_eq!(report.spent_s, 360);
    })
    .await;
}

#[tokio::test]
async fn a_locked_round_takes_nothing_without_an_exception() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let round = begun(&world).await;
        let (db, dir, key) = (&world.db, world.directory, (round, COMMUNE));
        let late = |ctx: Ctx| at(ctx, "2026-06-20T09:00:00+07:00");
        let leader = late(world.ctx(Role::Leader, COMMUNE));
        let fields = filled(0, "Đã tập huấn.", "3", "8/10");
        let err = save_report(&leader, db, dir, key, &fields).await.unwrap_err();
        assert!(sheet_faults(err)[0].1.contains("đã khóa từ hết ngày 12/06/2026"));
        let centre = late(world.ctx(Role::StandingAgency, CENTRE));
        let grant = ("UBND-32191", "2026-06-22", "Mất điện do bão.");
        let province = late(world.ctx(Role::Leader, PROVINCE));
        let denied = grant_exception(&province, db, dir, round, grant).await;
        assert!(matches!(denied, Err(IndicatorsError::NotFound(_))));
        let wrong = ("UBND-9999999", "2026-06-19", "");
        let err = grant_exception(&centre, db, dir, round, wrong).await.unwrap_err();
        assert_eq!(sheet_faults(err).len(), 3);
        grant_exception(&centre, db, dir, round, grant).await.unwrap();
        let version = save_report(&leader, db, dir, key, &fields).await.unwrap();
        send_report(&leader, db, dir, key, version).await.unwrap();
        let focal = late(world.ctx(Role::FocalOfficer, PROVINCE));
        let view = round_view(&focal, db, dir, round, None).await.unwrap();
        let of = |code: &str| view.units.iter().find(|it| it.unit.code == code).unwrap().standing;
        assert_eq!((of(COMMUNE), of(OTHER)), (Standing::SentLate, Standing::Missing));
        // An exception runs out; the lock can be moved for all.
        let other = late(world.ctx(Role::Leader, OTHER));
        let key = (round, OTHER);
        assert!(save_report(&other, db, dir, key, &fields).await.is_err());
        lock_round(&centre, db, round, "30/06/2026").await.unwrap();
        save_report(&other, db, dir, key, &fields).await.unwrap();
        let view = round_view(&centre, db, dir, round, None).await.unwrap();
        let heard = provinces_heard(&centre, db, dir, &view).await.unwrap();
        assert_eq!(heard.len(), 34);
        let own = heard.iter().find(|it| it.province == "96").unwrap();
        assert_eq!((own.n, own.n_never, own.silent_since), (1, own.of - 1, None));
    })
    .await;
}

#[tokio::test]
async fn rounds_open_by_themselves_once_their_cut_off_has_come() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (db, dir) = (&world.db, world.directory);
        let centre = world.ctx(Role::StandingAgency, CENTRE);
        define_form(&centre, db, dir, &monthly()).await.unwrap();
        let system = world.system();
        assert_eq!(open_due_rounds(&system, db, &calendar()).await.unwrap(), 1);
        assert_eq!(open_due_rounds(&system, db, &calendar()).await.unwrap(), 0);
        let later = at(world.system(), "2026-06-30T00:01:00+07:00");
        assert_eq!(open_due_rounds(&later, db, &calendar()).await.unwrap(), 1);
        let err = open_round(&centre, db, &calendar(), "BC-THANG", "2026-05").await.unwrap_err();
        assert!(sheet_faults(err)[0].1.contains("đã mở"));
        for wrong in ["2026-07", "2026-Q2", "mai"] {
            let err = open_round(&centre, db, &calendar(), "BC-THANG", wrong).await.unwrap_err();
            assert_eq!(sheet_faults(err)[0].0, "ky", "{wrong}");
        }
        let commune = world.ctx(Role::Leader, COMMUNE);
        let mine = rounds_of(&commune, db, dir).await.unwrap();
        assert_eq!(mine.len(), 2);
        assert!(mine.iter().all(|it| it.own.is_some() && it.received.is_none()));
        let province = rounds_of(&world.ctx(Role::FocalOfficer, PROVINCE), db, dir).await.unwrap();
        let n = dir.atlas().places().filter(|it| it.parent.as_deref() == Some("96")).count();
        assert_eq!(province[0].received, Some((0, n)));
        let ministry = rounds_of(&world.ctx(Role::Leader, "BKHCN"), db, dir).await.unwrap();
        assert!(ministry.is_empty(), "the form does not ask ministries");
    })
    .await;
}
