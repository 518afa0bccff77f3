use std::sync::Arc;

use axum::Extension;
use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sauro_directory::DirectoryHandle;
use sauro_indicators::IndicatorsError;
use sauro_indicators::actions::{
    self, FigureFields, Look, Overview, Sight, TargetFields, UnitFigure, UnitReading,
};
use sauro_kernel::{Actor, Ctx, FixedClock, ObservationId, PastDay, Role, VIETNAM};
use sauro_testkit::{TestApp, day, on_each_engine};

use crate::world::{SAMPLE, World, faults, fields};

const INDICATORS: [&str; 4] = ["THON", "SONG", "DAT", "LECH"];
const UNITS: [&str; 5] = ["UBND-32191", "UBND-32071", "UBND-00004", "UBND-96", "UBND-01"];
const DAYS: u64 = 8;

fn date(n: u64) -> NaiveDate {
    day("2026-06-01").checked_add_days(Days::new(n)).unwrap()
}

/// `actor` in the evening of `date`.
fn late(world: &World, actor: Actor, date: &str) -> Ctx {
    at(world, actor, past(day(date)).end() - chrono::Duration::hours(4))
}

fn past(date: NaiveDate) -> PastDay {
    PastDay::read(&date.to_string(), day("2027-01-01")).unwrap().unwrap()
}

/// `actor` at nine in the morning of the `n`-th day.
fn on(world: &World, actor: Actor, n: u64) -> Ctx {
    let nine = date(n).and_hms_opt(9, 0, 0).unwrap().and_local_timezone(VIETNAM).unwrap();
    at(world, actor, nine.to_utc())
}

fn at(world: &World, actor: Actor, now: DateTime<Utc>) -> Ctx {
    Ctx { clock: Arc::new(FixedClock(now)), ..world.by(actor) }
}

/// One act of a unit or of its appraiser.
#[derive(Debug, Clone)]
struct Edit {
    indicator: usize,
    unit: usize,
    month: u32,
    value: u32,
    is_appraisal: bool,
}

fn edits() -> Vec<Vec<Edit>> {
    let edit = (0..INDICATORS.len(), 0..UNITS.len(), 3..6_u32, 1..900_u32, prop::bool::ANY)
        .prop_map(|(indicator, unit, month, value, is_appraisal)| Edit {
            indicator,
            unit,
            month,
            value,
            is_appraisal,
        });
    let mut runner = TestRunner::deterministic();
    let many = prop::collection::vec(edit, 10..=10);
    (0..DAYS).map(|_| many.new_tree(&mut runner).unwrap().current()).collect()
}

type Known = Vec<((usize, usize, u32), ObservationId)>;

/// Reports, corrects or appraises on the `n`-th day.
async fn act(world: &World, edit: &Edit, known: &mut Known, n: u64) {
    let (code, unit) = (INDICATORS[edit.indicator], UNITS[edit.unit]);
    let tenths = format!("{},{}", edit.value / 10, edit.value % 10);
    let typed = FigureFields {
        period: format!("2026-{:02}", edit.month),
        remark: format!("Rà soát lần {}", edit.value),
        source: format!("Sổ {}", edit.value),
        is_confirmed: true,
        ..fields(&if code == "DAT" { format!("{}/1000", edit.value) } else { tenths.clone() })
    };
    let leader = on(world, world.person(Role::Leader, unit), n);
    let key = (edit.indicator, edit.unit, edit.month);
    let Some((_, id)) = known.iter().find(|it| it.0 == key) else {
        let unit = world.unit(unit);
        let id = actions::report_figure(&leader, &world.db, code, &unit, &typed).await.unwrap();
        known.push((key, id));
        return;
    };
    let (indicator, figure, _) = actions::observation(&world.db, *id).await.unwrap();
    if edit.is_appraisal {
        let owner = world.directory.agency(indicator.owner).unwrap().code.clone();
        let verifier = on(world, world.person(Role::Verifier, &owner), n);
        let version = figure.version;
        actions::appraise_figure(&verifier, &world.db, *id, version, &tenths, "Đã xem")
            .await
            .unwrap();
    } else {
        actions::correct_figure(&leader, &world.db, *id, figure.version, &typed).await.unwrap();
    }
}

