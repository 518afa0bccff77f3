use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sauro::demo::{self, Scale, Wanted};
use sauro_store::{Db, Files, Limits, run};
use sauro_tasks::actions::{self, Verdict, WholeReport};
use sauro_tasks::jobs::LiveBoard;
use sauro_tasks::model::{
    Audience, Claim, Decision, DeliverableStage, Moment, ReportFields, ReportItem, SelfRating,
    Stage, Status, StatusFacts,
};
use sauro_testkit::on_each_engine_with;
use serde_json::{Map, Value};

use super::dump::{Dump, TABLES, dump, lines};

const N_TASKS: usize = 700;

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-27T09:00:00+07:00").unwrap().to_utc()
}

/// As the command has it: nobody else waits for a turn while years are written.
fn patient() -> Limits {
    Limits::alone()
}

/// Two years of a small nation, without the demonstration beside it.
async fn seeded(db: &Db, seed: u64) -> (Files, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let files = Files::open(&home.path().display().to_string()).await.unwrap();
    let wanted = Wanted {
        seed,
        scale: Scale::National,
        n_tasks: Some(N_TASKS),
        figures: None,
        has_demonstration: false,
        now: now(),
    };
    let made = demo::load(db, &files, &wanted).await.unwrap();
    assert_eq!(made.n_tasks, N_TASKS);
    (files, home)
}

fn text<'a>(row: &'a Map<String, Value>, column: &str) -> &'a str {
    row[column].as_str().unwrap_or_default()
}

fn facts(row: &Map<String, Value>) -> StatusFacts {
    StatusFacts {
        stage: Stage::of_code(text(row, "stage")).unwrap(),
        due_on: text(row, "due_on").parse().unwrap(),
        reported_at: row["reported_at"].as_i64(),
    }
}

#[tokio::test]
async fn a_made_up_nation_is_whole_in_every_way_and_people_can_go_on_with_it() {
    on_each_engine_with(patient(), async |engine| {
        let (files, _home) = seeded(&engine.db, 57).await;
        let rows = dump(&engine.db, &files).await;
        stages_follow_from_deliverables(&rows);
        reports_have_receipts_items_and_evidence(&rows);
        the_history_ends_with_the_present(&rows);
        the_journal_is_in_the_order_of_time_and_names_every_task(&rows);
        every_kind_of_thing_has_happened(&rows);
        let verdict = sauro_journal::verify(&engine.db, None, |_| ()).await.unwrap();
        assert!(verdict.fault.is_none(), "{:?}", verdict.fault);
        assert_eq!(verdict.n_sealed, verdict.n_entries);
        the_board_equals_counting_by_hand(&engine.db, &rows).await;
        people_go_on(&engine.db, &files, &rows).await;
    })
    .await;
}

fn stages_follow_from_deliverables(rows: &Dump) {
    let mut stages: BTreeMap<&str, Vec<DeliverableStage>> = BTreeMap::new();
    for it in &rows["deliverables"] {
        let stage = DeliverableStage::of_code(text(it, "stage")).unwrap();
        stages.entry(text(it, "task_id")).or_default().push(stage);
    }
    let mut codes = BTreeSet::new();
    for task in &rows["tasks"] {
        assert!(codes.insert(text(task, "code")), "{} twice", text(task, "code"));
        let stage = facts(task).stage;
        let follows = Stage::of_deliverables(stages[text(task, "id")].iter().copied());
        if !matches!(stage, Stage::Paused | Stage::Cancelled) {
            assert_eq!(stage, follows, "{}", text(task, "code"));
        }
        assert!(task["changed_at"].as_i64() <= Some(now().timestamp_micros()));
    }
    assert_eq!(codes.len(), N_TASKS);
}

