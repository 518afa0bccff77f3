use sauro_kernel::Role;
use sauro_tasks::TasksError;
use sauro_tasks::actions::{
    Entry, bring_directive, drafts_of, duties, issue_drafts, issue_each, propose_drafts, today,
};
use sauro_tasks::model::{Place, Section};
use sauro_testkit::on_each_engine;

use super::acting::new_directive;
use super::setting::Setting;

#[tokio::test]
async fn a_leader_issues_several_drafts_and_is_told_of_each_that_stays() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let bodies = vec![it.clear("BCA"), it.clear("BTP"), it.clear("BKHCN")];
        let id =
            bring_directive(&staff, &it.db, new_directive(&it, "Văn bản.", bodies)).await.unwrap();
        let ids: Vec<_> =
            drafts_of(&staff, &it.db, id).await.unwrap().iter().map(|it| it.id).collect();
        propose_drafts(&staff, &it.db, &*it.directory, &ids).await.unwrap();

        let day = today(&leader, &it.db).await.unwrap();
        assert_eq!(day.count(Section::ToApprove), 3);
        let shown = duties(&leader, &it.db, Section::ToApprove, Place::START, None).await.unwrap();
        let shown: Vec<_> = shown
            .entries
            .iter()
            .filter_map(|it| if let Entry::Draft(draft) = it { Some(draft.id) } else { None })
            .collect();
        assert_eq!((shown.len(), ids.iter().all(|id| shown.contains(id))), (3, true));
        let hidden = duties(&staff, &it.db, Section::ToApprove, Place::START, None).await;
        assert!(matches!(hidden, Err(TasksError::Denied(_))));

        let denied = issue_each(&staff, &it.db, &*it.directory, &ids).await.unwrap();
        assert!(denied.iter().all(|it| matches!(it.result, Err(TasksError::Denied(_)))));
        let other = it.ctx(Role::Leader, "UBND-96");
        let strange = issue_each(&other, &it.db, &*it.directory, &ids).await.unwrap();
        assert!(strange.iter().all(|it| matches!(it.result, Err(TasksError::NotFound(_)))));

        issue_drafts(&leader, &it.db, &*it.directory, &ids[1..2]).await.unwrap();
        let done = issue_each(&leader, &it.db, &*it.directory, &ids).await.unwrap();
        assert!(done[0].result.is_ok() && done[2].result.is_ok(), "{done:?}");
        assert!(matches!(done[1].result, Err(TasksError::WrongState(_))), "{done:?}");
        assert_eq!(today(&leader, &it.db).await.unwrap().count(Section::ToApprove), 0);
    })
    .await;
}
