use bytes::Bytes;
use sauro_kernel::Role;
use sauro_petitions::PetitionsError;
use sauro_petitions::actions::{self, FileSent, Sent};
use sauro_petitions::model::{Channel, State, Submission};
use sauro_testkit::{day, on_each_engine};

use crate::world::{CENTRE, COMMUNE, FAR, MINISTRY, World};

#[tokio::test]
async fn the_same_form_sent_ten_times_is_one_case_with_one_receipt() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, house) = (world.anybody(), world.house());
        let first = actions::send(&ctx, &house, world.letter("a")).await.unwrap();
        for _ in 0..9 {
            assert_eq!(actions::send(&ctx, &house, world.letter("a")).await.unwrap(), first);
        }
        assert_eq!(world.count("petitions").await, 1);
        assert_ne!(actions::send(&ctx, &house, world.letter("b")).await.unwrap(), first);
        // At the same moment, from a telephone that changes between networks.
        let from = |source: &str| Sent { source: source.to_owned(), ..world.letter("c") };
        let (one, two, three, four) = tokio::join!(
            actions::send(&ctx, &house, from("198.51.100.1")),
            actions::send(&ctx, &house, from("198.51.100.1")),
            actions::send(&ctx, &house, from("203.0.113.2")),
            actions::send(&ctx, &house, from("203.0.113.3")),
        );
        let mut codes = [one, two, three, four].map(|it| it.unwrap().code.to_string()).to_vec();
        codes.dedup();
        assert_eq!((codes.len(), world.count("petitions").await), (1, 3));
    })
    .await;
}

#[tokio::test]
async fn the_receipt_says_who_has_it_and_by_when_it_is_answered() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, receipt) = world.sent("a").await;
        assert_eq!(receipt.number, "PA-2026-000001");
        assert_eq!(receipt.agency, world.agency(COMMUNE));
        assert_eq!(receipt.acknowledged_by, Some(day("2026-11-03")));
        // One day to acknowledge, two to sort, ten to answer.
        assert_eq!(receipt.answered_by, day("2026-11-19"));
    })
    .await;
}