fn reports_have_receipts_items_and_evidence(rows: &Dump) {
    let mut items: BTreeMap<&str, Vec<&Map<String, Value>>> = BTreeMap::new();
    for it in &rows["report_items"] {
        items.entry(text(it, "report_id")).or_default().push(it);
    }
    let mut shown: BTreeSet<(&str, &str)> = BTreeSet::new();
    for it in &rows["evidence"] {
        shown.insert((text(it, "report_id"), text(it, "deliverable_id")));
    }
    let mut receipts = BTreeSet::new();
    for report in &rows["reports"] {
        let id = text(report, "id");
        let items = items.get(id).map(Vec::as_slice).unwrap_or_default();
        assert!(!items.is_empty(), "{id} says nothing of any deliverable");
        if report["sent_at"].is_null() {
            assert_eq!(text(report, "state"), "submitted");
        } else {
            assert!(receipts.insert(text(report, "receipt")), "{} twice", text(report, "receipt"));
        }
        for it in items.iter().filter(|it| text(it, "claim") != "doing") {
            let is_shown =
                shown.contains(&(id, text(it, "deliverable_id"))) || shown.contains(&(id, ""));
            assert!(is_shown, "{id} claims without evidence");
        }
    }
    // Receipts of a day are numbered in the order of time, from 1.
    let mut sent: Vec<_> = rows["reports"]
        .iter()
        .filter_map(|it| Some((it["sent_at"].as_i64()?, text(it, "receipt"))))
        .collect();
    sent.sort_unstable();
    let mut last: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, receipt) in sent {
        let (day, number) = receipt.rsplit_once('-').unwrap();
        let before = last.entry(day).or_default();
        assert_eq!(number.parse::<u32>().unwrap(), *before + 1, "{receipt}");
        *before += 1;
    }
}

fn the_history_ends_with_the_present(rows: &Dump) {
    let mut versions: BTreeMap<&str, Vec<&Map<String, Value>>> = BTreeMap::new();
    for it in &rows["task_history"] {
        versions.entry(text(it, "task_id")).or_default().push(it);
    }
    for task in &rows["tasks"] {
        let all = versions.get_mut(text(task, "id")).unwrap();
        all.sort_by_key(|it| it["since"].as_i64());
        assert_eq!(all[0]["since"], task["issued_at"]);
        for pair in all.windows(2) {
            assert_eq!(pair[0]["until"], pair[1]["since"]);
        }
        let last = all.last().unwrap();
        assert!(last["until"].is_null());
        let counted =
            ["stage", "due_on", "self_rating", "reported_at", "verified_at", "in_use_at", "recurs"];
        for column in counted {
            assert_eq!(last[column], task[column], "{column} of {}", text(task, "code"));
        }
    }
}

fn the_journal_is_in_the_order_of_time_and_names_every_task(rows: &Dump) {
    let of_tasks = |it: &&Map<String, Value>| text(it, "subject").starts_with("task/");
    let mut entries: Vec<_> = rows["journal_entries"].iter().filter(of_tasks).collect();
    entries.sort_by_key(|it| it["position"].as_i64());
    assert!(entries.windows(2).all(|pair| pair[0]["at"].as_i64() <= pair[1]["at"].as_i64()));
    let n = |kind: &str| entries.iter().filter(|it| text(it, "kind") == kind).count();
    assert_eq!(n("TaskIssued"), N_TASKS);
    let sent = rows["reports"].iter().filter(|it| !it["sent_at"].is_null()).count();
    assert_eq!(n("ReportSent"), sent);
    let decisions = n("DeliverableAccepted") + n("DeliverableReturned") + n("DeliverableInUse");
    assert_eq!(decisions, rows["verifications"].len());
    assert_eq!(n("ExtensionAsked"), rows["extensions"].len());
    assert_eq!(n("ExplanationAsked"), rows["explanations"].len());
    assert_eq!(n("TaskUrged"), rows["urges"].len());
}

fn every_kind_of_thing_has_happened(rows: &Dump) {
    let stages: BTreeSet<_> = rows["tasks"].iter().map(|it| text(it, "stage")).collect();
    assert_eq!(stages.len(), Stage::ALL.len(), "{stages:?}");
    assert!(rows["tasks"].iter().any(|it| !it["parent_id"].is_null()), "nothing handed down");
    assert!(rows["tasks"].iter().any(|it| !text(it, "recurs").is_empty()), "nothing recurs");
    for table in TABLES {
        assert!(!rows[table].is_empty(), "nothing in {table}");
    }
}

async fn the_board_equals_counting_by_hand(db: &Db, rows: &Dump) {
    let moment = Moment::of(now());
    let board = LiveBoard::load(db).await.unwrap();
    let counts = board.look(|it| it.counts(Audience::Everything, None, "vn", moment)).await;
    let dated: Vec<_> =
        rows["tasks"].iter().filter(|it| text(it, "recurs").is_empty()).map(facts).collect();
    let n = |status: Status| dated.iter().filter(|it| it.status(moment) == status).count() as i64;
    assert_eq!(counts.total, N_TASKS as i64);
    assert_eq!(counts.dated, dated.len() as i64);
    assert_eq!(counts.done_on_time, n(Status::DoneOnTime));
    assert_eq!(counts.done_late, n(Status::DoneLate));
    assert_eq!(counts.open_overdue, n(Status::Overdue));
    assert_eq!(counts.open_in_time, n(Status::InTime) + n(Status::DueSoon));
    assert_eq!(counts.not_assessable, n(Status::NotAssessable));
}

