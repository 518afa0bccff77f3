//! News of the portal from its journal to a real mail server.

use std::sync::Arc;

use sauro::processes::{NewsBySmtp, NewsOfPortal, SubscriberNews};
use sauro_directory::DirectoryHandle;
use sauro_kernel::{Actor, Ctx, Role};
use sauro_notices::jobs::Smtp;
use sauro_portal::actions::{Step, step};
use sauro_portal::model::{DetailFields, Kind};
use sauro_store::Keys;
use sauro_subscriptions::NewsRoom;
use sauro_subscriptions::actions::{Office, ask, confirm, leave};
use sauro_subscriptions::jobs::{PostRoom, Round, whole_round};
use sauro_subscriptions::model::{Subject, WishFields};
use sauro_testkit::on_each_engine;

use crate::doors::house::Doors;
use crate::mailing::Mailbox;
use crate::portal::{fields, let_out};
use crate::world::PROVINCE;

const URL: &str = "https://cong.example.vn";

/// What the portal says goes into the outbox, and the outbox to the mail server.
async fn look(doors: &Doors, room: &PostRoom<NewsBySmtp>) -> Round {
    let system = doors.world.system();
    let process = SubscriberNews::new(system.clone());
    while process.follow(&doors.world.db).await.unwrap() > 0 {}
    whole_round(&system, &room.office).await.unwrap();
    room.round(&system).await.unwrap()
}

/// What follows `place` in the words of the last mail.
fn link(mailbox: &Mailbox, place: &str) -> String {
    let mail = mailbox.mails().pop().unwrap();
    let own = sauro_mailbox::model::Own::default();
    let words = sauro_mailbox::model::read(mail.as_bytes(), &own).text;
    let (_, rest) = words.split_once(&format!("{URL}{place}")).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_let_out_arrives_by_mail_with_one_click_to_leave_and_what_is_withdrawn_does_not() {
    on_each_engine(async |engine| {
        let doors = Doors::new(engine).await;
        let (world, mailbox) = (&doors.world, Mailbox::new());
        let system = world.system();
        let handle = DirectoryHandle::load(&system, &world.db).await.unwrap();
        let office = Office {
            db: world.db.clone(),
            keys: Keys::passing().unwrap(),
            directory: handle.clone(),
            news: NewsRoom(Arc::new(NewsOfPortal::new(world.db.clone(), handle))),
        };
        let from = "Sáu Rõ <sauro@donvi.example.vn>";
        let smtp = Smtp::new(&format!("smtp://127.0.0.1:{}", mailbox.port), from).unwrap();
        let (site, url) = ("Sáu Rõ".to_owned(), URL.to_owned());
        let room = PostRoom { carrier: NewsBySmtp(smtp), office: office.clone(), site, url };
        let anybody = Ctx { actor: Actor::public(), ..system };
        let province = Subject::Agency(doors.item.agency);
        let wish = WishFields {
            address: "dan@example.vn".to_owned(),
            rhythm: "ngay".to_owned(),
            subjects: vec![province.code(), Subject::News.code()],
            is_agreed: true,
        };
        ask(&anybody, &office, "203.0.113.7", &wish).await.unwrap();
        assert_eq!(look(&doors, &room).await.n_sent, 1);
        let asked = mailbox.mails().remove(0);
        assert!(!asked.contains("List-Unsubscribe"), "nothing to leave yet\n{asked}");
        let asked = link(&mailbox, "/theo-doi-tin/xac-nhan/");
        confirm(&anybody, &office, &asked).await.unwrap();

        let page =
            let_out(&doors, Kind::Page, &fields("Giới thiệu", DetailFields::default())).await;
        assert!(page.live_n.is_some());
        assert_eq!(look(&doors, &room).await, Round::default(), "a page is no news");
        let typed = fields("Tin mới & hay", DetailFields::default());
        let it = let_out(&doors, Kind::Article, &typed).await;
        assert_eq!(look(&doors, &room).await.n_sent, 1);
        assert_eq!(look(&doors, &room).await, Round::default());
        let mail = mailbox.mails().pop().unwrap();
        let own = link(&mailbox, "/theo-doi-tin/");
        let unfolded = mail.replace("\r\n ", " ").replace("\n ", " ");
        for words in [
            "X-Reader: dan@example.vn",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            &format!("List-Unsubscribe: <{URL}/theo-doi-tin/{own}/thoi>"),
            "Auto-Submitted: auto-generated",
        ] {
            assert!(unfolded.contains(words), "no {words} in\n{mail}");
        }
        assert_eq!(link(&mailbox, "/tin/"), "tin-moi-hay");

        let second = let_out(&doors, Kind::Article, &fields("Nhầm", DetailFields::default())).await;
        let process = SubscriberNews::new(world.system());
        while process.follow(&world.db).await.unwrap() > 0 {}
        whole_round(&world.system(), &office).await.unwrap();
        let leader = world.ctx(Role::Leader, PROVINCE);
        let back = Step::Withdraw("Đăng nhầm.".to_owned());
        step(&leader, &world.db, (second.id, second.stamp), &back).await.unwrap();
        // The letter lies in the outbox and the journal was not read since.
        let round = room.round(&world.system()).await.unwrap();
        assert_eq!((round.n_sent, round.n_dropped), (0, 1));

        assert!(leave(&anybody, &office, &own).await.unwrap());
        step(&leader, &world.db, (it.id, it.stamp), &Step::Correct).await.unwrap();
        assert_eq!(look(&doors, &room).await, Round::default());
        assert_eq!(mailbox.mails().len(), 2);
    })
    .await;
}
