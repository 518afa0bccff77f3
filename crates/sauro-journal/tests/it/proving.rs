//! A sound log is found sound, and its receipts hold.

use sauro_journal::{ProofError, Reader, entry_bytes, lag, prove, stamp};
use sauro_testkit::on_each_engine;

use crate::log::Log;

#[tokio::test]
async fn a_sound_log_is_found_sound_at_every_size() {
    on_each_engine(async |engine| {
        let mut log = Log::new(engine);
        assert_eq!(log.anchored().await.fault, None);
        assert_eq!(stamp(&log.db, 1, Some(&log.anchor())).await.unwrap(), None);
        for n in [1, 1, 2, 251, 1, 1, 255, 600, 3] {
            let head = log.grow(n).await;
            let verdict = log.anchored().await;
            assert_eq!(verdict.fault, None);
            assert_eq!((verdict.n_entries, verdict.n_sealed), (log.n, log.n));
            assert_eq!((head.size, head.root), (log.n, verdict.root));
            assert_eq!(verdict.n_heads, verdict.n_anchored);
        }
        log.write(7).await;
        let verdict = log.anchored().await;
        assert_eq!((verdict.n_entries, verdict.n_sealed), (log.n, log.n - 7));
        assert_eq!(verdict.fault, None);
    })
    .await;
}

#[tokio::test]
async fn a_receipt_holds_for_its_entry_and_for_nothing_else() {
    on_each_engine(async |engine| {
        let mut log = Log::new(engine);
        for n in [1, 255, 300, 13] {
            let head = log.grow(n).await;
            let mut conn = log.db.read().await.unwrap();
            for position in (1..=log.n).step_by(7).chain([log.n]) {
                let entry = entry_bytes(&mut conn, position).await.unwrap().unwrap();
                let receipt = prove(&mut conn, position).await.unwrap();
                assert_eq!((receipt.size, &receipt.root), (log.n, &hex::encode(head.root)));
                receipt.check(&entry).unwrap();
                let text = serde_json::to_string(&receipt).unwrap();
                serde_json::from_str::<sauro_journal::Receipt>(&text)
                    .unwrap()
                    .check(&entry)
                    .unwrap();

                let mut other = entry.clone();
                *other.last_mut().unwrap() ^= 1;
                assert!(receipt.check(&other).is_err());
                let mut wrong = receipt.clone();
                wrong.position = wrong.position % log.n + 1;
                assert!(log.n == 1 || wrong.check(&entry).is_err());
                wrong.position = i64::MIN;
                assert!(wrong.check(&entry).is_err());
                let mut wrong = receipt;
                wrong.root = "no root".to_owned();
                assert!(wrong.check(&entry).is_err());
            }
        }
        log.write(1).await;
        let mut conn = log.db.read().await.unwrap();
        for position in [log.n, 0, -1, i64::MIN, i64::MAX] {
            let answer = prove(&mut conn, position).await;
            assert!(matches!(answer, Err(ProofError::NotSealed(it)) if it == position));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_who_stamp_at_once_beside_writers_make_one_sound_log() {
    on_each_engine(async |engine| {
        let mut log = Log::new(engine);
        for _ in 0..15 {
            log.write(40).await;
            let stampers: tokio::task::JoinSet<_> = (0..4)
                .map(|at| {
                    let (db, anchor) = (log.db.clone(), log.anchor());
                    async move { stamp(&db, at, Some(&anchor)).await.map(drop) }
                })
                .collect();
            log.write(3).await;
            for answer in stampers.join_all().await {
                answer.unwrap();
            }
        }
        log.grow(1).await;
        let verdict = log.anchored().await;
        assert_eq!((verdict.fault, verdict.n_sealed), (None, log.n));
    })
    .await;
}

#[tokio::test]
async fn a_line_of_the_file_of_heads_that_a_crash_has_cut_is_replaced() {
    on_each_engine(async |engine| {
        let mut log = Log::new(engine);
        log.grow(5).await;
        let whole = std::fs::read(log.anchor()).unwrap();
        log.grow(5).await;
        let cut = std::fs::read(log.anchor()).unwrap();
        std::fs::write(log.anchor(), &cut[..cut.len() - 9]).unwrap();
        assert_eq!(log.anchored().await.n_anchored, 1);
        // The head is in the database already, so only the file is mended.
        stamp(&log.db, 9, Some(&log.anchor())).await.unwrap();
        assert_eq!(std::fs::read(log.anchor()).unwrap(), cut);
        assert!(cut.starts_with(&whole));
        assert_eq!((log.anchored().await.n_anchored, log.anchored().await.fault), (2, None));
    })
    .await;
}

#[tokio::test]
async fn lag_says_how_far_each_reader_is_behind() {
    on_each_engine(async |engine| {
        let mut log = Log::new(engine);
        log.grow(9).await;
        let reader = Reader::new("rollups");
        let fresh = reader.fresh(&log.db, 4).await.unwrap();
        let mut conn = log.db.write().await.unwrap();
        reader.advance(&mut conn, &fresh).await.unwrap();
        conn.commit().await.unwrap();
        log.write(2).await;
        let readers = lag(&mut log.db.read().await.unwrap()).await.unwrap();
        let told: Vec<_> =
            readers.iter().map(|it| (it.name.as_str(), it.position, it.behind)).collect();
        assert_eq!(told, [("rollups", 4, 7), ("seal", 9, 2)]);
    })
    .await;
}
