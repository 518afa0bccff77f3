//! Marked-up text as plain text.

use mail_parser::decoders::html::html_to_text;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "address",
    "article",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "hr",
    "li",
    "ol",
    "section",
    "table",
    "tr",
    "ul",
];

/// What people read of `html`: without markup, each block on a line of its own.
pub fn plain_of(html: &str) -> String {
    tidy(&html_to_text(&with_breaks(html)))
}

/// The parser breaks lines at `br` and at the end of `p` alone.
fn with_breaks(html: &str) -> String {
    let mut parts = html.split('<');
    let mut marked = String::with_capacity(html.len() + html.len() / 4);
    marked.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let name = part.strip_prefix('/').unwrap_or(part);
        let end = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default();
        if BLOCKS.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            marked.push_str("<br>");
        } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
            marked.push(' ');
        }
        marked.push('<');
        marked.push_str(part);
    }
    marked
}

/// Without white space at the ends of lines, and never two empty lines in a row.
pub(super) fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|it| !it.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}
