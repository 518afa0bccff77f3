//! Whoever sent a case is told on the way that they left, however the case came in.

use sauro_kernel::{Actor, Ctx, PetitionId, Role};
use sauro_mailbox::jobs::Carried;
use sauro_petitions::actions;
use sauro_petitions::model::{Channel, Submission, Ways};
use sauro_testkit::on_each_engine;

use crate::world::World;

const ADDRESS: &str = "gui.mau@example.vn";
const PHONE: &str = "0912 345 678";

async fn extended(world: &World, id: PetitionId) {
    let officer = world.ctx(Role::Officer);
    actions::receive(&officer, &world.house(), id).await.unwrap();
    let commune = world.directory.by_code(crate::world::COMMUNE).unwrap().id;
    let to = (commune, [].as_slice());
    actions::assign(&officer, &world.house(), id, to, (false, "")).await.unwrap();
    actions::accept(&officer, &world.house(), id).await.unwrap();
    let leader = world.ctx(Role::Leader);
    let reason = "Chờ vật tư về đến công trình.";
    actions::extend(&leader, &world.house(), id, reason).await.unwrap();
}

#[tokio::test]
async fn whoever_sends_by_the_page_and_leaves_an_address_gets_a_receipt_and_word_of_the_answer() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let receipt = world.filled_in(Channel::Web, ADDRESS).await;
        let letters = world.sent().await;
        let subjects: Vec<&str> = letters.iter().map(|it| it.subject.as_str()).collect();
        assert_eq!(subjects, [format!("Đã nhận phản ánh {}", receipt.number)]);
        world.answered(receipt.id).await;
        let letters = world.sent().await;
        assert_eq!(letters.len(), 2, "once each");
        let answer = letters.last().unwrap();
        assert_eq!((answer.address.as_str(), answer.answers.as_str()), (ADDRESS, ""));
        let public = format!("https://sauro.example.vn/phan-anh/{}", receipt.number);
        assert!(answer.words.contains(&public), "{}", answer.words);
        // The address was typed, perhaps wrongly: who reads the letter gets no code by it, and nobody's words.
        let code = receipt.code.to_string();
        for letter in &letters {
            assert!(!letter.words.contains(&code), "{}", letter.words);
            assert!(!letter.words.contains("ván") && !letter.words.contains("riêng"));
            assert!(letter.words.contains("/tra-cuu/quen-ma"), "{}", letter.words);
        }
        assert_eq!(world.sent_short(100).await, []);
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_a_telephone_gets_short_messages_by_day_and_none_of_what_they_just_read() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let web = world.filled_in(Channel::Web, PHONE).await;
        let called = world.filled_in(Channel::Phone, "0987654321").await;
        let landline = world.filled_in(Channel::Desk, "02903811234").await;
        let short = world.sent_short(100).await;
        assert_eq!(short.len(), 1, "{short:?}");
        assert_eq!((short[0].address.as_str(), short[0].subject.as_str()), ("0987654321", ""));
        assert!(short[0].words.contains(&called.number), "{}", short[0].words);
        extended(&world, web.id).await;
        world.answered(called.id).await;
        world.answered(landline.id).await;
        let short = world.sent_short(100).await;
        assert_eq!(short.len(), 3, "{short:?}");
        for it in &short {
            assert!(
                it.words.is_ascii() && it.words.len() <= 160,
                "{}: {}",
                it.words.len(),
                it.words
            );
        }
        assert!(
            short[1..]
                .iter()
                .any(|it| it.address == "0912345678" && it.words.contains("can them thoi gian"))
        );
        // In the evening it waits for the morning.
        world.pass_minutes(13 * 60);
        let late = world.filled_in(Channel::Web, "0911222333").await;
        world.answered(late.id).await;
        assert_eq!(world.sent_short(100).await.len(), 3);
        world.pass_minutes(9 * 60);
        assert_eq!(world.sent_short(100).await.len(), 4);
        assert_eq!(world.sent().await, [], "nobody left an address");
    })
    .await;
}

