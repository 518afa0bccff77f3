use std::io::Write;

use sauro_kernel::{Actor, Ctx, Role};
use sauro_mailbox::MailboxError;
use sauro_mailbox::actions::{Arrived, Outcome, counts, take_in};
use sauro_mailbox::jobs::{Carried, Round};
use sauro_mailbox::model::Skip;
use sauro_petitions::actions;
use sauro_petitions::model::{Channel, Kind, Legal};
use sauro_testkit::{Engine, on_each_engine};

use crate::world::{World, letter, letter_with, named, pdf, raw};

#[tokio::test]
async fn a_message_becomes_one_case_and_its_sender_gets_one_receipt_however_often_it_comes() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let id = world.taken(&letter()).await;
        // By another way, so with other marks of the way on top.
        let again =
            [b"Received: from b by c; Mon, 2 Nov 2026 08:01:00 +0700\r\n".to_vec(), letter()];
        for raw in [letter(), again.concat()] {
            assert_eq!(world.came(&raw).await, Outcome::Taken(id));
        }
        let twice = named("hai", "Nắp cống gãy trước trường học.");
        let (one, other) = tokio::join!(world.tried(&twice), world.tried(&twice));
        assert_eq!(one.unwrap(), other.unwrap());
        assert_eq!((world.count("petitions").await, world.count("mailbox_messages").await), (2, 2));
        let sent = world.sent().await;
        assert_eq!(sent.len(), 2);
        assert_eq!(world.sent().await.len(), 2, "nothing is sent again");

        let view = world.view(id).await;
        let sender = view.sender.unwrap();
        assert_eq!((view.case.channel, view.case.may_publish), (Channel::Mail, false));
        assert_eq!(
            (view.case.title.as_str(), view.case.field.as_str()),
            ("Đèn đường hỏng", "khac")
        );
        assert_eq!(sender.name, "Người Gửi Mẫu");
        let receipt = sent.iter().find(|it| it.answers == "mot@example.vn").unwrap();
        assert_eq!(receipt.address, "gui.mau@example.vn");
        assert_eq!(receipt.subject, format!("Đã nhận phản ánh {}", view.case.number));
        for words in
            [&sender.code, &view.case.number, "19/11/2026", "https://sauro.example.vn/tra-cuu"]
        {
            assert!(receipt.words.contains(words), "no {words} in\n{}", receipt.words);
        }
        let plain = world.plain().await;
        for secret in ["gui.mau", "Mẫu", "mot@", sender.code.as_str(), "không sáng"] {
            assert!(!plain.contains(secret), "{secret} stands in {plain}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_the_case_and_its_letter_costs_neither() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let id = world.taken(&letter()).await;
        // As if the program had died before it wrote down what the message came to.
        let mut conn = world.db.write().await.unwrap();
        for sql in ["DELETE FROM mailbox_letters", "DELETE FROM mailbox_messages"] {
            sauro_store::run!(conn, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
        }
        conn.commit().await.unwrap();
        assert_eq!(world.came(&letter()).await, Outcome::Taken(id));
        assert_eq!((world.count("petitions").await, world.sent().await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_the_form_would_not_take_is_answered_in_words_and_is_no_case() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let long = "dài ".repeat(12_500);
        for (id, text, said) in [
            ("a", "Hỏng.", "Nội dung thư: Kể bằng chữ"),
            ("b", &"😡".repeat(400), "Nội dung thư: Kể bằng chữ"),
            ("c", &long, "Nội dung thư: Nội dung dài 49999 ký tự"),
            ("d", " ", "Nội dung thư: Kể cụ thể"),
        ] {
            assert_eq!(world.came(&named(id, text)).await, Outcome::Refused);
            assert_eq!(world.came(&named(id, text)).await, Outcome::Refused);
            let last = world.sent().await.pop().unwrap();
            assert!(last.words.contains(said), "no {said} in\n{}", last.words);
            assert_eq!(last.answers, format!("{id}@example.vn"));
        }
        let head = bytes::Bytes::from(letter());
        let large = Arrived::TooLarge(head, 80);
        let came = take_in(&world.system(), &world.house(), &world.mailbox(), large).await.unwrap();
        assert_eq!(came, Outcome::Refused);
        assert!(world.sent().await.pop().unwrap().words.contains("80 MB"));
        assert_eq!((world.count("petitions").await, world.sent().await.len()), (0, 5));
    })
    .await;
}

#[tokio::test]
async fn what_nobody_wrote_is_neither_taken_in_nor_answered_but_counted() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let body = "Tôi đi vắng đến hết tuần, xin liên hệ lại sau.".as_bytes();
        let marks = [
            ("Auto-Submitted: auto-replied\r\n", Skip::Automatic),
            ("Precedence: list\r\n", Skip::Bulk),
            ("Return-Path: <>\r\n", Skip::Bounce),
        ];
        for (head, skip) in marks {
            for _ in 0..2 {
                assert_eq!(world.came(&raw(head, body)).await, Outcome::Skipped(skip));
            }
        }
        assert_eq!(world.came(b"\0\0\0").await, Outcome::Skipped(Skip::NoSender));
        assert_eq!((world.count("petitions").await, world.sent().await.len()), (0, 0));
        let counted = counts(&world.ctx(Role::Officer), &world.db, "2026-11").await.unwrap();
        let n: i64 = counted.iter().map(|it| it.n).sum();
        assert!(counted.iter().all(|it| it.outcome == "skipped" && it.month == "2026-11"));
        assert_eq!((counted.len(), n), (4, 4), "{counted:?}");
        // What a list brought, its writer may send as well.
        world.taken(&raw("", body)).await;
    })
    .await;
}

