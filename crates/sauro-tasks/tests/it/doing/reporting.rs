use bytes::Bytes;
use sauro_kernel::Role;
use sauro_store::Files;
use sauro_tasks::TasksError;
use sauro_tasks::actions::{self, WholeReport};
use sauro_tasks::model::{Claim, ReportFields, ReportState, SelfRating, Stage};
use sauro_testkit::on_each_engine;

use super::world::{AUTHORITY, LEAD, Made, STRANGER, World, claims, code, deliverable, task};

const PDF: &[u8] = b"%PDF-1.7\nmot tep mau\n%%EOF\n";

async fn files() -> (tempfile::TempDir, Files) {
    let home = tempfile::TempDir::new().unwrap();
    let files = Files::open(&home.path().display().to_string()).await.unwrap();
    (home, files)
}

fn fields_of(err: &TasksError) -> Vec<&str> {
    match err {
        TasksError::Invalid(faults) => faults.iter().map(|it| it.field.as_str()).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn staff_draft_the_leader_sends_and_the_status_follows() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (staff, leader, db) = (world.staff(), world.leader(), &world.db);
        let report = actions::open_report(&staff, db, task(1)).await.unwrap();
        assert_eq!(
            actions::open_report(&leader, db, task(1)).await.unwrap().id,
            report.id,
            "one open report a task"
        );

        let fields = ReportFields {
            self_rating: Some(SelfRating::OnTrack),
            ..claims(&[(1, Claim::Done), (2, Claim::Doing)])
        };
        let report = actions::save_report(&staff, db, report.id, fields.clone(), 1).await.unwrap();
        assert_eq!(report.version, 2);
        let again = actions::save_report(&staff, db, report.id, fields, 2).await.unwrap();
        assert_eq!(again.version, 2, "saving what is there changes nothing");
        actions::attach_document(&staff, db, report.id, Some(deliverable(1, 1)), "số 15/QĐ-UBND")
            .await
            .unwrap();

        let refused = actions::send_report(&staff, db, report.id, 2).await;
        assert!(matches!(refused, Err(TasksError::Denied(_))), "{refused:?}");
        let report = actions::submit_report(&staff, db, report.id, 2).await.unwrap();
        assert_eq!(report.state, ReportState::Submitted);
        let locked = actions::save_report(&staff, db, report.id, ReportFields::default(), 3).await;
        assert!(matches!(locked, Err(TasksError::WrongState(_))), "{locked:?}");

        let receipt = actions::send_report(&leader, db, report.id, 3).await.unwrap();
        assert!(receipt.code.starts_with("BN-20260601-"), "{receipt:?}");
        assert_eq!(receipt.code.len(), "BN-20260601-000001".len());
        let view = world.view().await;
        assert_eq!((view.task.stage, view.task.reported_at), (Stage::InProgress, None));
        assert_eq!(view.task.self_rating, "on_track");
        assert_eq!(view.task.last_report_at, Some(receipt.sent_at));
        assert_eq!(view.deliverables[0].stage.code(), "reported");
        assert_eq!(view.deliverables[1].stage.code(), "doing");
        assert_eq!(world.kinds().await, ["EvidenceAdded", "ReportSubmitted", "ReportSent"]);
    })
    .await;
}

#[tokio::test]
async fn sending_twice_answers_the_same_receipt_and_does_nothing_else() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let receipt = world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        let before = world.view().await;
        assert_eq!(
            (before.task.stage, before.task.reported_at),
            (Stage::Reported, Some(receipt.sent_at))
        );
        world.pass(1);
        let again =
            actions::send_report(&world.leader(), &world.db, receipt.report, 2).await.unwrap();
        assert_eq!(again, receipt);
        let after = world.view().await;
        assert_eq!((after.task, after.timeline), (before.task, before.timeline));
    })
    .await;
}

#[tokio::test]
async fn a_claim_of_done_without_evidence_is_refused_by_name() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, db) = (world.leader(), &world.db);
        let report = actions::open_report(&ctx, db, task(1)).await.unwrap();
        let fields = ReportFields {
            results: " ".to_owned(),
            ..claims(&[(1, Claim::Done), (2, Claim::InUse)])
        };
        let report = actions::save_report(&ctx, db, report.id, fields, 1).await.unwrap();
        actions::attach_link(
            &ctx,
            db,
            report.id,
            Some(deliverable(1, 1)),
            "https://xa.example.vn/a",
        )
        .await
        .unwrap();
        let refused = actions::send_report(&ctx, db, report.id, report.version).await.unwrap_err();
        assert_eq!(fields_of(&refused), ["ket-qua", "sp-2"]);
        assert_eq!(world.view().await.task.stage, Stage::Issued);
    })
    .await;
}

