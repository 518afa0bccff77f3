//! Tables: frames that put things side by side, tables of text, and bars made of cells.

use super::layout::Page;
use super::markup::paragraph;
use super::paper::{Align, Bar, DataTable, PaperRow};
use super::set::{Letters, Side, Stand};

/// Cells that the longest bar takes.
const STEPS: u32 = 24;
/// The fill of headings, light enough for a copier.
const HEADING_FILL: &str = "E7E6E6";
/// The fill of bars.
const BAR_FILL: &str = "595959";

/// A cell of a frame: its width and what is in it, which ends with a paragraph.
pub(super) type Cell = (u32, String);

/// Appends a table without lines whose rows stay whole.
pub(super) fn frame(out: &mut String, rows: &[Vec<Cell>]) {
    let widths: Vec<u32> =
        rows.first().map(|row| row.iter().map(|it| it.0).collect()).unwrap_or_default();
    open(out, &widths, "", 0);
    for row in rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (width, inside) in row {
            out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{inside}</w:tc>"
            ));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

fn open(out: &mut String, widths: &[u32], borders: &str, margin: u32) {
    let width: u32 = widths.iter().sum();
    out.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>{borders}<w:tblLayout w:type=\"fixed\"/>\
        <w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/><w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar>\
        </w:tblPr><w:tblGrid>"
    ));
    for width in widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
}

/// Appends `table` across `page`, its heading again on every page.
pub(super) fn data(out: &mut String, table: &DataTable, page: Page, size: u32) {
    const SIDES: [&str; 6] = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let line = |side: &&str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>")
    };
    let borders: String = SIDES.iter().map(line).collect();
    let widths = table.widths(page.text_width());
    open(out, &widths, &format!("<w:tblBorders>{borders}</w:tblBorders>"), 80);
    out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in table.columns.iter().zip(&widths) {
        let stand = Stand { before: 40, after: 40, ..Stand::plain(Side::Centre) };
        let place = Place { width: *width, span: 1, fill: Some(HEADING_FILL) };
        cell(out, place, &column.heading, Letters::bold(size), stand);
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        data_row(out, table, row, &widths, size);
    }
    out.push_str("</w:tbl>");
}

fn data_row(out: &mut String, table: &DataTable, row: &PaperRow, widths: &[u32], size: u32) {
    let stand = |side| Stand { before: 20, after: 20, ..Stand::plain(side) };
    match row {
        PaperRow::Group(text) => {
            out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            let span = u32::try_from(widths.len()).unwrap_or(1);
            let place = Place { width: widths.iter().sum(), span, fill: None };
            cell(out, place, text, Letters::bold(size), stand(Side::Left).with_next());
        }
        PaperRow::Cells(cells) => {
            let whole = if row.is_short() { "<w:trPr><w:cantSplit/></w:trPr>" } else { "" };
            out.push_str(&format!("<w:tr>{whole}"));
            for (n, (column, width)) in table.columns.iter().zip(widths).enumerate() {
                let side = match column.align {
                    Align::Left => Side::Left,
                    Align::Centre => Side::Centre,
                    Align::Right => Side::Right,
                };
                let text = cells.get(n).map_or("", String::as_str);
                let place = Place { width: *width, span: 1, fill: None };
                cell(out, place, text, Letters::upright(size), stand(side));
            }
        }
    }
    out.push_str("</w:tr>");
}

/// Where a cell is and how it is filled.
#[derive(Clone, Copy)]
struct Place {
    width: u32,
    span: u32,
    fill: Option<&'static str>,
}

fn cell(out: &mut String, place: Place, text: &str, letters: Letters, stand: Stand) {
    out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", place.width));
    if place.span > 1 {
        out.push_str(&format!("<w:gridSpan w:val=\"{}\"/>", place.span));
    }
    if let Some(fill) = place.fill {
        out.push_str(&format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"));
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    paragraph(out, text, letters, stand);
    out.push_str("</w:tc>");
}

/// Appends counts as bars: label, bar, figure. Cells are the one drawing that every program that
/// opens a document draws alike.
pub(super) fn bars(out: &mut String, bars: &[Bar], page: Page, size: u32) {
    let most = bars.iter().map(|it| it.count).max().unwrap_or(0);
    let (label, figure) = (page.text_width() * 36 / 100, page.text_width() * 22 / 100);
    let step = (page.text_width() - label - figure) / STEPS;
    let mut widths = vec![label];
    widths.extend(std::iter::repeat_n(step, STEPS as usize));
    widths.push(figure);
    open(out, &widths, "", 60);
    for bar in bars {
        let steps = steps(bar.count, most);
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let stand = |side| Stand { before: 30, after: 30, keeps_next: true, ..Stand::plain(side) };
        let text = |width| Place { width, span: 1, fill: None };
        cell(out, text(label), &bar.label, Letters::upright(size), stand(Side::Left));
        for (span, fill) in [(steps, Some(BAR_FILL)), (STEPS - steps, None)] {
            if span > 0 {
                bar_cell(out, Place { width: step * span, span, fill });
            }
        }
        cell(out, text(figure), &bar.written, Letters::upright(size), stand(Side::Left));
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// White lines over and under a bar part it from its neighbours.
fn bar_cell(out: &mut String, place: Place) {
    let white =
        |side| format!("<w:{side} w:val=\"single\" w:sz=\"36\" w:space=\"0\" w:color=\"FFFFFF\"/>");
    out.push_str(&format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{}\"/>\
        <w:tcBorders>{}{}</w:tcBorders>",
        place.width,
        place.span,
        white("top"),
        white("bottom")
    ));
    if let Some(fill) = place.fill {
        out.push_str(&format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"));
    }
    out.push_str("</w:tcPr>");
    paragraph(out, "", Letters::upright(20), Stand::plain(Side::Left).with_next());
    out.push_str("</w:tc>");
}

/// How many cells a bar takes: what is there shows, and only the most fills the row.
fn steps(count: u64, most: u64) -> u32 {
    if count == 0 {
        return 0;
    }
    let share = u128::from(count) * u128::from(STEPS) / u128::from(most.max(1));
    u32::try_from(share).unwrap_or(STEPS).clamp(1, STEPS)
}
