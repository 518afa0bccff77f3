use sauro_kernel::Role;
use sauro_tasks::actions::{self, Side, TaskFilter};
use sauro_tasks::model::{Claim, Section, Status};
use sauro_testkit::{agency, on_each_engine};

use super::browser::Browser;
use super::world::{AUTHORITY, ISSUER, LEAD, Made, STRANGER, World, claims, code, task};

#[tokio::test]
async fn tasks_are_found_by_status_lead_and_words() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let late =
            Made {
                n: 2, work: "Số hóa hồ sơ hộ tịch", due_on: "2026-05-20", ..Made::default()
            };
        world.put(late).await;
        world.put(Made { n: 3, due_on: "2026-06-05", lead: STRANGER, ..Made::default() }).await;
        world.send(claims(&[(1, Claim::Done), (2, Claim::Done)])).await;
        let codes = async |role, n, filter: TaskFilter| -> Vec<String> {
            let page =
                actions::task_list(&world.seat(role, n), &world.db, &filter, None).await.unwrap();
            page.tasks.into_iter().map(|(task, _)| task.code).collect()
        };
        let standing = (Role::StandingAgency, ISSUER);
        let all = codes(standing.0, standing.1, TaskFilter::default()).await;
        assert_eq!(all, [code(2), code(3), code(1)], "nearest deadline first");
        for status in Status::ALL {
            let filter = TaskFilter { status: Some(status), ..TaskFilter::default() };
            let page =
                actions::task_list(&world.seat(standing.0, standing.1), &world.db, &filter, None)
                    .await
                    .unwrap();
            assert!(page.tasks.iter().all(|(_, it)| *it == status), "{status:?}");
            let n = match status {
                Status::Overdue | Status::DueSoon | Status::InTime => 1,
                _ => 0,
            };
            assert_eq!(page.tasks.len(), n, "{status:?}");
        }
        let words = |it: &str| TaskFilter { words: it.to_owned(), ..TaskFilter::default() };
        assert_eq!(codes(standing.0, standing.1, words("so hoa HỒ SƠ")).await, [code(2)]);
        assert_eq!(codes(standing.0, standing.1, words("nv-2026-000003")).await, [code(3)]);
        assert!(codes(standing.0, standing.1, words("100%_")).await.is_empty());
        let lead = TaskFilter { lead: Some(agency(STRANGER)), ..TaskFilter::default() };
        assert_eq!(codes(standing.0, standing.1, lead).await, [code(3)]);

        assert_eq!(codes(Role::Officer, LEAD, TaskFilter::default()).await, [code(2), code(1)]);
        assert_eq!(
            codes(Role::Inspector, AUTHORITY, TaskFilter::default()).await,
            [code(2), code(1)],
            "below vn/44"
        );
        assert_eq!(codes(Role::Leader, STRANGER, TaskFilter::default()).await, [code(3)]);
        assert!(codes(Role::Administrator, ISSUER, TaskFilter::default()).await.is_empty());
        for side in Side::ALL.iter().copied() {
            let filter = TaskFilter { side, ..TaskFilter::default() };
            let n = codes(Role::Verifier, AUTHORITY, filter).await.len();
            let wanted = match side {
                Side::Scope => 2,
                Side::Authority => 3,
                _ => 0,
            };
            assert_eq!(n, wanted, "{side:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repeat() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for n in 2..=120 {
            world.put(Made { n, n_deliverables: 0, ..Made::default() }).await;
        }
        let ctx = world.staff();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page =
                actions::task_list(&ctx, &world.db, &TaskFilter::default(), after).await.unwrap();
            seen.extend(page.tasks.into_iter().map(|(task, _)| task.code));
            let Some(next) = page.next else { break };
            after = Some(next.to_string().parse().unwrap());
        }
        let wanted: Vec<_> = (1..=120).map(code).collect();
        assert_eq!(seen, wanted);
    })
    .await;
}

