use sauro_kernel::{Right, Role};
use sauro_tasks::TasksError;
use sauro_tasks::actions::{
    Addressees, HandDown, NewDirective, add_draft, bring_directive, change_draft, checked_text,
    directive, draft, drafts_of, drop_draft, duplicates_of, enter_task, hand_down, issue_drafts,
    merge_drafts, programmes, propose_drafts, same_text, send_back_drafts, split_draft,
};
use sauro_tasks::model::{DirectiveHead, DraftBody, DraftState};
use sauro_testkit::{day, on_each_engine};

use super::setting::Setting;

pub(super) fn new_directive(it: &Setting, text: &str, drafts: Vec<DraftBody>) -> NewDirective {
    let head = DirectiveHead {
        number: "236-TB/BCĐTW".into(),
        kind: "Thông báo".into(),
        ..DirectiveHead::default()
    };
    NewDirective { programme: it.programme, text: text.into(), head, file: None, drafts }
}

#[tokio::test]
async fn a_directive_becomes_tasks_once_a_leader_approves() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let unclear = DraftBody { authority: None, ..it.clear("BTP") };
        let new = new_directive(
            &it,
            "Bộ Công an làm sạch dữ liệu.",
            vec![it.clear("BCA"), unclear, it.clear("*UBNDT")],
        );
        let id = bring_directive(&staff, &it.db, new).await.unwrap();
        let drafts = drafts_of(&staff, &it.db, id).await.unwrap();
        let ids: Vec<_> = drafts.iter().map(|it| it.id).collect();
        assert_eq!(drafts.iter().map(|it| it.ordinal).collect::<Vec<_>>(), [1, 2, 3]);

        let proposed = propose_drafts(&staff, &it.db, &*it.directory, &ids).await.unwrap();
        assert_eq!(proposed, [ids[0], ids[2]], "the unclear one stays");
        let err = issue_drafts(&staff, &it.db, &*it.directory, &proposed).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(denied) if denied.right == Right::IssueTasks));
        let tasks = issue_drafts(&leader, &it.db, &*it.directory, &proposed).await.unwrap();
        assert_eq!(tasks.len(), 1 + 2, "one for the ministry, one for each province");
        let err = issue_drafts(&leader, &it.db, &*it.directory, &proposed).await.unwrap_err();
        assert!(matches!(err, TasksError::WrongState(_)), "{err:?}");
        let states: Vec<_> =
            drafts_of(&staff, &it.db, id).await.unwrap().iter().map(|it| it.state).collect();
        assert_eq!(states, [DraftState::Issued, DraftState::Draft, DraftState::Issued]);
        let found = duplicates_of(&leader, &it.db, "làm sạch dữ liệu hộ tịch", Some(it.id("BCA")))
            .await
            .unwrap();
        assert_eq!(found.len(), 4, "three tasks and the draft that stayed: {found:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_of_another_agencys_drafts() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let staff = it.ctx(Role::StandingAgency, "VPTW");
        let id =
            bring_directive(&staff, &it.db, new_directive(&it, "Văn bản.", vec![it.clear("BCA")]))
                .await
                .unwrap();
        let draft_id = drafts_of(&staff, &it.db, id).await.unwrap()[0].id;
        let other = it.ctx(Role::Leader, "UBND-96");
        let is_hidden =
            |err: TasksError| assert!(matches!(err, TasksError::NotFound(_)), "{err:?}");
        is_hidden(directive(&other, &it.db, id).await.unwrap_err());
        is_hidden(drafts_of(&other, &it.db, id).await.unwrap_err());
        is_hidden(draft(&other, &it.db, draft_id).await.unwrap_err());
        is_hidden(add_draft(&other, &it.db, id, it.clear("BCA")).await.unwrap_err());
        is_hidden(change_draft(&other, &it.db, draft_id, it.clear("BCA"), 1).await.unwrap_err());
        is_hidden(split_draft(&other, &it.db, draft_id, "a", "b", 1).await.unwrap_err());
        is_hidden(drop_draft(&other, &it.db, draft_id, "vì sao").await.unwrap_err());
        is_hidden(propose_drafts(&other, &it.db, &*it.directory, &[draft_id]).await.unwrap_err());
        is_hidden(send_back_drafts(&other, &it.db, &[draft_id], "vì sao").await.unwrap_err());
        is_hidden(issue_drafts(&other, &it.db, &*it.directory, &[draft_id]).await.unwrap_err());
        is_hidden(merge_drafts(&other, &it.db, &[draft_id, draft_id]).await.unwrap_err());
        assert!(same_text(&other, &it.db, "Văn bản.").await.unwrap().is_empty());
        assert_eq!(same_text(&staff, &it.db, "Văn bản.").await.unwrap(), [id]);
        // Who oversees the agency reads and changes nothing.
        let inspector = it.ctx(Role::Inspector, "VPTW");
        assert!(draft(&inspector, &it.db, draft_id).await.is_ok());
        let err = change_draft(&inspector, &it.db, draft_id, it.clear("BCA"), 1).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(_)));
        assert_eq!(
            programmes(&other, &it.db, "", 10).await.unwrap().len(),
            1,
            "public ones are seen by all"
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_editors_the_second_is_told() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let staff = it.ctx(Role::StandingAgency, "VPTW");
        let id = enter_task(&staff, &it.db, it.programme, it.clear("BCA")).await.unwrap();
        let first =
            DraftBody { work: "Việc của người thứ nhất".into(), ..it.clear("BCA") };
        change_draft(&staff, &it.db, id, first, 1).await.unwrap();
        let second =
            DraftBody { work: "Việc của người thứ hai".into(), ..it.clear("BCA") };
        let err = change_draft(&staff, &it.db, id, second, 1).await.unwrap_err();
        assert!(matches!(err, TasksError::Stale));
        assert_eq!(draft(&staff, &it.db, id).await.unwrap().body.work, "Việc của người thứ nhất");
        let err = split_draft(&staff, &it.db, id, "một", "hai", 1).await.unwrap_err();
        assert!(matches!(err, TasksError::Stale));
    })
    .await;
}

