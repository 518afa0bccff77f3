//! Through a real IMAP server.

use std::path::PathBuf;
use std::sync::atomic::AtomicU32;

use sauro_mailbox::jobs::{Collected, Collector, ImapError, ImapPlace};
use sauro_testkit::dovecot::{Dovecot, USER};
use sauro_testkit::{Engine, on_each_engine};

use crate::world::{World, letter, letter_with, named, pdf, raw};

fn place(server: &Dovecot) -> ImapPlace {
    ImapPlace {
        host: "127.0.0.1".to_owned(),
        port: server.port,
        user: USER.to_owned(),
        password_file: server.password_file(),
        folder: "INBOX".to_owned(),
        is_tls: false,
        trusted: PathBuf::new(),
    }
}

fn collector(world: &World, place: ImapPlace) -> Collector {
    Collector {
        place,
        mailbox: world.mailbox(),
        db: world.db.clone(),
        files: world.files.clone(),
        keys: world.keys.clone(),
        directory: world.handle.clone(),
        seen: AtomicU32::new(0),
    }
}

#[tokio::test]
async fn each_message_of_a_real_mailbox_is_dealt_with_once_and_put_where_it_belongs() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let server = Dovecot::start();
        let away = raw("Auto-Submitted: auto-replied\r\n", b"Toi di vang den het tuan.");
        for (name, raw) in [
            ("1", letter()),
            ("2", letter_with("hai", &[("a.pdf", &pdf())])),
            ("3", named("ba", "Ngắn.")),
            ("4", away),
            ("5", letter()),
        ] {
            server.deliver(name, &raw);
        }
        let ctx = world.system();
        let collector = collector(&world, place(&server));
        let collected = collector.round(&ctx).await.unwrap();
        // The fifth is the first again.
        assert_eq!(collected, Collected { n_taken: 3, n_refused: 1, n_skipped: 1, n_left: 0 });
        let lie = ["", "da-nhan", "tra-lai", "bo-qua"].map(|it| server.count(it));
        assert_eq!(lie, [(0, 0), (3, 3), (1, 1), (1, 1)]);
        assert_eq!(collector.round(&ctx).await.unwrap(), Collected::default());
        assert_eq!((world.count("petitions").await, world.sent().await.len()), (2, 3));
    })
    .await;
}

#[tokio::test]
async fn broken_off_anywhere_nothing_is_lost_and_nothing_doubled() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let server = Dovecot::start();
        for n in 0..12 {
            let text = format!("Đèn số {n} ở đầu chợ không sáng cả tuần nay.");
            server.deliver(&format!("{n}"), &named(&format!("k{n}"), &text));
        }
        let mut n_broken = 0;
        for n in 1_u64.. {
            let collector = collector(&world, place(&server));
            let ctx = world.system();
            let patience = std::time::Duration::from_millis(40 * n);
            match tokio::time::timeout(patience, collector.round(&ctx)).await {
                Ok(collected) => {
                    collected.unwrap();
                    break;
                }
                Err(_) => n_broken += 1,
            }
        }
        assert!(n_broken > 0, "it was never broken off");
        assert_eq!((server.count("").0, server.count("da-nhan").0), (0, 12));
        assert_eq!((world.count("petitions").await, world.count("mailbox_letters").await), (12, 5));
    })
    .await;
}

#[tokio::test]
async fn a_mailbox_is_entered_over_tls_and_what_is_wrong_is_said_in_words() {
    let server = Dovecot::start();
    let over_tls = ImapPlace {
        host: "localhost".to_owned(),
        port: server.tls_port,
        is_tls: true,
        trusted: server.certificate(),
        ..place(&server)
    };
    over_tls.test().await.unwrap();
    let unknown = ImapPlace { trusted: PathBuf::new(), ..over_tls.clone() };
    assert!(matches!(unknown.test().await, Err(ImapError::Connection(_))));
    let open = ImapPlace { host: "imap.example.vn".to_owned(), ..place(&server) };
    assert!(matches!(open.test().await, Err(ImapError::Open)));
    let stranger = ImapPlace { user: "ai-do".to_owned(), ..place(&server) };
    assert!(matches!(stranger.test().await, Err(ImapError::SignIn(_))));
    let no_password = ImapPlace { password_file: "/khong/co".into(), ..place(&server) };
    assert!(no_password.test().await.unwrap_err().to_string().contains("/khong/co"));
    let no_folder = ImapPlace { folder: "khong-co".to_owned(), ..place(&server) };
    assert!(matches!(no_folder.test().await, Err(ImapError::Refused { command: "SELECT", .. })));
    let nobody = ImapPlace { port: 1, ..place(&server) };
    assert!(matches!(nobody.test().await, Err(ImapError::Connection(_))));
}
