use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rust_decimal::Decimal;
use sauro_indicators::actions::{self, FigureFields};
use sauro_indicators::model::{Counted, Definition, Tally, observations_told};
use sauro_kernel::{ObservationId, Role};
use sauro_testkit::on_each_engine;

use crate::world::{World, fields};

const COMMUNES: [&str; 4] = ["UBND-32191", "UBND-32071", "UBND-00004", "UBND-00008"];
const INDICATORS: [&str; 5] = ["THON", "SONG", "DAT", "CAO", "LECH"];

async fn definition(world: &World, code: &str) -> Definition {
    actions::indicator_by_code(&world.db, code).await.unwrap().definition
}

async fn rolled(world: &World, code: &str, place: &str) -> Option<String> {
    let look = actions::show(&world.system(), &world.db, code).await.unwrap();
    let found = look.places.into_iter().find(|it| it.place == place);
    found.and_then(|it| it.value).map(|it| it.round_dp(2).to_string())
}

#[tokio::test]
async fn figures_of_communes_come_to_one_of_the_province_and_one_of_the_nation() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for (commune, thon, song, dat) in [
            ("UBND-32191", "2", "80", "10/40"),
            ("UBND-32071", "3", "90", "50/60"),
            ("UBND-00004", "0", "100", "5/100"),
        ] {
            world.report("THON", commune, thon).await.unwrap();
            world.report("SONG", commune, song).await.unwrap();
            world.report("DAT", commune, dat).await.unwrap();
            world.report("CAO", commune, thon).await.unwrap();
        }
        // What a province says of itself stands beside, and is not added once more.
        world.report("THON", "UBND-96", "77").await.unwrap();
        world.follow().await;
        for (code, province, nation) in
            [("THON", "5", "5"), ("SONG", "85", "90"), ("DAT", "60", "32.5"), ("CAO", "3", "3")]
        {
            assert_eq!(rolled(&world, code, "96").await.as_deref(), Some(province), "{code}");
            assert_eq!(rolled(&world, code, "VN").await.as_deref(), Some(nation), "{code}");
        }
        assert_eq!(rolled(&world, "THON", "01").await.as_deref(), Some("0"), "a zero is a figure");
        assert_eq!(rolled(&world, "THON", "22").await, None, "a blank is none");
    })
    .await;
}

#[tokio::test]
async fn figures_that_come_at_once_are_told_in_few_entries_and_each_is_rolled_up() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let communes = world.directory.all().iter().filter(|it| it.kind == "commune_pc");
        let units: Vec<&str> = communes.map(|it| it.code.as_str()).take(600).collect();
        let mut csv = "indicator,unit_code,period,value,source\n".to_owned();
        for unit in &units {
            csv.push_str(&format!("THON,{unit},2026-05,2,Sổ\n"));
        }
        let ctx = world.system();
        actions::import_figures(&ctx, &world.db, world.directory, &csv).await.unwrap();
        // One by hand after them is told alone.
        world.report("SONG", "UBND-32191", "90").await.unwrap();
        world.follow().await;
        let mut conn = world.db.read().await.unwrap();
        let entries = sauro_journal::read_after(&mut conn, 0, 1_000).await.unwrap();
        let told = |kind: &str| entries.iter().filter(|it| it.kind == kind).count();
        assert_eq!((told("FiguresReported"), told("FigureReported")), (3, 1));
        let ids: std::collections::BTreeSet<ObservationId> =
            entries.iter().flat_map(|it| observations_told(&it.subject, &it.data)).collect();
        assert_eq!(ids.len(), 601);
        let sum = (units.len() * 2).to_string();
        assert_eq!(rolled(&world, "THON", "VN").await, Some(sum));
        let checked = actions::check_rollups(&world.db, 0).await.unwrap();
        assert!(checked.wrong.is_empty(), "{:#?}", checked.wrong);
    })
    .await;
}

/// One act of a commune or of its appraiser, after the commune may have been put under another province.
#[derive(Debug, Clone)]
struct Edit {
    indicator: usize,
    commune: usize,
    month: u32,
    value: u32,
    is_appraisal: bool,
    /// Of ten acts one comes after a move.
    moves_to: usize,
}

/// Provinces that communes are moved between.
const PROVINCES: [&str; 3] = ["96", "01", "22"];

fn edits(n: usize) -> Vec<Vec<Edit>> {
    let edit = (
        0..INDICATORS.len(),
        0..COMMUNES.len(),
        1..4_u32,
        0..1_000_u32,
        prop::bool::ANY,
        0..30_usize,
    )
        .prop_map(|(indicator, commune, month, value, is_appraisal, moves_to)| Edit {
            indicator,
            commune,
            month,
            value,
            is_appraisal,
            moves_to,
        });
    let mut runner = TestRunner::deterministic();
    let many = prop::collection::vec(edit, n..=n);
    (0..2).map(|_| many.new_tree(&mut runner).unwrap().current()).collect()
}

