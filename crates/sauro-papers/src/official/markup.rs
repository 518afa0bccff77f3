//! WordprocessingML, written so that any text stays text.

use unicode_normalization::UnicodeNormalization;

use super::layout::{AFTER, FIRST_LINE, LINE};

/// How letters look.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letters {
    /// Half points.
    pub(super) size: u32,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
}

/// Where lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Centre,
    Right,
    Both,
}

/// How a paragraph stands. Lengths are in twentieths of a point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub(super) style: Option<&'static str>,
    pub(super) side: Side,
    pub(super) before: u32,
    pub(super) after: u32,
    /// In 240ths of a single line.
    pub(super) line: u32,
    pub(super) first_line: u32,
    /// Stays on one page with what follows.
    pub(super) keeps_next: bool,
    pub(super) starts_page: bool,
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
            style: None,
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

/// Appends a paragraph of `text`; line breaks in it stay.
pub(super) fn paragraph(out: &mut String, text: &str, letters: Letters, stand: Stand) {
    out.push_str("<w:p>");
    properties(out, stand);
    run(out, text, letters);
    out.push_str("</w:p>");
}

fn properties(out: &mut String, stand: Stand) {
    out.push_str("<w:pPr>");
    if let Some(style) = stand.style {
        out.push_str(&format!("<w:pStyle w:val=\"{style}\"/>"));
    }
    if stand.keeps_next {
        out.push_str("<w:keepNext/>");
    }
    if stand.starts_page {
        out.push_str("<w:pageBreakBefore/>");
    }
    out.push_str(&format!(
        "<w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"auto\"/>",
        stand.before, stand.after, stand.line
    ));
    if stand.first_line > 0 {
        out.push_str(&format!("<w:ind w:firstLine=\"{}\"/>", stand.first_line));
    }
    let side = match stand.side {
        Side::Left => "left",
        Side::Centre => "center",
        Side::Right => "right",
        Side::Both => "both",
    };
    out.push_str(&format!("<w:jc w:val=\"{side}\"/></w:pPr>"));
}

/// Appends a run of `text`.
pub(super) fn run(out: &mut String, text: &str, letters: Letters) {
    out.push_str("<w:r><w:rPr>");
    if letters.is_bold {
        out.push_str("<w:b/><w:bCs/>");
    }
    if letters.is_italic {
        out.push_str("<w:i/><w:iCs/>");
    }
    out.push_str(&format!("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr>", letters.size));
    for (n, line) in clean(text).split('\n').enumerate() {
        if n > 0 {
            out.push_str("<w:br/>");
        }
        out.push_str("<w:t xml:space=\"preserve\">");
        escape(out, line);
        out.push_str("</w:t>");
    }
    out.push_str("</w:r>");
}

/// Appends a horizontal line of `length`, centred in `width`; it is a paragraph two points high.
pub(super) fn rule(out: &mut String, length: u32, width: u32, keeps_next: bool) {
    let side = width.saturating_sub(length) / 2;
    let keep = if keeps_next { "<w:keepNext/>" } else { "" };
    out.push_str(&format!(
        "<w:p><w:pPr>{keep}<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>\
        <w:spacing w:before=\"40\" w:after=\"0\" w:line=\"40\" w:lineRule=\"exact\"/>\
        <w:ind w:left=\"{side}\" w:right=\"{side}\"/><w:jc w:val=\"center\"/>\
        <w:rPr><w:sz w:val=\"4\"/></w:rPr></w:pPr></w:p>"
    ));
}

/// Appends a paragraph that takes no room: the format wants one after a table.
pub(super) fn nothing(out: &mut String, inside: &str) {
    out.push_str(&format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>\
        <w:rPr><w:sz w:val=\"2\"/></w:rPr>{inside}</w:pPr></w:p>"
    ));
}

/// Appends room of half a line, as after a table.
pub(super) fn gap(out: &mut String) {
    out.push_str(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>\
        <w:rPr><w:sz w:val=\"8\"/></w:rPr></w:pPr></w:p>",
    );
}

/// `text` as one letter is written in one way, without what XML cannot hold and without marks that
/// turn the direction of reading: with those a paper could show other words than it holds.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.nfc().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{b}' => out.push('\n'),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\t' => out.push(' '),
            '\u{200e}'
            | '\u{200f}'
            | '\u{61c}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            it if it.is_control() => {}
            it => out.push(it),
        }
    }
    out
}

/// Appends `text` as XML text; also safe between quotes.
pub(super) fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            it => out.push(it),
        }
    }
}