#[tokio::test]
async fn two_machines_that_answer_each_other_come_to_rest() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        for n in 0..12 {
            world
                .taken(&named(
                    &format!("k{n}"),
                    &format!("Đèn số {n} ở đầu chợ không sáng cả tuần."),
                ))
                .await;
        }
        assert_eq!((world.count("petitions").await, world.sent().await.len()), (12, 5));
        world.pass_minutes(24 * 60);
        world.taken(&named("mai", "Hôm sau đèn ở đầu chợ vẫn chưa sáng.")).await;
        assert_eq!(world.sent().await.len(), 6);
        // More than the form takes from one place within an hour waits, and is not lost.
        let mut n = 0;
        while world
            .came(&named(&format!("m{n}"), &format!("Đèn số {n} vẫn chưa sáng, xin kiểm tra.")))
            .await
            != Outcome::Later
        {
            n += 1;
            assert!(n < 100, "nothing slows it down");
        }
        world.pass_minutes(60);
        world
            .taken(&named(&format!("m{n}"), &format!("Đèn số {n} vẫn chưa sáng, xin kiểm tra.")))
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_message_proves_nothing_of_who_wrote_it_and_leads_to_no_case_that_is_there() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let id = world.taken(&letter()).await;
        let before = world.view(id).await;
        let (number, code) = (before.case.number.clone(), before.sender.clone().unwrap().code);
        // The same address, the number in the subject, the Message-ID of the other: all forged.
        let text =
            String::from_utf8(named("mot", "Cho tôi xem lại vụ việc và mã tra cứu của tôi."))
                .unwrap();
        let subject = text.lines().find(|it| it.starts_with("Subject:")).unwrap().to_owned();
        let forged = text
            .replace(&subject, &format!("Subject: Re: {number}\r\nIn-Reply-To: <mot@example.vn>"));
        let forged =
            format!("Authentication-Results: mx.donvi.vn; spf=fail; dmarc=fail\r\n{forged}");
        let other = world.taken(forged.as_bytes()).await;
        assert_ne!(other, id);
        let after = world.view(id).await;
        assert_eq!((after.case, after.happenings.len()), (before.case, before.happenings.len()));
        let letters = world.sent().await;
        assert!(
            !letters
                .iter()
                .any(|it| it.subject.contains("PA-2026-000002") && it.words.contains(&code))
        );
        assert_eq!(letters.iter().filter(|it| it.words.contains(&code)).count(), 1);
        let noted = world.view(other).await;
        let note = noted.happenings.iter().find(|it| it.kind == Kind::Noted).unwrap();
        assert_eq!(
            (note.words.as_str(), note.is_public, note.account),
            ("Địa chỉ gửi chưa được xác nhận: máy chủ thư báo spf=fail, dmarc=fail.", false, None)
        );
        // The Message-ID of the other under an address of one's own brings no letter about the other.
        let mine = text.replace("Gui.Mau@example.vn", "ke.khac@example.org");
        let mine = world.taken(mine.as_bytes()).await;
        assert!(mine != id && mine != other);
        let letters = world.sent().await;
        assert!(
            letters
                .iter()
                .all(|it| it.address != "ke.khac@example.org" || !it.words.contains(&number))
        );
    })
    .await;
}

