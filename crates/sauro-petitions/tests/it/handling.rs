use sauro_kernel::Role;
use sauro_petitions::PetitionsError;
use sauro_petitions::actions;
use sauro_petitions::jobs;
use sauro_petitions::model::{Closing, Draft, Refusal, State};
use sauro_testkit::{day, on_each_engine};

use crate::world::{COMMUNE, FAR, MINISTRY, PROVINCE, World, draft};

#[tokio::test]
async fn a_case_goes_from_the_sender_to_an_approved_answer_and_is_rated() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, receipt) = world.sent("a").await;
        let code = receipt.code.to_string();
        let by = (code.as_str(), "192.0.2.1");
        world.assigned(id, COMMUNE).await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        actions::accept(&officer, &house, id).await.unwrap();
        actions::submit(&officer, &house, id, &draft()).await.unwrap();
        // What nobody approved the sender does not see, and an officer does not approve.
        let seen = actions::follow(&world.anybody(), &house, &code, by.1).await.unwrap();
        assert!(seen.answers.is_empty());
        let denied = actions::approve(&officer, &house, id).await;
        assert!(matches!(denied, Err(PetitionsError::Denied(_))));
        let case = actions::approve(&world.ctx(Role::Leader, COMMUNE), &house, id).await.unwrap();
        assert_eq!((case.flow.state, case.closing), (State::Answered, Some(Closing::Solved)));
        let seen = actions::follow(&world.anybody(), &house, &code, by.1).await.unwrap();
        assert!(seen.answers[0].words.contains("Nguyễn Thị Lan"));
        // All read it without the name.
        let public = actions::public_case(&house, &receipt.number).await.unwrap();
        assert!(!public.answers[0].public_words.contains("Lan"));
        let case = actions::rate(&world.anybody(), &house, by, (5, "")).await.unwrap();
        assert_eq!((case.flow.state, case.rating), (State::Closed, Some(5)));
        let again = actions::rate(&world.anybody(), &house, by, (1, "đổi ý")).await;
        assert!(matches!(again, Err(PetitionsError::NotOpen(_))));
    })
    .await;
}