#[tokio::test]
async fn the_first_instant_of_the_completing_claim_counts() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let first = world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        world.pass(2);
        world.send(claims(&[(1, Claim::Done), (2, Claim::InUse)])).await;
        assert_eq!(world.view().await.task.reported_at, Some(first.sent_at));
        world.pass(2);
        world.send(claims(&[(1, Claim::Doing)])).await;
        assert_eq!(world.view().await.task.reported_at, None, "the claim was taken back");
        world.pass(2);
        let last = world.send(claims(&[(1, Claim::Done)])).await;
        assert_eq!(world.view().await.task.reported_at, Some(last.sent_at));
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_editors_is_told() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let report = actions::open_report(&world.staff(), db, task(1)).await.unwrap();
        let mine =
            ReportFields { results: "Của chuyên viên".to_owned(), ..ReportFields::default() };
        actions::save_report(&world.staff(), db, report.id, mine, 1).await.unwrap();
        let theirs =
            ReportFields { results: "Của lãnh đạo".to_owned(), ..ReportFields::default() };
        let refused = actions::save_report(&world.leader(), db, report.id, theirs, 1).await;
        assert!(matches!(refused, Err(TasksError::Stale)), "{refused:?}");
        let kept = actions::open_report(&world.leader(), db, task(1)).await.unwrap();
        assert_eq!(kept.results, "Của chuyên viên");
    })
    .await;
}

#[tokio::test]
async fn a_stranger_learns_nothing_by_guessing_ids() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let db = &world.db;
        let report = actions::open_report(&world.staff(), db, task(1)).await.unwrap();
        let piece = actions::attach_link(&world.staff(), db, report.id, None, "https://a.vn/b")
            .await
            .unwrap();
        let stranger = world.seat(Role::Leader, STRANGER);
        let is_missing = |err: TasksError| matches!(err, TasksError::NotFound(_));
        assert!(is_missing(actions::task_view(&stranger, db, &code(1)).await.unwrap_err()));
        assert!(is_missing(actions::open_report(&stranger, db, task(1)).await.unwrap_err()));
        assert!(is_missing(actions::send_report(&stranger, db, report.id, 1).await.unwrap_err()));
        assert!(is_missing(actions::find_evidence(&stranger, db, piece.id).await.unwrap_err()));
        assert!(is_missing(actions::detach(&stranger, db, piece.id).await.unwrap_err()));
        // The authority sees the task, and of its report only what was sent.
        let authority = world.seat(Role::Leader, AUTHORITY);
        assert!(actions::task_view(&authority, db, &code(1)).await.unwrap().open.is_none());
        assert!(is_missing(actions::find_evidence(&authority, db, piece.id).await.unwrap_err()));
        assert!(is_missing(
            actions::save_report(&authority, db, report.id, ReportFields::default(), 1)
                .await
                .unwrap_err()
        ));
    })
    .await;
}

#[tokio::test]
async fn a_file_is_kept_once_and_its_reuse_is_shown() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put(Made { n: 2, ..Made::default() }).await;
        let (_home, files) = files().await;
        let (ctx, db) = (world.leader(), &world.db);
        let report = actions::open_report(&ctx, db, task(1)).await.unwrap();
        let attach = async |report, name: &'static str, content: &'static [u8]| {
            actions::attach_file(&ctx, db, &files, report, None, name, Bytes::from_static(content))
                .await
        };
        let first = attach(report.id, "../../Biên bản.pdf", PDF).await.unwrap();
        assert_eq!(
            (first.label.as_str(), first.mime.as_str()),
            ("Biên bản.pdf", "application/pdf")
        );
        assert_eq!(attach(report.id, "Biên bản.pdf", PDF).await.unwrap().id, first.id);
        let refused =
            attach(report.id, "bang-luong.pdf", b"MZ\x90\x00\x03chuong trinh").await.unwrap_err();
        assert_eq!(fields_of(&refused), ["tep"]);

        let fields = claims(&[(1, Claim::Done)]);
        let report = actions::save_report(&ctx, db, report.id, fields, 1).await.unwrap();
        let receipt = actions::send_report(&ctx, db, report.id, report.version).await.unwrap();
        let late = attach(report.id, "them.pdf", b"%PDF-1.4 khac").await;
        assert!(matches!(late, Err(TasksError::WrongState(_))), "{late:?}");

        world.pass(1);
        let other = actions::open_report(&ctx, db, task(2)).await.unwrap();
        attach(other.id, "Ảnh chụp.pdf", PDF).await.unwrap();
        let view = actions::task_view(&ctx, db, &code(2)).await.unwrap();
        let shown = &view.open.unwrap().evidence[0];
        let before = shown.used_before.clone().unwrap();
        assert_eq!(before.place, Some((code(1), receipt.code)));
        assert!(
            world.view().await.reports[0].evidence[0].used_before.is_none(),
            "the first use is no reuse"
        );
    })
    .await;
}

