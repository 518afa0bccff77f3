//! Characters → words, numbers, dates, document symbols and marks.

use super::fold::{canon, is_mark};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters (and digits after the first letter).
    Word,
    /// A whole number.
    Number(u32),
    /// A number with separators, a percentage stem, anything numeric that counts nothing here.
    Figure,
    /// Two numbers around a separator: `20/11`, `3/12`, `30.6`.
    Pair(u32, u32),
    /// Day, month, year.
    Date(u32, u32, i32),
    /// Month and year: `12/2025`.
    Month(u32, i32),
    /// A span of years written together.
    Years,
    /// A time of day: hour and minute.
    Clock(u32, u32),
    /// The number of a document: `57-NQ/TW`.
    Symbol,
    /// A mark of punctuation.
    Mark,
}

/// One token with its place in code points.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// The spelling by which it is compared.
    pub(crate) key: String,
    /// Begins with a capital.
    pub(crate) upper: bool,
    /// All its letters are capitals, and it has at least one.
    pub(crate) caps: bool,
    /// No space before it.
    pub(crate) glued: bool,
}

/// Cuts the text. Line ends are white space here; paragraphs know them.
pub(crate) fn tokenise(chars: &[char]) -> Vec<Token> {
    let mut out = Vec::with_capacity(chars.len() / 4);
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
            i += 1;
            continue;
        }
        let (end, kind) = if c.is_ascii_digit() {
            number(chars, i)
        } else if c.is_alphanumeric() || is_mark(c) {
            (run(chars, i, |c| c.is_alphanumeric() || is_mark(c)), Kind::Word)
        } else {
            (mark(chars, i), Kind::Mark)
        };
        let end = end.max(i + 1);
        out.push(token(chars, i, end, kind));
        i = end;
    }
    out
}

fn token(chars: &[char], start: usize, end: usize, kind: Kind) -> Token {
    let raw: String = chars.get(start..end).unwrap_or_default().iter().collect();
    let upper = raw.chars().next().is_some_and(char::is_uppercase);
    let caps = upper && !raw.chars().any(char::is_lowercase);
    let glued = start > 0 && chars.get(start - 1).is_some_and(|c| !c.is_whitespace());
    let key = match kind {
        Kind::Mark => spelling_of_mark(&raw),
        Kind::Word => canon(&raw),
        _ => raw.to_lowercase(),
    };
    Token { start, end, kind, key, upper, caps, glued }
}

fn spelling_of_mark(raw: &str) -> String {
    match raw {
        "–" | "—" | "‑" | "−" => "-".to_owned(),
        "“" | "”" | "«" | "»" | "„" => "\"".to_owned(),
        "’" | "‘" => "'".to_owned(),
        "•" | "●" | "▪" | "◦" | "■" | "✓" | "➢" | "" => "•".to_owned(),
        dots if dots.len() > 1 && dots.chars().all(|c| c == '.') => "…".to_owned(),
        other => other.to_owned(),
    }
}

fn run(chars: &[char], from: usize, accept: impl Fn(char) -> bool) -> usize {
    from + chars.get(from..).unwrap_or_default().iter().take_while(|c| accept(**c)).count()
}

fn mark(chars: &[char], i: usize) -> usize {
    let at = |k: usize| chars.get(i + k).copied();
    if at(0) == Some('.') {
        if at(1) == Some('/') && at(2) == Some('.') {
            return i + 3;
        }
        return run(chars, i, |c| c == '.');
    }
    i + 1
}

fn number(chars: &[char], i: usize) -> (usize, Kind) {
    let mut end = run(chars, i, |c| {
        c.is_alphanumeric() || is_mark(c) || matches!(c, '/' | '-' | '.' | ',' | '–')
    });
    while end > i + 1 && chars.get(end - 1).is_some_and(|c| !c.is_alphanumeric()) {
        end -= 1;
    }
    let raw: String = chars
        .get(i..end)
        .unwrap_or_default()
        .iter()
        .map(|c| if *c == '–' { '-' } else { *c })
        .collect();
    if let Some(kind) = whole(&raw) {
        return (end, kind);
    }
    // The longest leading part that is a figure by itself: "15/11/2025-", "39,5).", "1.Bộ".
    let figure = run(chars, i, |c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ',' | '–'));
    let mut cut = figure;
    while cut > i + 1 {
        let last = chars.get(cut - 1).copied().unwrap_or(' ');
        if last.is_ascii_digit() {
            let part: String = chars
                .get(i..cut)
                .unwrap_or_default()
                .iter()
                .map(|c| if *c == '–' { '-' } else { *c })
                .collect();
            if let Some(kind) = whole(&part) {
                return (cut, kind);
            }
        }
        cut -= 1;
    }
    let digits = run(chars, i, |c| c.is_ascii_digit());
    let raw: String = chars.get(i..digits).unwrap_or_default().iter().collect();
    (digits, raw.parse().map_or(Kind::Figure, Kind::Number))
}

