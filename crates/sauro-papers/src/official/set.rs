//! A paper set: every line as it will stand, with its size and its place, whoever writes it down.
//!
//! Both writers, of Word documents here and of PDF elsewhere, start from the same [`Setting`]: what is
//! measured in one holds in the other.

pub use super::layout::Page;
use super::layout::{AFTER, FIRST_LINE, LINE, Layout};
use super::paper::{Bar, Chart, DataTable, OfficialPaper, PaperRow};
use super::{body, foot, head};
use crate::clean::clean;

/// A paper ready to be written down. Sizes are in half points, lengths in twentieths of a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Kind and subject.
    pub title: String,
    /// The size of page numbers. They stand above in the middle, from the second page on.
    pub page_number: u32,
    /// The text, and the annexes on their side.
    pub sheets: Vec<Sheet>,
}

/// Pages of one size; it begins with a page of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The page and its margins.
    pub page: Page,
    /// What stands there, from the top.
    pub parts: Vec<Part>,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A paragraph.
    Line(Line),
    /// A horizontal line of a length, in the middle.
    Rule(Rule),
    /// Things side by side, without lines; its rows stay whole.
    Frame(Vec<Vec<Framed>>),
    /// A table of a size across the page; its heading stands on every page again.
    Table(DataTable, u32),
    /// Counts as bars, of a size.
    Bars(Vec<Bar>, u32),
    /// A chart, its caption of a size.
    Chart(Chart, u32),
    /// Room of half a line.
    Gap,
}

/// A cell of a frame: its width and what is in it.
pub type Framed = (u32, Vec<Part>);

/// A paragraph; line breaks in it stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words: clean, in one way of writing each letter.
    pub text: String,
    /// How they look.
    pub letters: Letters,
    /// Where they stand.
    pub stand: Stand,
}

/// A horizontal line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// How long it is.
    pub length: u32,
    /// The width that it stands in the middle of.
    pub width: u32,
    /// Stays on one page with what follows.
    pub keeps_next: bool,
}

/// How letters look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// Half points.
    pub size: u32,
    /// Bold.
    pub is_bold: bool,
    /// Italic.
    pub is_italic: bool,
}

/// Where lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// From edge to edge.
    Both,
}

/// How a paragraph stands. Lengths are in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The level of a heading, from 1.
    pub heading: Option<u8>,
    /// Where its lines stand.
    pub side: Side,
    /// Room above.
    pub before: u32,
    /// Room below.
    pub after: u32,
    /// In 240ths of a single line.
    pub line: u32,
    /// Indent of its first line.
    pub first_line: u32,
    /// Stays on one page with what follows.
    pub keeps_next: bool,
    /// Begins a page.
    pub starts_page: bool,
}

impl Letters {
    pub(super) fn upright(size: u32) -> Self {
        Self { size, ..Self::default() }
    }

    pub(super) fn bold(size: u32) -> Self {
        Self { size, is_bold: true, is_italic: false }
    }

    pub(super) fn italic(size: u32) -> Self {
        Self { size, is_bold: false, is_italic: true }
    }
}

impl Stand {
    /// A single line, nothing around it.
    pub(super) fn plain(side: Side) -> Self {
        Self {
            heading: None,
            side,
            before: 0,
            after: 0,
            line: 240,
            first_line: 0,
            keeps_next: false,
            starts_page: false,
        }
    }

    /// A paragraph of the text.
    pub(super) fn text() -> Self {
        Self { after: AFTER, line: LINE, first_line: FIRST_LINE, ..Self::plain(Side::Both) }
    }

    /// The same, kept on one page with what follows.
    pub(super) fn with_next(self) -> Self {
        Self { keeps_next: true, ..self }
    }

    /// The same, with space before.
    pub(super) fn after_space(self, before: u32) -> Self {
        Self { before, ..self }
    }
}

/// Sets `paper` in `layout`.
pub fn set(paper: &OfficialPaper, layout: Layout) -> Setting {
    let mut text = Vec::new();
    head::set(&mut text, paper, layout);
    body::set(&mut text, &paper.body, layout);
    foot::set(&mut text, paper, layout);
    let mut sheets = vec![Sheet { page: Page::PORTRAIT, parts: text }];
    if !paper.annexes.is_empty() {
        let mut parts = Vec::new();
        foot::annexes(&mut parts, &paper.annexes, layout);
        sheets.push(Sheet { page: Page::LANDSCAPE, parts });
    }
    let head = &paper.head;
    Setting {
        title: clean(&format!("{} {}", head.kind.trim(), head.subject.trim())),
        page_number: layout.sizes().page_number,
        sheets,
    }
}

/// Appends a paragraph of `text`.
pub(super) fn paragraph(out: &mut Vec<Part>, text: &str, letters: Letters, stand: Stand) {
    out.push(Part::Line(Line { text: clean(text), letters, stand }));
}

/// Appends a horizontal line of `length`, centred in `width`.
pub(super) fn rule(out: &mut Vec<Part>, length: u32, width: u32, keeps_next: bool) {
    out.push(Part::Rule(Rule { length, width, keeps_next }));
}

/// Appends `table`, unless it has no columns.
pub(super) fn data(out: &mut Vec<Part>, table: &DataTable, size: u32) {
    if table.columns.is_empty() {
        return;
    }
    let mut table = table.clone();
    for column in &mut table.columns {
        column.heading = clean(&column.heading);
    }
    for row in &mut table.rows {
        match row {
            PaperRow::Group(text) => *text = clean(text),
            PaperRow::Cells(cells) => cells.iter_mut().for_each(|it| *it = clean(it)),
        }
    }
    out.push(Part::Table(table, size));
}

/// Appends counts as bars, unless there is none.
pub(super) fn bars(out: &mut Vec<Part>, bars: &[Bar], size: u32) {
    if bars.is_empty() {
        return;
    }
    let clean =
        |it: &Bar| Bar { label: clean(&it.label), count: it.count, written: clean(&it.written) };
    out.push(Part::Bars(bars.iter().map(clean).collect(), size));
    out.push(Part::Gap);
}

/// Appends a chart with its caption.
pub(super) fn chart(out: &mut Vec<Part>, chart: &Chart, size: u32) {
    out.push(Part::Chart(chart.cleaned(), size));
    let stand = Stand { before: 40, after: 160, ..Stand::plain(Side::Centre) };
    paragraph(out, &chart.caption, Letters::italic(size), stand);
}