#[tokio::test]
async fn a_program_that_retries_gets_the_same_receipt() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_home, files) = files().await;
        let (ctx, db) = (world.leader(), &world.db);
        let whole = |key: &str| WholeReport {
            fields: claims(&[(1, Claim::Done), (2, Claim::Done)]),
            file: Some(("anh.pdf".to_owned(), Bytes::from_static(PDF))),
            shows: None,
            key: Some(key.to_owned()),
        };
        let send = async |key: &str| {
            actions::report_with_file(&ctx, db, &files, &code(1), whole(key)).await.unwrap()
        };
        let first = send("a1").await;
        world.pass(1);
        assert_eq!(send("a1").await, first);
        let view = world.view().await;
        assert_eq!((view.reports.len(), view.task.stage), (1, Stage::Reported));
        assert_eq!(view.reports[0].evidence.len(), 1);
        let second = send("a2").await;
        assert_ne!(second.code, first.code);
        assert_eq!(world.view().await.reports.len(), 2);

        let bare = WholeReport { file: None, key: None, ..whole("") };
        world.put(Made { n: 3, ..Made::default() }).await;
        let refused =
            actions::report_with_file(&ctx, db, &files, &code(3), bare).await.unwrap_err();
        assert_eq!(fields_of(&refused), ["san-pham", "san-pham"], "deliverables of another task");
    })
    .await;
}

#[tokio::test]
async fn the_leader_hands_a_report_back_with_a_reason() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (staff, leader, db) = (world.staff(), world.leader(), &world.db);
        let report = actions::open_report(&staff, db, task(1)).await.unwrap();
        let empty = actions::submit_report(&staff, db, report.id, 1).await.unwrap_err();
        assert_eq!(fields_of(&empty), ["ket-qua"]);
        actions::save_report(&staff, db, report.id, claims(&[]), 1).await.unwrap();
        let report = actions::submit_report(&staff, db, report.id, 2).await.unwrap();
        let bare = actions::hand_back_report(&leader, db, report.id, "", 3).await.unwrap_err();
        assert_eq!(fields_of(&bare), ["ly-do"]);
        let report =
            actions::hand_back_report(&leader, db, report.id, "Thiếu số liệu", 3).await.unwrap();
        assert_eq!((report.state, report.reason.as_str()), (ReportState::Draft, "Thiếu số liệu"));
        actions::save_report(&staff, db, report.id, ReportFields::default(), report.version)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_new_report_takes_over_what_changes_little() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let fields = ReportFields {
            difficulties: "Thiếu đường truyền".to_owned(),
            self_rating: Some(SelfRating::Done),
            ..claims(&[(1, Claim::Done), (2, Claim::Doing)])
        };
        world.send(fields).await;
        let report = actions::open_report(&world.staff(), &world.db, task(1)).await.unwrap();
        assert_eq!(
            (report.results.as_str(), report.difficulties.as_str()),
            ("", "Thiếu đường truyền")
        );
        assert_eq!(report.self_rating, None, "what one says of oneself is said anew");
        let view = actions::task_view(&world.staff(), &world.db, &code(1)).await.unwrap();
        assert!(view.is_carried_over());
        assert_eq!(view.open.unwrap().items.len(), 2);
        let officer_elsewhere = world.seat(Role::Officer, LEAD + 2);
        assert!(actions::open_report(&officer_elsewhere, &world.db, task(1)).await.is_err());
    })
    .await;
}
