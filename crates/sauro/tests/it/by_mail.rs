//! A petition by mail from end to end: a real IMAP server, a real mail server.

use std::sync::atomic::AtomicU32;

use sauro::config::PetitionMailConfig;
use sauro::processes::LettersBySmtp;
use sauro_kernel::{PetitionId, Role};
use sauro_mailbox::jobs::{Collected, Collector, LetterRoom, TellSenders};
use sauro_mailbox::model::Way;
use sauro_notices::jobs::Smtp;
use sauro_petitions::actions::{self, House};
use sauro_petitions::model::{Draft, Ways};
use sauro_testkit::dovecot::{Dovecot, USER};
use sauro_testkit::on_each_engine;

use crate::mailing::Mailbox;
use crate::noticing::{Cases, News};
use crate::world::COMMUNE;

const FROM: &str = "Sáu Rõ <sauro@donvi.example.vn>";
const ADDRESS: &str = "phananh@donvi.example.vn";

fn config(server: &Dovecot) -> PetitionMailConfig {
    PetitionMailConfig {
        enabled: true,
        address: ADDRESS.to_owned(),
        host: "localhost".to_owned(),
        port: server.tls_port,
        trusted: server.certificate(),
        user: USER.to_owned(),
        password_file: server.password_file(),
        agency: COMMUNE.to_owned(),
        ..PetitionMailConfig::default()
    }
}

pub(crate) async fn answer(news: &News, house: &House<'_>, id: PetitionId) {
    let (officer, leader) =
        (news.world.ctx(Role::Officer, COMMUNE), news.world.ctx(Role::Leader, COMMUNE));
    actions::receive(&officer, house, id).await.unwrap();
    let to = (house.directory.by_code(COMMUNE).unwrap().id, [].as_slice());
    actions::assign(&officer, house, id, to, (false, "")).await.unwrap();
    actions::accept(&officer, house, id).await.unwrap();
    let draft = Draft {
        closing: "guided".to_owned(),
        words: "Đèn ở chợ do ban quản lý chợ giữ, số trực ghi trên trụ đèn.".to_owned(),
        proof: String::new(),
    };
    actions::submit(&officer, house, id, &draft).await.unwrap();
    actions::approve(&leader, house, id).await.unwrap();
}

/// The words of a mail whose only part is packed as it is or in base64 or quoted: decoded by the reader that
/// messages are read with.
fn words(mail: &str) -> String {
    sauro_mailbox::model::read(mail.as_bytes(), &sauro_mailbox::model::Own::default()).text
}

#[tokio::test]
async fn a_letter_to_the_mailbox_gets_a_receipt_and_word_of_its_answer_below_itself() {
    on_each_engine(async |engine| {
        let news = News::new(engine).await;
        let cases = Cases::of(&news).await;
        let (house, files, keys) = (cases.house(&news), &cases.files, &cases.keys);
        let system = news.world.system();
        actions::load_shipped(&system, &house).await.unwrap();
        let (server, sink) = (Dovecot::start(), Mailbox::new());
        let config = config(&server);
        let collector = Collector {
            place: config.place(),
            mailbox: config.mailbox(FROM),
            db: news.db().clone(),
            files: files.clone(),
            keys: keys.clone(),
            directory: news.directory.clone(),
            seen: AtomicU32::new(0),
        };
        let room = LetterRoom {
            way: Way::Mail,
            most_a_day: None,
            has_marks: true,
            carrier: LettersBySmtp {
                smtp: Smtp::new(&format!("smtp://127.0.0.1:{}", sink.port), FROM).unwrap(),
                address: config.address.clone(),
            },
            db: news.db().clone(),
            keys: keys.clone(),
            directory: news.directory.clone(),
            site: "Sáu Rõ".to_owned(),
            url: "https://sauro.example.vn".to_owned(),
        };
        let letter = format!(
            "Return-Path: <gui.mau@example.vn>\r\nFrom: Gui Mau <gui.mau@example.vn>\r\nTo: {ADDRESS}\r\n\
            Subject: Den duong o dau cho khong sang\r\nMessage-ID: <mot@example.vn>\r\n\r\n\
            Ca tuan nay den o dau cho khong sang, buoi toi di lai kho.\r\n"
        );
        server.deliver("1", letter.as_bytes());
        let collected = collector.round(&system).await.unwrap();
        assert_eq!(collected, Collected { n_taken: 1, ..Collected::default() });
        assert_eq!((server.count("").0, server.count("da-nhan")), (0, (1, 1)));
        assert_eq!(room.round(&system).await.unwrap().n_sent, 1);
        let receipt = sink.mails().remove(0);
        for line in [
            "X-Reader: gui.mau@example.vn",
            "In-Reply-To: <mot@example.vn>",
            "References: <mot@example.vn>",
            "Auto-Submitted: auto-replied",
            "Reply-To: phananh@donvi.example.vn",
            "X-Loop: phananh@donvi.example.vn",
        ] {
            assert!(receipt.lines().any(|it| it == line), "no {line} in\n{receipt}");
        }
        let said = words(&receipt);
        let code = said.lines().find_map(|it| it.strip_prefix("Mã tra cứu: ")).unwrap().to_owned();
        let anybody = sauro_kernel::Ctx { actor: sauro_kernel::Actor::public(), ..system.clone() };
        let followed = actions::follow(&anybody, &house, &code, "192.0.2.1").await.unwrap();

        // Our own letter, come back, is nobody's petition.
        server.deliver("2", receipt.as_bytes());
        let collected = collector.round(&system).await.unwrap();
        assert_eq!(collected, Collected { n_skipped: 1, ..Collected::default() });

        let ways = Ways { mail: true, sms: false };
        let tell = TellSenders::new(system.clone(), keys.clone(), ways);
        answer(&news, &house, followed.case.id).await;
        while tell.follow(news.db()).await.unwrap() > 0 {}
        assert_eq!(room.round(&system).await.unwrap().n_sent, 1);
        let told = sink.mails().pop().unwrap();
        assert!(told.lines().any(|it| it == "In-Reply-To: <mot@example.vn>"), "{told}");
        let said = words(&told);
        assert!(said.contains(&code) && !said.contains("ban quản lý chợ"), "{said}");
        assert_eq!(sink.mails().len(), 2);
    })
    .await;
}