#[tokio::test]
async fn a_case_refused_twice_is_assigned_by_the_agency_above_and_still_gets_its_answer() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, _) = world.sent("a").await;
        let ministry = world.ctx(Role::Officer, MINISTRY);
        for n in 0..2 {
            world.assigned(id, MINISTRY).await;
            let unsaid = actions::refuse(&ministry, &house, id, " ").await;
            assert!(matches!(unsaid, Err(PetitionsError::Invalid(_))));
            let case = actions::refuse(&ministry, &house, id, "Việc của xã.").await.unwrap();
            let holder = if n == 0 { COMMUNE } else { PROVINCE };
            assert_eq!((case.flow.state, case.holder), (State::Sorting, world.agency(holder)));
        }
        let province = world.ctx(Role::FocalOfficer, PROVINCE);
        let view = world.view(&province, id).await;
        // One working day to assign for good.
        assert_eq!(view.case.due_on, Some(day("2026-11-03")));
        let to = (world.agency(COMMUNE), [].as_slice());
        actions::assign(&province, &house, id, to, (false, "Xã giải quyết.")).await.unwrap();
        let officer = world.ctx(Role::Officer, COMMUNE);
        let refused = actions::refuse(&officer, &house, id, "Không phải việc của xã.").await;
        assert!(matches!(refused, Err(PetitionsError::NotOpen(Refusal::Binding))));
        let case = world.answered(id, COMMUNE, 1).await;
        assert_eq!(case.flow.state, State::Answered);
        let figures = actions::routing_figures(&officer, &house).await.unwrap();
        assert_eq!(figures.months, [("2026-11".to_owned(), 1, 0, 0, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_bad_rating_opens_a_review_by_others() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, receipt) = world.sent("a").await;
        world.assigned(id, COMMUNE).await;
        world.answered(id, COMMUNE, 1).await;
        let code = receipt.code.to_string();
        let by = (code.as_str(), "192.0.2.1");
        let silent = actions::rate(&world.anybody(), &house, by, (1, " ")).await;
        assert!(matches!(silent, Err(PetitionsError::Invalid(_))));
        let case = actions::rate(&world.anybody(), &house, by, (2, "Vẫn đòi.")).await.unwrap();
        assert_eq!((case.flow.state, case.holder), (State::Review, world.agency(PROVINCE)));
        assert_eq!(case.citizen_due_on, day("2026-11-16"));
        let province = world.ctx(Role::FocalOfficer, PROVINCE);
        let to = (world.agency(COMMUNE), [].as_slice());
        actions::assign(&province, &house, id, to, (false, "")).await.unwrap();
        let same = world.ctx(Role::Officer, COMMUNE);
        actions::accept(&same, &house, id).await.unwrap();
        let again = actions::submit(&same, &house, id, &draft()).await;
        assert!(
            matches!(again, Err(PetitionsError::Invalid(_))),
            "the same officer answered again"
        );
        let other = world.person(Role::Officer, COMMUNE, 2);
        actions::submit(&other, &house, id, &draft()).await.unwrap();
        let signed = actions::approve(&world.ctx(Role::Leader, COMMUNE), &house, id).await;
        assert!(
            matches!(signed, Err(PetitionsError::Invalid(_))),
            "the same leader approved again"
        );
        let leader = world.person(Role::Leader, COMMUNE, 2);
        actions::approve(&leader, &house, id).await.unwrap();
        let seen = actions::follow(&world.anybody(), &house, &code, by.1).await.unwrap();
        assert_eq!(seen.answers.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn waiting_for_the_sender_stops_the_clock_and_their_answer_starts_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, receipt) = world.sent("a").await;
        world.assigned(id, COMMUNE).await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        let before = actions::accept(&officer, &house, id).await.unwrap();
        let asked = actions::ask_more(&officer, &house, id, "Ngày nào, cửa số mấy?").await.unwrap();
        assert_eq!((asked.flow.state, asked.due_on), (State::Waiting, None));
        world.pass_hours(7 * 24);
        let code = receipt.code.to_string();
        let by = (code.as_str(), "192.0.2.1");
        let empty = actions::give_more(&world.anybody(), &house, by, "", Vec::new()).await;
        assert!(matches!(empty, Err(PetitionsError::Invalid(_))));
        let anybody = world.anybody();
        let given = actions::give_more(&anybody, &house, by, "Ngày 30/10.", Vec::new());
        let given = given.await.unwrap();
        assert_eq!((given.flow.state, before.due_on), (State::Handling, Some(day("2026-11-16"))));
        assert_eq!(given.due_on, Some(day("2026-11-23")));
    })
    .await;
}

#[tokio::test]
async fn a_case_merged_and_taken_out_again_stands_as_if_nothing_had_been() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (main, receipt) = world.sent("a").await;
        let (id, other) = world.sent("b").await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        let before = actions::receive(&officer, &house, id).await.unwrap();
        world.assigned(main, COMMUNE).await;
        for wrong in ["PA-2026-999999", &other.number, "' OR 1=1 --"] {
            let merged = actions::merge(&officer, &house, id, (wrong, "")).await;
            assert!(matches!(merged, Err(PetitionsError::Invalid(_))), "{wrong}");
        }
        let merged = actions::merge(&officer, &house, id, (&receipt.number, "")).await.unwrap();
        assert_eq!(merged.closing, Some(Closing::Duplicate));
        // Of merged cases no chains are made.
        let chain = actions::merge(&officer, &house, main, (&other.number, "")).await;
        assert!(matches!(chain, Err(PetitionsError::Invalid(_))));
        world.answered(main, COMMUNE, 1).await;
        let code = other.code.to_string();
        let seen = actions::follow(&world.anybody(), &house, &code, "192.0.2.1").await.unwrap();
        assert_eq!((seen.main.as_deref(), seen.answers.len()), (Some(receipt.number.as_str()), 1));
        assert!(!seen.answers[0].words.contains("Lan"), "another sender's name is read");
        let mut after = actions::unmerge(&officer, &house, id).await.unwrap();
        (after.version, after.changed_at) = (before.version, before.changed_at);
        assert_eq!(after, before);
    })
    .await;
}