#[tokio::test]
async fn without_a_place_the_agency_of_the_field_receives_it() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        for (field, code) in [("vien-thong", MINISTRY), ("", CENTRE)] {
            let letter = world.letter(field);
            let submission =
                Submission { place: None, field: field.to_owned(), ..letter.submission };
            let sent = Sent { submission, ..letter };
            let receipt = actions::send(&world.anybody(), &world.house(), sent).await.unwrap();
            assert_eq!(receipt.agency, world.agency(code));
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_finds_a_case_by_guessing_and_whoever_guesses_waits() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (_, receipt) = world.sent("a").await;
        let (ctx, house) = (world.anybody(), world.house());
        let code = receipt.code.to_string();
        for typed in [receipt.number.as_str(), "PA-00000-00000"].repeat(30) {
            let found = actions::follow(&ctx, &house, typed, "198.51.100.7").await;
            assert!(matches!(found, Err(PetitionsError::NotFound(_))), "{typed}");
        }
        let found = actions::follow(&ctx, &house, &code, "198.51.100.7").await;
        assert!(matches!(found, Err(PetitionsError::TooOften)));
        assert!(actions::follow(&ctx, &house, &code, "192.0.2.9").await.is_ok());
        world.pass_hours(1);
        let later = world.anybody();
        assert!(actions::follow(&later, &house, &code, "198.51.100.7").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn who_sent_it_stands_nowhere_but_sealed() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (id, receipt) = world.sent("a").await;
        let journal = world.journal().await;
        for secret in ["Lan", "0912345678", "0912 345 678", "ấp 3", &receipt.code.to_string()] {
            assert!(!journal.contains(secret), "{secret} stands in the journal");
        }
        let officer = world.ctx(Role::Officer, COMMUNE);
        let view = world.view(&officer, id).await;
        assert_eq!(view.sender.unwrap().name, "Nguyễn Thị Lan");
        assert!(view.case.public_body.contains("[số điện thoại]"));
        let stranger = world.ctx(Role::Officer, FAR);
        let found = actions::case_view(&stranger, &world.house(), id).await;
        assert!(matches!(found, Err(PetitionsError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn a_file_is_what_its_content_says_and_a_photo_forgets_where_it_was_taken() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (ctx, house) = (world.anybody(), world.house());
        let with = |key: &str, name: &str, content: Vec<u8>| Sent {
            files: vec![FileSent { name: name.to_owned(), content: Bytes::from(content) }],
            ..world.letter(key)
        };
        for (name, content) in [
            ("anh.jpg", b"\xff\xd8\xff\xe1garbage".to_vec()),
            ("anh.jpg", b"MZ\x90\0".to_vec()),
            ("anh.png", b"\x89PNG\r\n\x1a\nxx".to_vec()),
            ("anh.jpg", Vec::new()),
        ] {
            let sent = actions::send(&ctx, &house, with("bad", name, content)).await;
            assert!(matches!(&sent, Err(PetitionsError::Invalid(faults)) if faults[0].0 == "tep"));
        }
        assert_eq!(world.count("petitions").await, 0);
        let receipt = actions::send(&ctx, &house, with("good", "anh.jpg", photo())).await.unwrap();
        let code = receipt.code.to_string();
        let followed = actions::follow(&ctx, &house, &code, "192.0.2.1").await.unwrap();
        let hash = sauro_store::FileHash(followed.files[0].hash);
        let kept = world.files.read(&hash).await.unwrap();
        assert!(!kept.windows(4).any(|it| it == b"GPS!"), "the photo still says where");
        assert!(kept.starts_with(b"\xff\xd8\xff\xdb") && kept.ends_with(b"\xff\xd9"));
    })
    .await;
}

/// The smallest that passes for a JPEG: a table, a scan, and an APP1 that tells where it was taken.
fn photo() -> Vec<u8> {
    let mut all = b"\xff\xd8".to_vec();
    all.extend(b"\xff\xe1\x00\x0cExif\0\0GPS!");
    all.extend(b"\xff\xdb\x00\x04\x00\x01");
    all.extend(b"\xff\xda\x00\x04\x01\x00\x12\x34\x56\xff\xd9");
    all
}

#[tokio::test]
async fn an_officer_writes_a_case_down_for_somebody_and_a_stranger_cannot() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let house = world.house();
        let letter = Sent { channel: Channel::Phone, ..world.letter("a") };
        let denied = actions::send(&world.anybody(), &house, letter.clone()).await;
        assert!(matches!(denied, Err(PetitionsError::Denied(_))));
        let officer = world.ctx(Role::Officer, FAR);
        let receipt = actions::send(&officer, &house, letter).await.unwrap();
        assert_eq!(receipt.agency, world.agency(FAR));
    })
    .await;
}

#[tokio::test]
async fn a_sender_takes_their_data_along_and_has_it_forgotten_while_the_case_stays() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (id, receipt) = world.sent("a").await;
        let (ctx, house, code) = (world.anybody(), world.house(), receipt.code.to_string());
        world.assigned(id, COMMUNE).await;
        world.answered(id, COMMUNE, 1).await;
        let by = (code.as_str(), "192.0.2.1");
        let all = actions::export(&ctx, &house, by).await.unwrap();
        assert!(all.contains("Nguyễn Thị Lan") && all.contains("Đã trả lại bản giấy"));
        let case = actions::erase(&ctx, &house, by).await.unwrap();
        assert_eq!(case.flow.state, State::Answered);
        let officer = world.ctx(Role::Officer, COMMUNE);
        let view = world.view(&officer, id).await;
        assert_eq!(view.sender, None);
        let left = format!("{view:?}");
        for secret in ["Lan", "0912345678", "0912 345 678"] {
            assert!(!left.contains(secret), "{secret} is left in {left}");
        }
        // The code still opens the case.
        assert!(actions::follow(&ctx, &house, &code, "192.0.2.1").await.is_ok());
    })
    .await;
}
