//! A document taken apart.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::package::Package;
use crate::xml::{attribute, local, resolved};

/// A paragraph and how it is set. Sizes in half points, lengths in twentieths of a point.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) size: u32,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    pub(super) side: String,
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) line: u32,
    pub(super) first_line: u32,
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) has_rule: bool,
    pub(super) keeps_next: bool,
    /// The width of its cell; 0 outside tables.
    pub(super) cell_width: u32,
}

/// A section: its page and margins, and whether its first page is without a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orient: String,
    pub(super) top: u32,
    pub(super) right: u32,
    pub(super) bottom: u32,
    pub(super) left: u32,
    pub(super) header: u32,
    pub(super) has_title_page: bool,
    pub(super) header_part: String,
}

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) sections: Vec<Section>,
}

impl Document {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::read(&part(bytes, "word/document.xml"))
    }

    /// Reads a part; that it is well formed is checked on the way.
    pub(super) fn read(xml: &str) -> Self {
        let mut document = Self::default();
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut widths: Vec<u32> = Vec::new();
        let mut is_text = false;
        loop {
            match reader.read_event().expect("well formed") {
                Event::Start(e) | Event::Empty(e) if local(&e) == "p" => {
                    let cell_width = widths.last().copied().unwrap_or(0);
                    document.paragraphs.push(Paragraph { cell_width, ..Paragraph::default() });
                }
                Event::Start(e) if local(&e) == "t" => is_text = true,
                Event::End(e) if e.local_name().as_ref() == "t" => is_text = false,
                Event::Start(e) if local(&e) == "tc" => widths.push(0),
                Event::End(e) if e.local_name().as_ref() == "tc" => drop(widths.pop()),
                Event::Empty(e) if local(&e) == "tcW" => {
                    *widths.last_mut().expect("a cell") = number(&e, "w");
                }
                Event::Start(e) | Event::Empty(e) => document.element(&e),
                Event::Text(t) if is_text => document.say(&t.xml10_content()),
                Event::GeneralRef(r) if is_text => document.say(&resolved(&r)),
                Event::Eof => return document,
                _ => {}
            }
        }
    }

    fn say(&mut self, text: &str) {
        self.paragraphs.last_mut().expect("a paragraph").text.push_str(text);
    }

    fn element(&mut self, e: &BytesStart<'_>) {
        if let Some(section) = self.sections.last_mut() {
            section.element(e);
        }
        if local(e) == "sectPr" {
            self.sections.push(Section::default());
        }
        let Some(it) = self.paragraphs.last_mut() else { return };
        match local(e).as_str() {
            "sz" => it.size = number(e, "val"),
            "b" => it.is_bold = true,
            "i" => it.is_italic = true,
            "jc" => it.side = attribute(e, "val").unwrap_or_default(),
            "keepNext" => it.keeps_next = true,
            "top" if attribute(e, "val").as_deref() == Some("single") => it.has_rule = true,
            "spacing" => {
                it.before = number(e, "before");
                it.after = number(e, "after");
                it.line = number(e, "line");
            }
            "ind" => {
                it.first_line = number(e, "firstLine");
                it.left = number(e, "left");
                it.right = number(e, "right");
            }
            _ => {}
        }
    }

    /// The only paragraph whose text is `text`.
    #[track_caller]
    pub(super) fn only(&self, text: &str) -> &Paragraph {
        let found: Vec<&Paragraph> = self.paragraphs.iter().filter(|it| it.text == text).collect();
        assert_eq!(found.len(), 1, "{text:?}");
        found[0]
    }

    /// The paragraph after the only one whose text is `text`.
    #[track_caller]
    pub(super) fn after(&self, text: &str) -> &Paragraph {
        let at = self.paragraphs.iter().position(|it| it.text == text).expect(text);
        &self.paragraphs[at + 1]
    }
}

impl Section {
    fn element(&mut self, e: &BytesStart<'_>) {
        match local(e).as_str() {
            "pgSz" => {
                self.width = number(e, "w");
                self.height = number(e, "h");
                self.orient = attribute(e, "orient").unwrap_or_default();
            }
            "pgMar" => {
                self.top = number(e, "top");
                self.right = number(e, "right");
                self.bottom = number(e, "bottom");
                self.left = number(e, "left");
                self.header = number(e, "header");
            }
            "titlePg" => self.has_title_page = true,
            "headerReference" => self.header_part = attribute(e, "id").unwrap_or_default(),
            _ => {}
        }
    }
}

fn number(e: &BytesStart<'_>, name: &str) -> u32 {
    attribute(e, name).map_or(0, |it| it.parse().expect("a number"))
}

/// A part of the package as text.
#[track_caller]
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    Package::open(bytes, "Văn bản Word").unwrap().xml(name).unwrap().expect(name)
}
