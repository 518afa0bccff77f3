use std::collections::BTreeSet;

use super::{Word, words};

/// Words of one passage.
const WORDS: usize = 36;

/// A piece of a text, and whether it was sought. Whoever draws it escapes it like any other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// It is one of the words sought.
    pub is_marked: bool,
}

/// The whole `text` in pieces, with the words `sought` (folded, sorted) marked.
pub fn marked(text: &str, sought: &[String]) -> Vec<Piece> {
    let found = words(text);
    pieces(text, &found, sought, (0, text.len()))
}

/// The passage of `text` in which most of the words `sought` (folded, sorted) stand, the first of equals. Of a
/// text in which none stands, its beginning.
pub fn passage(text: &str, sought: &[String]) -> Vec<Piece> {
    let found = words(text);
    let from = best(&found, sought);
    let Some(window) = found.get(from..found.len().min(from + WORDS)) else { return Vec::new() };
    let (Some(first), Some(last)) = (window.first(), window.last()) else { return Vec::new() };
    let start = if from == 0 { 0 } else { first.start };
    let is_end = from + WORDS >= found.len();
    let end = if is_end { text.len() } else { last.end };
    let mut all = pieces(text, window, sought, (start, end));
    let dots = || Piece { text: "…".to_owned(), is_marked: false };
    if start > 0 {
        all.insert(0, dots());
    }
    if !is_end {
        all.push(dots());
    }
    all
}

/// Where the best window begins: a little before its first word sought.
fn best(found: &[Word], sought: &[String]) -> usize {
    let hits: Vec<(usize, &str)> = found
        .iter()
        .enumerate()
        .filter(|(_, it)| is_sought(it, sought))
        .map(|(n, it)| (n, it.folded.as_str()))
        .collect();
    let mut best = (0, 0, 0);
    for (nth, (from, _)) in hits.iter().enumerate() {
        let inside = hits.iter().skip(nth).take_while(|(n, _)| n - from < WORDS - 6);
        let inside: Vec<&str> = inside.map(|it| it.1).collect();
        let distinct = inside.iter().collect::<BTreeSet<_>>().len();
        if (distinct, inside.len()) > (best.0, best.1) {
            best = (distinct, inside.len(), *from);
        }
    }
    best.2.saturating_sub(6)
}

fn is_sought(word: &Word, sought: &[String]) -> bool {
    sought.binary_search_by(|it| it.as_str().cmp(&word.folded)).is_ok()
}

fn pieces(
    text: &str,
    found: &[Word],
    sought: &[String],
    (start, end): (usize, usize),
) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    let mut add = |from: usize, to: usize, is_marked: bool| {
        let Some(part) = text.get(from..to).filter(|it| !it.is_empty()) else { return };
        match all.last_mut() {
            Some(last) if last.is_marked == is_marked => last.text.push_str(part),
            _ => all.push(Piece { text: part.to_owned(), is_marked }),
        }
    };
    let mut at = start;
    for word in found.iter().filter(|it| is_sought(it, sought)) {
        add(at, word.start, false);
        add(word.start, word.end, true);
        at = word.end;
    }
    add(at, end, false);
    all
}