#[tokio::test]
async fn drafts_are_split_merged_dropped_and_sent_back() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let new = new_directive(&it, "Hai việc.", vec![it.clear("BCA"), it.clear("BTP")]);
        let id = bring_directive(&staff, &it.db, new).await.unwrap();
        let first = drafts_of(&staff, &it.db, id).await.unwrap()[0].id;
        let half = split_draft(&staff, &it.db, first, "Việc một", "Việc hai", 1).await.unwrap();
        let order: Vec<_> = drafts_of(&staff, &it.db, id)
            .await
            .unwrap()
            .into_iter()
            .map(|it| (it.ordinal, it.body.work))
            .collect();
        assert_eq!(order.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((order[0].1.as_str(), order[1].1.as_str()), ("Việc một", "Việc hai"));

        let last = drafts_of(&staff, &it.db, id).await.unwrap()[2].id;
        assert_eq!(merge_drafts(&staff, &it.db, &[last, half]).await.unwrap(), half);
        let merged = draft(&staff, &it.db, half).await.unwrap();
        assert_eq!(merged.body.work, "Việc hai; Làm sạch dữ liệu hộ tịch");
        assert_eq!(merged.body.leads, [it.id("BCA"), it.id("BTP")]);
        assert_eq!(draft(&staff, &it.db, last).await.unwrap().state, DraftState::Dropped);
        assert!(matches!(
            drop_draft(&staff, &it.db, first, " ").await.unwrap_err(),
            TasksError::Invalid(_)
        ));
        drop_draft(&staff, &it.db, first, "Trùng với việc đã giao").await.unwrap();

        propose_drafts(&staff, &it.db, &*it.directory, &[half]).await.unwrap();
        let err = change_draft(&staff, &it.db, half, it.clear("BCA"), 4).await.unwrap_err();
        assert!(matches!(err, TasksError::WrongState(_)));
        send_back_drafts(&leader, &it.db, &[half], "Ghi rõ sản phẩm hơn").await.unwrap();
        let back = draft(&staff, &it.db, half).await.unwrap();
        assert_eq!((back.state, back.reason.as_str()), (DraftState::Draft, "Ghi rõ sản phẩm hơn"));
    })
    .await;
}

