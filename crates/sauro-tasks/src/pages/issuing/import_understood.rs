//! What was understood of a table, as the page shows it.

use sauro_papers::column_name;
use sauro_reading::Column;
use sauro_ui::Choice;

use crate::actions::{Preview, SampleRow};

/// Unclear rows listed on the page; the others are only counted.
const LISTED: usize = 200;

/// What a column may hold: the word in the form, and the words on screen.
const COLUMNS: [(&str, Column, &str); 12] = [
    ("so", Column::Number, "Số thứ tự"),
    ("viec", Column::Task, "Nhiệm vụ"),
    ("chu-tri", Column::Lead, "Cơ quan chủ trì"),
    ("phoi-hop", Column::Coordinating, "Cơ quan phối hợp"),
    ("san-pham", Column::Product, "Sản phẩm"),
    ("han", Column::Deadline, "Thời hạn"),
    ("han-ngay", Column::DeadlineIso, "Thời hạn đã tính ra ngày"),
    ("tham-quyen", Column::Authority, "Cấp có thẩm quyền"),
    ("can-cu", Column::Source, "Căn cứ"),
    ("nhom", Column::Group, "Nhóm nhiệm vụ"),
    ("ket-qua", Column::Result, "Kết quả (giữ làm ghi chú)"),
    ("tinh-trang", Column::Status, "Tình trạng (giữ làm ghi chú)"),
];

/// The column named `code` in a form.
pub(super) fn column_of(code: &str) -> Option<Column> {
    COLUMNS.iter().find(|(it, ..)| *it == code).map(|(_, column, _)| *column)
}

/// A column and what it was taken for.
pub(super) struct ColumnView {
    /// Name of its field.
    pub(super) field: String,
    /// Its letter and the words above it.
    pub(super) label: String,
    /// What it was taken for, or empty.
    pub(super) code: &'static str,
}

/// A row that is not clear.
pub(super) struct UnclearView {
    pub(super) row: usize,
    pub(super) work: String,
    pub(super) lacks: String,
}

/// What was understood.
pub(super) struct Understood {
    pub(super) header_row: String,
    pub(super) columns: Vec<ColumnView>,
    pub(super) choices: Vec<Choice>,
    pub(super) n_rows: usize,
    pub(super) n_clear: usize,
    pub(super) unclear: Vec<UnclearView>,
    /// Unclear rows that are not listed.
    pub(super) n_more: usize,
    pub(super) sample: Vec<SampleRow>,
    /// Something can be imported.
    pub(super) is_ready: bool,
    pub(super) may_issue: bool,
}

impl Understood {
    /// The preview as the page shows it.
    pub(super) fn of(preview: Preview, may_issue: bool) -> Self {
        let taken = |at: usize| {
            let found = preview.layout.columns.iter().find(|(it, _)| *it == at);
            let code = found.and_then(|(_, column)| COLUMNS.iter().find(|it| it.1 == *column));
            code.map_or("", |it| it.0)
        };
        let columns = preview.headings.iter().enumerate().map(|(at, words)| {
            let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let words: String = words.chars().take(60).collect();
            let label = match words.as_str() {
                "" => format!("Cột {}", column_name(at)),
                words => format!("Cột {}: {words}", column_name(at)),
            };
            ColumnView { field: format!("cot-{at}"), label, code: taken(at) }
        });
        let columns = columns.take(60).collect();
        let n_lacking = preview.unclear.iter().filter(|it| !it.missing.is_empty()).count();
        let n_more = preview.unclear.len().saturating_sub(LISTED);
        let unclear = preview.unclear.into_iter().take(LISTED).map(|it| {
            let missing: Vec<&str> = it.missing.iter().map(|it| it.label()).collect();
            let lacks = if missing.is_empty() {
                String::new()
            } else {
                format!("Chưa {}. ", missing.join(", "))
            };
            UnclearView {
                row: it.row,
                work: it.work,
                lacks: format!("{lacks}{}", it.notes.join(" ")),
            }
        });
        Self {
            header_row: (preview.layout.header_row + 1).to_string(),
            columns,
            choices: COLUMNS.iter().map(|(code, _, words)| Choice::new(code, *words)).collect(),
            n_rows: preview.n_clear + n_lacking,
            n_clear: preview.n_clear,
            is_ready: preview.errors.is_empty() && preview.n_clear + n_lacking > 0,
            unclear: unclear.collect(),
            n_more,
            sample: preview.sample,
            may_issue,
        }
    }
}
