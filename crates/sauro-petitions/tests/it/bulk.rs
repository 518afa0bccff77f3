//! The same done to several cases at once.

use sauro_kernel::{PetitionId, Role};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self, BulkAct, MAX_BULK};
use sauro_petitions::model::{Refusal, State};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, MINISTRY, World};

// I80
#[tokio::test]
async fn each_of_several_cases_is_done_as_if_alone_and_what_is_refused_is_named() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let officer = world.ctx(Role::Officer, COMMUNE);
        let (first, _) = world.sent("a").await;
        let (second, _) = world.sent("b").await;
        let (later, _) = world.sent("c").await;
        let (about, _) = world.sent("d").await;
        actions::receive(&officer, &house, later).await.unwrap();
        let leader = world.ctx(Role::Leader, COMMUNE);
        let account = officer.actor.account;
        actions::mark_about(&leader, &house, about, Some(account)).await.unwrap();

        let before = world.count("journal_entries").await;
        let unknown: PetitionId = "01900000-0000-7000-8000-00000000ffff".parse().unwrap();
        let chosen = [first, later, unknown, about, second, first];
        let came = actions::in_bulk(&officer, &house, &chosen, BulkAct::Receive).await.unwrap();
        let of = |id: PetitionId| came.iter().find(|it| it.id == id).unwrap();
        assert_eq!(came.len(), 5, "a case chosen twice is one");
        assert!(of(first).result.is_ok() && of(second).result.is_ok());
        assert!(of(first).case.as_ref().unwrap().0.starts_with("PA-"));
        let why = &of(later).result;
        let not_now = matches!(
            why,
            Err(PetitionsError::NotOpen(Refusal::NotNow { state: State::Sorting, .. }))
        );
        assert!(not_now, "{why:?}");
        // Of what the caller may not know not even the number is told.
        for hidden in [unknown, about] {
            assert!(matches!(of(hidden).result, Err(PetitionsError::NotFound(_))));
            assert_eq!(of(hidden).case, None);
        }
        assert_eq!(world.count("journal_entries").await, before + 2);

        let act = BulkAct::Assign {
            lead: world.agency(MINISTRY),
            is_complex: false,
            words: "Chuyển cùng một đợt.",
        };
        let came = actions::in_bulk(&officer, &house, &[first, second, later], act).await.unwrap();
        assert!(came.iter().all(|it| it.result.is_ok()));
        let ministry = world.ctx(Role::Officer, MINISTRY);
        for id in [first, second, later] {
            let view = world.view(&ministry, id).await;
            assert_eq!(view.case.flow.state, State::Assigned);
            assert!(view.happenings.iter().any(|it| it.words == "Chuyển cùng một đợt."));
        }
        // Whoever gave them away takes none of them up.
        let came = actions::in_bulk(&officer, &house, &[first], BulkAct::Accept).await.unwrap();
        assert!(came[0].result.is_err());
    })
    .await;
}

// I80
#[tokio::test]
async fn nothing_too_much_or_without_the_right_is_done_to_no_case() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, _) = world.sent("a").await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        for ids in [Vec::new(), vec![id; MAX_BULK + 1]] {
            let refused = actions::in_bulk(&officer, &house, &ids, BulkAct::Receive).await;
            assert!(matches!(refused, Err(PetitionsError::Invalid(_))), "{}", ids.len());
        }
        let keeper = world.ctx(Role::Administrator, COMMUNE);
        let denied = actions::in_bulk(&keeper, &house, &[id], BulkAct::Receive).await;
        assert!(matches!(denied, Err(PetitionsError::Denied(_))));
        let far = world.ctx(Role::Officer, FAR);
        let came = actions::in_bulk(&far, &house, &[id], BulkAct::Receive).await.unwrap();
        assert!(matches!(came[0].result, Err(PetitionsError::NotFound(_))));
        assert_eq!(world.view(&officer, id).await.case.flow.state, State::Sent);
    })
    .await;
}

#[tokio::test]
async fn several_duplicates_are_merged_into_one_case_and_the_rest_is_said_why() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let officer = world.ctx(Role::Officer, COMMUNE);
        let (main, receipt) = world.sent("a").await;
        let (b, _) = world.sent("b").await;
        let (c, _) = world.sent("c").await;
        let act =
            BulkAct::Merge { into: &receipt.number, reason: "Cùng một cửa, cùng ngày." };
        let came = actions::in_bulk(&officer, &house, &[main, b, c], act).await.unwrap();
        assert!(matches!(came[0].result, Err(PetitionsError::Invalid(_))), "into itself");
        assert!(came[1].result.is_ok() && came[2].result.is_ok());
        assert_eq!(world.view(&officer, main).await.merged.len(), 2);
    })
    .await;
}