/// The kind of a run that is one thing from end to end.
fn whole(raw: &str) -> Option<Kind> {
    if raw.chars().all(|c| c.is_ascii_digit()) {
        return Some(raw.parse().map_or(Kind::Figure, Kind::Number));
    }
    if let Some(clock) = clock(raw) {
        return Some(clock);
    }
    if raw.chars().any(char::is_alphabetic) {
        return is_symbol(raw).then_some(Kind::Symbol);
    }
    let separators: Vec<char> = raw.chars().filter(|c| !c.is_ascii_digit()).collect();
    let parts: Vec<&str> = raw.split(|c: char| !c.is_ascii_digit()).collect();
    let n = |k: usize| parts.get(k).and_then(|p| p.parse::<u32>().ok());
    let wide = |k: usize| parts.get(k).map_or(0, |p| p.len());
    match (separators.as_slice(), parts.len()) {
        ([',', ..], _) => Some(Kind::Figure),
        ([a, b], 3) if a == b && wide(2) == 4 && wide(0) <= 2 && wide(1) <= 2 => {
            Some(Kind::Date(n(0)?, n(1)?, n(2)? as i32))
        }
        (['-', '-'], 3) if wide(0) == 4 => Some(Kind::Date(n(2)?, n(1)?, n(0)? as i32)),
        (['/' | '-' | '.'], 2) if wide(1) == 4 && wide(0) <= 2 => {
            Some(Kind::Month(n(0)?, n(1)? as i32))
        }
        (['-'], 2) if wide(0) == 4 && wide(1) == 4 => Some(Kind::Years),
        (['/' | '-' | '.'], 2) if wide(0) <= 2 && wide(1) <= 2 => Some(Kind::Pair(n(0)?, n(1)?)),
        (['.' | '/' | '-', ..], _) if parts.iter().all(|p| !p.is_empty()) => Some(Kind::Figure),
        _ => None,
    }
}

fn clock(raw: &str) -> Option<Kind> {
    let lower = raw.to_ascii_lowercase();
    let (hour, minute) = lower.split_once('h').or_else(|| lower.split_once('g'))?;
    let digits = |s: &str| s.len() <= 2 && s.chars().all(|c| c.is_ascii_digit());
    if hour.is_empty() || !digits(hour) || !digits(minute) {
        return None;
    }
    Some(Kind::Clock(hour.parse().ok()?, minute.parse().unwrap_or(0)))
}

/// A number of a document has a slash and, after a separator, letters mostly in capitals.
fn is_symbol(raw: &str) -> bool {
    raw.contains('/')
        && raw
            .split(['/', '-'])
            .skip(1)
            .any(|part| part.chars().filter(|c| c.is_uppercase()).count() >= 2)
        && !raw.contains(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        tokenise(&text.chars().collect::<Vec<_>>()).into_iter().map(|t| t.kind).collect()
    }

    #[test]
    fn dates_months_and_fractions_are_told_apart() {
        assert_eq!(kinds("15/11/2025"), [Kind::Date(15, 11, 2025)]);
        assert_eq!(kinds("2025-10-31"), [Kind::Date(31, 10, 2025)]);
        assert_eq!(kinds("8-2025"), [Kind::Month(8, 2025)]);
        assert_eq!(kinds("30.6"), [Kind::Pair(30, 6)]);
        assert_eq!(kinds("2026-2030"), [Kind::Years]);
        assert_eq!(kinds("25.000"), [Kind::Figure]);
        assert_eq!(kinds("17h00"), [Kind::Clock(17, 0)]);
        assert_eq!(kinds("12/2025."), [Kind::Month(12, 2025), Kind::Mark]);
    }

    #[test]
    fn document_numbers_are_one_token() {
        for symbol in [
            "57-NQ/TW",
            "408/TB-VPCP",
            "30/2020/NĐ-CP",
            "91/2025/QH15",
            "7146/VPCP-KSTT",
            "08-QC/TW",
            "39-CTr/TU",
        ] {
            assert_eq!(kinds(symbol), [Kind::Symbol], "{symbol}");
        }
        assert_eq!(kinds("1.Bộ").len(), 3);
        assert_eq!(kinds("1/Bộ").first(), Some(&Kind::Number(1)));
    }

    #[test]
    fn places_are_code_points() {
        let tokens = tokenise(&"Bộ Y tế./.".chars().collect::<Vec<_>>());
        let places: Vec<_> = tokens.iter().map(|t| (t.start, t.end)).collect();
        assert_eq!(places, [(0, 2), (3, 4), (5, 7), (7, 10)]);
    }
}
