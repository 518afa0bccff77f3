//! Which words of the screens have no English yet.
//!
//! The catalogues of `sauro-tongues` hold a phrase for each text of a template and each Vietnamese text of the sources.
//! What is no text of a screen, such as words by which a letter is recognised, stands in `po/vietnamese-only.txt`.

mod source;
mod template;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use crate::tidy::files;

/// Crates whose texts nobody sees on a screen: words for matching, pages of papers, helpers of tests.
const SILENT: [&str; 4] = ["sauro-reading", "sauro-testkit", "sauro-tongues", "sauro-typeset"];

/// Parts of a crate whose texts nobody sees on a screen of the product.
const SILENT_PARTS: [&str; 9] =
    ["/past/", "/demo/", "/cli/", "/tests/", "tests.rs", "song.rs", "plans.rs", "/letter", "/mail"];

const CATALOGUES: &str = "crates/sauro-tongues/po/en";
const VIETNAMESE_ONLY: &str = "crates/sauro-tongues/po/vietnamese-only.txt";

/// Phrases of each crate that have no English, with the file that has them.
pub fn missing(root: &Path) -> BTreeMap<String, Vec<(String, String)>> {
    let known = known(root);
    let mut missing: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut told = HashSet::new();
    for (room, path, phrase) in phrases(root) {
        if !known.contains(&phrase) && told.insert(phrase.clone()) {
            missing.entry(room).or_default().push((path, phrase));
        }
    }
    missing
}

/// Writes what is missing into the catalogues, for somebody to say it in English. Answers how much it is.
///
/// # Errors
///
/// What the file system says.
pub fn write_missing(root: &Path) -> std::io::Result<usize> {
    let mut n = 0;
    for (room, phrases) in missing(root) {
        let path = root.join(CATALOGUES).join(format!("{room}.po"));
        let mut text = fs::read_to_string(&path).unwrap_or_default();
        n += phrases.len();
        for (from, phrase) in phrases {
            text += &format!("\n#: {from}\nmsgid \"{}\"\nmsgstr \"\"\n", escaped(&phrase));
        }
        fs::write(path, text)?;
    }
    Ok(n)
}

/// Every phrase of the screens: of which crate, of which file, and its words.
fn phrases(root: &Path) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    let crates = root.join("crates");
    for suffix in [".html", ".rs"] {
        for path in files(&crates, suffix) {
            let name = path.strip_prefix(&crates).unwrap_or(&path).to_string_lossy().into_owned();
            let mut parts = name.splitn(3, '/');
            let (room, shelf) = (parts.next().unwrap_or_default(), parts.next());
            let is_shown = match shelf {
                Some("templates") => suffix == ".html",
                Some("src") => suffix == ".rs",
                _ => false,
            };
            let is_silent =
                SILENT.contains(&room) || SILENT_PARTS.iter().any(|it| name.contains(it));
            if !is_shown || is_silent {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let found =
                if suffix == ".html" { template::phrases(&text) } else { source::phrases(&text) };
            let room = room.strip_prefix("sauro-").unwrap_or(room).to_owned();
            all.extend(found.into_iter().map(|it| (room.clone(), name.clone(), it)));
        }
    }
    all
}

fn known(root: &Path) -> HashSet<String> {
    let mut known: HashSet<String> = fs::read_to_string(root.join(VIETNAMESE_ONLY))
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect();
    for path in files(&root.join(CATALOGUES), ".po") {
        let text = fs::read_to_string(path).unwrap_or_default();
        let mut phrase = None;
        for line in text.lines() {
            if let Some(word) = between(line, "msgid \"") {
                phrase = Some(plain(word));
            } else if let Some(word) = between(line, "msgstr \"") {
                known.extend(phrase.take().filter(|_| !word.is_empty()));
            }
        }
    }
    known
}

fn between<'a>(line: &'a str, head: &str) -> Option<&'a str> {
    line.strip_prefix(head)?.strip_suffix('"')
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn plain(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\")
}

/// `text` as a page shows it: entities read, runs of spaces one space, holes that touch each other one hole.
fn shown(text: &str) -> String {
    let text = text
        .replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut joined, mut left) = (String::new(), line.as_str());
    while let Some((hole, rest)) = next_hole(left) {
        let (before, _) = left.split_at(left.len() - hole.len() - rest.len());
        joined.push_str(before);
        let mut after = rest;
        while let Some((next, rest)) = next_hole(after).filter(|_| after.starts_with('{')) {
            after = after.get(next.len()..).map_or("", |_| rest);
        }
        joined.push_str(if after.len() == rest.len() { hole } else { "{}" });
        left = after;
    }
    joined + left
}

/// The next hole of `text`, and what follows it.
fn next_hole(text: &str) -> Option<(&str, &str)> {
    let (from, to) = (text.find('{')?, text.find('}')? + 1);
    Some((text.get(from..to)?, text.get(to..)?))
}

/// `text` without its holes.
fn without_holes(text: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_u32;
    for it in text.chars() {
        match it {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(it),
            _ => {}
        }
    }
    bare
}

/// Letters that only Vietnamese has.
fn is_vietnamese(text: &str) -> bool {
    text.chars().any(|it| matches!(it, 'À'..='ỹ') && it.is_alphabetic())
}

/// A word or a few, begun with a capital and nothing but letters: what a screen may say without a mark on any letter.
fn is_label(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ':', '…', '?']);
    let mut letters = bare.chars();
    letters.next().is_some_and(|it| it.is_ascii_uppercase())
        && letters.clone().next().is_some_and(|it| it.is_ascii_lowercase())
        && letters.all(|it| it.is_ascii_lowercase() || it == ' ')
}

#[test]
fn every_word_of_the_screens_has_its_english() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let missing = missing(root);
    let told: Vec<String> =
        missing.into_values().flatten().map(|(path, phrase)| format!("{path}: {phrase}")).collect();
    assert!(
        told.is_empty(),
        "`cargo xtask phrases` puts these into {CATALOGUES}; say them there in English:\n{}",
        told.join("\n")
    );
}
