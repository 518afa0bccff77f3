//! ToUnicode maps: which letters the codes of a font stand for.

use std::collections::BTreeMap;

/// Most entries kept of one map.
const MOST: usize = 100_000;

/// From character codes to text.
#[derive(Debug, Default, Clone)]
pub(super) struct CMap {
    single: BTreeMap<u32, String>,
    /// First code → last code and the text of the first.
    ranges: BTreeMap<u32, (u32, String)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(String),
}

impl CMap {
    /// Reads what can be read; a broken map gives fewer entries, not an error.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut mode = String::new();
        let mut pending: Vec<Token> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        for token in (Tokens { rest: bytes }) {
            match (&mut list, token) {
                (None, Token::Word(word)) => {
                    mode = word;
                    pending.clear();
                }
                (None, Token::Open) => list = Some(Vec::new()),
                (Some(items), Token::Hex(hex)) => items.push(hex),
                (Some(_), Token::Close) => {
                    map.add_list(&pending, &list.take().unwrap_or_default());
                    pending.clear();
                }
                (None, token @ Token::Hex(_)) => {
                    pending.push(token);
                    map.add(&mode, &mut pending);
                }
                _ => {}
            }
            if map.single.len() + map.ranges.len() > MOST {
                break;
            }
        }
        map
    }

    fn add(&mut self, mode: &str, pending: &mut Vec<Token>) {
        match (mode, pending.as_slice()) {
            ("beginbfchar", [Token::Hex(code), Token::Hex(text)]) => {
                self.single.insert(number(code), utf16(text));
            }
            ("beginbfrange", [Token::Hex(from), Token::Hex(to), Token::Hex(text)]) => {
                self.ranges.insert(number(from), (number(to), utf16(text)));
            }
            ("beginbfchar" | "beginbfrange", few) if few.len() < 3 => return,
            _ => {}
        }
        pending.clear();
    }

    fn add_list(&mut self, pending: &[Token], items: &[Vec<u8>]) {
        if let [Token::Hex(from), Token::Hex(_)] = pending {
            let from = number(from);
            for (n, text) in (0u32..).zip(items) {
                self.single.insert(from.saturating_add(n), utf16(text));
            }
        }
    }

    /// Whether nothing could be read.
    pub(super) fn is_empty(&self) -> bool {
        self.single.is_empty() && self.ranges.is_empty()
    }

    /// The text of a code.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let (from, (to, first)) = self.ranges.range(..=code).next_back()?;
        if code > *to {
            return None;
        }
        let mut chars: Vec<char> = first.chars().collect();
        let last = chars.pop()?;
        chars.push(char::from_u32(u32::from(last).checked_add(code - from)?)?);
        Some(chars.into_iter().collect())
    }

    /// Whether some code gives a letter that only Unicode Vietnamese has: then the font's name no
    /// longer says anything about its letters.
    pub(super) fn has_vietnamese(&self) -> bool {
        let texts = self.single.values().chain(self.ranges.values().map(|r| &r.1));
        texts.flat_map(|t| t.chars()).any(|c| {
            matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | 'Ă' | 'Đ' | 'Ơ' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
        })
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| (n << 8) | u32::from(*b))
}

fn utf16(bytes: &[u8]) -> String {
    if let [one] = bytes {
        return char::from(*one).to_string();
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().take(16).map(|p| u16::from_be_bytes(*p)).collect();
    String::from_utf16_lossy(&units)
}

/// The few kinds of token a map is made of.
struct Tokens<'a> {
    rest: &'a [u8],
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let (first, after) = self.rest.split_first()?;
            self.rest = after;
            match first {
                b'%' => {
                    let line = after
                        .iter()
                        .position(|b| matches!(b, b'\n' | b'\r'))
                        .unwrap_or(after.len());
                    self.rest = after.get(line..).unwrap_or(&[]);
                }
                b'<' if after.first() == Some(&b'<') => self.rest = after.get(1..).unwrap_or(&[]),
                b'<' => {
                    let end = after.iter().position(|b| *b == b'>')?;
                    let digits: Vec<u8> = after.iter().take(end).filter_map(|b| hex(*b)).collect();
                    self.rest = after.get(end + 1..).unwrap_or(&[]);
                    let bytes =
                        digits.chunks(2).map(|c| c.iter().fold(0u8, |n, d| (n << 4) | d)).collect();
                    return Some(Token::Hex(bytes));
                }
                b'[' => return Some(Token::Open),
                b']' => return Some(Token::Close),
                b if b.is_ascii_alphabetic() => {
                    let end = after
                        .iter()
                        .position(|b| !b.is_ascii_alphanumeric())
                        .unwrap_or(after.len());
                    let mut word = String::from(char::from(*b));
                    word.extend(after.iter().take(end.min(40)).map(|b| char::from(*b)));
                    self.rest = after.get(end..).unwrap_or(&[]);
                    return Some(Token::Word(word));
                }
                _ => {}
            }
        }
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}
