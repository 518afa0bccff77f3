//! Indicators that are counted of tasks.

use sauro::processes::TaskCounter;
use sauro_indicators::actions::{self, FigureFields, Sight, count_work};
use sauro_indicators::model::{Observation, unit_of};
use sauro_indicators::{IndicatorsError, jobs};
use sauro_kernel::Role;
use sauro_tasks::actions::{self as tasks, Places, Verdict, WholeReport};
use sauro_tasks::model::{Claim, Decision, ReportFields};
use sauro_testkit::on_each_engine;

use crate::doors::house::Doors;
use crate::world::{COMMUNE, PDF, PROVINCE};

/// The newest figure of the commune for `indicator`.
async fn newest(doors: &Doors, indicator: &str) -> Option<Observation> {
    let (world, ctx) = (&doors.world, doors.world.system());
    let unit = unit_of(&world.directory, COMMUNE).unwrap();
    let (sight, today) = (Sight::Inside(&ctx), ctx.today());
    let found = actions::unit_reading(sight, &world.db, indicator, &unit, 10, today).await;
    found.unwrap().figures.pop()
}

async fn count(doors: &Doors, since_us: i64) -> usize {
    let world = &doors.world;
    let source = TaskCounter(world.db.clone());
    let ctx = world.system();
    count_work(&ctx, &world.db, &world.directory, &source, since_us).await.unwrap()
}

/// The commune reports the task done, and the province accepts it.
async fn finish(doors: &Doors, code: &str) {
    let (world, verifier) = (&doors.world, doors.world.ctx(Role::Verifier, PROVINCE));
    let (db, leader) = (&world.db, doors.world.ctx(Role::Leader, COMMUNE));
    let fields = ReportFields { results: "Đã làm xong.".into(), ..ReportFields::default() };
    let file = Some(("bien-ban.pdf".into(), PDF.into()));
    let whole = WholeReport { fields, file, ..WholeReport::default() };
    let claims = vec![(1, Claim::Done, String::new())];
    let places = Places { claims, shows: None };
    tasks::report_by_place(&leader, db, &world.files, code, whole, places).await.unwrap();
    let id = tasks::find_task(&verifier, db, code).await.unwrap().id;
    let (task, deliverables) = tasks::task_with_deliverables(&verifier, db, id).await.unwrap();
    let verdict = |deliverable| Verdict {
        deliverable,
        decision: Decision::Accepted,
        checked: "Đã đối chiếu.".to_owned(),
        reason: String::new(),
    };
    let verdicts = deliverables.iter().map(|it| verdict(it.id)).collect();
    tasks::verify(&verifier, db, id, verdicts, task.version).await.unwrap();
}

#[tokio::test]
async fn what_tasks_come_to_is_counted_once_the_month_has_ended_and_corrected_when_they_change() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        finish(&doors, &doors.issued.tasks[0]).await;
        assert_eq!(count(&doors, 0).await, 0, "December has not ended");

        // Two tasks were due on 20 December: one reported in time and verified, one not yet reported.
        doors.pass(45);
        assert_eq!(count(&doors, 0).await, 2, "the two shares of one commune");
        let first = newest(&doors, "NV-DUNGHAN").await.unwrap();
        assert_eq!(first.reported.value.to_string(), "50");
        assert_eq!((first.period.code().as_str(), first.version), ("2026-12", 1));
        // Nobody appraises it, and it is public as it is.
        let verifier = doors.world.ctx(Role::Verifier, "TTBCĐ57");
        let appraised =
            actions::appraise_figure(&verifier, &doors.world.db, first.id, 1, "99", "Đã xem");
        assert!(matches!(appraised.await, Err(IndicatorsError::Denied(_))));
        let unit = unit_of(&doors.world.directory, COMMUNE).unwrap();
        let (db, today) = (&doors.world.db, verifier.today());
        let public = actions::unit_reading(Sight::Public, db, "NV-DUNGHAN", &unit, 1, today);
        assert_eq!(public.await.unwrap().figures.len(), 1);
        assert_eq!(count(&doors, 0).await, 0, "the same again is no change");

        // The other one is reported late and verified: verified is 100%, in time still 50%.
        let began = doors.world.system().now_us();
        doors.pass_seconds(60);
        finish(&doors, &doors.issued.tasks[1]).await;
        assert_eq!(count(&doors, began + 3_600_000_000).await, 0, "nothing changed since then");
        assert_eq!(count(&doors, began).await, 1);
        assert_eq!(newest(&doors, "NV-DUNGHAN").await.unwrap().version, 1);
        let verified = newest(&doors, "NV-XACMINH").await.unwrap();
        assert_eq!((verified.reported.value.to_string().as_str(), verified.version), ("100", 2));
        let (_, _, history) = actions::observation(&doors.world.db, verified.id).await.unwrap();
        assert!(history.iter().any(|it| it.reason.contains("xác minh")), "{history:?}");

        let db = &doors.world.db;
        while jobs::follow_rollups(db, 0).await.unwrap() > 0 {}
        let checked = actions::check_rollups(db, 0).await.unwrap();
        assert!(checked.wrong.is_empty(), "{:#?}", checked.wrong);
    })
    .await;
}

