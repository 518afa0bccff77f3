use sauro_initiatives::InitiativesError;
use sauro_initiatives::actions;
use sauro_initiatives::model::{CertificateFault, CertificateFile, fingerprint};
use sauro_kernel::Role;
use sauro_store::{Keys, run};
use sauro_testkit::on_each_engine;

use crate::applying::recognise;
use crate::world::{COMMUNE, PROVINCE, World, faults};

// I71
#[tokio::test]
async fn a_certificate_is_signed_found_by_its_paper_alone_and_withdrawn_for_a_reason() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let (room, db) = (world.room(), &world.db);
        let it = world.judged(&world.sent().await).await;
        let leader = world.ctx(Role::Leader, COMMUNE);
        let early = actions::certify(&leader, &room, it.id).await;
        assert!(matches!(early, Err(InitiativesError::Stale)), "no council has recognised it");
        recognise(&world, &it).await;
        for (role, code) in [(Role::FocalOfficer, COMMUNE), (Role::Leader, PROVINCE)] {
            let denied = actions::certify(&world.ctx(role, code), &room, it.id).await;
            assert!(matches!(denied, Err(InitiativesError::Denied(_))), "{role:?} of {code}");
        }
        let certificate = actions::certify(&leader, &room, it.id).await.unwrap();
        assert!(certificate.number.starts_with("01/GCN-"), "{}", certificate.number);
        let twice = actions::certify(&leader, &room, it.id).await;
        assert!(matches!(twice, Err(InitiativesError::Stale)), "one holds at a time");

        let case = actions::of_code(db, it.code.as_str()).await.unwrap();
        let guessed = actions::certificate(&room, &case, "0123456789abcdef").await;
        assert!(matches!(guessed, Err(InitiativesError::NotFound(_))));
        let found = actions::certificate(&room, &case, &certificate.check).await.unwrap();
        let (kept, words) = found;
        assert_eq!(kept, certificate);
        assert!(words.names("nguoi kin ten") && !words.names("Người Khác") && !words.names(" "));

        // The names are in the file that is handed out, and nowhere in plain words.
        let reviewer = world.ctx(Role::Leader, PROVINCE);
        let hidden = actions::certificate_to_hand_out(&reviewer, &room, it.id).await;
        assert!(matches!(hidden, Err(InitiativesError::Denied(_))), "a reviewer learns no names");
        let focal = world.ctx(Role::FocalOfficer, COMMUNE);
        let (_, _, file) = actions::certificate_to_hand_out(&focal, &room, it.id).await.unwrap();
        let bytes = file.bytes();
        assert!(CertificateFile::is_meant(&bytes) && file.words.contains("Người Kín Tên"));
        const SQL: &str = "SELECT sealed FROM initiative_certificates";
        let mut conn = db.read().await.unwrap();
        let sealed: Vec<u8> = run!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await).unwrap();
        drop(conn);
        let said = world.journal().await.1;
        assert!(said.contains(&certificate.number));
        for text in [said, String::from_utf8_lossy(&sealed).into_owned()] {
            assert!(!text.contains("Kín Tên") && !text.contains(&certificate.check));
        }

        let key = hex::encode(room.keys.public_key());
        let certified = CertificateFile::verify(&bytes, Some(&key)).unwrap();
        assert_eq!((certified.words.clone(), certified.is_anchored), (words, true));
        assert_eq!(certified.fingerprint, fingerprint(&certificate.signature));
        for at in 0..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] ^= 1 << (at % 8);
            assert!(CertificateFile::verify(&wrong, None).is_err(), "byte {at}");
        }
        // Whoever writes the whole file anew has another key.
        let other = Keys::passing().unwrap();
        let forged = |text: &str, key: &[u8], by: &[u8]| {
            CertificateFile::new(text.to_owned(), key, by).bytes()
        };
        let text = file.words.replace("Kín Tên", "Giả Mạo");
        let own = forged(&text, &other.public_key(), &other.sign(text.as_bytes()));
        assert!(CertificateFile::verify(&own, None).is_ok());
        assert_eq!(CertificateFile::verify(&own, Some(&key)), Err(CertificateFault::Key));
        let false_key = forged(&text, &room.keys.public_key(), &certificate.signature);
        assert_eq!(CertificateFile::verify(&false_key, None), Err(CertificateFault::Signature));

        let bare = actions::withdraw_certificate(&leader, &room, it.id, " ").await;
        assert!(faults(bare).contains("lý do thu hồi"));
        actions::withdraw_certificate(&leader, &room, it.id, "Ghi sai tên.").await.unwrap();
        let again = actions::withdraw_certificate(&leader, &room, it.id, "Nữa.").await;
        assert!(matches!(again, Err(InitiativesError::Stale)));
        let none = actions::certificate_to_hand_out(&focal, &room, it.id).await;
        assert!(
            matches!(none, Err(InitiativesError::NotFound(_))),
            "what does not hold is not printed"
        );
        let (kept, _) = actions::certificate(&room, &case, &certificate.check).await.unwrap();
        assert_eq!(kept.withdrawn.unwrap().1, "Ghi sai tên.", "its paper still leads there");
        world.pass_days(1);
        let leader = world.ctx(Role::Leader, COMMUNE);
        let next = actions::certify(&leader, &room, it.id).await.unwrap();
        assert!(next.number.starts_with("02/GCN-") && next.check != certificate.check);
    })
    .await;
}
