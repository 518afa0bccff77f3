//! A unit is merged while its tasks are open.

use sauro_directory::{DirectoryHandle, actions as directory};
use sauro_kernel::Role;
use sauro_tasks::TasksError;
use sauro_tasks::actions::{open_report, pass_on_tasks, task_view, today};
use sauro_tasks::model::Stage;
use sauro_testkit::{day, on_each_engine};

use super::country::{accept, issue, machine, report_done, seat, task};
use crate::issuing::setting::{Setting, system};

const GONE: &str = "code,name,aliases,successor_code,until\nBTP,Bộ Tư pháp,,BKHCN,2026-06-30\n";

#[tokio::test]
async fn open_tasks_of_a_merged_agency_pass_to_its_successor_and_reported_ones_stay() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let begin = day("2026-06-01");
        let open = issue(&it, it.clear("BTP"), begin).await;
        let reported = issue(&it, it.clear("BTP"), begin).await;
        let other = issue(&it, it.clear("BCA"), begin).await;
        let mut own = it.clear("BTP");
        own.authority = Some(it.id("BKHCN"));
        let both = issue(&it, own, begin).await;
        let mut judged = it.clear("BCA");
        judged.authority = Some(it.id("BTP"));
        let judged = issue(&it, judged, begin).await;
        report_done(&it, reported, day("2026-06-20")).await;
        let writer = seat(&it, Role::Officer, "BTP", day("2026-06-21"));
        let draft = open_report(&writer, &it.db, open).await.unwrap();

        directory::import_agencies(&system(), &it.db, GONE).await.unwrap();
        let handle = DirectoryHandle::load(&system(), &it.db).await.unwrap();
        let room = machine(&it, day("2026-07-02"));
        let passed = pass_on_tasks(&room, &it.db, &handle.directory()).await.unwrap();
        let [passed] = passed.as_slice() else { panic!("one agency is gone: {passed:?}") };
        assert_eq!((passed.from, passed.to), (it.id("BTP"), it.id("BKHCN")));
        assert_eq!((passed.led, passed.accepted, passed.stayed), (1, 1, 1));

        let now = task(&it, open).await;
        assert_eq!((now.lead, now.stage), (it.id("BKHCN"), Stage::Issued));
        assert_eq!(now.lead_path, *it.directory.agency(it.id("BKHCN")).map(|it| &it.path).unwrap());
        assert_eq!(task(&it, reported).await.lead, it.id("BTP"), "reported work stays");
        assert_eq!(task(&it, other).await.lead, it.id("BCA"));
        assert_eq!(task(&it, both).await.lead, it.id("BTP"), "nobody accepts their own work");
        assert_eq!(task(&it, judged).await.authority, it.id("BKHCN"));
        let view = task_view(&room, &it.db, &now.code).await.unwrap();
        let entry = &view.timeline[0];
        assert_eq!(entry.kind, "TaskPassedOn");
        assert_eq!(entry.data["from"], it.id("BTP").to_string(), "the history keeps the old lead");

        let heir = seat(&it, Role::Officer, "BKHCN", day("2026-07-02"));
        assert_eq!(
            open_report(&heir, &it.db, open).await.unwrap().id,
            draft.id,
            "and the draft goes along"
        );
        assert!(today(&heir, &it.db).await.unwrap().groups.iter().any(|it| !it.entries.is_empty()));
        assert_eq!(accept(&it, reported, day("2026-07-03")).await.unwrap(), Stage::Verified);

        let again = pass_on_tasks(&room, &it.db, &handle.directory()).await.unwrap();
        assert!(again.iter().all(|it| it.led == 0 && it.accepted == 0), "twice is once: {again:?}");
        let leader = seat(&it, Role::Leader, "BKHCN", day("2026-07-02"));
        let err = pass_on_tasks(&leader, &it.db, &handle.directory()).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(_)), "{err:?}");
    })
    .await;
}
