//! Gathers what a reader of marked-up text meets into blocks: words, and where groups begin and end.

use super::inline::{is_href, merged};
use super::{Block, Span};

/// What is being gathered.
#[derive(Default)]
pub(super) struct Gather {
    done: Vec<Block>,
    open: Option<Group>,
    spans: Vec<Span>,
    look: Span,
    n_bold: u32,
    n_italic: u32,
}

enum Group {
    Heading(u8),
    Quote(Vec<Span>),
    List(bool, Vec<Vec<Span>>),
    Table(Vec<Vec<String>>),
}

impl Gather {
    pub(super) fn text(&mut self, words: &str) {
        // Blanks and breaks of the source mean one blank.
        let mut out = String::new();
        for c in words.chars() {
            match c.is_whitespace() {
                true if out.ends_with(' ') => {}
                true => out.push(' '),
                false => out.push(c),
            }
        }
        let ends_blank = self.spans.last().is_none_or(|it| it.text.ends_with(' '));
        let out = if ends_blank { out.trim_start() } else { out.as_str() };
        if !out.is_empty() {
            self.spans.push(Span { text: out.to_owned(), ..self.look.clone() });
        }
    }

    pub(super) fn heading(&mut self, level: u8) {
        self.end_group();
        self.open = Some(Group::Heading(level));
    }

    pub(super) fn paragraph(&mut self) {
        // A paragraph within an item or a cell is not one of its own.
        if self.open.is_none() {
            self.end_block();
        }
    }

    pub(super) fn quote(&mut self) {
        self.end_group();
        self.open = Some(Group::Quote(Vec::new()));
    }

    pub(super) fn list(&mut self, is_ordered: bool) {
        // Items of a list within a list go on in the outer one.
        if matches!(self.open, Some(Group::List(..))) {
            return self.flush();
        }
        self.end_group();
        self.open = Some(Group::List(is_ordered, Vec::new()));
    }

    pub(super) fn item(&mut self) {
        match self.open {
            Some(Group::List(..)) => self.flush(),
            _ => self.list(false),
        }
    }

    pub(super) fn table(&mut self) {
        self.end_group();
        self.open = Some(Group::Table(Vec::new()));
    }

    pub(super) fn row(&mut self) {
        self.flush();
        if let Some(Group::Table(rows)) = &mut self.open {
            rows.push(Vec::new());
        }
    }

    pub(super) fn cell(&mut self) {
        self.flush();
        if let Some(Group::Table(rows)) = &mut self.open
            && let Some(row) = rows.last_mut()
        {
            row.push(String::new());
        }
    }

    pub(super) fn bold(&mut self, is_on: bool) {
        self.n_bold = if is_on { self.n_bold + 1 } else { self.n_bold.saturating_sub(1) };
        self.look.is_bold = self.n_bold > 0;
    }

    pub(super) fn italic(&mut self, is_on: bool) {
        self.n_italic = if is_on { self.n_italic + 1 } else { self.n_italic.saturating_sub(1) };
        self.look.is_italic = self.n_italic > 0;
    }

    /// Leads to `href` from here on; nowhere when it is empty or may not stand in a page.
    pub(super) fn link(&mut self, href: &str) {
        let href = href.trim();
        self.look.href = if is_href(href) { href.to_owned() } else { String::new() };
    }

    /// The end of a paragraph or a heading.
    pub(super) fn end_block(&mut self) {
        match self.open {
            None | Some(Group::Heading(_)) => self.end_group(),
            _ => self.flush(),
        }
    }

    /// The end of a list, a table, a quote: of whatever is open.
    pub(super) fn end_group(&mut self) {
        self.flush();
        match self.open.take() {
            Some(Group::Quote(spans)) if !spans.is_empty() => {
                self.done.push(Block::Quote { spans, source: String::new() });
            }
            Some(Group::List(is_ordered, items)) if !items.is_empty() => {
                self.done.push(Block::List { is_ordered, items });
            }
            Some(Group::Table(rows)) => self.done.extend(table_of(rows)),
            _ => {}
        }
    }

    /// Puts the words gathered so far where they belong.
    fn flush(&mut self) {
        let mut spans = merged(std::mem::take(&mut self.spans));
        if let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        spans.retain(|it| !it.text.is_empty());
        if spans.is_empty() {
            return;
        }
        let words = super::words_of(&spans);
        match &mut self.open {
            None => self.done.push(Block::Paragraph { spans }),
            Some(Group::Heading(level)) => {
                self.done.push(Block::Heading { level: *level, text: words });
            }
            Some(Group::Quote(all)) => {
                if !all.is_empty() {
                    all.push(Span::plain(" "));
                }
                all.extend(spans);
            }
            Some(Group::List(_, items)) => items.push(spans),
            Some(Group::Table(rows)) => match rows.last_mut().and_then(|it| it.last_mut()) {
                Some(cell) if !cell.is_empty() => {
                    cell.push(' ');
                    cell.push_str(&words);
                }
                Some(cell) => *cell = words,
                // Words of a table outside of its cells.
                None => self.done.push(Block::Paragraph { spans }),
            },
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_group();
        self.done
    }
}

/// A table of `rows`; one row or one column is words, as office programs lay out pages with tables.
fn table_of(rows: Vec<Vec<String>>) -> Vec<Block> {
    let mut rows: Vec<Vec<String>> =
        rows.into_iter().filter(|it| it.iter().any(|cell| !cell.is_empty())).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if rows.len() < 2 || width < 2 {
        let cells = rows.into_iter().flatten().filter(|it| !it.is_empty());
        return cells.map(|it| Block::Paragraph { spans: vec![Span::plain(it)] }).collect();
    }
    for row in &mut rows {
        row.resize(width, String::new());
    }
    let head = rows.remove(0);
    vec![Block::Table { caption: String::new(), head, rows }]
}