#[tokio::test]
async fn a_province_hands_its_task_down_once_and_only_below_itself() {
    on_each_engine(async |engine| {
        let it = Setting::new(&engine.db).await;
        let (staff, leader) = (it.ctx(Role::StandingAgency, "VPTW"), it.ctx(Role::Leader, "VPTW"));
        let draft_id = enter_task(&staff, &it.db, it.programme, it.clear("UBND-96")).await.unwrap();
        propose_drafts(&staff, &it.db, &*it.directory, &[draft_id]).await.unwrap();
        let parent = issue_drafts(&leader, &it.db, &*it.directory, &[draft_id]).await.unwrap()[0];
        let part = HandDown {
            to: Addressees::AllCommunes,
            work: "Đối soát dữ liệu hộ tịch của xã".into(),
            deliverables: vec!["1 biên bản đối soát".into()],
            due_on: Some(day("2026-11-30")),
            accountable: "Chủ tịch UBND cấp xã".into(),
            ..HandDown::default()
        };
        let focal = it.ctx(Role::FocalOfficer, "UBND-96");
        let late = HandDown { due_on: Some(day("2026-12-16")), ..part.clone() };
        let err = hand_down(&focal, &it.db, &*it.directory, parent, late).await.unwrap_err();
        assert!(matches!(err, TasksError::Invalid(faults) if faults[0].field == "han"));
        let outside = HandDown {
            to: Addressees::Agencies(vec![it.id("UBND-19333"), it.id("BCA")]),
            ..part.clone()
        };
        let err = hand_down(&focal, &it.db, &*it.directory, parent, outside).await.unwrap_err();
        assert!(matches!(err, TasksError::Invalid(faults) if faults[0].field == "don-vi"));

        let one = HandDown { to: Addressees::Agencies(vec![it.id("UBND-32044")]), ..part.clone() };
        assert_eq!(hand_down(&focal, &it.db, &*it.directory, parent, one).await.unwrap().len(), 1);
        assert_eq!(
            hand_down(&focal, &it.db, &*it.directory, parent, part.clone()).await.unwrap().len(),
            2
        );
        assert!(
            hand_down(&focal, &it.db, &*it.directory, parent, part.clone())
                .await
                .unwrap()
                .is_empty()
        );

        let officer = it.ctx(Role::Officer, "UBND-96");
        let err =
            hand_down(&officer, &it.db, &*it.directory, parent, part.clone()).await.unwrap_err();
        assert!(matches!(err, TasksError::Denied(_)));
        let stranger = it.ctx(Role::Leader, "UBND-44");
        let err = hand_down(&stranger, &it.db, &*it.directory, parent, part).await.unwrap_err();
        assert!(matches!(err, TasksError::NotFound(_)));
    })
    .await;
}

#[test]
fn a_text_that_is_secret_empty_or_endless_is_refused_with_a_sentence() {
    let sentence = |text: &str| match checked_text(text).unwrap_err() {
        TasksError::Invalid(faults) => faults[0].sentence.clone(),
        other => panic!("{other:?}"),
    };
    assert!(sentence("BỘ X\nMẬT\nSố: 1/BC-BX").contains("Luật Bảo vệ bí mật nhà nước"));
    assert!(sentence(" \n ").contains("Dán nội dung"));
    assert!(sentence(&"a".repeat(600_000)).contains("giới hạn"));
    assert!(checked_text("Bộ X rà soát danh mục bí mật nhà nước.").is_ok());
}