/// On the fourth day an indicator is defined anew, on the seventh a target gives way to another.
async fn redefine(world: &World, n: u64) {
    let (db, directory) = (&world.db, world.directory);
    if n == 4 {
        let csv = SAMPLE.replace("Số thôn lõm sóng,thôn", "Số thôn chưa có sóng,thôn");
        let system = on(world, Actor::system(), n);
        actions::import_indicators(&system, db, directory, &csv).await.unwrap();
    }
    if n == 7 {
        let target = TargetFields {
            unit: "VN".to_owned(),
            period: "2026".to_owned(),
            comparison: ">=".to_owned(),
            value: "95".to_owned(),
            baseline: "26".to_owned(),
            baseline_on: "2025-12-31".to_owned(),
            reason: "Kế hoạch mẫu".to_owned(),
        };
        let leader = on(world, world.person(Role::Leader, "BKHCN"), n - 1);
        let id = actions::propose_rebase(&leader, db, directory, "SONG", &target).await.unwrap();
        let second = on(world, world.person(Role::StandingAgency, "BKHCN"), n);
        actions::decide_rebase(&second, db, "SONG", id, true).await.unwrap();
    }
}

/// All that is asked of one indicator.
#[derive(Debug, PartialEq)]
struct Answers {
    look: Look,
    public: Overview,
    readings: Vec<UnitReading>,
    below: Vec<Vec<UnitFigure>>,
}

/// What pages and tiles show of `code` now, or at the end of the `n`-th day.
async fn answers(world: &World, code: &str, n: u64, then: Option<PastDay>) -> Answers {
    let db = &world.db;
    let ctx = on(world, world.person(Role::Officer, "BKHCN"), n);
    let (mut look, public) = match then {
        None => (
            actions::show(&ctx, db, code).await.unwrap(),
            actions::public_line(db, date(n), code).await.unwrap(),
        ),
        Some(day) => (
            actions::show_at(&ctx, db, code, day).await.unwrap(),
            actions::public_line_at(db, code, day).await.unwrap(),
        ),
    };
    // The page shows the newest period of each place, and nobody can still do what waited.
    let mut seen = std::collections::HashSet::new();
    look.places.retain(|it| seen.insert(it.place.clone()));
    look.places.sort_by(|a, b| a.place.cmp(&b.place));
    look.waiting.clear();
    look.proposed.clear();
    let (mut readings, mut below) = (Vec::new(), Vec::new());
    for sight in [Sight::Public, Sight::Inside(&ctx)] {
        for unit in ["VN", "UBND-96", "UBND-32191"] {
            let unit = world.unit(unit);
            readings.push(match then {
                None => actions::unit_reading(sight, db, code, &unit, 12, date(n)).await.unwrap(),
                Some(day) => {
                    actions::unit_reading_at(sight, db, code, &unit, 12, day).await.unwrap()
                }
            });
        }
        for province in [None, Some("96")] {
            let found = match then {
                None => actions::figures_below(sight, db, code, province).await,
                Some(day) => actions::figures_below_at(sight, db, code, province, day).await,
            };
            below.push(found.unwrap().1);
        }
    }
    Answers { look, public, readings, below }
}

/// I53
#[tokio::test]
async fn as_of_a_past_day_every_figure_and_sum_and_target_is_what_it_was_then() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mut known = Known::new();
        let mut told: Vec<Vec<Answers>> = Vec::new();
        for (n, some) in (0..DAYS).zip(edits()) {
            redefine(&world, n).await;
            for edit in &some {
                act(&world, edit, &mut known, n).await;
            }
            world.follow().await;
            let mut then = Vec::new();
            for code in INDICATORS {
                then.push(answers(&world, code, n, None).await);
            }
            told.push(then);
        }
        let is_public = |it: &Answers| !it.public.figures.is_empty() || it.public.rolled.is_some();
        assert!(told.iter().flatten().any(is_public), "something was appraised");
        for (n, then) in (0..DAYS).zip(&told) {
            for (code, then) in INDICATORS.iter().zip(then) {
                let again = answers(&world, code, n, Some(past(date(n)))).await;
                assert_eq!(again, *then, "{code} at the end of {}", date(n));
            }
        }
        let first = &told[0][0];
        assert_ne!(first.look.overview.indicator, told[7][0].look.overview.indicator);
    })
    .await;
}

