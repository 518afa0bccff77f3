//! Sentences, how alike two are, and which ones another was written from.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use sauro_kernel::fold;

/// Points after these end no sentence.
const SHORT: [&str; 12] =
    ["TP.", "Tp.", "tp.", "Q.", "P.", "TS.", "ThS.", "GS.", "PGS.", "v.v.", "tr.", "Mr."];

/// A source counts from this likeness on, in per cent.
const ORIGIN: u8 = 60;

/// Sources of one sentence kept at most: all communes of a province.
const MOST_ORIGINS: usize = 200;

/// Where a sentence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Place of the source among those given.
    pub source: usize,
    /// How alike they are, in per cent; 100 for word by word.
    pub likeness: u8,
}

/// The sentences of `text`: lines without their bullets, cut after points.
pub fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.lines() {
        let mut rest = bare(line);
        while !rest.is_empty() {
            let end = end_of_first(rest).unwrap_or(rest.len());
            let (first, after) = rest.split_at(end);
            let first = first.trim();
            if first.chars().any(char::is_alphanumeric) {
                all.push(first.to_owned());
            }
            rest = after.trim_start();
        }
    }
    all
}

/// `line` without a bullet, a dash or a number before it.
fn bare(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '–', '+', '•', '*', '·']).trim_start();
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let mark = first.strip_suffix(['.', ')']);
    let is_number = mark.is_some_and(|it| {
        !it.is_empty()
            && it.len() <= 3
            && it.chars().all(|it| it.is_ascii_alphanumeric())
            && (it.chars().all(|it| it.is_ascii_digit()) || it.len() == 1)
    });
    if is_number && !rest.is_empty() { rest.trim_start() } else { line }
}

/// Where the first sentence of `text` ends; none when it is the only one.
fn end_of_first(text: &str) -> Option<usize> {
    for (at, letter) in text.char_indices() {
        if !matches!(letter, '.' | '!' | '?' | ';') {
            continue;
        }
        let end = at + letter.len_utf8();
        let (before, after) = (text.get(..end)?, text.get(end..)?);
        let is_spaced = after.starts_with(char::is_whitespace);
        let is_short = before.split_whitespace().next_back().is_some_and(|it| SHORT.contains(&it));
        let begins = after.trim_start().chars().next();
        let is_begun = begins.is_some_and(|it| it.is_uppercase() || it == '“');
        if is_spaced && is_begun && !is_short {
            return Some(end);
        }
    }
    None
}

/// What two texts are compared by: pairs of neighbouring words, sorted, without tone marks. Numbers are
/// all alike, so that sentences that differ in their figures only are found.
pub fn shingles(text: &str) -> Vec<u64> {
    let plain = fold(text);
    let is_number = |it: &str| it.starts_with(|it: char| it.is_ascii_digit());
    let words: Vec<&str> =
        plain.split_whitespace().map(|it| if is_number(it) { "0" } else { it }).collect();
    let hash = |words: &[&str]| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    let mut found: Vec<u64> = match words.len() {
        0 => Vec::new(),
        1 => vec![hash(&words)],
        _ => words.windows(2).map(hash).collect(),
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// How alike two texts are by their [`shingles`], in per cent: what they share of all they have.
pub fn likeness(a: &[u64], b: &[u64]) -> u8 {
    let common = a.iter().filter(|it| b.binary_search(it).is_ok()).count();
    per_cent(common, a.len() + b.len() - common)
}

fn per_cent(part: usize, whole: usize) -> u8 {
    let found = (part * 100).checked_div(whole).unwrap_or(0);
    u8::try_from(found).unwrap_or(100)
}

/// Texts that can be asked which of them are like another, without looking at each.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    sets: Vec<Vec<u64>>,
    by_shingle: HashMap<u64, Vec<usize>>,
}

impl Shelf {
    pub(super) fn put(&mut self, set: Vec<u64>) {
        let n = self.sets.len();
        for it in &set {
            self.by_shingle.entry(*it).or_default().push(n);
        }
        self.sets.push(set);
    }

    /// Those that share something with `set`: the place, how much is shared, and the size.
    pub(super) fn sharing(&self, set: &[u64]) -> Vec<(usize, usize, usize)> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for it in set.iter().filter_map(|it| self.by_shingle.get(it)).flatten() {
            *shared.entry(*it).or_default() += 1;
        }
        let size = |n: usize| self.sets.get(n).map_or(0, Vec::len);
        let mut all: Vec<_> = shared.into_iter().map(|(n, common)| (n, common, size(n))).collect();
        all.sort_unstable();
        all
    }
}

