//! Whoever owns the database and changes the log is found out, and the place is named.

use sauro_journal::{Fault, What, entry_bytes, stamp};
use sauro_store::Dialect;
use sauro_testkit::on_each_engine;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::log::{Log, say};

/// Tables an intruder may touch.
const TABLES: [&str; 5] =
    ["journal_entries", "journal_leaves", "journal_subtrees", "journal_heads", "journal_readers"];
const N_ROUNDS: u64 = 300;
const HEADS: [i64; 9] = [1, 40, 3, 90, 17, 5, 130, 60, 4];

/// A small deterministic source of numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as i64
    }

    fn hash(&mut self) -> Vec<u8> {
        (0..32).map(|_| self.below(256) as u8).collect()
    }
}

/// A log of 350 entries under nine heads, its guards gone, and a copy of all of it.
async fn open_log(engine: sauro_testkit::Engine) -> Log {
    let mut log = Log::new(engine);
    for n in HEADS {
        log.grow(n).await;
    }
    log.disarm().await;
    for table in TABLES {
        log.say(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
    }
    log
}

/// Puts everything back.
async fn mend(log: &Log) {
    let identity =
        if log.db.dialect() == Dialect::Postgres { "OVERRIDING SYSTEM VALUE" } else { "" };
    let mut conn = log.db.write().await.unwrap();
    for table in TABLES {
        let kept = format!("INSERT INTO {table} {identity} SELECT * FROM kept_{table}");
        say(&mut conn, &format!("DELETE FROM {table}")).await.unwrap();
        say(&mut conn, &kept).await.unwrap();
    }
    conn.commit().await.unwrap();
}

/// What the fault must be: the exact place, or a place inside a stretch.
struct Expected {
    position: i64,
    what: fn(What) -> bool,
    sql: Vec<String>,
}

macro_rules! expect {
    ($position:expr, $what:pat, $($sql:expr),+) => {
        Expected { position: $position, what: |it| matches!(it, $what), sql: vec![$($sql),+] }
    };
}

/// The size of the first head that covers `position`.
fn head_over(position: i64) -> i64 {
    HEADS
        .iter()
        .scan(0, |size, n| {
            Some({
                *size += n;
                *size
            })
        })
        .find(|it| *it >= position)
        .unwrap()
}

const N_KINDS: i64 = 18;

fn tampering(log: &Log, kind: i64, dice: &mut Dice) -> Expected {
    let p = 1 + dice.below(log.n);
    let id = log.uuid(Uuid::from_u64_pair(5, dice.below(i64::MAX) as u64));
    let hash = log.blob(&dice.hash());
    let set = |assignment: String| {
        let sql = format!("UPDATE journal_entries SET {assignment} WHERE position = {p}");
        expect!(p, What::EntryChanged, sql)
    };
    let entries =
        "journal_entries (position, id, at, actor_post_id, agency_id, subject, kind, data)";
    let insert = |at: i64| {
        format!(
            "INSERT INTO {entries} VALUES ({at}, {id}, 1, {id}, {id}, 'task/1', 'TaskAssigned', '{{}}')"
        )
    };
    match kind {
        0 => set(format!("id = {id}")),
        1 => set(format!("at = at + {}", 1 + dice.below(1_000_000))),
        2 => set(format!("actor_post_id = {id}")),
        3 => set(format!("agency_id = {id}")),
        4 => set("subject = subject || '0'".to_owned()),
        5 => set("kind = 'TaskForgotten'".to_owned()),
        6 => set(format!("data = '{{\"n\":{}}}'", dice.below(1_000_000) + 1000)),
        7 => set("data = data || ' '".to_owned()),
        8 => expect!(
            p,
            What::EntryMissing,
            format!("DELETE FROM journal_entries WHERE position = {p}")
        ),
        9 => {
            let q = 1 + (p + dice.below(log.n - 1)) % log.n;
            let put = |from, to| {
                format!("UPDATE journal_entries SET position = {to} WHERE position = {from}")
            };
            expect!(p.min(q), What::EntryChanged, put(p, 9999), put(q, p), put(9999, q))
        }
        10 => {
            let sql =
                format!("UPDATE journal_entries SET position = {} WHERE position = {p}", log.n + 1);
            expect!(p, What::EntryMissing, sql)
        }
        11 => expect!(log.n + 1, What::EntryMissing, insert(log.n + 2 + dice.below(50))),
        12 => {
            let at = -dice.below(50);
            expect!(at, What::OutOfOrder, insert(at))
        }
        13 => {
            let sql = format!("UPDATE journal_leaves SET leaf_hash = {hash} WHERE position = {p}");
            expect!(p, What::LeafChanged, sql)
        }
        14 => expect!(
            p,
            What::LeafMissing,
            format!("DELETE FROM journal_leaves WHERE position = {p}")
        ),
        15 => {
            let size = head_over(p);
            let sql = format!("UPDATE journal_heads SET root = {hash} WHERE size = {size}");
            expect!(size, What::HeadChanged { .. }, sql)
        }
        16 => {
            expect!(256, What::SubtreeChanged, format!("UPDATE journal_subtrees SET hash = {hash}"))
        }
        _ => {
            let sql = format!("DELETE FROM journal_heads WHERE size = {}", log.n);
            expect!(log.n, What::HeadMissing, sql)
        }
    }
}

fn check_place(expected: &Expected, found: Option<&Fault>) {
    let fault = found.unwrap_or_else(|| panic!("unseen: {:?}", expected.sql));
    let (from, through) = (fault.position, fault.through);
    assert!((expected.what)(fault.what), "{:?}: {fault:?}", expected.sql);
    assert!((from..=through).contains(&expected.position), "{:?}: {fault:?}", expected.sql);
    if matches!(fault.what, What::EntryChanged | What::LeafChanged | What::LeafMissing) {
        assert!(fault.id.is_some() && fault.subject.is_some() && fault.kind.is_some());
        assert_eq!(from, through);
    }
}

#[tokio::test]
async fn every_random_tampering_is_found_and_its_place_named() {
    on_each_engine(async |engine| {
        let log = open_log(engine).await;
        assert_eq!(log.anchored().await.fault, None);
        for round in 0..N_ROUNDS {
            let mut dice = Dice(round);
            let kind = round as i64 % N_KINDS;
            let expected = tampering(&log, kind, &mut dice);
            for sql in &expected.sql {
                log.say(sql).await;
            }
            check_place(&expected, log.verdict().await.fault.as_ref());
            if round % 10 == 0 {
                assert!(log.anchored().await.fault.is_some());
            }
            mend(&log).await;
        }
        assert_eq!(log.anchored().await.fault, None);
    })
    .await;
}

#[tokio::test]
async fn an_entry_rewritten_together_with_its_leaf_is_found_by_the_next_head() {
    on_each_engine(async |engine| {
        let log = open_log(engine).await;
        for p in (1..=log.n).step_by(29) {
            let sql = format!("UPDATE journal_entries SET kind = 'TaskDone' WHERE position = {p}");
            log.say(&sql).await;
            let bytes = entry_bytes(&mut log.db.read().await.unwrap(), p).await.unwrap().unwrap();
            let leaf = log.blob(&Sha256::new().chain_update([0]).chain_update(bytes).finalize());
            let sql = format!("UPDATE journal_leaves SET leaf_hash = {leaf} WHERE position = {p}");
            let fault = |it: What| matches!(it, What::HeadChanged { .. } | What::SubtreeChanged);
            let expected = Expected { position: p, what: fault, sql: vec![sql] };
            log.say(&expected.sql[0]).await;
            check_place(&expected, log.verdict().await.fault.as_ref());
            mend(&log).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_log_rewritten_throughout_is_found_by_the_file_of_heads() {
    on_each_engine(async |engine| {
        let log = open_log(engine).await;
        let rewrite = [
            "UPDATE journal_entries SET kind = 'TaskDone' WHERE position = 200",
            "DELETE FROM journal_leaves",
            "DELETE FROM journal_subtrees",
            "DELETE FROM journal_heads",
            "DELETE FROM journal_readers",
        ];
        for sql in rewrite {
            log.say(sql).await;
        }
        stamp(&log.db, 1, None).await.unwrap();
        assert_eq!(log.verdict().await.fault, None, "the database alone cannot know");
        let fault = log.anchored().await.fault.unwrap();
        assert!(matches!(fault.what, What::AnchorDiffers { .. }), "{fault:?}");
        assert!((fault.position..=fault.through).contains(&200), "{fault:?}");
    })
    .await;
}

#[tokio::test]
async fn a_log_cut_off_at_its_end_is_found_by_the_file_of_heads() {
    on_each_engine(async |engine| {
        let log = open_log(engine).await;
        for sql in [
            "DELETE FROM journal_entries WHERE position > 346",
            "DELETE FROM journal_leaves WHERE position > 346",
            "DELETE FROM journal_heads WHERE size > 346",
        ] {
            log.say(sql).await;
        }
        assert_eq!(log.verdict().await.fault.unwrap().what, What::EntryMissing);
        log.say("UPDATE journal_readers SET position = 346").await;
        assert_eq!(log.verdict().await.fault, None, "the database alone cannot know");
        let fault = log.anchored().await.fault.unwrap();
        assert_eq!((fault.position, fault.what), (347, What::AnchorDiffers { size: 350 }));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_text_any_more_is_named_and_not_a_failure() {
    on_each_engine(async |engine| {
        if engine.db.dialect() == Dialect::Postgres {
            return; // It refuses such text itself.
        }
        let log = open_log(engine).await;
        log.say("UPDATE journal_entries SET subject = CAST(x'ff00fe' AS TEXT) WHERE position = 5")
            .await;
        let fault = log.verdict().await.fault.unwrap();
        assert_eq!((fault.position, fault.what), (5, What::EntryChanged));
        mend(&log).await;
        log.say("UPDATE journal_entries SET id = x'01' WHERE position = 5").await;
        let fault = log.verdict().await.fault.unwrap();
        assert_eq!((fault.id.as_deref(), fault.what), (Some("01"), What::EntryChanged));
    })
    .await;
}

#[tokio::test]
async fn a_fault_is_told_in_one_sentence_that_names_the_entry() {
    on_each_engine(async |engine| {
        let log = open_log(engine).await;
        log.say("UPDATE journal_entries SET kind = 'TaskDone' WHERE position = 7").await;
        let told = log.verdict().await.fault.unwrap().to_string();
        assert_eq!(
            told,
            "Mục số 7 (mã 00000000-0000-004d-0000-000000000007, việc TaskDone, về task/7): \
             nội dung mục này khác với lúc niêm phong."
        );
    })
    .await;
}