/// One more task, one more report and one more decision on what was made up.
async fn people_go_on(db: &Db, files: &Files, rows: &Dump) {
    const LAST: &str = "SELECT last_n FROM task_numbers WHERE year = 2026";
    let clock = std::sync::Arc::new(sauro_kernel::FixedClock(now()));
    let ids = std::sync::Arc::new(sauro::FreshIds);
    let world = crate::world::World::found(db, files, clock, ids).await;
    let last: i64 = {
        let mut conn = db.read().await.unwrap();
        run!(conn, c => sqlx::query_scalar(LAST).fetch_one(c).await).unwrap()
    };
    let issued = world.issue(1).await;
    assert_eq!(issued.tasks, [format!("NV-2026-{:06}", last + 1)]);

    let is_open = |it: &&Map<String, Value>| {
        text(it, "stage") == "in_progress" && text(it, "recurs").is_empty()
    };
    let open = rows["tasks"].iter().find(is_open).unwrap();
    let agency = |column: &str| {
        let id: uuid::Uuid = text(open, column).parse().unwrap();
        world.directory.agency(sauro_kernel::AgencyId(id)).unwrap().code.clone()
    };
    let leader = world.ctx(sauro_kernel::Role::Leader, &agency("lead_agency_id"));
    let found = actions::find_task(&leader, db, text(open, "code")).await.unwrap();
    let (_, wares) = actions::task_with_deliverables(&leader, db, found.id).await.unwrap();
    let item = |id| ReportItem { deliverable: id, claim: Claim::Done, note: String::new() };
    let whole = WholeReport {
        fields: ReportFields {
            results: "Đã xong.".into(),
            self_rating: Some(SelfRating::Done),
            items: wares.iter().map(|it| item(it.id)).collect(),
            ..ReportFields::default()
        },
        file: Some(("ket-qua.csv".into(), Bytes::from_static(b"a,b\n1,2\n"))),
        ..WholeReport::default()
    };
    let receipt = actions::report_with_file(&leader, db, files, &found.code, whole).await.unwrap();
    assert!(receipt.code.starts_with("BN-20261127-"));
    let verifier = world.ctx(sauro_kernel::Role::Verifier, &agency("authority_agency_id"));
    let (task, wares) = actions::task_with_deliverables(&verifier, db, found.id).await.unwrap();
    let waiting = wares.iter().filter(|it| it.stage == DeliverableStage::Reported);
    let verdict = |it: &sauro_tasks::model::Deliverable| Verdict {
        deliverable: it.id,
        decision: Decision::Accepted,
        checked: "Đã xem.".to_owned(),
        reason: String::new(),
    };
    let verdicts = waiting.map(verdict).collect();
    let stage = actions::verify(&verifier, db, task.id, verdicts, task.version).await.unwrap();
    assert_eq!(stage, Stage::Verified);
}

#[tokio::test]
async fn the_same_seed_and_day_give_the_same_rows_on_both_engines() {
    let mut told: Vec<BTreeMap<&str, Vec<String>>> = Vec::new();
    // On each engine once, and once more on the first of them.
    for _ in 0..2 {
        let told_so_far = std::cell::RefCell::new(Vec::new());
        on_each_engine_with(patient(), async |engine| {
            if told.len() + told_so_far.borrow().len() > 2 {
                return;
            }
            let (files, _home) = seeded(&engine.db, 7).await;
            let rows = dump(&engine.db, &files).await;
            let tables = TABLES.into_iter().chain(["journal_entries", "programmes"]);
            told_so_far.borrow_mut().push(tables.map(|it| (it, lines(&rows, it))).collect());
        })
        .await;
        told.extend(told_so_far.into_inner());
    }
    for other in &told[1..] {
        for (table, rows) in &told[0] {
            let differs = rows.iter().zip(&other[table]).find(|(one, two)| one != two);
            assert_eq!(differs, None, "{table}");
            assert_eq!(rows.len(), other[table].len(), "{table}");
        }
    }
}
