//! Words of Vietnamese, one syllable each, in the two forms by which they are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that count; nobody types more.
const MOST_LETTERS: usize = 48;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// With its marks: the tone stands at the end, so that `hoà` and `hòa` are one word.
    pub exact: String,
    /// Without marks, `đ` as `d`.
    pub folded: String,
}

impl Word {
    /// True when it was written with a mark.
    pub fn has_marks(&self) -> bool {
        self.exact != self.folded
    }
}

/// The words of `text`, composed or decomposed, in their order.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, is_of_word(c)));
    for (at, is_inside) in ends.chain([(text.len(), false)]) {
        match (start, is_inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.extend(word(text, from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn word(text: &str, start: usize, end: usize) -> Option<Word> {
    let letters: String = text.get(start..end)?.chars().take(MOST_LETTERS).collect();
    let mut tone = None;
    let mut base = String::with_capacity(letters.len());
    for c in letters.to_lowercase().nfd() {
        match tone_of(c) {
            Some(of) => tone = Some(of),
            None => base.push(c),
        }
    }
    let base: String = one_spelling(base.nfc().collect());
    let folded: String = base
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    if folded.is_empty() {
        return None;
    }
    let mut exact = base;
    exact.extend(tone);
    Some(Word { start, end, exact, folded })
}

/// The five marks of tone, each by a sign that stands in no word.
fn tone_of(c: char) -> Option<char> {
    match c {
        '\u{0300}' => Some('`'),
        '\u{0301}' => Some('\''),
        '\u{0309}' => Some('?'),
        '\u{0303}' => Some('~'),
        '\u{0323}' => Some('.'),
        _ => None,
    }
}

/// After one consonant `i` and `y` sound the same and are written either way: kỹ thuật, kĩ thuật; quy, qui.
fn one_spelling(base: String) -> String {
    match base.strip_suffix('y') {
        Some(front @ ("h" | "k" | "l" | "m" | "s" | "t" | "qu")) => format!("{front}i"),
        _ => base,
    }
}