#[tokio::test]
async fn whoever_a_case_is_about_finds_nothing_of_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, _) = world.sent("a").await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        let leader = world.ctx(Role::Leader, COMMUNE);
        actions::mark_about(&leader, &house, id, Some(officer.actor.account)).await.unwrap();
        let found = actions::case_view(&officer, &house, id).await;
        assert!(matches!(found, Err(PetitionsError::NotFound(_))));
        let taken = actions::receive(&officer, &house, id).await;
        assert!(matches!(taken, Err(PetitionsError::NotFound(_))));
        assert_eq!(actions::queue(&officer, &house).await.unwrap().groups, []);
        let own = actions::mark_about(&leader, &house, id, Some(leader.actor.account)).await;
        assert!(matches!(own, Err(PetitionsError::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn hiding_takes_a_reason_and_two_persons_and_no_clock_stops() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, receipt) = world.sent("a").await;
        world.assigned(id, COMMUNE).await;
        let before = world.answered(id, COMMUNE, 1).await;
        let leader = world.ctx(Role::Leader, COMMUNE);
        actions::ask_to_hide(&leader, &house, id, "Lộ chuyện riêng.").await.unwrap();
        let own = actions::decide_hiding(&leader, &house, id, true).await;
        assert!(matches!(own, Err(PetitionsError::Invalid(_))));
        let other = world.person(Role::Leader, COMMUNE, 2);
        let hidden = actions::decide_hiding(&other, &house, id, true).await.unwrap();
        assert_eq!(hidden.citizen_due_on, before.citizen_due_on);
        let gone = actions::public_case(&house, &receipt.number).await;
        assert!(matches!(gone, Err(PetitionsError::NotFound(_))));
        let similar = actions::similar(&house, "nộp bản giấy khai sinh làm căn cước").await;
        assert!(similar.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn similar_answered_cases_are_found_with_and_without_marks() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, receipt) = world.sent("a").await;
        let text = "lam can cuoc phai nop ban giay khai sinh";
        assert!(actions::similar(&house, text).await.unwrap().is_empty(), "nobody answered it yet");
        world.assigned(id, COMMUNE).await;
        world.answered(id, COMMUNE, 1).await;
        for text in [text, "Làm căn cước, phải nộp bản giấy khai sinh?"] {
            let found = actions::similar(&house, text).await.unwrap();
            assert_eq!(found[0].case.number, receipt.number, "{text}");
        }
        // More words than are ever looked up: the first of them still speak.
        let noise: String = (0..200).map(|n| format!(" lạ{n}x kỳ{n}y")).collect();
        let found = actions::similar(&house, &format!("{text}{noise}")).await.unwrap();
        assert_eq!(found[0].case.number, receipt.number);
        assert!(actions::similar(&house, "").await.unwrap().is_empty());
        assert!(actions::similar(&house, "Đèn đường hỏng ở ngã tư").await.unwrap().is_empty());
        let by = (receipt.code.to_string(), "192.0.2.1");
        let by = (by.0.as_str(), by.1);
        actions::set_consent(&world.anybody(), &house, by, false).await.unwrap();
        assert!(actions::similar(&house, text).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_similar_cases_the_one_that_shares_more_words_comes_first() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let mut numbers = Vec::new();
        for (key, body) in [
            ("a", "Cống thoát nước trước nhà văn hóa bị tắc, nước bẩn tràn ra đường."),
            ("b", "Cống thoát nước trước chợ bị tắc."),
            ("c", "Loa phường phát quá sớm, cả xóm mất ngủ."),
        ] {
            let mut letter = world.letter(key);
            (letter.submission.title, letter.submission.body) = (body.to_owned(), body.to_owned());
            let receipt = actions::send(&world.anybody(), &house, letter).await.unwrap();
            let code = receipt.code.to_string();
            let followed = actions::follow(&world.anybody(), &house, &code, "x").await.unwrap();
            world.assigned(followed.case.id, COMMUNE).await;
            world.answered(followed.case.id, COMMUNE, 1).await;
            numbers.push(receipt.number);
        }
        let text = "cong thoat nuoc truoc nha van hoa bi tac";
        let found = actions::similar(&house, text).await.unwrap();
        let found: Vec<&String> = found.iter().map(|it| &it.case.number).collect();
        assert_eq!(found, [&numbers[0], &numbers[1]]);
    })
    .await;
}

