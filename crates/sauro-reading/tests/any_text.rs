//! Whatever is pasted, the reader neither panics nor points outside the text.

#![expect(clippy::unwrap_used, reason = "a broken fixture must stop the test")]

use std::{fs, sync::LazyLock};

use proptest::prelude::*;
use sauro_reading::{Gazetteer, Reader, secret_mark};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Gazetteer::shipped()));

static SAMPLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|x| x == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|p| fs::read_to_string(p).unwrap()).collect()
});

fn spans_are_valid(text: &str) {
    let reading = READER.read(text, None);
    let n = text.chars().count();
    for task in &reading.tasks {
        assert!(task.span.start < task.span.end && task.span.end <= n, "{:?} of {n}", task.span);
    }
    for warning in &reading.warnings {
        assert!(warning.span.start <= warning.span.end && warning.span.end <= n);
    }
    let _ = secret_mark(text);
}

const PIECES: [&str; 40] = [
    "Giao ",
    "Bộ Tài chính",
    "các Bộ: ",
    "Quốc phòng, ",
    "UBND các tỉnh: ",
    "Hà Tĩnh",
    " và ",
    "; ",
    ". ",
    ": ",
    "(1) ",
    "(ii) ",
    "\n",
    "a) ",
    "1. ",
    "- ",
    "trước ngày 31/02/2026",
    "trong quý ",
    "hằng tháng",
    "chủ trì, ",
    "phối hợp với ",
    "báo cáo ",
    "Thủ tướng ",
    "yêu cầu ",
    "nêu trên ",
    "Số: 15/QĐ-BNV",
    "ngày ",
    "tháng ",
    "năm ",
    "31",
    "\u{301}",
    "“",
    "”",
    "|",
    "\t",
    "./.",
    "TT | Nhiệm vụ | Chủ trì | Thời hạn",
    "Sở ",
    "Bí thư ",
    "%",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_is_read_without_panic(text in "\\PC{0,400}") {
        spans_are_valid(&text);
    }

    #[test]
    fn text_made_of_the_readers_own_words_is_read_without_panic(picks in prop::collection::vec(0..PIECES.len(), 0..120)) {
        let text: String = picks.iter().filter_map(|i| PIECES.get(*i)).copied().collect();
        spans_are_valid(&text);
    }

    #[test]
    fn a_directive_cut_and_doubled_anywhere_is_read_without_panic(which in 0usize..100, from in 0usize..4000, n in 0usize..600, twice in any::<bool>()) {
        let sample = &SAMPLES[which % SAMPLES.len()];
        let chars: Vec<char> = sample.chars().collect();
        let from = from % chars.len().max(1);
        let to = (from + n).min(chars.len());
        let mut text: String = chars[..from].iter().chain(&chars[to..]).collect();
        if twice {
            text.extend(&chars[from..to]);
            text.extend(&chars[from..to]);
        }
        spans_are_valid(&text);
    }
}