#[tokio::test]
async fn enough_short_messages_of_a_day_leave_the_rest_for_the_next_and_lose_none() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for n in 0..5 {
            world.filled_in(Channel::Phone, &format!("091200000{n}")).await;
        }
        assert_eq!(world.sent_short(3).await.len(), 3);
        assert_eq!(world.sent_short(3).await.len(), 3);
        world.pass_minutes(24 * 60);
        assert_eq!(world.sent_short(3).await.len(), 5);
        // One number that is typed again and again is not flooded.
        for _ in 0..8 {
            world.filled_in(Channel::Phone, PHONE).await;
        }
        let n = world.sent_short(100).await.iter().filter(|it| it.address == "0912345678").count();
        assert_eq!(n, 5);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_written_to_on_a_way_that_is_not_there() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.filled_in(Channel::Web, ADDRESS).await;
        world.filled_in(Channel::Phone, PHONE).await;
        world.told(Ways { mail: false, sms: false }).await;
        assert_eq!(world.count("mailbox_letters").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_sender_who_corrects_where_they_are_reached_is_told_there() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let receipt = world.filled_in(Channel::Web, ADDRESS).await;
        world.sent().await;
        let anybody = Ctx { actor: Actor::public(), ..world.system() };
        let typed = Submission {
            name: "Người Gửi Khác".to_owned(),
            contact: PHONE.to_owned(),
            ..Submission::default()
        };
        let code = receipt.code.to_string();
        actions::correct(&anybody, &world.house(), (&code, "192.0.2.1"), &typed).await.unwrap();
        world.answered(receipt.id).await;
        assert_eq!(world.sent().await.len(), 1, "the receipt alone");
        let short = world.sent_short(100).await;
        assert_eq!(short.len(), 1);
        assert!(short[0].words.contains("da co tra loi"), "{}", short[0].words);
    })
    .await;
}

#[tokio::test]
async fn who_wrote_by_mail_and_corrects_the_address_is_sent_no_code_there() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let id = world.taken(&crate::world::letter()).await;
        let code = world.view(id).await.sender.unwrap().code;
        let anybody = Ctx { actor: Actor::public(), ..world.system() };
        let typed = Submission {
            name: "Người Gửi Mẫu".to_owned(),
            contact: "nguoi.khac@example.vn".to_owned(),
            ..Submission::default()
        };
        world.sent().await;
        actions::correct(&anybody, &world.house(), (&code, "192.0.2.1"), &typed).await.unwrap();
        world.answered(id).await;
        let letter = world.sent().await.pop().unwrap();
        assert_eq!(
            (letter.address.as_str(), letter.answers.as_str()),
            ("nguoi.khac@example.vn", "")
        );
        assert!(!letter.words.contains(&code), "{}", letter.words);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_put_off_again_and_again_keeps_no_other_letter_back() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.outbox.0.lock().unwrap().2 = "day@example.vn".to_owned();
        for _ in 0..4 {
            world.filled_in(Channel::Web, "day@example.vn").await;
        }
        world.filled_in(Channel::Web, ADDRESS).await;
        world.filled_in(Channel::Web, "khac@example.vn").await;
        let sent = world.sent().await;
        let addresses: Vec<&str> = sent.iter().map(|it| it.address.as_str()).collect();
        assert_eq!(addresses, [ADDRESS, "khac@example.vn"]);
        world.outbox.0.lock().unwrap().2.clear();
        world.pass_minutes(10);
        assert_eq!(world.sent().await.len(), 6, "none is lost");
    })
    .await;
}

