//! Senders who object to a merge.

use sauro_kernel::Role;
use sauro_petitions::PetitionsError;
use sauro_petitions::actions;
use sauro_petitions::model::{Petition, State};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, World};

/// The case as it stands, without what counts up.
fn bare(case: Petition) -> Petition {
    Petition { version: 0, changed_at: 0, ..case }
}

// I79
#[tokio::test]
async fn a_sender_who_objects_has_the_case_back_as_it_stood_and_only_a_leader_merges_it_again() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (_, main) = world.sent("a").await;
        let (id, other) = world.sent("b").await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        let before = actions::receive(&officer, &house, id).await.unwrap();
        let code = other.code.to_string();
        let by = (code.as_str(), "192.0.2.1");
        let early = actions::object(&world.anybody(), &house, by, "Khác việc.").await;
        assert!(matches!(early, Err(PetitionsError::NotOpen(_))), "{early:?}");

        let into = (main.number.as_str(), "Cùng một cửa.");
        actions::merge(&officer, &house, id, into).await.unwrap();
        let seen = actions::follow(&world.anybody(), &house, by.0, by.1).await.unwrap();
        assert_eq!(seen.object_until, Some(sauro_testkit::day("2026-11-09")));
        assert!(seen.happenings.iter().any(|it| it.words.contains("Cùng một cửa.")));
        let silent = actions::object(&world.anybody(), &house, by, "  ").await;
        assert!(matches!(silent, Err(PetitionsError::Invalid(_))));
        // The clocks ran on: what was due stays due.
        world.pass_hours(3 * 24);
        let reason = "Tôi hỏi về hộ tịch, vụ việc kia là đất đai.";
        let after = actions::object(&world.anybody(), &house, by, reason).await.unwrap();
        assert_eq!(bare(after), bare(before));
        let journal = world.journal().await;
        assert!(journal.contains("PetitionMergeObjected") && journal.contains("PetitionUnmerged"));
        assert!(!journal.contains("hộ tịch"), "the words of a sender stand in the journal");

        // The desk alone merges it no more; a leader does, with a reason that the sender reads.
        let again = actions::merge(&officer, &house, id, into).await;
        assert!(matches!(again, Err(PetitionsError::Invalid(_))), "{again:?}");
        let leader = world.ctx(Role::Leader, COMMUNE);
        let bare_word = actions::merge(&leader, &house, id, (into.0, " ")).await;
        assert!(matches!(bare_word, Err(PetitionsError::Invalid(_))), "{bare_word:?}");
        let ruled = (into.0, "Hai đơn cùng nói một bộ hồ sơ.");
        let merged = actions::merge(&leader, &house, id, ruled).await.unwrap();
        assert_eq!(merged.flow.state, State::Closed);
        let seen = actions::follow(&world.anybody(), &house, by.0, by.1).await.unwrap();
        assert_eq!(seen.object_until, None);
        assert!(seen.happenings.iter().any(|it| it.words.contains("cùng nói một bộ hồ sơ")));
        let twice = actions::object(&world.anybody(), &house, by, reason).await;
        assert!(matches!(twice, Err(PetitionsError::Invalid(_))), "{twice:?}");
    })
    .await;
}

// I79
#[tokio::test]
async fn days_to_object_are_those_of_the_calendar_and_a_setting() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (_, main) = world.sent("a").await;
        let (id, other) = world.sent("b").await;
        let centre = world.ctx(Role::StandingAgency, crate::world::CENTRE);
        let two = [("object".to_owned(), "2".to_owned())];
        actions::set_limits(&centre, &house, &two).await.unwrap();
        let officer = world.ctx(Role::Officer, COMMUNE);
        actions::merge(&officer, &house, id, (&main.number, "")).await.unwrap();
        world.pass_hours(3 * 24);
        let code = other.code.to_string();
        let late = actions::object(&world.anybody(), &house, (&code, "x"), "Khác việc.").await;
        assert!(matches!(late, Err(PetitionsError::Invalid(_))), "{late:?}");
        let wrong = ("PA-00000-00000", "x");
        let guessed = actions::object(&world.anybody(), &house, wrong, "Khác việc.").await;
        assert!(matches!(guessed, Err(PetitionsError::NotFound(_))));
        // The desk may still take it out by itself.
        let out = actions::unmerge(&officer, &house, id).await.unwrap();
        assert_eq!(out.flow.state, State::Sent);
    })
    .await;
}
