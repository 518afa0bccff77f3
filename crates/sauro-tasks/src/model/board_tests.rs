use chrono::{Days, NaiveDate};
use sauro_kernel::{AgencyPath, ProgrammeId, TaskId, cut_off};
use uuid::Uuid;

use super::{
    Audience, Board, BoardTask, Counted, Counts, Moment, Stage, Status, StatusFacts, share_bp,
    wilson_bp,
};

/// A small generator, so that the same seed gives the same edits.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)
}

const PATHS: [&str; 6] = ["vn/btc", "vn/bca", "vn/96", "vn/96/ubnd", "vn/96/ubnd/32248", "vn/9"];

fn task(dice: &mut Dice) -> BoardTask {
    let due_on = day(dice.roll(60));
    let stage = Stage::ALL[dice.roll(8) as usize];
    let has_report = matches!(stage, Stage::Reported | Stage::Verified | Stage::InUse);
    let late = i64::try_from(dice.roll(11)).unwrap() - 5;
    let reported_at =
        has_report.then(|| cut_off(due_on).timestamp_micros() + late * 86_400_000_000);
    let says = dice.roll(3);
    BoardTask {
        counted: Counted {
            facts: StatusFacts { stage, due_on, reported_at },
            is_recurring: dice.roll(8) == 0,
            says_done: says == 1,
            says_on_track: says == 2,
        },
        programme: ProgrammeId(Uuid::from_u64_pair(7, dice.roll(2))),
        lead_path: AgencyPath::parse(PATHS[dice.roll(6) as usize]).unwrap(),
        is_public: dice.roll(3) > 0,
    }
}

/// Counts by looking at every task, the way the published formula reads.
fn brute(tasks: &[&BoardTask], moment: Moment) -> Counts {
    let mut counts = Counts::default();
    for task in tasks {
        counts.total += 1;
        if task.counted.is_recurring {
            counts.recurring += 1;
            continue;
        }
        counts.dated += 1;
        let facts = task.counted.facts;
        let status = facts.status(moment);
        if status != Status::NotAssessable && facts.reported_at.is_some() {
            counts.reported += 1;
            counts.on_time += i64::from(facts.is_reported_in_time());
        }
        counts.verified += i64::from(matches!(facts.stage, Stage::Verified | Stage::InUse));
        counts.in_use += i64::from(facts.stage == Stage::InUse);
        counts.done_on_time += i64::from(status == Status::DoneOnTime);
        counts.done_late += i64::from(status == Status::DoneLate);
        counts.open_in_time += i64::from(matches!(status, Status::InTime | Status::DueSoon));
        counts.open_overdue += i64::from(status == Status::Overdue);
        counts.due_soon += i64::from(status == Status::DueSoon);
        counts.not_assessable += i64::from(status == Status::NotAssessable);
        counts.doubted += i64::from(task.counted.is_doubted(moment));
    }
    counts.due = counts.done_on_time + counts.done_late + counts.open_overdue;
    counts
}

#[test]
fn the_board_equals_brute_force_after_any_edits() {
    let mut dice = Dice(57);
    let mut board = Board::default();
    let mut truth: std::collections::BTreeMap<TaskId, BoardTask> = Default::default();
    for n in 0..60_000 {
        let id = TaskId(Uuid::from_u64_pair(3, dice.roll(400)));
        let edit = (dice.roll(10) > 0).then(|| task(&mut dice));
        board.put(id, edit.clone());
        match edit {
            Some(task) => truth.insert(id, task),
            None => truth.remove(&id),
        };
        if n % 500 != 0 {
            continue;
        }
        let moment = Moment::on(day(dice.roll(70)));
        let place = ["vn", "vn/96", "vn/96/ubnd", "vn/btc", "vn/9"][dice.roll(5) as usize];
        let place_path = AgencyPath::parse(place).unwrap();
        for programme in [None, Some(ProgrammeId(Uuid::from_u64_pair(7, 0)))] {
            for audience in [Audience::Public, Audience::Everything] {
                let seen: Vec<_> = truth
                    .values()
                    .filter(|task| place_path.covers(&task.lead_path))
                    .filter(|task| programme.is_none_or(|it| it == task.programme))
                    .filter(|task| audience == Audience::Everything || task.is_public)
                    .collect();
                assert_eq!(
                    board.counts(audience, programme, place, moment),
                    brute(&seen, moment),
                    "{n} {place}"
                );
            }
        }
    }
    assert_eq!(board.len(), truth.len());
}

#[test]
fn the_four_cells_and_the_not_assessable_make_up_all_dated_tasks() {
    let mut dice = Dice(1);
    let mut board = Board::default();
    for n in 0..500 {
        board.put(TaskId(Uuid::from_u64_pair(3, n)), Some(task(&mut dice)));
    }
    let it = board.counts(Audience::Everything, None, "vn", Moment::on(day(30)));
    assert_eq!(
        it.done_on_time + it.done_late + it.open_in_time + it.open_overdue + it.not_assessable,
        it.dated
    );
    assert!(it.in_use <= it.verified && it.verified <= it.reported);
}

#[test]
fn putting_the_same_task_again_is_no_change() {
    let (mut board, id) = (Board::default(), TaskId(Uuid::from_u64_pair(3, 1)));
    let it = task(&mut Dice(3));
    assert!(board.put(id, Some(it.clone())));
    assert!(!board.put(id, Some(it)));
    assert_eq!(board.version(), 1);
}

#[test]
fn small_counts_have_wide_intervals() {
    // From the closed formula, computed apart with Python: 0.8524 to 0.9626, and 0.2699 to 1.
    assert_eq!(wilson_bp(0, 0), None);
    let (low, high) = wilson_bp(61, 66).unwrap();
    assert!((8_490..=8_560).contains(&low) && (9_610..=9_660).contains(&high), "{low} {high}");
    let (low, high) = wilson_bp(1, 1).unwrap();
    assert!(low < 3_000 && high == 10_000, "{low} {high}");
    assert_eq!(share_bp(1, 3), Some(3_333));
    assert_eq!(share_bp(1, 0), None);
}