#[tokio::test]
async fn a_figure_that_comes_after_midnight_is_of_the_next_day_and_before_there_is_a_blank() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let unit = world.unit("UBND-32191");
        let midnight = past(date(3)).end();
        let leader = at(&world, world.person(Role::Leader, "UBND-32191"), midnight);
        let typed = fields("7");
        actions::report_figure(&leader, &world.db, "THON", &unit, &typed).await.unwrap();
        world.follow().await;
        let sight = Sight::Inside(&leader);
        let read = async |code: &str, unit: &str, n| {
            let unit = world.unit(unit);
            let found =
                actions::unit_reading_at(sight, &world.db, code, &unit, 12, past(date(n))).await;
            found.map(|it| (it.figures.len(), it.rolled.len()))
        };
        assert_eq!(read("THON", "UBND-32191", 3).await.unwrap(), (0, 0));
        assert_eq!(read("THON", "VN", 3).await.unwrap(), (0, 0), "blank, and no zero");
        assert_eq!(read("THON", "UBND-32191", 4).await.unwrap(), (1, 0));
        assert_eq!(read("THON", "VN", 4).await.unwrap(), (0, 1));
        let before = day("2026-05-31");
        let none = actions::show_at(&leader, &world.db, "THON", past(before)).await;
        assert!(faults(none.unwrap_err())[0].1.contains("Số liệu có từ ngày 01/06/2026"));
        let absent = actions::show_at(&leader, &world.db, "KHONG", past(before)).await;
        assert!(matches!(absent, Err(IndicatorsError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_an_indicator_show_a_past_day_and_say_what_is_wrong_with_another() {
    on_each_engine(async |engine| {
        let world = World::empty(&engine.db);
        let first = late(&world, Actor::system(), "2026-05-05");
        actions::import_indicators(&first, &world.db, world.directory, SAMPLE).await.unwrap();
        let unit = world.unit("UBND-96");
        let leader = late(&world, world.person(Role::Leader, "UBND-96"), "2026-05-10");
        let april = |value| FigureFields { period: "2026-04".to_owned(), ..fields(value) };
        let typed = april("41");
        let id = actions::report_figure(&leader, &world.db, "THON", &unit, &typed).await.unwrap();
        let verifier = late(&world, world.person(Role::Verifier, "BKHCN"), "2026-05-11");
        actions::appraise_figure(&verifier, &world.db, id, 1, "41", "Đã xem").await.unwrap();
        let corrected = FigureFields { remark: "Rà soát lại".to_owned(), ..april("38") };
        let leader = late(&world, world.person(Role::Leader, "UBND-96"), "2026-05-20");
        actions::correct_figure(&leader, &world.db, id, 2, &corrected).await.unwrap();
        let system = world.system();
        sauro_directory::actions::load_shipped(&system, &world.db).await.unwrap();
        let handle = DirectoryHandle::load(&system, &world.db).await.unwrap();
        let routes = sauro_indicators::routes().layer(Extension(handle));
        let app = TestApp::new(engine, routes).await;
        let officer = app.official(world.person(Role::Leader, "UBND-96"));
        let now = officer.get("/chi-so/THON").await;
        now.has_text("38 thôn");
        now.has_text("Báo số liệu</a>");
        assert!(!now.body().contains("41 thôn"));
        let then = officer.get("/chi-so/THON?ngay=2026-05-12").await;
        assert_eq!(then.status, 200);
        then.has_text("Số liệu như cuối ngày 12/05/2026");
        then.has_text("41 thôn");
        assert!(!then.body().contains("38 thôn") && !then.body().contains("Báo số liệu</a>"));
        for (asked, words) in [
            ("2026-02-30", "Ngày phải viết dạng năm-tháng-ngày"),
            ("2199-01-01", "Ngày này chưa đến"),
            ("2025-12-31", "Số liệu có từ ngày 05/05/2026"),
            ("%3Cb%3E", "Ngày phải viết dạng năm-tháng-ngày"),
        ] {
            for page in ["/chi-so/THON", "/ket-qua/chi-so/THON"] {
                let refused = officer.get(&format!("{page}?ngay={asked}")).await;
                assert_eq!(refused.status, 422, "{page} {asked}");
                refused.has_text(words);
                assert!(
                    !refused.body().contains("<b>\"") && !refused.body().contains("cuối ngày 3")
                );
            }
        }
        let public = officer.get("/ket-qua/chi-so/THON?ngay=2026-05-12").await;
        assert_eq!(public.status, 200);
        public.has_text("Số liệu như cuối ngày 12/05/2026");
        public.has_text("Số liệu đã thẩm định đến 12/05/2026");
    })
    .await;
}