#[tokio::test]
async fn files_that_cannot_be_taken_are_named_and_the_case_comes_in_with_the_others() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let (macros, bomb, large) = (macros(), bomb(), vec![b'a'; 21 * 1024 * 1024]);
        let pdf = pdf();
        let many: Vec<(&str, &[u8])> = vec![
            ("bang.docm", &macros),
            ("anh.zip", &bomb),
            ("lon.txt", &large),
            ("chay.exe", b"MZ\x90\0"),
            ("1.pdf", &pdf),
            ("2.pdf", &pdf),
            ("3.pdf", &pdf),
            ("4.pdf", &pdf),
            ("5.pdf", &pdf),
            ("6.pdf", &pdf),
        ];
        let id = world.taken(&letter_with("tep", &many)).await;
        let names: Vec<String> = world.view(id).await.files.into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf"]);
        let words = world.sent().await.pop().unwrap().words;
        for name in [
            "bang.docm: Tài liệu có chứa macro",
            "anh.zip:",
            "lon.txt: Tệp lớn hơn",
            "chay.exe:",
            "6.pdf:",
        ] {
            assert!(words.contains(&format!("- {name}")), "no {name} in\n{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_sender_is_told_below_the_own_message_that_something_is_asked_and_that_there_is_an_answer()
 {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let id = world.taken(&letter()).await;
        let officer = world.ctx(Role::Officer);
        actions::receive(&officer, &world.house(), id).await.unwrap();
        let asked = "Xin cho biết đèn nào, gần nhà ai.";
        actions::ask_more(&officer, &world.house(), id, asked).await.unwrap();
        world.sent().await;
        actions::go_on(&officer, &world.house(), id, "Đã tìm thấy cột đèn.").await.unwrap();
        let other =
            world.taken(&named("hai", "Đèn ở đầu chợ tắt, cùng một việc với người khác.")).await;
        world.answered(other).await;
        let letters = world.sent().await;
        let subjects: Vec<&str> = letters.iter().map(|it| it.subject.as_str()).collect();
        assert_eq!(letters.len(), 4, "{subjects:?}");
        let code = world.view(id).await.sender.unwrap().code;
        let ask = letters.iter().find(|it| it.subject.starts_with("Cần bổ sung")).unwrap();
        assert_eq!(
            (ask.answers.as_str(), ask.address.as_str()),
            ("mot@example.vn", "gui.mau@example.vn")
        );
        assert!(ask.words.contains(&code) && !ask.words.contains(asked));
        let answer = letters.iter().find(|it| it.subject.ends_with("đã có trả lời")).unwrap();
        assert_eq!(answer.answers, "hai@example.vn");
        assert!(
            answer.words.contains("/tra-cuu") && !answer.words.contains("riêng"),
            "{}",
            answer.words
        );
        assert_eq!(world.sent().await.len(), 4);

        // Whoever had themselves forgotten is written to no more.
        let gone = world.taken(&named("ba", "Nắp cống gãy trước cổng trường học.")).await;
        let code = world.view(gone).await.sender.unwrap().code;
        let anybody = Ctx { actor: Actor::public(), ..world.system() };
        actions::erase(&anybody, &world.house(), (&code, "192.0.2.1")).await.unwrap();
        world.answered(gone).await;
        assert_eq!(world.sent().await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_sender_whose_case_was_merged_is_told_how_to_object() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let main = world.taken(&letter()).await;
        let id = world.taken(&named("hai", "Đèn ở đầu chợ tắt, cùng một việc.")).await;
        let (main, code) = (world.view(main).await.case, world.view(id).await.sender.unwrap().code);
        let officer = world.ctx(Role::Officer);
        let into = (main.number.as_str(), "Cùng một cột đèn.");
        actions::merge(&officer, &world.house(), id, into).await.unwrap();
        let letters = world.sent().await;
        assert_eq!(letters.len(), 3);
        let told = letters.iter().find(|it| it.subject.contains("được gộp")).unwrap();
        assert!(told.words.contains(&code) && told.words.contains("phản đối"), "{}", told.words);
        assert!(!told.words.contains("cột đèn") && !told.words.contains(&main.number));
    })
    .await;
}

#[tokio::test]
async fn while_the_mail_server_is_down_no_letter_is_lost_and_an_unknown_address_is_given_up() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        world.taken(&letter()).await;
        world.outbox.0.lock().unwrap().1 = Some(Carried::Later("connection refused".to_owned()));
        for _ in 0..3 {
            assert!(world.sent().await.is_empty());
            world.pass_minutes(10);
        }
        world.outbox.0.lock().unwrap().1 = None;
        assert_eq!(world.sent().await.len(), 1);
        world.outbox.0.lock().unwrap().1 =
            Some(Carried::Refused("550 5.1.1 <Gui.Mau@example.vn> unknown".to_owned()));
        world.taken(&named("hai", "Nắp cống gãy trước cổng trường học.")).await;
        let round = world.room().round(&world.system()).await.unwrap();
        assert_eq!(round, Round { n_refused: 1, ..Round::default() });
        assert_eq!(world.room().round(&world.system()).await.unwrap(), Round::default());
        let plain = world.plain().await;
        assert!(plain.contains("5.1.1") && !plain.contains("gui.mau"), "{plain}");
    })
    .await;
}

