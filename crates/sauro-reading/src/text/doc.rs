//! A text with its tokens, and the questions asked of them by place.

use super::{
    phrases::Phrases,
    token::{Kind, Token, tokenise},
};

/// The text being read. Every question about a place outside it has a harmless answer.
#[derive(Debug)]
pub(crate) struct Doc {
    chars: Vec<char>,
    tokens: Vec<Token>,
}

impl Doc {
    pub(crate) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let tokens = tokenise(&chars);
        Self { chars, tokens }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn n_chars(&self) -> usize {
        self.chars.len()
    }

    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    pub(crate) fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The word at `i` in its one spelling, empty beyond the end.
    pub(crate) fn w(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.key.as_str())
    }

    /// The word before `i`, empty at the start.
    pub(crate) fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |p| self.w(p))
    }

    pub(crate) fn kind(&self, i: usize) -> Kind {
        self.tokens.get(i).map_or(Kind::Mark, |t| t.kind)
    }

    pub(crate) fn number(&self, i: usize) -> Option<u32> {
        match self.kind(i) {
            Kind::Number(n) => Some(n),
            _ => None,
        }
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Kind::Word && i < self.tokens.len()
    }

    pub(crate) fn upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.upper)
    }

    pub(crate) fn start(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.chars.len(), |t| t.start)
    }

    /// Where token `i` ends in code points.
    pub(crate) fn end(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.chars.len(), |t| t.end)
    }

    /// If the words of `phrase` stand at `i`, the place after them.
    pub(crate) fn at(&self, i: usize, phrase: &str) -> Option<usize> {
        let (mut j, mut rest) = (i, phrase);
        loop {
            let word = self.tokens.get(j)?.key.as_str();
            let tail = rest.strip_prefix(word)?;
            j += 1;
            if tail.is_empty() {
                return Some(j);
            }
            rest = tail.strip_prefix(' ')?;
        }
    }

    /// The longest of a few phrases that stands at `i`.
    pub(crate) fn any(&self, i: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|p| self.at(i, p)).max()
    }

    /// The longest phrase of a set that stands at `i`.
    pub(crate) fn of(&self, i: usize, set: &Phrases) -> Option<usize> {
        set.longest(self, i)
    }

    /// Whether any of the words stands in `from..to`.
    pub(crate) fn has(&self, from: usize, to: usize, phrase: &str) -> bool {
        (from..to).any(|i| self.at(i, phrase).is_some_and(|end| end <= to))
    }

    /// The text between two code points.
    pub(crate) fn text(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end.min(self.chars.len())).unwrap_or_default().iter().collect()
    }

    /// The text of tokens `from..to`, white space made single.
    pub(crate) fn words(&self, from: usize, to: usize) -> String {
        if from >= to {
            return String::new();
        }
        self.text(self.start(from), self.end(to - 1))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The text of tokens `from..to` exactly as written.
    pub(crate) fn exact(&self, from: usize, to: usize) -> String {
        if from >= to { String::new() } else { self.text(self.start(from), self.end(to - 1)) }
    }
}