/// Reports, corrects or appraises; what the rules refuse changes nothing.
async fn act(
    world: &World,
    edit: &Edit,
    known: &mut Vec<(Edit, ObservationId)>,
    homes: &mut [Option<&'static str>; COMMUNES.len()],
) {
    if let Some(province) = PROVINCES.get(edit.moves_to) {
        homes[edit.commune] = Some(province);
    }
    let (code, commune) = (INDICATORS[edit.indicator], COMMUNES[edit.commune]);
    let tenths = format!("{},{}", edit.value / 10, edit.value % 10);
    let typed = FigureFields {
        period: format!("2026-{:02}", edit.month),
        remark: "Rà soát lại".to_owned(),
        is_confirmed: true,
        ..fields(&if code == "DAT" { format!("{}/1000", edit.value) } else { tenths.clone() })
    };
    let leader = world.ctx(Role::Leader, commune);
    let key = (edit.indicator, edit.commune, edit.month);
    let old = known.iter().find(|it| (it.0.indicator, it.0.commune, it.0.month) == key);
    let Some((_, id)) = old else {
        let mut unit = world.unit(commune);
        if let Some(province) = homes[edit.commune] {
            unit.province = province.to_owned();
        }
        let id = actions::report_figure(&leader, &world.db, code, &unit, &typed).await.unwrap();
        known.push((edit.clone(), id));
        return;
    };
    let (indicator, figure, _) = actions::observation(&world.db, *id).await.unwrap();
    if edit.is_appraisal {
        let owner = world.directory.agency(indicator.owner).unwrap().code.clone();
        let verifier = world.ctx(Role::Verifier, &owner);
        let version = figure.version;
        let done = actions::appraise_figure(&verifier, &world.db, *id, version, &tenths, "Đã xem");
        done.await.unwrap();
    } else {
        let done = actions::correct_figure(&leader, &world.db, *id, figure.version, &typed);
        done.await.unwrap();
    }
}

#[tokio::test]
async fn the_roll_ups_equal_a_recount_after_any_edits() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (mut known, mut homes) = (Vec::new(), [None; COMMUNES.len()]);
        for (turn, some) in edits(120).iter().enumerate() {
            for (n, edit) in some.iter().enumerate() {
                act(&world, edit, &mut known, &mut homes).await;
                if n % 17 == turn {
                    world.follow().await;
                }
            }
            let checked = actions::check_rollups(&world.db, 0).await.unwrap();
            assert!(homes.iter().any(Option::is_some), "somebody was moved");
            assert!(checked.wrong.is_empty(), "{:#?}", checked.wrong);
            assert!(checked.n > 20, "{}", checked.n);
        }
    })
    .await;
}

#[tokio::test]
async fn a_roll_up_that_was_tampered_with_is_found() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.report("THON", "UBND-32191", "2").await.unwrap();
        assert!(actions::check_rollups(&world.db, 0).await.unwrap().wrong.is_empty());
        let mut conn = world.db.write().await.unwrap();
        sauro_store::run!(conn, c => sqlx::query("UPDATE rollups SET total = '3' WHERE place = 'VN'")
            .execute(c)
            .await
            .map(drop))
        .unwrap();
        conn.commit().await.unwrap();
        let checked = actions::check_rollups(&world.db, 0).await.unwrap();
        assert_eq!((checked.n, checked.wrong.len()), (2, 1), "{:?}", checked.wrong);
    })
    .await;
}

/// A million edits of tallies alone: adding and taking away against counting anew.
#[tokio::test]
async fn a_tally_moved_by_differences_equals_one_counted_anew() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for code in INDICATORS {
            let definition = definition(&world, code).await;
            let mut seed = 57_u64;
            let mut draw = move || {
                // A linear congruence is random enough to pick places and amounts.
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                seed >> 33
            };
            let mut figures: Vec<Counted> = Vec::new();
            let mut tally = Tally::default();
            for n in 0..200_000_u32 {
                let value = Decimal::new(i64::try_from(draw() % 2_000_000).unwrap() - 1_000_000, 3);
                let base = Decimal::from(draw() % 1_000 + 1);
                let is_appraised = draw() % 3 == 0;
                let figure = Counted { value, parts: Some((value, base)), is_appraised };
                let place = usize::try_from(draw() % 120).unwrap();
                match figures.get_mut(place) {
                    Some(old) => {
                        tally.remove(old);
                        *old = figure;
                    }
                    None => figures.push(figure),
                }
                tally.add(&figure);
                if n % 2_000 == 0 {
                    tally.recount(&figures, &definition);
                    assert_eq!(tally, Tally::of(&figures, &definition), "{code} after {n}");
                }
            }
        }
    })
    .await;
}