#[tokio::test]
async fn deadlines_are_told_once_within_office_hours_and_unrated_cases_end() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, _) = world.sent("a").await;
        let remind =
            async || jobs::remind(&world.system(), &world.db, &world.calendar).await.unwrap();
        assert_eq!((remind().await, remind().await), (1, 0));
        world.pass_hours(48 + 12);
        assert_eq!(remind().await, 0, "at nine in the evening nobody is told");
        world.pass_hours(12);
        assert_eq!((remind().await, remind().await), (1, 0));
        let journal = world.journal().await;
        assert_eq!(journal.matches("PetitionDueSoon").count(), 1);
        assert_eq!(journal.matches("PetitionOverdue").count(), 1);
        world.assigned(id, COMMUNE).await;
        world.answered(id, COMMUNE, 1).await;
        assert_eq!(jobs::settle(&world.system(), &house).await.unwrap(), 0);
        world.pass_hours(30 * 24);
        assert_eq!(jobs::settle(&world.system(), &house).await.unwrap(), 1);
        let view = world.view(&world.ctx(Role::Leader, COMMUNE), id).await;
        assert_eq!(view.case.flow.state, State::Closed);
    })
    .await;
}

#[tokio::test]
async fn a_changed_limit_moves_the_deadlines_of_open_cases() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let (id, _) = world.sent("a").await;
        world.assigned(id, COMMUNE).await;
        let set = |days: &str| vec![("handle".to_owned(), days.to_owned())];
        let far = world.ctx(Role::StandingAgency, PROVINCE);
        assert!(actions::set_limits(&far, &house, &set("7")).await.is_err());
        let centre = world.ctx(Role::StandingAgency, crate::world::CENTRE);
        let wrong = actions::set_limits(&centre, &house, &set("0")).await;
        assert!(matches!(wrong, Err(PetitionsError::Invalid(_))));
        actions::set_limits(&centre, &house, &set("7")).await.unwrap();
        assert_eq!(jobs::recount(&world.system(), &house).await.unwrap(), 1);
        assert_eq!(jobs::recount(&world.system(), &house).await.unwrap(), 0);
        let view = world.view(&world.ctx(Role::Leader, COMMUNE), id).await;
        assert_eq!(view.case.due_on, Some(day("2026-11-11")));
    })
    .await;
}

#[tokio::test]
async fn solved_is_said_only_with_something_that_shows_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (id, _) = world.sent("a").await;
        world.assigned(id, COMMUNE).await;
        let officer = world.ctx(Role::Officer, COMMUNE);
        actions::accept(&officer, &world.house(), id).await.unwrap();
        let bare = Draft { proof: String::new(), ..draft() };
        for (field, wrong) in [
            ("minh-chung", bare),
            ("tra-loi", Draft { words: "Đã xong.".to_owned(), ..draft() }),
            ("ket-qua", Draft { closing: "duplicate".to_owned(), ..draft() }),
        ] {
            let sent = actions::submit(&officer, &world.house(), id, &wrong).await;
            assert!(
                matches!(&sent, Err(PetitionsError::Invalid(it)) if it[0].0 == field),
                "{field}"
            );
        }
        let stranger = world.ctx(Role::Leader, FAR);
        let taken = actions::submit(&stranger, &world.house(), id, &draft()).await;
        assert!(matches!(taken, Err(PetitionsError::NotFound(_))));
    })
    .await;
}
