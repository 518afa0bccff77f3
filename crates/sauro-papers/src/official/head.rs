//! What stands above the text: who issues it, number, place and day, kind and subject.

use super::layout::{Layout, Page, Sizes, place_and_date};
use super::paper::{OfficialPaper, PaperHead};
use super::set::{Letters, Part, Side, Stand, paragraph, rule};
use super::width::bold_width;

/// Appends the head of `paper`.
pub(super) fn set(out: &mut Vec<Part>, paper: &OfficialPaper, layout: Layout) {
    let (head, sizes) = (&paper.head, layout.sizes());
    let whole = Page::PORTRAIT.text_width();
    // The country's name has to stay on one line; the issuer gets the rest.
    let right = match layout {
        Layout::State => 5_300,
        Layout::Party => 4_700,
    };
    let left = whole - right;
    let (names, country) = match layout {
        Layout::State => (issuer(head, sizes, left), state(sizes, right)),
        Layout::Party => (party_issuer(head, sizes), party(sizes, right)),
    };
    let centre = Stand::plain(Side::Centre);
    let mut number = Vec::new();
    let line = layout.number_line(head);
    paragraph(&mut number, &line, Letters::upright(sizes.number), centre.after_space(80));
    let mut date = Vec::new();
    let line = place_and_date(head);
    paragraph(&mut date, &line, Letters::italic(sizes.date), centre.after_space(80));
    out.push(Part::Frame(vec![
        vec![(left, names), (right, country)],
        vec![(left, number), (right, date)],
    ]));
    title(out, head, layout);
    if !paper.addressee.trim().is_empty() {
        let line = format!("Kính gửi: {}", paper.addressee.trim());
        let stand = Stand { before: 120, after: 240, ..Stand::plain(Side::Centre) };
        paragraph(out, &line, Letters::upright(sizes.text), stand);
    }
}

fn superior(out: &mut Vec<Part>, head: &PaperHead, sizes: &Sizes) {
    let name = head.superior.trim();
    if !name.is_empty() {
        let letters = Letters::upright(sizes.superior);
        paragraph(out, &name.to_uppercase(), letters, Stand::plain(Side::Centre));
    }
}

fn issuer(head: &PaperHead, sizes: &Sizes, width: u32) -> Vec<Part> {
    let mut out = Vec::new();
    superior(&mut out, head, sizes);
    let name = head.issuer.trim().to_uppercase();
    paragraph(&mut out, &name, Letters::bold(sizes.issuer), Stand::plain(Side::Centre));
    // Between a third and a half of the name, or of the column that it fills.
    let length = bold_width(&name, sizes.issuer).min(width) * 2 / 5;
    rule(&mut out, length, width, false);
    out
}

fn party_issuer(head: &PaperHead, sizes: &Sizes) -> Vec<Part> {
    let mut out = Vec::new();
    superior(&mut out, head, sizes);
    for line in [head.issuer.trim().to_uppercase().as_str(), "*"] {
        paragraph(&mut out, line, Letters::bold(sizes.issuer), Stand::plain(Side::Centre));
    }
    out
}

fn state(sizes: &Sizes, width: u32) -> Vec<Part> {
    const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
    const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
    let mut out = Vec::new();
    paragraph(&mut out, COUNTRY, Letters::bold(sizes.country), Stand::plain(Side::Centre));
    paragraph(&mut out, MOTTO, Letters::bold(sizes.motto), Stand::plain(Side::Centre));
    rule(&mut out, bold_width(MOTTO, sizes.motto), width, false);
    out
}

fn party(sizes: &Sizes, width: u32) -> Vec<Part> {
    const PARTY: &str = "ĐẢNG CỘNG SẢN VIỆT NAM";
    let mut out = Vec::new();
    paragraph(&mut out, PARTY, Letters::bold(sizes.country), Stand::plain(Side::Centre));
    rule(&mut out, bold_width(PARTY, sizes.country), width, false);
    out
}

fn title(out: &mut Vec<Part>, head: &PaperHead, layout: Layout) {
    let sizes = layout.sizes();
    let centre = Stand::plain(Side::Centre).with_next();
    let kind = head.kind.trim().to_uppercase();
    paragraph(out, &kind, Letters::bold(sizes.kind), centre.after_space(360));
    let subject = head.subject.trim();
    let after = if layout == Layout::Party { 240 } else { 0 };
    paragraph(out, subject, Letters::bold(sizes.subject), Stand { after, ..centre });
    if layout == Layout::State {
        let width = Page::PORTRAIT.text_width();
        // Long subjects take several lines; the line is measured against one.
        let length = bold_width(subject, sizes.subject).min(width) * 2 / 5;
        rule(out, length, width, true);
        let stand = Stand { after: 120, line: 120, ..centre };
        paragraph(out, "", Letters::upright(sizes.text), stand);
    }
}
