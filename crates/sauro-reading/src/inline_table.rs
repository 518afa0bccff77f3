//! Tables that came along in running text: cells between `|` or tabs.

use crate::{
    model::Span,
    table,
    text::{Doc, Paragraph},
};

/// A table with the place of each row.
pub(crate) struct InlineTable {
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) spans: Vec<Span>,
}

/// Takes the tables of tasks out of the paragraphs; what is left is prose.
pub(crate) fn split(doc: &Doc, all: &[Paragraph]) -> (Vec<InlineTable>, Vec<Paragraph>) {
    let (mut tables, mut prose) = (Vec::new(), Vec::new());
    let mut open: Vec<(Vec<String>, Span, Paragraph)> = Vec::new();
    for p in all {
        match cells(doc, p) {
            Some((row, span)) => open.push((row, span, p.clone())),
            None => {
                close(&mut open, &mut tables, &mut prose);
                prose.push(p.clone());
            }
        }
    }
    close(&mut open, &mut tables, &mut prose);
    (tables, prose)
}

fn close(
    open: &mut Vec<(Vec<String>, Span, Paragraph)>,
    tables: &mut Vec<InlineTable>,
    prose: &mut Vec<Paragraph>,
) {
    let rows: Vec<Vec<String>> = open.iter().map(|(row, _, _)| row.clone()).collect();
    if rows.len() >= 2 && table::has_header(&rows) {
        tables.push(InlineTable { spans: open.iter().map(|(_, span, _)| *span).collect(), rows });
        open.clear();
    } else {
        prose.extend(open.drain(..).map(|(_, _, p)| p));
    }
}

fn cells(doc: &Doc, p: &Paragraph) -> Option<(Vec<String>, Span)> {
    let line = doc.text(p.line_start, p.line_end);
    let mark = if line.matches('|').count() >= 2 {
        '|'
    } else if line.matches('\t').count() >= 2 {
        '\t'
    } else {
        return None;
    };
    let bare = if mark == '|' {
        line.trim().trim_start_matches('|').trim_end_matches('|')
    } else {
        line.trim_end()
    };
    let row = bare.split(mark).map(|c| c.trim().to_owned()).collect();
    Some((row, Span { start: doc.start(p.from), end: doc.end(p.to.saturating_sub(1)) }))
}
