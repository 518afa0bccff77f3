//! The walk through `word/document.xml`, one event at a time and without recursion.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::WHAT;
use super::grid::Grid;
use super::numbering::Numbering;
use super::styles::Styles;
use crate::error::{PaperError, TooBig};
use crate::letters::Legacy;
use crate::limits::{MAX_TABLES, MAX_TEXT_CHARS};
use crate::text::PlainText;
use crate::xml::{attribute, local, resolved};

/// Deepest nesting of tables and text boxes that is followed.
const MAX_DEPTH: usize = 16;

/// A paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

/// A run of letters in one font.
#[derive(Debug, Default)]
struct Run {
    text: String,
    font: Option<String>,
    is_hidden: bool,
}

/// The document as far as it was read.
pub(super) struct Body {
    numbering: Numbering,
    styles: Styles,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    grids: Vec<Grid>,
    in_text: bool,
    chars: usize,
    old_letters: Option<Legacy>,
    paper: PlainText,
}

impl Body {
    pub(super) fn new(numbering: Numbering, styles: Styles) -> Self {
        Self {
            numbering,
            styles,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            grids: Vec::new(),
            in_text: false,
            chars: 0,
            old_letters: None,
            paper: PlainText::default(),
        }
    }

    pub(super) fn parse(&mut self, xml: &str) -> Result<(), PaperError> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(|e| PaperError::damaged(WHAT, e))? {
                Event::Start(e) if is_skipped(&local(&e)) => {
                    reader.read_to_end(e.name()).map_err(|e| PaperError::damaged(WHAT, e))?;
                }
                Event::Start(e) => self.open(&e)?,
                Event::Empty(e) => {
                    let name = local(&e);
                    if !is_skipped(&name) {
                        self.open(&e)?;
                        self.close(&name)?;
                    }
                }
                Event::End(e) => {
                    let name = e.local_name();
                    self.close(name.as_ref())?;
                }
                Event::Text(t) => self.write(&t.xml10_content())?,
                Event::CData(t) => self.write(&t)?,
                Event::GeneralRef(r) => self.write(&resolved(&r))?,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn write(&mut self, text: &str) -> Result<(), PaperError> {
        if !self.in_text {
            return Ok(());
        }
        self.chars += text.chars().count();
        if self.chars > MAX_TEXT_CHARS {
            return Err(PaperError::too_big(TooBig::Text, MAX_TEXT_CHARS as u64));
        }
        if let Some(run) = self.runs.last_mut() {
            run.text.push_str(text);
        }
        Ok(())
    }

    fn open(&mut self, e: &BytesStart<'_>) -> Result<(), PaperError> {
        let value = || attribute(e, "val");
        match local(e).as_str() {
            "p" => {
                self.check_depth(self.paragraphs.len())?;
                self.paragraphs.push(Paragraph::default());
            }
            "r" => {
                self.check_depth(self.runs.len())?;
                self.runs.push(Run::default());
            }
            "t" => self.in_text = true,
            "tbl" => {
                self.check_depth(self.grids.len())?;
                self.grids.push(Grid::default());
            }
            "tr" => self.grid(Grid::start_row),
            "tc" => self.grid(Grid::start_cell),
            "gridSpan" => {
                let span = value().and_then(|v| v.parse().ok()).unwrap_or(1);
                self.grid(|g| g.span(span));
            }
            "vMerge" => {
                let continues = value().is_none_or(|v| v == "continue");
                self.grid(|g| g.continues(continues));
            }
            "pStyle" => self.paragraph(|p| p.style = value()),
            "numId" => self.paragraph(|p| p.list = value()),
            "ilvl" => self.paragraph(|p| p.level = Some(ilvl_value(e))),
            "rFonts" => {
                self.run(|r| r.font = attribute(e, "ascii").or_else(|| attribute(e, "hAnsi")))
            }
            "vanish" => {
                let hidden = value().is_none_or(|v| v != "0" && v != "false");
                self.run(|r| r.is_hidden = hidden);
            }
            "tab" => self.run(|r| r.text.push(' ')),
            "br" | "cr" => self.run(|r| r.text.push('\n')),
            "noBreakHyphen" => self.run(|r| r.text.push('-')),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), PaperError> {
        match name {
            "t" => self.in_text = false,
            "r" => self.end_run(),
            "p" => self.end_paragraph(),
            "tc" => self.grid(Grid::end_cell),
            "tr" => self.grid(Grid::end_row),
            "tbl" => self.end_table()?,
            _ => {}
        }
        Ok(())
    }

    fn check_depth(&self, depth: usize) -> Result<(), PaperError> {
        if depth >= MAX_DEPTH {
            return Err(PaperError::damaged(WHAT, "nested too deeply"));
        }
        Ok(())
    }

    fn grid(&mut self, act: impl FnOnce(&mut Grid)) {
        if let Some(grid) = self.grids.last_mut() {
            act(grid);
        }
    }

    fn paragraph(&mut self, act: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            act(paragraph);
        }
    }

    fn run(&mut self, act: impl FnOnce(&mut Run)) {
        if let Some(run) = self.runs.last_mut() {
            act(run);
        }
    }

    fn end_run(&mut self) {
        let Some(run) = self.runs.pop().filter(|r| !r.is_hidden) else { return };
        let style = self.paragraphs.last().and_then(|p| p.style.as_deref());
        let font = run.font.or_else(|| self.styles.font_of(style));
        let text = match font.as_deref().and_then(Legacy::of_font) {
            Some((legacy, capitals)) => match legacy.read_shown(&run.text, capitals) {
                Some(text) => {
                    self.old_letters.get_or_insert(legacy);
                    text
                }
                None => run.text,
            },
            None => run.text,
        };
        self.paragraph(|p| p.text.push_str(&text));
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let styled = paragraph.style.as_deref().and_then(|s| self.styles.list_of(s));
        let list = match (paragraph.list, styled) {
            (Some(list), styled) => {
                Some((list, paragraph.level.or(styled.map(|s| s.1)).unwrap_or(0)))
            }
            (None, styled) => styled.map(|(list, level)| (list, paragraph.level.unwrap_or(level))),
        };
        let text = paragraph.text.trim();
        let label = match list {
            Some((list, level)) if list != "0" && !text.is_empty() => {
                self.numbering.next(&list, level)
            }
            _ => String::new(),
        };
        let line = if label.is_empty() { text.to_owned() } else { format!("{label} {text}") };
        match self.grids.last_mut() {
            Some(grid) => grid.line(line),
            None => self.push_line(&line),
        }
    }

    fn push_line(&mut self, line: &str) {
        self.paper.text.push_str(line);
        self.paper.text.push('\n');
    }

    fn end_table(&mut self) -> Result<(), PaperError> {
        let Some(grid) = self.grids.pop() else { return Ok(()) };
        let lines = grid.lines();
        if let Some(outer) = self.grids.last_mut() {
            lines.into_iter().for_each(|line| outer.line(line));
            return Ok(());
        }
        lines.iter().for_each(|line| self.push_line(line));
        if grid.is_data() && self.paper.tables.len() < MAX_TABLES {
            let number = self.paper.tables.len() + 1;
            self.paper.tables.push(grid.table(format!("Bảng {number}"))?);
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> PlainText {
        if let Some(legacy) = self.old_letters {
            self.paper
                .warnings
                .push(format!("Đã chuyển phần chữ dùng phông {} sang Unicode.", legacy.label()));
        }
        self.paper
    }
}

fn ilvl_value(e: &BytesStart<'_>) -> usize {
    attribute(e, "val").and_then(|v| v.parse().ok()).unwrap_or(0)
}

/// Elements whose content is not the text as it stands today.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "Fallback"
            | "del"
            | "moveFrom"
            | "pPrChange"
            | "rPrChange"
            | "tblPrChange"
            | "sectPr"
            | "tabs"
            | "instrText"
            | "delText"
    )
}
