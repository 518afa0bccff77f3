//! What stands below the text: who receives the paper, who signs it, and its annexes.

use super::layout::{Layout, Page};
use super::paper::{Annex, OfficialPaper, Signer};
use super::set::{Letters, Part, Side, Stand, chart, data, paragraph};
use crate::roman::roman;

/// Room for a signature and a seal: 70 pt.
const SIGNATURE: u32 = 1_400;

/// Appends recipients and signature.
pub(super) fn set(out: &mut Vec<Part>, paper: &OfficialPaper, layout: Layout) {
    let whole = Page::PORTRAIT.text_width();
    let left = whole * 46 / 100;
    let mut beside = recipients(&paper.recipients, layout);
    if let Some(mark) = &paper.mark {
        chart(&mut beside, mark, layout.sizes().recipients);
    }
    let cells = vec![(left, beside), (whole - left, signature(&paper.signer, layout))];
    out.push(Part::Frame(vec![cells]));
}

fn recipients(recipients: &[String], layout: Layout) -> Vec<Part> {
    let sizes = layout.sizes();
    let mut out = Vec::new();
    let left = Stand::plain(Side::Left);
    let lines: Vec<&str> =
        recipients.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
    if lines.is_empty() {
        paragraph(&mut out, "", Letters::upright(sizes.recipients), left);
        return out;
    }
    let head = Letters { size: sizes.recipients_head, is_bold: true, is_italic: true };
    paragraph(&mut out, "Nơi nhận:", head, left.after_space(240));
    for (n, line) in lines.iter().enumerate() {
        let end = if n + 1 == lines.len() { "." } else { ";" };
        let line = format!("- {}{end}", line.trim_end_matches([';', '.', ' ']));
        paragraph(&mut out, &line, Letters::upright(sizes.recipients), left);
    }
    out
}

fn signature(signer: &Signer, layout: Layout) -> Vec<Part> {
    let mut out = Vec::new();
    let letters = Letters::bold(layout.sizes().signer);
    let centre = Stand::plain(Side::Centre);
    let mut stand = centre.after_space(240).with_next();
    let title = Some(signer.title.trim().to_uppercase()).filter(|it| !it.is_empty());
    for line in [layout.stead(&signer.signing), title].into_iter().flatten() {
        paragraph(&mut out, &line, letters, stand);
        stand = centre.with_next();
    }
    paragraph(&mut out, signer.name.trim(), letters, centre.after_space(SIGNATURE));
    out
}

/// Appends the annexes, each from a new page; several are numbered.
pub(super) fn annexes(out: &mut Vec<Part>, annexes: &[Annex], layout: Layout) {
    let sizes = layout.sizes();
    let centre = Stand::plain(Side::Centre).with_next();
    for (n, annex) in annexes.iter().enumerate() {
        let label = match annexes.len() {
            1 => "Phụ lục".to_owned(),
            _ => format!("Phụ lục {}", roman(n + 1)),
        };
        let stand = Stand { heading: Some(1), starts_page: n > 0, ..centre };
        paragraph(out, &label, Letters::bold(sizes.annex_label), stand);
        let title = annex.title.trim().to_uppercase();
        paragraph(out, &title, Letters::bold(sizes.annex_title), centre);
        if !annex.note.trim().is_empty() {
            paragraph(out, annex.note.trim(), Letters::italic(sizes.text), centre);
        }
        paragraph(out, "", Letters::upright(sizes.table), Stand { line: 160, ..centre });
        data(out, &annex.table, sizes.table);
    }
}
