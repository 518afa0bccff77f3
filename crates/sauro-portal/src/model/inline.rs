//! Words of a block as they are typed: `**đậm**`, `*nghiêng*`, `[chữ](địa chỉ)`, and a backslash before a sign that
//! is meant as such.

use super::Span;

/// Letters that mean something.
const SIGNS: [char; 5] = ['*', '[', ']', '\\', '`'];

/// Reads `typed` into spans. Whatever makes no sense stays as it was typed.
pub fn spans_of(typed: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    read(typed, Span::default(), &mut spans);
    merged(spans)
}

/// What [`spans_of`] reads as `spans`.
pub fn typed(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        let mark = match (span.is_bold, span.is_italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        // Signs hug the words, so that blanks stay outside of them.
        let inner = span.text.trim();
        let lead: String = span.text.chars().take_while(|c| c.is_whitespace()).collect();
        let tail = match inner.is_empty() {
            true => String::new(),
            false => span.text.chars().rev().take_while(|c| c.is_whitespace()).collect(),
        };
        let words = format!("{mark}{}{mark}", escaped(inner));
        let words = match (inner.is_empty(), span.href.is_empty()) {
            (true, _) => String::new(),
            (false, true) => words,
            (false, false) => format!("[{words}]({})", span.href),
        };
        out.push_str(&lead);
        out.push_str(&words);
        out.push_str(&tail);
    }
    out
}

/// Whether `href` may stand in a page: the web, mail, a telephone, this house, this page.
pub fn is_href(href: &str) -> bool {
    let is_clean = href.chars().all(|c| !c.is_whitespace() && !c.is_control() && c != '\\');
    let lower = href.to_ascii_lowercase();
    let is_outside =
        ["https://", "http://", "mailto:", "tel:"].iter().any(|it| lower.starts_with(it));
    let is_here = href.starts_with('#') || (href.starts_with('/') && !href.starts_with("//"));
    is_clean && href.len() <= 2_000 && (is_outside || is_here)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if SIGNS.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn read(text: &str, look: Span, spans: &mut Vec<Span>) {
    let mut rest = text;
    let mut plain = String::new();
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '\\'
            && let Some(next) = after.chars().next().filter(|it| SIGNS.contains(it))
        {
            plain.push(next);
            rest = after.get(next.len_utf8()..).unwrap_or_default();
            continue;
        }
        let Some((inner, next, then)) = marked(rest, &look) else {
            plain.push(c);
            rest = after;
            continue;
        };
        push(&mut plain, &look, spans);
        read(inner, next, spans);
        rest = then;
    }
    push(&mut plain, &look, spans);
}

fn push(plain: &mut String, look: &Span, spans: &mut Vec<Span>) {
    if !plain.is_empty() {
        spans.push(Span { text: std::mem::take(plain), ..look.clone() });
    }
}

/// The marked words that `rest` begins with, how they look, and what comes after them.
fn marked<'a>(rest: &'a str, look: &Span) -> Option<(&'a str, Span, &'a str)> {
    for (mark, is_bold, is_italic) in [("***", true, true), ("**", true, false), ("*", false, true)]
    {
        // What is bold is not made bold again: that keeps the reading shallow.
        if (is_bold && look.is_bold) || (is_italic && look.is_italic) {
            continue;
        }
        let Some(inner) = rest.strip_prefix(mark) else { continue };
        if let Some((inner, then)) = closed(inner, mark)
            && !inner.trim().is_empty()
            && !inner.starts_with(char::is_whitespace)
        {
            let next = Span {
                is_bold: look.is_bold || is_bold,
                is_italic: look.is_italic || is_italic,
                ..look.clone()
            };
            return Some((inner, next, then));
        }
    }
    if !look.href.is_empty() {
        return None;
    }
    let (words, then) = closed(rest.strip_prefix('[')?, "](")?;
    let (href, then) = then.split_once(')')?;
    let is_link = is_href(href) && !words.trim().is_empty();
    is_link.then(|| (words, Span { href: href.to_owned(), ..look.clone() }, then))
}

/// What stands before the first `mark` that no backslash precedes, and what comes after it.
fn closed<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find(mark)?;
        let before = text.get(..at)?;
        let n_slashes = before.chars().rev().take_while(|c| *c == '\\').count();
        if n_slashes.is_multiple_of(2) {
            return Some((before, text.get(at + mark.len()..)?));
        }
        from = at + 1;
    }
}

/// Neighbours that look alike are one.
pub(super) fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().filter(|it| !it.text.is_empty()) {
        match out.last_mut() {
            Some(last)
                if (last.is_bold, last.is_italic, &last.href)
                    == (span.is_bold, span.is_italic, &span.href) =>
            {
                last.text.push_str(&span.text);
            }
            _ => out.push(span),
        }
    }
    out
}
