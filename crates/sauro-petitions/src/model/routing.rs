//! Whom a case goes to: suggestions with reasons, from words that fields own and words that past cases
//! taught. An officer decides.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A field of cases (lĩnh vực).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Folded words and phrases that tell of it.
    pub words: Vec<String>,
    /// Code of the agency that is asked when no place is known, or empty.
    pub agency_code: String,
    /// Cases may be sent without a name.
    pub allows_anonymous: bool,
}

/// A suggestion with the words that speak for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// What is suggested: the code of a field, or of an agency.
    pub code: String,
    /// The words that speak for it, the strongest first.
    pub because: Vec<String>,
}

/// What was suggested for a case when it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guesses {
    /// Fields, the likeliest first, at most three.
    pub fields: Vec<Guess>,
    /// Agencies, the likeliest first, at most three.
    pub agencies: Vec<Guess>,
}

/// Words looked at in one text; the rest of a long text says little more.
pub const MOST_WORDS: usize = 60;

/// Words that stand in every text.
const COMMON: [&str; 36] = [
    "va", "la", "cua", "co", "cho", "khong", "duoc", "toi", "chung", "cac", "nhung", "mot", "nay",
    "do", "da", "dang", "se", "thi", "ma", "o", "tai", "tu", "den", "voi", "ve", "nguoi", "ong",
    "ba", "xin", "de", "nghi", "phan", "anh", "kien", "rat", "nhieu",
];

/// The words of `text` that routing learns from and looks up: folded syllables and pairs of syllables, each
/// once. Vietnamese words are mostly pairs.
pub fn words_of(text: &str) -> Vec<String> {
    let folded = sauro_kernel::fold(text);
    let syllables: Vec<&str> = folded
        .split(' ')
        .filter(|it| !it.is_empty() && it.len() <= 24 && !it.chars().all(|c| c.is_ascii_digit()))
        .collect();
    let mut seen = BTreeSet::new();
    let mut words = Vec::new();
    let pairs = syllables.windows(2).filter_map(|pair| match pair {
        [a, b] if !COMMON.contains(a) && !COMMON.contains(b) => Some(format!("{a} {b}")),
        _ => None,
    });
    for word in pairs {
        if seen.insert(word.clone()) {
            words.push(word);
        }
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

/// The likeliest fields of `text`, by the words that fields own and what past cases taught (`learned`: word,
/// field, how often).
pub fn fields_of(text: &str, fields: &[Field], learned: &[(String, String, i64)]) -> Vec<Guess> {
    let folded = format!(" {} ", sauro_kernel::fold(text));
    let mut owned: BTreeMap<String, Vec<(f64, String)>> = BTreeMap::new();
    for field in fields {
        for word in field.words.iter().filter(|it| folded.contains(&format!(" {it} "))) {
            // A phrase says more than a syllable.
            let weight = 2.0 * f64::from(u32::try_from(word.split(' ').count()).unwrap_or(1));
            owned.entry(field.code.clone()).or_default().push((weight, word.clone()));
        }
    }
    let known: BTreeSet<&str> = fields.iter().map(|it| it.code.as_str()).collect();
    for (word, code, weight) in weights(learned) {
        if known.contains(code.as_str()) {
            owned.entry(code).or_default().push((weight, word));
        }
    }
    best(owned)
}

/// The likeliest agencies by what past cases taught.
pub fn agencies_of(learned: &[(String, String, i64)]) -> Vec<Guess> {
    let mut all: BTreeMap<String, Vec<(f64, String)>> = BTreeMap::new();
    for (word, code, weight) in weights(learned) {
        all.entry(code).or_default().push((weight, word));
    }
    best(all)
}

/// How much each word speaks for each target: its share of the word's uses, more when seen often.
fn weights(learned: &[(String, String, i64)]) -> Vec<(String, String, f64)> {
    let mut of_word: BTreeMap<&str, i64> = BTreeMap::new();
    for (word, _, n) in learned {
        *of_word.entry(word).or_default() += n;
    }
    let real = |n: i64| f64::from(i32::try_from(n).unwrap_or(i32::MAX));
    learned
        .iter()
        .map(|(word, target, n)| {
            let all = of_word.get(word.as_str()).copied().unwrap_or(*n).max(1);
            (word.clone(), target.clone(), real(*n) / real(all) * real(all).ln_1p())
        })
        .collect()
}

fn best(all: BTreeMap<String, Vec<(f64, String)>>) -> Vec<Guess> {
    let mut guesses: Vec<(f64, Guess)> = all
        .into_iter()
        .map(|(code, mut words)| {
            words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let score = words.iter().map(|it| it.0).sum();
            let because = words.into_iter().map(|it| it.1).take(4).collect();
            (score, Guess { code, because })
        })
        .collect();
    guesses.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.code.cmp(&b.1.code)));
    guesses.into_iter().map(|it| it.1).take(3).collect()
}
