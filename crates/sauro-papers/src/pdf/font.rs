//! Fonts of a PDF: how wide a code is and which letters it stands for.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;
use crate::letters::Legacy;

/// Longest ToUnicode map read, in bytes.
const MAX_CMAP_BYTES: usize = 4 * 1024 * 1024;

/// A font as the text walk needs it.
#[derive(Debug, Default)]
pub(super) struct Font {
    pub(super) name: Rc<str>,
    is_wide: bool,
    cmap: CMap,
    simple: Vec<String>,
    widths: BTreeMap<u32, f32>,
    width_ranges: Vec<(u32, u32, f32)>,
    usual_width: f32,
    /// An old Vietnamese code page that the font's name calls for, and whether it shows capitals.
    pub(super) legacy: Option<(Legacy, bool)>,
}

/// One code in a string shown.
#[derive(Debug)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// In thousandths of the font size.
    pub(super) width: f32,
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn read(document: &Document, dict: &Dictionary) -> Self {
        let subtype = dict.get(b"Subtype").and_then(Object::as_name).unwrap_or(b"");
        let mut font = Self { is_wide: subtype == b"Type0", usual_width: 500.0, ..Self::default() };
        if let Ok(stream) = dict.get_deref(b"ToUnicode", document).and_then(Object::as_stream)
            && let Ok(bytes) = stream.get_plain_content_with_limit(MAX_CMAP_BYTES)
        {
            font.cmap = CMap::parse(&bytes);
        }
        if font.is_wide {
            font.wide_widths(document, dict);
        } else {
            font.simple_widths(document, dict, subtype == b"Type3");
            font.simple = simple_letters(document, dict);
        }
        let name = dict.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"");
        font.name = String::from_utf8_lossy(name).into();
        if !font.cmap.has_vietnamese() {
            font.legacy = Legacy::of_font(&String::from_utf8_lossy(name));
        }
        font
    }

    fn simple_widths(&mut self, document: &Document, dict: &Dictionary, is_type3: bool) {
        let first = dict.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let first = u32::try_from(first).unwrap_or(0);
        let scale = if is_type3 { type3_scale(document, dict) } else { 1.0 };
        let Ok(widths) = dict.get_deref(b"Widths", document).and_then(Object::as_array) else {
            return;
        };
        for (n, width) in (0u32..256).zip(widths) {
            if let Some(width) = float(document, width) {
                self.widths.insert(first.saturating_add(n), width * scale);
            }
        }
    }

    fn wide_widths(&mut self, document: &Document, dict: &Dictionary) {
        self.usual_width = 1000.0;
        let descendants = dict.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
        let Some(descendant) = descendants.ok().and_then(|d| d.first()) else { return };
        let Ok((_, Object::Dictionary(descendant))) = document.dereference(descendant) else {
            return;
        };
        if let Some(width) = descendant.get(b"DW").ok().and_then(|w| float(document, w)) {
            self.usual_width = width;
        }
        let Ok(list) = descendant.get_deref(b"W", document).and_then(Object::as_array) else {
            return;
        };
        let mut items = list.iter();
        while let Some(first) = items.next().and_then(|o| float(document, o)) {
            let first = first as u32;
            let Some(next) = items.next() else { return };
            match document.dereference(next) {
                Ok((_, Object::Array(widths))) => {
                    for (n, width) in (0u32..65_536).zip(widths) {
                        if let Some(width) = float(document, width) {
                            self.widths.insert(first.saturating_add(n), width);
                        }
                    }
                }
                _ => {
                    let last = float(document, next).unwrap_or(0.0) as u32;
                    let Some(width) = items.next().and_then(|o| float(document, o)) else { return };
                    if self.width_ranges.len() < 2_000 {
                        self.width_ranges.push((first, last, width));
                    }
                }
            }
        }
    }

    /// The codes of a string shown, with their letters.
    pub(super) fn glyphs(&self, bytes: &[u8]) -> Vec<Glyph> {
        let size = if self.is_wide { 2 } else { 1 };
        bytes
            .chunks(size)
            .map(|chunk| {
                let code = chunk.iter().fold(0u32, |n, b| (n << 8) | u32::from(*b));
                Glyph {
                    text: self.letters(code),
                    width: self.width(code),
                    is_space: size == 1 && code == 32,
                }
            })
            .collect()
    }

    fn letters(&self, code: u32) -> String {
        if !self.cmap.is_empty()
            && let Some(text) = self.cmap.text(code)
        {
            return text;
        }
        match self.simple.get(code as usize) {
            Some(text) => text.clone(),
            None => char::REPLACEMENT_CHARACTER.to_string(),
        }
    }

    fn width(&self, code: u32) -> f32 {
        let in_range =
            || self.width_ranges.iter().find(|(a, b, _)| (*a..=*b).contains(&code)).map(|r| r.2);
        self.widths.get(&code).copied().or_else(in_range).unwrap_or(self.usual_width)
    }
}

