//! What a page repeats and a text does not need.

use std::collections::BTreeMap;

use super::lines::Line;

/// How many lines at the top and at the bottom of a page may repeat.
const EDGE: usize = 2;

/// Drops page numbers, and lines at the edges that stand on most pages of a document of three or
/// more, whatever numbers they hold.
pub(super) fn drop_running_lines(pages: &mut [Vec<Line>]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        for (n, line) in page.iter().enumerate().filter(|(n, _)| is_edge(*n, page.len())) {
            let key = key(n, page.len(), line);
            *seen.entry(key).or_default() += 1;
        }
    }
    let many = (pages.len() * 2).div_ceil(3).max(3);
    for page in pages {
        let len = page.len();
        let mut n = 0;
        page.retain(|line| {
            let at = n;
            n += 1;
            if !is_edge(at, len) {
                return true;
            }
            let repeats = seen.get(&key(at, len, line)).is_some_and(|count| *count >= many);
            !repeats && !((at == 0 || at + 1 == len) && is_page_number(&line.text("")))
        });
    }
}

fn is_edge(n: usize, len: usize) -> bool {
    n < EDGE || n + EDGE >= len
}

/// The line without its digits, and whether it stands at the top.
fn key(n: usize, len: usize, line: &Line) -> String {
    let side = if n < len / 2 { "^" } else { "$" };
    line.text(" ").chars().filter(|c| !c.is_ascii_digit()).fold(side.to_owned(), |mut key, c| {
        key.push(c);
        key
    })
}

/// A number alone, as `12`, `- 12 -` or `3/12`.
fn is_page_number(text: &str) -> bool {
    let core: String =
        text.chars().filter(|c| !matches!(c, '-' | '–' | '/') && !c.is_whitespace()).collect();
    (1..=6).contains(&core.len()) && core.chars().all(|c| c.is_ascii_digit())
}

/// Letters that fonts draw as one, apart again.
pub(super) fn without_ligatures(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            c => out.push(c),
        }
    }
    out
}
