use sauro_initiatives::actions;
use sauro_initiatives::model::{ProofFault, ProofFile};
use sauro_journal::{read_heads, stamp};
use sauro_testkit::on_each_engine;

use crate::world::World;

// I56
#[tokio::test]
async fn a_receipt_proves_priority_offline_and_every_changed_byte_is_found() {
    on_each_engine(async |engine| {
        let world = World::new(&engine.db).await;
        let it = world.sent().await;
        let case = actions::of_code(&world.db, it.code.as_str()).await.unwrap();
        let early = actions::proof_file(&world.db, &case, 1).await.unwrap();
        assert_eq!(early, None, "nothing is sealed yet");
        let seals = world.home.path().join("seals.jsonl");
        sauro_journal::seal(&world.db).await.unwrap();
        stamp(&world.db, 1, Some(&seals)).await.unwrap();
        let file = actions::proof_file(&world.db, &case, 1).await.unwrap().unwrap();
        let bytes = file.bytes();
        let proven = ProofFile::verify(&bytes, None).unwrap();
        assert_eq!(proven.dossier, case.dossier);
        assert_eq!((proven.at, proven.is_anchored), (it.sent_at, false));
        assert_eq!(proven.sha256, hex::encode(case.versions[0].hash));
        let heads = read_heads(&seals).await.unwrap();
        assert!(ProofFile::verify(&bytes, Some(&heads)).unwrap().is_anchored);
        assert_eq!(ProofFile::verify(&bytes, Some(&[])), Err(ProofFault::Heads));

        for at in 0..bytes.len() {
            // One bit of each byte, another one each time.
            let mut wrong = bytes.clone();
            wrong[at] ^= 1 << (at % 8);
            assert!(ProofFile::verify(&wrong, None).is_err(), "byte {at}");
        }
        for cut in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            assert!(ProofFile::verify(&bytes[..cut], None).is_err());
        }
        // Whoever writes the whole file anew still needs the log.
        let receipt = file.receipt.clone();
        let entry = hex::decode(&file.entry).unwrap();
        let forged = file.dossier.replace("Điểm mới", "Điểm cũ");
        let forged = ProofFile::new(forged, &entry, receipt.clone());
        assert_eq!(ProofFile::verify(&forged.bytes(), None), Err(ProofFault::Entry));
        let mut other = entry.clone();
        let last = other.len() - 3;
        other[last] ^= 1;
        let forged = ProofFile::new(file.dossier.clone(), &other, receipt);
        assert!(ProofFile::verify(&forged.bytes(), None).is_err());
    })
    .await;
}