#[tokio::test]
async fn short_messages_left_over_from_a_day_wait_for_the_morning_and_not_for_midnight() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for n in 0..3 {
            world.filled_in(Channel::Phone, &format!("091200000{n}")).await;
        }
        assert_eq!(world.sent_short(2).await.len(), 2);
        // Half an hour past midnight of the next day.
        world.pass_minutes(15 * 60 + 30);
        assert_eq!(world.sent_short(2).await.len(), 2);
        world.pass_minutes(7 * 60);
        assert_eq!(world.sent_short(2).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_news_any_more_is_told_to_nobody() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.filled_in(Channel::Web, ADDRESS).await;
        world.filled_in(Channel::Phone, PHONE).await;
        // The letter by mail is written and waits; the short message is thought of weeks later.
        world.told(Ways { mail: true, sms: false }).await;
        world.pass_minutes(30 * 24 * 60);
        assert_eq!((world.sent().await.len(), world.sent_short(100).await.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_short_message_that_may_have_been_heard_goes_thrice_at_most_and_one_that_was_not_goes_on()
{
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let answer = |it: Carried| world.short.0.lock().unwrap().1 = Some(it);
        let tries = || world.short.0.lock().unwrap().3;
        world.filled_in(Channel::Phone, PHONE).await;
        answer(Carried::Away("the gateway is away".to_owned()));
        for _ in 0..5 {
            world.sent_short(100).await;
            world.pass_minutes(30);
        }
        answer(Carried::Unsure("no answer in time".to_owned()));
        let before = tries();
        // A few bad minutes lose nothing, and in days nobody gets it again and again.
        for (minutes, n) in [(0, 1), (50, 1), (60, 2), (60, 2), (24 * 60, 3), (24 * 60, 3)] {
            world.pass_minutes(minutes);
            world.sent_short(100).await;
            assert_eq!(tries() - before, n, "after {minutes} minutes more");
        }
        assert_eq!(before, 5);
        world.short.0.lock().unwrap().1 = None;
        world.pass_minutes(24 * 60);
        assert!(world.sent_short(100).await.is_empty());
        assert!(world.plain().await.contains("may have been heard more than once"));

        // A mail is known again by its Message-ID, and goes on as often as it takes.
        world.filled_in(Channel::Web, ADDRESS).await;
        world.outbox.0.lock().unwrap().1 = Some(Carried::Away("connection refused".to_owned()));
        for _ in 0..4 {
            world.sent().await;
            world.pass_minutes(60);
        }
        world.outbox.0.lock().unwrap().1 = None;
        assert_eq!(world.sent().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn messages_that_were_not_sent_use_up_no_part_of_a_day() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        world.short.0.lock().unwrap().1 = Some(Carried::Away("the gateway is away".to_owned()));
        for n in 0..3 {
            world.filled_in(Channel::Phone, &format!("091200000{n}")).await;
        }
        for _ in 0..4 {
            world.sent_short(3).await;
            world.pass_minutes(60);
        }
        world.short.0.lock().unwrap().1 = None;
        assert_eq!(world.sent_short(3).await.len(), 3);
        world.filled_in(Channel::Phone, "0912000009").await;
        assert_eq!(world.sent_short(3).await.len(), 3, "there were enough today");
        world.pass_minutes(24 * 60);
        assert_eq!(world.sent_short(3).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn what_holds_no_more_when_the_morning_comes_is_not_told() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (officer, anybody) =
            (world.ctx(Role::Officer), Ctx { actor: Actor::public(), ..world.system() });
        world.pass_minutes(14 * 60);
        let first = world.filled_in(Channel::Web, "0912000000").await;
        let second = world.filled_in(Channel::Web, "0912000001").await;
        for receipt in [&first, &second] {
            actions::receive(&officer, &world.house(), receipt.id).await.unwrap();
            let asked = "Xin ông bà cho biết cầu nằm ở ấp nào.";
            actions::ask_more(&officer, &world.house(), receipt.id, asked).await.unwrap();
        }
        assert!(world.sent_short(100).await.is_empty(), "it is eleven at night");
        let code = first.code.to_string();
        let by = (code.as_str(), "192.0.2.1");
        let given = "Cầu nằm ở ấp 3, gần trường học.";
        actions::give_more(&anybody, &world.house(), by, given, Vec::new()).await.unwrap();
        world.pass_minutes(9 * 60);
        let sent = world.sent_short(100).await;
        let phones: Vec<&str> = sent.iter().map(|it| it.address.as_str()).collect();
        assert_eq!(phones, ["0912000001"]);
    })
    .await;
}
