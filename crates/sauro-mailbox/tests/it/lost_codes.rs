//! A tracking code that was lost is sent once more to the way that was left.

use sauro_kernel::{Actor, Ctx};
use sauro_petitions::PetitionsError;
use sauro_petitions::actions;
use sauro_petitions::model::{Channel, Ways};
use sauro_testkit::on_each_engine;

use crate::world::World;

const ADDRESS: &str = "gui.mau@example.vn";
const PHONE: &str = "0912 345 678";
const BOTH: Ways = Ways { mail: true, sms: true };

#[tokio::test]
async fn a_lost_code_goes_to_the_way_that_was_left_and_to_no_other() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mine = world.filled_in(Channel::Web, ADDRESS).await;
        let others = world.filled_in(Channel::Phone, PHONE).await;
        let (before, short) = (world.sent().await.len(), world.sent_short(100).await.len());
        let anybody = Ctx { actor: Actor::public(), ..world.system() };
        let house = world.house();
        let ask = async |number: &str, contact: &str, source: &str| {
            let asked = (number, contact, "nguoi gui mau");
            actions::ask_code(&anybody, &house, asked, (BOTH, source)).await
        };
        for (number, contact) in [
            (others.number.as_str(), ADDRESS),
            (mine.number.as_str(), PHONE),
            ("PA-2026-999999", ADDRESS),
        ] {
            ask(number, contact, "192.0.2.7").await.unwrap();
        }
        assert_eq!((world.sent().await.len(), world.sent_short(100).await.len()), (before, short));
        // The letter of a mistyped contact tells its reader the number, and the name it does not.
        let guessed = (mine.number.as_str(), ADDRESS, "Người Khác");
        actions::ask_code(&anybody, &house, guessed, (BOTH, "192.0.2.6")).await.unwrap();
        assert_eq!((world.sent().await.len(), world.sent_short(100).await.len()), (before, short));
        ask(&mine.number.to_lowercase(), " Gui.Mau@example.vn ", "192.0.2.8").await.unwrap();
        ask(&others.number, "+84 912 345 678", "192.0.2.8").await.unwrap();
        let letter = world.sent().await.pop().unwrap();
        assert!(letter.words.contains(&mine.code.to_string()), "{}", letter.words);
        let message = world.sent_short(100).await.pop().unwrap();
        assert!(message.words.contains(&others.code.to_string()), "{}", message.words);
        assert_eq!(
            (world.sent().await.len(), world.sent_short(100).await.len()),
            (before + 1, short + 1)
        );
        // Whoever tries again and again has to wait; and no case is asked for without end, from wherever.
        let mut n = 0;
        while ask(&mine.number, ADDRESS, "192.0.2.9").await.is_ok() {
            n += 1;
            assert!(n < 20, "nothing slows it down");
        }
        for n in 0..10 {
            ask(&mine.number, ADDRESS, &format!("198.51.100.{n}")).await.unwrap();
        }
        let all = world.sent().await.len() - before;
        assert!(all <= 4, "{all} letters with the code");
        assert!(ask("", "không phải", "192.0.2.10").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn where_nothing_can_be_sent_a_lost_code_is_refused_with_what_to_do_instead() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mine = world.filled_in(Channel::Web, ADDRESS).await;
        let anybody = Ctx { actor: Actor::public(), ..world.system() };
        let mail = Ways { mail: true, sms: false };
        let sms = Ways { mail: false, sms: true };
        for (ways, contact, words) in [
            (mail, PHONE, "chưa gửi tin nhắn"),
            (sms, ADDRESS, "chưa gửi thư điện tử"),
            (BOTH, "0290 381 1234", "máy bàn"),
        ] {
            let asked = (mine.number.as_str(), contact, "nguoi gui mau");
            let done =
                actions::ask_code(&anybody, &world.house(), asked, (ways, "192.0.2.7")).await;
            let Err(PetitionsError::Invalid(faults)) = done else { panic!("{contact}: {done:?}") };
            assert_eq!(faults[0].0, "lien-lac");
            assert!(faults[0].1.contains(words), "{faults:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn receipts_that_somebody_else_caused_keep_nobody_from_their_code() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let mine = world.filled_in(Channel::Web, ADDRESS).await;
        for _ in 0..8 {
            world.filled_in(Channel::Web, ADDRESS).await;
        }
        assert_eq!(world.sent().await.len(), 5);
        let anybody = Ctx { actor: Actor::public(), ..world.system() };
        let asked = (mine.number.as_str(), ADDRESS, "nguoi gui mau");
        actions::ask_code(&anybody, &world.house(), asked, (BOTH, "192.0.2.7")).await.unwrap();
        let letter = world.sent().await.pop().unwrap();
        assert!(letter.words.contains(&mine.code.to_string()), "{}", letter.words);
    })
    .await;
}
