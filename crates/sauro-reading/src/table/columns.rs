//! Which column holds what, by its heading with or without marks.

use serde::Serialize;

use crate::text::find_fold;

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    /// Running number (TT).
    Number,
    /// Part or annex the row belongs to.
    Annex,
    /// Group of tasks.
    Group,
    /// The task (nhiệm vụ).
    Task,
    /// Lead agency (cơ quan chủ trì).
    Lead,
    /// Cooperating agencies (cơ quan phối hợp).
    Coordinating,
    /// Product (sản phẩm).
    Product,
    /// Deadline in words (thời hạn).
    Deadline,
    /// Deadline as a date already computed; used where the words give none.
    DeadlineIso,
    /// Approving authority (cấp trình, cấp phê duyệt).
    Authority,
    /// Source document (căn cứ).
    Source,
    /// Result or progress (kết quả).
    Result,
    /// State (tình trạng).
    Status,
    /// Money (kinh phí) and other columns that say nothing of the task itself.
    Other,
}

const HEADINGS: [(&str, Column); 68] = [
    ("tt", Column::Number),
    ("stt", Column::Number),
    ("so tt", Column::Number),
    ("no", Column::Number),
    ("so thu tu", Column::Number),
    ("annex", Column::Annex),
    ("phu luc", Column::Annex),
    ("group", Column::Group),
    ("nhom", Column::Group),
    ("nhom nhiem vu", Column::Group),
    ("task", Column::Task),
    ("action", Column::Task),
    ("nhiem vu", Column::Task),
    ("noi dung nhiem vu", Column::Task),
    ("ten nhiem vu", Column::Task),
    ("noi dung", Column::Task),
    ("noi dung cong viec", Column::Task),
    ("cong viec", Column::Task),
    ("nhiem vu giai phap", Column::Task),
    ("nhiem vu cu the", Column::Task),
    ("lead", Column::Lead),
    ("co quan chu tri", Column::Lead),
    ("don vi chu tri", Column::Lead),
    ("chu tri", Column::Lead),
    ("co quan don vi chu tri", Column::Lead),
    ("co quan thuc hien", Column::Lead),
    ("don vi thuc hien", Column::Lead),
    ("co quan chu tri thuc hien", Column::Lead),
    ("coordinating", Column::Coordinating),
    ("partners", Column::Coordinating),
    ("co quan phoi hop", Column::Coordinating),
    ("don vi phoi hop", Column::Coordinating),
    ("phoi hop", Column::Coordinating),
    ("co quan don vi phoi hop", Column::Coordinating),
    ("product", Column::Product),
    ("deliverable", Column::Product),
    ("deliverables", Column::Product),
    ("san pham", Column::Product),
    ("san pham dau ra", Column::Product),
    ("ket qua dau ra", Column::Product),
    ("san pham ket qua", Column::Product),
    ("deadline", Column::Deadline),
    ("deadline text", Column::Deadline),
    ("due", Column::Deadline),
    ("thoi han", Column::Deadline),
    ("thoi gian", Column::Deadline),
    ("thoi han hoan thanh", Column::Deadline),
    ("thoi gian hoan thanh", Column::Deadline),
    ("thoi gian thuc hien", Column::Deadline),
    ("han hoan thanh", Column::Deadline),
    ("tien do hoan thanh", Column::Deadline),
    ("deadline iso", Column::DeadlineIso),
    ("due on", Column::DeadlineIso),
    ("authority", Column::Authority),
    ("cap trinh", Column::Authority),
    ("cap phe duyet", Column::Authority),
    ("cap co tham quyen", Column::Authority),
    ("tham quyen", Column::Authority),
    ("source", Column::Source),
    ("source doc", Column::Source),
    ("can cu", Column::Source),
    ("van ban giao nhiem vu", Column::Source),
    ("result", Column::Result),
    ("ket qua", Column::Result),
    ("ket qua thuc hien", Column::Result),
    ("status", Column::Status),
    ("tinh trang", Column::Status),
    ("trang thai", Column::Status),
];

/// Headings known by a part of their words, tried in this order.
const PARTS: [(&str, Column); 14] = [
    ("chu tri", Column::Lead),
    ("phoi hop", Column::Coordinating),
    ("san pham", Column::Product),
    ("thoi han", Column::Deadline),
    ("thoi gian", Column::Deadline),
    ("hoan thanh", Column::Deadline),
    ("tham quyen", Column::Authority),
    ("tinh trang", Column::Status),
    ("van ban", Column::Source),
    ("can cu", Column::Source),
    ("ket qua", Column::Result),
    ("nhiem vu", Column::Task),
    ("kinh phi", Column::Other),
    ("ghi chu", Column::Other),
];

/// What one heading means.
pub(super) fn column(heading: &str) -> Option<Column> {
    let folded = find_fold(heading);
    if folded.is_empty() || folded.chars().count() > 80 {
        return None;
    }
    let exact = HEADINGS.iter().find(|(h, _)| *h == folded).map(|(_, c)| *c);
    exact.or_else(|| PARTS.iter().find(|(h, _)| folded.contains(h)).map(|(_, c)| *c))
}

/// A heading row: its place, its known columns, the columns it leaves unknown.
pub(super) type Heading = (usize, Vec<(usize, Column)>, Vec<usize>);

/// The heading row: the first that names a task column and one more, each heading short.
pub(super) fn header(rows: &[Vec<String>]) -> Option<Heading> {
    for (at, row) in rows.iter().enumerate().take(20) {
        let cells: Vec<(usize, Option<Column>)> = row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty())
            .map(|(i, cell)| (i, column(cell)))
            .collect();
        let known: Vec<(usize, Column)> =
            cells.iter().filter_map(|(i, c)| c.map(|c| (*i, c))).collect();
        let short = row.iter().all(|cell| cell.chars().count() <= 80);
        let has_task = known.iter().any(|(_, c)| *c == Column::Task);
        let has_more = known.iter().any(|(_, c)| {
            matches!(c, Column::Lead | Column::Deadline | Column::Product | Column::Coordinating)
        });
        if short && has_task && has_more {
            let unknown = cells.iter().filter(|(_, c)| c.is_none()).map(|(i, _)| *i).collect();
            return Some((at, first_of_each(known), unknown));
        }
    }
    None
}

/// One column of a kind counts; a second "kết quả" is other.
fn first_of_each(known: Vec<(usize, Column)>) -> Vec<(usize, Column)> {
    let mut out: Vec<(usize, Column)> = Vec::new();
    for (i, c) in known {
        if !out.iter().any(|(_, seen)| *seen == c) {
            out.push((i, c));
        }
    }
    out
}