/// For each of `written` which of `sources` it was written from, most alike first. A source that is
/// taken whole into a longer sentence counts too.
pub fn origins(written: &[String], sources: &[String]) -> Vec<Vec<Origin>> {
    let mut shelf = Shelf::default();
    for it in sources {
        shelf.put(shingles(it));
    }
    written.iter().map(|it| origins_of(it, sources, &shelf)).collect()
}

fn origins_of(sentence: &str, sources: &[String], shelf: &Shelf) -> Vec<Origin> {
    let mut best: HashMap<usize, u8> = HashMap::new();
    for text in [sentence, without_names(sentence)] {
        let set = shingles(text);
        for (source, common, size) in shelf.sharing(&set) {
            let alike = per_cent(common, set.len() + size - common);
            // Three words that occur elsewhere too are no proof.
            let held = if size >= 4 { per_cent(common, size).min(99) } else { 0 };
            let is_same = sources.get(source).is_some_and(|it| it.trim() == text.trim());
            let found = if is_same { 100 } else { alike.max(held).min(99) };
            let known = best.entry(source).or_default();
            *known = found.max(*known);
        }
    }
    let mut all: Vec<Origin> = best
        .into_iter()
        .filter(|it| it.1 >= ORIGIN)
        .map(|(source, likeness)| Origin { source, likeness })
        .collect();
    all.sort_by_key(|it| (std::cmp::Reverse(it.likeness), it.source));
    all.truncate(MOST_ORIGINS);
    all
}

/// `sentence` without what stands in brackets at its end: who said it.
fn without_names(sentence: &str) -> &str {
    let bare = sentence.trim_end_matches(['.', ';', ' ']);
    match bare.strip_suffix(')').and_then(|it| it.rfind('(')) {
        Some(at) if at > 0 => sentence.get(..at).unwrap_or(sentence).trim_end(),
        _ => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_sentences_without_their_bullets() {
        let text = "- Đã số hóa 95,5% hồ sơ. Còn 2 kho lưu trữ.\n1. Khai trương điểm hỗ trợ tại TP. Cà Mau; mở lớp đêm;\n\n+ a) Tập huấn 3 buổi";
        assert_eq!(
            sentences(text),
            [
                "Đã số hóa 95,5% hồ sơ.",
                "Còn 2 kho lưu trữ.",
                "Khai trương điểm hỗ trợ tại TP. Cà Mau; mở lớp đêm;",
                "Tập huấn 3 buổi",
            ]
        );
        assert!(sentences(" \n - \n ... \n").is_empty());
    }

    #[test]
    fn sentences_that_differ_in_figures_and_tone_marks_only_are_alike() {
        let alike = |a: &str, b: &str| likeness(&shingles(a), &shingles(b));
        assert_eq!(alike("Đã số hóa 95 hồ sơ", "Đã số hoá 98 hồ sơ"), 100);
        assert!(alike("Thiếu cán bộ chuyên trách", "Thiếu kinh phí mua máy") < 40);
        assert_eq!(alike("", ""), 0);
    }

    #[test]
    fn every_sentence_leads_back_to_where_it_came_from() {
        let sources = [
            "Thiếu cán bộ chuyên trách công nghệ thông tin.",
            "Đường truyền ở ấp xa chập chờn vào giờ cao điểm.",
            "Chưa có kinh phí thay máy tính cũ.",
        ]
        .map(str::to_owned);
        let written = [
            "Thiếu cán bộ chuyên trách công nghệ thông tin. (xã Năm Căn, xã Đất Mũi)",
            "Chưa có kinh phí thay máy tính cũ, trong khi đường truyền ở ấp xa chập chờn vào giờ cao điểm.",
            "Tỉnh đã bố trí vốn dự phòng.",
        ]
        .map(str::to_owned);
        let found = origins(&written, &sources);
        assert_eq!(found[0], [Origin { source: 0, likeness: 100 }]);
        let both: Vec<usize> = found[1].iter().map(|it| it.source).collect();
        assert_eq!(both.len(), 2, "{found:?}");
        assert!(found[1].iter().all(|it| it.likeness < 100));
        assert!(found[2].is_empty(), "what the province wrote itself has no source");
    }
}
