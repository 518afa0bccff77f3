//! Lines → paragraphs: wrapped lines are joined, labels recognised.

use super::{
    doc::Doc,
    label::{Label, label_at},
};

/// One paragraph, in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Option<Label>,
    /// Code points of the raw line(s).
    pub(crate) line_start: usize,
    pub(crate) line_end: usize,
    /// Width of its last line.
    pub(crate) last_width: usize,
}

impl Paragraph {
    /// First token of the item's own words.
    pub(crate) fn body(&self) -> usize {
        self.label.as_ref().map_or(self.from, |l| l.body)
    }
}

struct Line {
    from: usize,
    to: usize,
    start: usize,
    end: usize,
}

/// All paragraphs that hold at least one token.
pub(crate) fn paragraphs(doc: &Doc) -> Vec<Paragraph> {
    let lines = lines(doc);
    let wrapped = is_hard_wrapped(doc, &lines);
    let widest = widest(&lines);
    let mut out: Vec<Paragraph> = Vec::new();
    for line in lines {
        let label = label_at(doc, line.from).filter(|l| l.body <= line.to);
        if label.is_none()
            && let Some(last) = out.last_mut()
            && continues(doc, last, &line, wrapped, widest)
        {
            last.to = line.to;
            last.line_end = line.end;
            last.last_width = line.end - line.start;
            continue;
        }
        out.push(Paragraph {
            from: line.from,
            to: line.to,
            label,
            line_start: line.start,
            line_end: line.end,
            last_width: line.end - line.start,
        });
    }
    out
}

fn lines(doc: &Doc) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars = doc.chars();
    let mut token = 0;
    for (i, c) in chars.iter().chain(std::iter::once(&'\n')).enumerate() {
        if *c != '\n' && *c != '\r' && *c != '\u{2028}' {
            continue;
        }
        let from = token;
        while doc.token(token).is_some_and(|t| t.start < i) {
            token += 1;
        }
        if from < token {
            out.push(Line { from, to: token, start, end: i });
        }
        start = i + 1;
    }
    out
}

/// A page cut at the right margin: many lines of one width that end in the middle of a sentence.
fn is_hard_wrapped(doc: &Doc, lines: &[Line]) -> bool {
    if lines.len() < 12 {
        return false;
    }
    let mut widths: Vec<usize> = lines.iter().map(|l| l.end - l.start).collect();
    widths.sort_unstable();
    let typical = widths.get(widths.len() * 3 / 4).copied().unwrap_or(0);
    let open = lines.iter().filter(|l| !ends_sentence(doc, l.to)).count();
    (40..=140).contains(&typical) && open * 10 >= lines.len() * 6
}

/// The width nearly all lines keep to.
fn widest(lines: &[Line]) -> usize {
    let mut widths: Vec<usize> = lines.iter().map(|l| l.end - l.start).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 19 / 20).copied().unwrap_or(0)
}

fn ends_sentence(doc: &Doc, to: usize) -> bool {
    matches!(doc.before(to), "." | ":" | ";" | "./." | "!" | "?" | "…")
}

fn continues(doc: &Doc, last: &Paragraph, line: &Line, wrapped: bool, widest: usize) -> bool {
    if doc.text(line.start, line.end).contains(['\t', '|']) {
        return false;
    }
    let full = last.last_width * 10 >= widest * 9;
    if ends_sentence(doc, last.to) {
        // A full line that happens to end with a sentence goes on, unless it announces a list or ends the text.
        return wrapped && full && matches!(doc.before(last.to), "." | ";");
    }
    let begins_low = (doc.is_word(line.from) && !doc.upper(line.from)) || (full && wrapped);
    if begins_low
        || !doc.is_word(line.from)
            && last.last_width > 60
            && !matches!(doc.w(line.from), "\"" | "(" | "[")
    {
        return true;
    }
    let caps = |from: usize, to: usize| {
        (from..to).any(|i| doc.upper(i))
            && (from..to).all(|i| !doc.is_word(i) || doc.token(i).is_some_and(|t| t.caps))
    };
    wrapped
        && last.last_width * 10 >= widest * 7
        && !caps(last.from, last.to)
        && !caps(line.from, line.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_goes_on_in_small_letters_joins_the_one_before() {
        let doc = Doc::new("1. Bộ A chủ trì\nxây dựng đề án.\n2. Bộ B rà soát.");
        let found = paragraphs(&doc);
        assert_eq!(found.len(), 2);
        assert_eq!(doc.words(found[0].body(), found[0].to), "Bộ A chủ trì xây dựng đề án.");
    }

    #[test]
    fn a_heading_in_capitals_stays_alone() {
        let doc = Doc::new("THÔNG BÁO\nKết luận của đồng chí\n\nNội dung.");
        assert_eq!(paragraphs(&doc).len(), 3);
    }
}
