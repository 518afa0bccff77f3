//! What senders can do with what they wrote of themselves, and a desk with more than fits.

use sauro_kernel::Role;
use sauro_petitions::PetitionsError;
use sauro_petitions::actions;
use sauro_petitions::model::{State, Submission};
use sauro_testkit::on_each_engine;

use crate::world::{COMMUNE, FAR, World};

fn corrected(name: &str, contact: &str) -> Submission {
    Submission {
        name: name.to_owned(),
        contact: contact.to_owned(),
        address: "ấp 5, xã Năm Căn".to_owned(),
        ..Submission::default()
    }
}

#[tokio::test]
async fn a_sender_corrects_what_they_wrote_of_themselves_and_neither_name_is_public() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mut letter = world.letter("a");
        letter.submission.name = "Nguyễn Thị Lạn".to_owned();
        letter.submission.body.push_str(" Tôi là Nguyễn Thị Lan, ghi nhầm là Nguyễn Thị Lạn.");
        let house = world.house();
        let receipt = actions::send(&world.anybody(), &house, letter).await.unwrap();
        let code = receipt.code.to_string();
        let by = (code.as_str(), "192.0.2.1");
        let typed = corrected("Nguyễn Thị Lan", "Lan@Example.vn");
        actions::correct(&world.anybody(), &house, by, &typed).await.unwrap();
        let sender = actions::follow(&world.anybody(), &house, by.0, by.1).await.unwrap().sender;
        let sender = sender.unwrap();
        assert_eq!(
            (sender.name.as_str(), sender.email.as_str(), sender.phone.as_str()),
            ("Nguyễn Thị Lan", "lan@example.vn", "")
        );
        assert_eq!((sender.spot.as_str(), sender.code), ("số nhà 12, ấp 3", code.clone()));
        world.assigned(receipt.id, COMMUNE).await;
        let answered = world.answered(receipt.id, COMMUNE, 1).await;
        assert!(answered.is_public());
        let public = actions::public_case(&house, &receipt.number).await.unwrap();
        let answers = public.answers.iter().map(|it| it.public_words.as_str());
        let all: Vec<&str> = [public.case.public_title.as_str(), &public.case.public_body]
            .into_iter()
            .chain(answers)
            .collect();
        for name in ["Lan", "Lạn", "lan@"] {
            assert!(!all.iter().any(|it| it.contains(name)), "{name} in {all:?}");
        }
        let journal = world.journal().await;
        assert!(journal.contains("PetitionSenderCorrected"), "{journal}");
        assert!(!journal.contains("Lan") && !journal.contains("Năm Căn"), "{journal}");
        // The officer sees the right name, and that it was corrected.
        let view = world.view(&world.ctx(Role::Officer, COMMUNE), receipt.id).await;
        assert_eq!(view.sender.unwrap().name, "Nguyễn Thị Lan");
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_does_not_hold_changes_nothing_and_says_why() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (id, receipt) = world.sent("a").await;
        let code = receipt.code.to_string();
        let before = world.view(&world.ctx(Role::Officer, COMMUNE), id).await.sender.unwrap();
        for (name, contact, field) in [
            ("", "0912345678", "ho-ten"),
            ("Nguyễn Thị Lan", "", "lien-lac"),
            ("Nguyễn Thị Lan", "12", "lien-lac"),
            ("Nguyễn Thị Lan", "lan@", "lien-lac"),
        ] {
            let typed = corrected(name, contact);
            let by = (code.as_str(), "192.0.2.1");
            let done = actions::correct(&world.anybody(), &world.house(), by, &typed).await;
            let Err(PetitionsError::Invalid(faults)) = done else { panic!("{name} {contact}") };
            assert_eq!(faults.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), [field]);
        }
        let wrong = ("PA-00000-00000", "192.0.2.1");
        let typed = corrected("Kẻ Khác", "0987654321");
        let done = actions::correct(&world.anybody(), &world.house(), wrong, &typed).await;
        assert!(matches!(done, Err(PetitionsError::NotFound(_))));
        let after = world.view(&world.ctx(Role::Officer, COMMUNE), id).await.sender.unwrap();
        assert_eq!(after, before);
        // Once forgotten there is nothing to correct.
        let by = (code.as_str(), "192.0.2.1");
        actions::erase(&world.anybody(), &world.house(), by).await.unwrap();
        let done = actions::correct(&world.anybody(), &world.house(), by, &typed).await;
        assert!(matches!(done, Err(PetitionsError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn a_corrected_name_takes_nothing_out_of_an_answer_but_a_name_and_not_without_end() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (id, receipt) = world.sent("a").await;
        world.assigned(id, COMMUNE).await;
        world.answered(id, COMMUNE, 1).await;
        let house = world.house();
        let code = receipt.code.to_string();
        let correct = async |name: &str| {
            let by = (code.as_str(), "192.0.2.1");
            actions::correct(&world.anybody(), &house, by, &corrected(name, "0912345678")).await
        };
        let read = async || actions::public_case(&house, &receipt.number).await.unwrap();
        let before = read().await;
        assert!(before.answers[0].public_words.contains("bộ phận một cửa"));
        assert!(before.case.public_body.contains("bộ phận một cửa"));
        correct("bộ phận một cửa").await.unwrap();
        let after = read().await;
        // One's own words are one's own; what the leader let out stays.
        assert!(!after.case.public_body.contains("bộ phận một cửa"));
        assert_eq!(after.answers[0].public_words, before.answers[0].public_words);
        for n in 0..4 {
            correct(&format!("Nguyễn Thị Lan {n}")).await.unwrap();
        }
        let body = read().await.case.public_body;
        let Err(PetitionsError::Invalid(faults)) = correct("Nguyễn Thị Hoa").await else {
            panic!("nothing slows it down")
        };
        assert!(faults[0].1.contains("Chờ một giờ"), "{faults:?}");
        assert_eq!(read().await.case.public_body, body);
        world.pass_hours(2);
        correct("Nguyễn Thị Hoa").await.unwrap();
        let mut n = 0;
        while correct(&format!("Tên Thứ {n}")).await.is_ok() {
            (n, _) = (n + 1, world.pass_hours(2));
            assert!(n < 40, "there is no end to it");
        }
        // Forgetting the sender forgets the names, not what the agency said.
        let by = (code.as_str(), "192.0.2.1");
        actions::erase(&world.anybody(), &house, by).await.unwrap();
        let erased = read().await;
        assert_eq!(erased.answers[0].public_words, before.answers[0].public_words);
        let view = world.view(&world.ctx(Role::Officer, COMMUNE), id).await;
        assert!(view.answers[0].words.contains("bộ phận một cửa"));
        assert!(!view.answers[0].words.contains("Nguyễn Thị Lan"), "{}", view.answers[0].words);
    })
    .await;
}