/// The letters of the 256 codes of a simple font.
fn simple_letters(document: &Document, dict: &Dictionary) -> Vec<String> {
    let encoding = dict.get_deref(b"Encoding", document).ok();
    let base = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        Some(Object::Dictionary(e)) => e.get(b"BaseEncoding").and_then(Object::as_name).ok(),
        _ => None,
    };
    let table = match base {
        Some(b"MacRomanEncoding") => encoding_rs::MACINTOSH,
        _ => encoding_rs::WINDOWS_1252,
    };
    let mut letters: Vec<String> =
        (0..=255u8).map(|byte| table.decode_without_bom_handling(&[byte]).0.into_owned()).collect();
    if let Some(Object::Dictionary(e)) = encoding
        && let Ok(differences) = e.get_deref(b"Differences", document).and_then(Object::as_array)
    {
        let mut code = 0usize;
        for item in differences.iter().take(1_000) {
            match item {
                Object::Integer(n) => code = usize::try_from(*n).unwrap_or(0),
                Object::Name(name) => {
                    if let (Some(slot), Some(text)) = (letters.get_mut(code), glyph_name(name)) {
                        *slot = text;
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }
    letters
}

/// The letter a glyph's name means: `uni1EA1`, `u1EA1`, one letter, or a letter with marks.
fn glyph_name(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split('.').next()?;
    let code = name.strip_prefix("uni").or_else(|| name.strip_prefix('u')).filter(|h| h.len() >= 4);
    if let Some(c) = code.and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32) {
        return Some(c.to_string());
    }
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(c.to_string());
    }
    composed(name).map(String::from)
}

/// Letters named by their marks, such as `acircumflexacute` or `uhorn`.
fn composed(name: &str) -> Option<char> {
    use unicode_normalization::UnicodeNormalization as _;
    const MARKS: &[(&str, char)] = &[
        ("circumflex", '\u{302}'),
        ("breve", '\u{306}'),
        ("horn", '\u{31b}'),
        ("grave", '\u{300}'),
        ("acute", '\u{301}'),
        ("tilde", '\u{303}'),
        ("hookabove", '\u{309}'),
        ("dotbelow", '\u{323}'),
        ("dieresis", '\u{308}'),
    ];
    const WORDS: &[(&str, char)] = &[
        ("space", ' '),
        ("period", '.'),
        ("comma", ','),
        ("hyphen", '-'),
        ("endash", '–'),
        ("emdash", '—'),
        ("colon", ':'),
        ("semicolon", ';'),
        ("slash", '/'),
        ("parenleft", '('),
        ("parenright", ')'),
        ("percent", '%'),
        ("zero", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("quotedbl", '"'),
        ("dcroat", 'đ'),
        ("Dcroat", 'Đ'),
        ("Eth", 'Đ'),
        ("bullet", '•'),
        ("ampersand", '&'),
        ("plus", '+'),
        ("equal", '='),
        ("asterisk", '*'),
        ("underscore", '_'),
    ];
    if let Some((_, c)) = WORDS.iter().find(|(word, _)| *word == name) {
        return Some(*c);
    }
    let mut chars = name.chars();
    let mut letter = String::from(chars.next().filter(char::is_ascii_alphabetic)?);
    let mut rest = chars.as_str();
    while !rest.is_empty() {
        let (after, mark) =
            MARKS.iter().find_map(|(word, mark)| Some((rest.strip_prefix(word)?, *mark)))?;
        letter.push(mark);
        rest = after;
    }
    let composed: String = letter.nfc().collect();
    let mut chars = composed.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Type 3 fonts measure in their own units.
fn type3_scale(document: &Document, dict: &Dictionary) -> f32 {
    let matrix = dict.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
    matrix
        .and_then(|m| m.first())
        .and_then(|a| float(document, a))
        .map_or(1.0, |a| a.abs() * 1000.0)
}

/// A number, direct or referred to.
pub(super) fn float(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok().and_then(|(_, o)| o.as_float().ok()).filter(|n| n.is_finite())
}