#[tokio::test]
async fn a_complaint_comes_in_marked_and_its_sender_is_told_the_way_of_the_law() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        let text = "Tôi khiếu nại quyết định thu hồi đất của hộ tôi tại ấp 3.";
        let id = world.taken(&named("luat", text)).await;
        assert_eq!(world.view(id).await.case.legal, Legal::Complaint);
        assert!(world.sent().await.pop().unwrap().words.contains("Luật Khiếu nại"));
        for (id, text) in [
            ("en", "The street light in front of the market has been broken for a week."),
            ("zh", "市场门口的路灯坏了一个星期,晚上走路很危险,请尽快修理。"),
        ] {
            let id = world.taken(&named(id, text)).await;
            assert!(world.view(id).await.case.body.starts_with(&text[..12]));
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_machine_room_takes_messages_in() {
    on_each_engine(async |engine: Engine| {
        let world = World::new(&engine.db).await;
        for ctx in [world.ctx(Role::Leader), world.ctx(Role::Administrator)] {
            let arrived = Arrived::Whole(letter().into());
            let came = take_in(&ctx, &world.house(), &world.mailbox(), arrived).await;
            assert!(matches!(came, Err(MailboxError::Denied(_))));
        }
        assert_eq!(world.count("petitions").await, 0);
    })
    .await;
}

/// A Word document with macros.
fn macros() -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("word/document.xml", b"<w/>".to_vec()),
        ("word/vbaProject.bin", b"x".to_vec()),
    ])
}

/// A package that grows a thousandfold.
fn bomb() -> Vec<u8> {
    packed(&[("a", vec![0; 32 * 1024 * 1024])])
}

fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