#[tokio::test]
async fn whoever_sent_without_a_name_has_none_to_correct() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let fields = actions::all_fields(&house).await.unwrap();
        let field = fields.iter().find(|it| it.allows_anonymous).unwrap().code.clone();
        let mut letter = world.letter("a");
        letter.submission.is_anonymous = true;
        letter.submission.field = field;
        let receipt = actions::send(&world.anybody(), &house, letter).await.unwrap();
        let code = receipt.code.to_string();
        let typed = corrected("Nguyễn Thị Lan", "0912345678");
        let by = (code.as_str(), "192.0.2.1");
        let done = actions::correct(&world.anybody(), &house, by, &typed).await;
        assert!(matches!(done, Err(PetitionsError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn opinions_that_were_asked_for_are_all_found_and_old_ones_hide_no_new_one() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (house, officer) = (world.house(), world.ctx(Role::Officer, COMMUNE));
        let asked = [world.agency(FAR)];
        let mut all = Vec::new();
        for n in 0..30 {
            let id = world.sent(&format!("{n}")).await.0;
            actions::receive(&officer, &house, id).await.unwrap();
            let to = (world.agency(COMMUNE), asked.as_slice());
            actions::assign(&officer, &house, id, to, (false, "")).await.unwrap();
            all.push(id);
        }
        // Answered without waiting for it.
        for id in all.drain(..3) {
            world.answered(id, COMMUNE, 1).await;
        }
        let far = world.ctx(Role::Officer, FAR);
        let desk = actions::queue(&far, &house).await.unwrap();
        assert_eq!(desk.opinions.len(), 26, "one more than is shown tells that there are more");
        let opinions = actions::queue_opinions(&far, &house, 0).await.unwrap();
        assert_eq!(opinions.iter().map(|it| it.id).collect::<Vec<_>>(), all);
        assert!(actions::queue_opinions(&far, &house, 1).await.unwrap().is_empty());
        assert!(actions::queue_opinions(&world.anybody(), &house, 0).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_desk_with_many_cases_begins_with_the_nearest_and_leads_to_all_of_them() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mut all = Vec::new();
        for n in 0..130 {
            all.push(world.sent(&format!("{n}")).await.0);
        }
        let officer = world.ctx(Role::Officer, COMMUNE);
        let house = world.house();
        let queue = actions::queue(&officer, &house).await.unwrap();
        let group = &queue.groups[0];
        assert_eq!((group.state, group.cases.len(), group.n), (State::Sent, 25, 130));
        let mut seen = Vec::new();
        for page in 0..3 {
            let it = actions::queue_group(&officer, &house, State::Sent, page).await.unwrap();
            assert_eq!(it.n, 130, "page {page}");
            seen.extend(it.cases.iter().map(|it| it.id));
        }
        assert_eq!(seen.len(), 130);
        seen.sort_unstable();
        all.sort_unstable();
        assert_eq!(seen, all);
        let none = actions::queue_group(&officer, &house, State::Approval, 0).await.unwrap();
        assert_eq!((none.cases.len(), none.n), (0, 0));
        let stranger = world.anybody();
        assert!(actions::queue_group(&stranger, &house, State::Sent, 0).await.is_err());
    })
    .await;
}
