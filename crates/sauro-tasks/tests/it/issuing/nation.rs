//! The whole country at once.

use std::time::Instant;

use sauro_kernel::Role;
use sauro_store::run;
use sauro_tasks::actions::{
    Addressees, HandDown, enter_task, hand_down, issue_drafts, propose_drafts,
};
use sauro_testkit::on_each_engine;

use super::setting::{Setting, system};

#[tokio::test]
async fn a_task_for_every_commune_is_one_act() {
    on_each_engine(async |engine| {
        sauro_directory::actions::load_shipped(&system(), &engine.db).await.unwrap();
        let it = Setting::of(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let id = enter_task(&staff, &it.db, it.programme, it.clear("*UBNDX")).await.unwrap();
        propose_drafts(&staff, &it.db, &*it.directory, &[id]).await.unwrap();
        let start = Instant::now();
        let tasks = issue_drafts(&leader, &it.db, &*it.directory, &[id]).await.unwrap();
        eprintln!("{:?}: {} tasks in {:?}", it.db.dialect(), tasks.len(), start.elapsed());
        assert_eq!(tasks.len(), 3_321);
        let mut conn = it.db.read().await.unwrap();
        let count = async |conn: &mut sauro_store::Conn, sql: &'static str| -> i64 {
            run!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
        };
        assert_eq!(count(&mut conn, "SELECT COUNT(DISTINCT code) FROM tasks").await, 3_321);
        assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM deliverables").await, 2 * 3_321);
        assert_eq!(
            count(&mut conn, "SELECT COUNT(*) FROM journal_entries WHERE kind = 'TaskIssued'")
                .await,
            3_321
        );
        assert_eq!(count(&mut conn, "SELECT last_n FROM task_numbers").await, 3_321);
    })
    .await;
}

#[tokio::test]
async fn the_centre_hands_down_to_every_commune_of_the_nation_each_with_its_own_target() {
    on_each_engine(async |engine| {
        sauro_directory::actions::load_shipped(&system(), &engine.db).await.unwrap();
        let it = Setting::of(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let id = enter_task(&staff, &it.db, it.programme, it.clear("VPCP")).await.unwrap();
        propose_drafts(&staff, &it.db, &*it.directory, &[id]).await.unwrap();
        let parent = issue_drafts(&leader, &it.db, &*it.directory, &[id]).await.unwrap()[0];
        // Codes alone are unambiguous all over the country.
        let codes = it.directory.all().iter().filter(|it| it.kind == "commune_pc");
        let table: Vec<Vec<String>> = codes
            .enumerate()
            .map(|(n, it)| vec![it.code.clone(), "Chữ ký số".into(), format!("{n} người")])
            .collect();
        assert_eq!(table.len(), 3_321);
        let part = HandDown {
            to: Addressees::AllCommunes,
            work: "Cấp chữ ký số".into(),
            accountable: "Chủ tịch UBND cấp xã".into(),
            table,
            first_row: 1,
            ..HandDown::default()
        };
        let office = it.ctx(Role::Leader, "VPCP");
        let start = Instant::now();
        let all = hand_down(&office, &it.db, &*it.directory, parent, part.clone()).await.unwrap();
        eprintln!("{:?}: {} handed down in {:?}", it.db.dialect(), all.len(), start.elapsed());
        assert_eq!(all.len(), 3_321);
        let again = hand_down(&office, &it.db, &*it.directory, parent, part).await.unwrap();
        assert!(again.is_empty(), "pressed twice is once");
        let mut conn = it.db.read().await.unwrap();
        const MEASURES: &str = "
            SELECT COUNT(DISTINCT measure) FROM deliverables WHERE name = 'Chữ ký số'";
        let n: i64 = run!(conn, c => sqlx::query_scalar(MEASURES).fetch_one(c).await).unwrap();
        assert_eq!(n, 3_321, "each commune has the target of its own row");
        const ROLLUP: &str = "SELECT n_tasks FROM task_rollups";
        let n: i64 = run!(conn, c => sqlx::query_scalar(ROLLUP).fetch_one(c).await).unwrap();
        assert_eq!(n, 3_321);
    })
    .await;
}

#[tokio::test]
async fn a_provinces_group_of_communes_means_its_own() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let leader = it.ctx(Role::Leader, "UBND-96");
        let body = sauro_tasks::model::DraftBody {
            authority: Some(it.id("UBND-96")),
            ..it.clear("*UBNDX")
        };
        let id = enter_task(&leader, &it.db, it.programme, body).await.unwrap();
        propose_drafts(&leader, &it.db, &*it.directory, &[id]).await.unwrap();
        assert_eq!(issue_drafts(&leader, &it.db, &*it.directory, &[id]).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn two_who_hand_down_at_once_give_each_commune_one_task() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let id = enter_task(&staff, &it.db, it.programme, it.clear("UBND-96")).await.unwrap();
        propose_drafts(&staff, &it.db, &*it.directory, &[id]).await.unwrap();
        let parent = issue_drafts(&leader, &it.db, &*it.directory, &[id]).await.unwrap()[0];
        let part = HandDown {
            to: Addressees::AllCommunes,
            work: "Đối soát".into(),
            deliverables: vec!["1 biên bản".into()],
            due_on: None,
            accountable: "Chủ tịch UBND cấp xã".into(),
            ..HandDown::default()
        };
        let focal = it.ctx(Role::FocalOfficer, "UBND-96");
        let one = hand_down(&focal, &it.db, &*it.directory, parent, part.clone());
        let other = hand_down(&focal, &it.db, &*it.directory, parent, part);
        let (one, other) = tokio::join!(one, other);
        assert_eq!(one.unwrap().len() + other.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn two_who_approve_at_once_issue_once() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let id = enter_task(&staff, &it.db, it.programme, it.clear("BCA")).await.unwrap();
        propose_drafts(&staff, &it.db, &*it.directory, &[id]).await.unwrap();
        let ids = [id];
        let one = issue_drafts(&leader, &it.db, &*it.directory, &ids);
        let other = issue_drafts(&leader, &it.db, &*it.directory, &ids);
        let (one, other) = tokio::join!(one, other);
        let n_issued =
            [one, other].into_iter().filter_map(Result::ok).map(|it| it.len()).sum::<usize>();
        assert_eq!(n_issued, 1);
    })
    .await;
}
