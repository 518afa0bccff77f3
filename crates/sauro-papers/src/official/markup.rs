//! WordprocessingML, written so that any text stays text.

use super::set::{Letters, Line, Rule, Side, Stand};
use crate::clean::{clean, escape};

/// Appends a paragraph of `text`; line breaks in it stay.
pub(super) fn paragraph(out: &mut String, text: &str, letters: Letters, stand: Stand) {
    out.push_str("<w:p>");
    properties(out, stand);
    run(out, text, letters);
    out.push_str("</w:p>");
}

fn properties(out: &mut String, stand: Stand) {
    out.push_str("<w:pPr>");
    if let Some(level) = stand.heading {
        out.push_str(&format!("<w:pStyle w:val=\"Heading{level}\"/>"));
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

/// Appends the paragraph `line`.
pub(super) fn line(out: &mut String, line: &Line) {
    paragraph(out, &line.text, line.letters, line.stand);
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

/// Appends a horizontal line; it is a paragraph two points high.
pub(super) fn rule(out: &mut String, rule: Rule) {
    let side = rule.width.saturating_sub(rule.length) / 2;
    let keep = if rule.keeps_next { "<w:keepNext/>" } else { "" };
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