#[tokio::test]
async fn today_shows_each_seat_what_it_owes() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put(Made { n: 2, due_on: "2026-05-20", ..Made::default() }).await;
        world.put(Made { n: 3, due_on: "2026-06-04", ..Made::default() }).await;
        world.put(Made { n: 4, due_on: "2026-09-30", ..Made::default() }).await;
        let db = &world.db;
        let today = actions::today(&world.staff(), db).await.unwrap();
        let now = [Section::Overdue, Section::DueSoon, Section::Later].map(|it| today.count(it));
        assert_eq!((now, today.n_urgent()), ([1, 1, 2], 2));

        let report = actions::open_report(&world.staff(), db, task(3)).await.unwrap();
        let fields = sauro_tasks::model::ReportFields {
            results: "Đã xong".to_owned(),
            ..Default::default()
        };
        actions::save_report(&world.staff(), db, report.id, fields, 1).await.unwrap();
        actions::submit_report(&world.staff(), db, report.id, 2).await.unwrap();
        let today = actions::today(&world.staff(), db).await.unwrap();
        assert_eq!((today.count(Section::DueSoon), today.count(Section::WithLeader)), (0, 1));
        let today = actions::today(&world.leader(), db).await.unwrap();
        assert_eq!((today.count(Section::ToSend), today.count(Section::WithLeader)), (1, 0));

        world.send(claims(&[(1, Claim::Done)])).await;
        let today = actions::today(&world.verifier(), db).await.unwrap();
        assert_eq!(today.count(Section::ToVerify), 1, "one deliverable of two is enough");
        let today = actions::today(&world.seat(Role::StandingAgency, ISSUER), db).await.unwrap();
        assert_eq!(today.count(Section::ToVerify), 1);
        let today = actions::today(&world.seat(Role::Leader, STRANGER), db).await.unwrap();
        assert!(today.groups.is_empty());
        let today = actions::today(&world.seat(Role::Inspector, LEAD), db).await.unwrap();
        assert!(today.groups.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_task_counts_what_became_of_those_handed_down() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put(Made { n: 2, parent: Some(1), due_on: "2026-05-20", ..Made::default() }).await;
        world.put(Made { n: 3, parent: Some(1), ..Made::default() }).await;
        let view = world.view().await;
        assert_eq!((view.children.total, view.children.overdue, view.children.in_time), (2, 1, 1));
        let child = actions::task_view(&world.staff(), &world.db, &code(2)).await.unwrap();
        assert_eq!(child.parent.unwrap().code, code(1));
    })
    .await;
}

#[tokio::test]
async fn a_file_holds_exactly_the_filtered_list_however_long() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        // More than one part of the stream.
        for n in 2..=1203 {
            let work = if n % 2 == 0 { "=HYPERLINK(\"x\")" } else { "Số hóa, \"hồ sơ\"" };
            world.put(Made { n, work, n_deliverables: 0, ..Made::default() }).await;
        }
        world.put(Made { n: 1300, lead: STRANGER, ..Made::default() }).await;
        let browser = Browser::of(&world, &world.staff()).await;
        let staff = world.actor(Role::Officer, LEAD);
        let codes_of = |body: &str| -> Vec<String> {
            let mut reader =
                csv::Reader::from_reader(body.trim_start_matches('\u{feff}').as_bytes());
            reader.records().map(|it| it.unwrap()[0].to_owned()).collect()
        };
        let all = browser.get(&staff, "/nhiem-vu/xuat.csv").await;
        assert_eq!(all.status, 200);
        assert_eq!(codes_of(&all.body), (1..=1203).map(code).collect::<Vec<_>>());
        assert!(!all.body.contains(",=HYPERLINK") && !all.body.contains("\"=HYPERLINK"));

        let some = browser.get(&staff, "/nhiem-vu/xuat.csv?q=so+hoa").await;
        let wanted: Vec<_> = (1..=1203).filter(|n| n % 2 == 1 && *n > 1).map(code).collect();
        assert_eq!(codes_of(&some.body), wanted);
        let sheet = browser.get(&staff, "/nhiem-vu/xuat.xlsx?q=so+hoa").await;
        assert_eq!(sheet.status, 200);
        let none =
            browser.get(&world.actor(Role::Administrator, ISSUER), "/nhiem-vu/xuat.csv").await;
        assert!(codes_of(&none.body).is_empty());
        let bad = browser.get(&staff, "/nhiem-vu/xuat.csv?co-quan=kh%C3%B4ng+c%C3%B3").await;
        assert_eq!(bad.status, 422, "an unknown agency is no empty list");
    })
    .await;
}

#[tokio::test]
async fn what_has_ended_is_listed_only_when_asked_for() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.put(Made { n: 2, ..Made::default() }).await;
        let ctx = world.seat(Role::Leader, ISSUER);
        let version = world.view().await.task.version;
        let (db, what) = (&world.db, actions::Amendment::Cancel);
        actions::amend_task(&ctx, db, task(1), what, "Trùng việc", version).await.unwrap();
        let browser = Browser::of(&world, &world.staff()).await;
        let staff = world.actor(Role::Officer, LEAD);
        let shown = browser.get(&staff, "/nhiem-vu").await.body;
        assert!(!shown.contains(&code(1)) && shown.contains(&code(2)));
        let shown = browser.get(&staff, "/nhiem-vu?tt=tat-ca").await.body;
        assert!(shown.contains(&code(1)) && shown.contains(&code(2)));
        let shown = browser.get(&staff, "/nhiem-vu?tt=none").await.body;
        assert!(shown.contains(&code(1)) && !shown.contains(&code(2)));
    })
    .await;
}
