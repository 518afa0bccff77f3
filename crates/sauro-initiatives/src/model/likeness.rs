//! How like a problem and an initiative are: by the rare words that both have in common.

use std::collections::{BTreeMap, BTreeSet};

use sauro_kernel::fold;
use uuid::Uuid;

/// Words of one part of a text; the rest of a long part says little more.
const MOST_OF_PART: usize = 40;

/// The rarest words of a text that are looked up.
const RAREST: usize = 16;

/// Shared words from which on two texts are shown as alike: one is chance, unless it is rare.
const SHOWN_FROM: usize = 2;

/// Texts that a word may stand in for it alone to show likeness.
const RARE: i64 = 3;

/// Shared words from which on the other side is told.
const TOLD_FROM: usize = 3;

/// Syllables that stand in every text, with their marks: without them "đo" and "do" would be one.
const COMMON: [&str; 48] = [
    "và", "là", "của", "có", "cho", "không", "được", "các", "những", "một", "này", "đó", "do",
    "đã", "đang", "sẽ", "thì", "mà", "ở", "tại", "từ", "đến", "với", "về", "người", "để", "rất",
    "nhiều", "bằng", "theo", "trong", "khi", "mỗi", "làm", "phải", "hơn", "nếu", "hoặc", "còn",
    "sau", "trước", "giải", "pháp", "việc", "bị", "cần", "vào", "như",
];

/// Folded pairs that stand in every office's texts.
const VAGUE: [&str; 11] = [
    "can bo",
    "bao cao",
    "thong tin",
    "phan mem",
    "ho so",
    "he thong",
    "co quan",
    "dia phuong",
    "su dung",
    "thuc hien",
    "hien nay",
];

/// What two texts have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// The other text.
    pub id: Uuid,
    /// The folded words in both, the rarest first.
    pub words: Vec<String>,
    /// The rarer the words, the heavier.
    pub weight: f64,
}

impl Likeness {
    /// So alike that the other side is told.
    pub fn is_close(&self) -> bool {
        self.words.len() >= TOLD_FROM
    }
}

/// The words that a text is found by: folded pairs of syllables of each of its `parts`, each once.
/// Vietnamese words are mostly pairs.
pub fn pairs_of(parts: &[&str]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut pairs = Vec::new();
    for part in parts {
        let of_part = spelled(part).into_iter().map(|it| it.0);
        let new: Vec<String> =
            of_part.filter(|it| seen.insert(it.clone())).take(MOST_OF_PART).collect();
        pairs.extend(new);
    }
    pairs
}

/// Each of the folded `words` as `text` spells it; those that do not stand in it are left out.
pub fn as_written(text: &str, words: &[String]) -> Vec<String> {
    let written: BTreeMap<String, String> = spelled(text).into_iter().rev().collect();
    words.iter().filter_map(|it| written.get(it).cloned()).collect()
}

/// Pairs of neighbouring syllables that say something: folded, and as written. Punctuation parts them.
fn spelled(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for clause in text.split(|it: char| !(it.is_alphanumeric() || it == ' ' || it == '-')) {
        let syllables: Vec<(String, String)> = clause
            .split([' ', '-'])
            .filter(|it| !it.is_empty())
            .map(|it| (fold(it), it.to_lowercase()))
            .collect();
        for pair in syllables.windows(2) {
            if let [a, b] = pair
                && says(a)
                && says(b)
            {
                let folded = format!("{} {}", a.0, b.0);
                if !VAGUE.contains(&folded.as_str()) {
                    pairs.push((folded, format!("{} {}", a.1, b.1)));
                }
            }
        }
    }
    pairs
}

fn says((folded, written): &(String, String)) -> bool {
    !folded.is_empty()
        && folded.len() <= 24
        && !folded.chars().all(|it| it.is_ascii_digit())
        && !COMMON.contains(&written.as_str())
}

/// The rarest of `words` and their weights, from how many texts of the other kind each stands in; words in
/// `most` texts tell nothing apart.
pub fn rarest(words: &[String], mut counts: Vec<(String, i64)>, most: i64) -> Vec<(String, f64)> {
    counts.retain(|(_, n)| *n > 0 && *n < most);
    // Of equally rare words those that stand first in the text, in whatever order the database answers.
    counts.sort_by_cached_key(|(word, n)| (*n, words.iter().position(|it| it == word)));
    counts.truncate(RAREST);
    counts.into_iter().map(|(word, n)| (word, weight(n))).collect()
}

/// What is like the text with the words `rarest`, the likest first: `found` says which stand in what.
pub fn likest(rarest: &[(String, f64)], found: Vec<(String, Uuid)>) -> Vec<Likeness> {
    let mut shared: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for (word, id) in found {
        shared.entry(id).or_default().insert(word);
    }
    let mut all: Vec<Likeness> = shared
        .into_iter()
        .map(|(id, words)| {
            let both = rarest.iter().filter(|it| words.contains(&it.0));
            let weight = both.clone().map(|it| it.1).sum();
            Likeness { id, words: both.map(|it| it.0.clone()).collect(), weight }
        })
        .filter(|it| it.words.len() >= SHOWN_FROM || it.weight >= weight(RARE))
        .collect();
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| b.id.cmp(&a.id)));
    all
}

/// What a word in `n` texts adds to likeness.
fn weight(n: i64) -> f64 {
    let n = f64::from(i32::try_from(n).unwrap_or(i32::MAX));
    (f64::from(1_000_000) / (1.0 + n)).ln()
}
