//! Automatic numbers: what Word shows before a paragraph but does not write in its text.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::PaperError;
use crate::roman::roman;
use crate::xml::{attribute, local};

/// Number of levels in a list.
const LEVELS: usize = 9;

/// How one level is written.
#[derive(Debug, Clone)]
struct Level {
    format: String,
    text: String,
    start: u32,
    is_legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: "decimal".to_owned(), text: String::new(), start: 1, is_legal: false }
    }
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: BTreeMap<String, BTreeMap<usize, Level>>,
    /// List → its abstract list and the starts it overrides.
    lists: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    overridden: BTreeMap<(String, usize), ()>,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub(super) fn parse(xml: &str) -> Result<Self, PaperError> {
        let mut numbering = Self::default();
        let mut reader = Reader::from_str(xml);
        let (mut current_abstract, mut current_list, mut level) = (None, None, 0);
        loop {
            match reader.read_event().map_err(|e| PaperError::damaged("Văn bản Word", e))? {
                Event::Start(e) | Event::Empty(e) => match local(&e).as_str() {
                    "abstractNum" => {
                        (current_abstract, current_list) = (attribute(&e, "abstractNumId"), None)
                    }
                    "num" => (current_abstract, current_list) = (None, attribute(&e, "numId")),
                    "lvl" | "lvlOverride" => {
                        level = attribute(&e, "ilvl")
                            .and_then(|v| v.parse().ok())
                            .unwrap_or(0)
                            .min(LEVELS - 1)
                    }
                    name => match (&current_abstract, &current_list) {
                        (Some(id), _) => numbering.level_property(id, level, name, &e),
                        (None, Some(id)) => numbering.list_property(id, level, name, &e),
                        _ => {}
                    },
                },
                Event::Eof => return Ok(numbering),
                _ => {}
            }
        }
    }

    fn level_property(&mut self, id: &str, level: usize, name: &str, e: &BytesStart<'_>) {
        let value = attribute(e, "val").unwrap_or_default();
        let level = self.abstracts.entry(id.to_owned()).or_default().entry(level).or_default();
        match name {
            "numFmt" => level.format = value,
            "lvlText" => level.text = value.chars().take(40).collect(),
            "start" => level.start = value.parse().unwrap_or(1),
            "isLgl" => level.is_legal = value != "0" && value != "false",
            _ => {}
        }
    }

    fn list_property(&mut self, id: &str, level: usize, name: &str, e: &BytesStart<'_>) {
        let value = attribute(e, "val").unwrap_or_default();
        let list = self.lists.entry(id.to_owned()).or_default();
        match name {
            "abstractNumId" => list.0 = value,
            "startOverride" => {
                list.1.insert(level, value.parse().unwrap_or(1));
            }
            _ => {}
        }
    }

    /// Counts one paragraph and returns what Word shows before it; empty for `none`.
    pub(super) fn next(&mut self, list: &str, level: usize) -> String {
        let Some((id, starts)) = self.lists.get(list).cloned() else { return String::new() };
        let Some(levels) = self.abstracts.get(&id).cloned() else { return String::new() };
        let level = level.min(LEVELS - 1);
        let counters = self.counters.entry(id.clone()).or_default();
        let first =
            |n: usize| starts.get(&n).copied().or(levels.get(&n).map(|l| l.start)).unwrap_or(1);
        let restarts = starts.contains_key(&level)
            && self.overridden.insert((list.to_owned(), level), ()).is_none();
        for (n, counter) in counters.iter_mut().enumerate() {
            if n < level {
                counter.get_or_insert(first(n));
            } else if n == level {
                *counter = Some(match *counter {
                    Some(count) if !restarts => count.saturating_add(1),
                    _ => first(n),
                });
            } else {
                *counter = None;
            }
        }
        let Some(shape) = levels.get(&level) else { return String::new() };
        if shape.format == "bullet" {
            return "-".to_owned();
        }
        label(shape, &levels, counters)
    }
}

/// Fills `%1.%2)` with the counts of the levels.
fn label(
    shape: &Level,
    levels: &BTreeMap<usize, Level>,
    counters: &[Option<u32>; LEVELS],
) -> String {
    let mut out = String::new();
    let mut chars = shape.text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = (c == '%').then(|| chars.peek().and_then(|d| d.to_digit(10))).flatten();
        match digit {
            Some(n @ 1..=9) => {
                chars.next();
                let n = n as usize - 1;
                let format = levels.get(&n).map_or("decimal", |l| l.format.as_str());
                let format = if shape.is_legal { "decimal" } else { format };
                let count = counters.get(n).copied().flatten().unwrap_or(1);
                out.push_str(&written(count, format));
            }
            _ => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// A count as a list writes it.
fn written(count: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "upperRoman" => roman(count as usize),
        "lowerRoman" => roman(count as usize).to_lowercase(),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerLetter" => letters(count),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

/// 1 → a, 26 → z, 27 → aa, as Word counts.
fn letters(count: u32) -> String {
    let Some(n) = count.checked_sub(1).filter(|n| *n < 26 * 20) else { return count.to_string() };
    let letter = char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (n / 26 + 1) as usize).collect()
}