#[tokio::test]
async fn nobody_types_what_the_program_counts() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (world, db) = (&doors.world, &doors.world.db);
        let leader = world.ctx(Role::Leader, COMMUNE);
        let unit = unit_of(&world.directory, COMMUNE).unwrap();
        let fields = FigureFields {
            period: "2026-10".to_owned(),
            numerator: "9".to_owned(),
            denominator: "9".to_owned(),
            source: "Sổ".to_owned(),
            ..FigureFields::default()
        };
        let typed = actions::report_figure(&leader, db, "NV-DUNGHAN", &unit, &fields).await;
        assert!(matches!(typed, Err(IndicatorsError::Denied(_))), "{typed:?}");
        let csv = format!("indicator,unit_code,period,value,source,numerator,denominator\nNV-DUNGHAN,{COMMUNE},2026-10,,Sổ,9,9\n");
        let err = actions::import_figures(&leader, db, &world.directory, &csv).await.unwrap_err();
        let IndicatorsError::Faults(faults) = err else { panic!("{err}") };
        assert!(faults[0].words.contains("máy đếm chỉ số này từ nhiệm vụ"), "{faults:?}");
        assert_eq!(newest(&doors, "NV-DUNGHAN").await, None);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_is_never_counted_over() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (world, db) = (&doors.world, &doors.world.db);
        let head = "code,name,unit,direction,level,owner,rhythm,counts\n";
        let line = "DEN-HAN,Nhiệm vụ đến hạn,nhiệm vụ,higher,province|commune,TTBCĐ57,month";
        let define = async |counts: &str| {
            let csv = format!("{head}{line},{counts}\n");
            let system = doors.world.system();
            actions::import_indicators(&system, db, &doors.world.directory, &csv).await.unwrap();
        };
        define("").await;
        finish(&doors, &doors.issued.tasks[0]).await;
        doors.pass(45);
        // For December the commune has typed 7; from then on the program counts.
        let leader = world.ctx(Role::Leader, COMMUNE);
        let unit = unit_of(&world.directory, COMMUNE).unwrap();
        let typed = |period: &str| FigureFields {
            period: period.to_owned(),
            value: "7".to_owned(),
            source: "Sổ".to_owned(),
            ..FigureFields::default()
        };
        let december = typed("2026-12");
        actions::report_figure(&leader, db, "DEN-HAN", &unit, &december).await.unwrap();
        define("due").await;
        count(&doors, 0).await;
        let kept = newest(&doors, "DEN-HAN").await.unwrap();
        assert_eq!((kept.reported.value.to_string().as_str(), kept.version), ("7", 1));
        assert!(!kept.is_counted());
        let november = typed("2026-11");
        let denied = actions::report_figure(&leader, db, "DEN-HAN", &unit, &november).await;
        assert!(matches!(denied, Err(IndicatorsError::Denied(_))));
    })
    .await;
}
