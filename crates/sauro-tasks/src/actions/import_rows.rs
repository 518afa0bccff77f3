//! The rows of a table of tasks, read and checked; nothing is stored here.

use std::collections::BTreeMap;

use sauro_kernel::Ctx;
use sauro_papers::{CellError, Table};
use sauro_reading::{Column, Reader, Rule, TableReading, TableTask};

use super::compose::body_of;
use super::import_tasks::{Layout, MAX_ROWS, SampleRow, UnclearRow};
use crate::model::{Agencies, Clarity, DraftBody, ProgrammeSettings, lacks, name_of, secrecy};
use crate::{Fault, TasksError};

/// A table as read.
pub(super) struct Rows {
    pub(super) layout: Layout,
    pub(super) all: Vec<Row>,
    pub(super) errors: Vec<CellError>,
}

/// One row of it.
pub(super) struct Row {
    /// Number of the row as the spreadsheet shows it.
    at: usize,
    pub(super) body: DraftBody,
    pub(super) missing: Vec<Clarity>,
    notes: Vec<String>,
}

impl Row {
    /// The row, when it lacks something or something of it could not be read.
    pub(super) fn unclear(self) -> Option<UnclearRow> {
        if self.missing.is_empty() && self.notes.is_empty() {
            return None;
        }
        let Self { at, body, missing, notes } = self;
        Some(UnclearRow { row: at, work: body.work, missing, notes })
    }

    /// The row as a person checks it.
    pub(super) fn sample(&self, directory: &dyn Agencies) -> SampleRow {
        let leads: Vec<&str> =
            self.body.leads.iter().take(3).map(|id| name_of(directory, *id)).collect();
        let deadline = &self.body.deadline;
        SampleRow {
            row: self.at,
            work: self.body.work.clone(),
            leads: leads.join("; "),
            due: deadline
                .due_on
                .map_or_else(|| deadline.text.clone(), |day| day.format("%d/%m/%Y").to_string()),
            n_missing: self.missing.len(),
        }
    }
}

/// The cells as text, or why the table cannot be taken at all.
pub(super) fn texts(table: &Table) -> Result<Vec<Vec<String>>, TasksError> {
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
    if rows.len() > MAX_ROWS {
        return Err(refused(format!(
            "Bảng có {} dòng, nhiều hơn {MAX_ROWS}. Chia thành nhiều tệp.",
            rows.len()
        )));
    }
    let all: Vec<String> = rows.iter().take(30).map(|row| row.join("\n")).collect();
    if let Some(mark) = secrecy(&all.join("\n")) {
        return Err(refused(format!(
            "Bảng có dấu độ mật “{mark}”. Theo Luật Bảo vệ bí mật nhà nước, tài liệu mật không được đưa lên hệ thống này."
        )));
    }
    Ok(rows)
}

fn refused(sentence: String) -> TasksError {
    TasksError::Invalid(vec![Fault::new("bang", sentence)])
}

/// Why a table without a heading row cannot be imported.
pub(super) fn no_heading() -> TasksError {
    refused(
        "Không thấy dòng tiêu đề. Bảng cần một dòng có cột “Nhiệm vụ” và ít nhất một trong các cột “Cơ quan chủ trì”, “Thời hạn”, “Sản phẩm”."
            .to_owned(),
    )
}

/// Reads `texts`, the cells of `table`; `None` when no heading is found and `layout` tells none.
pub(super) fn read(
    ctx: &Ctx,
    directory: &dyn Agencies,
    reader: &Reader,
    ways: &ProgrammeSettings,
    table: &Table,
    texts: &[Vec<String>],
    layout: Option<&Layout>,
) -> Result<Option<Rows>, TasksError> {
    let today = ctx.today();
    let reading = match layout {
        Some(it) => reader.read_table_as(texts, it.header_row, &it.columns, Some(today)),
        None => reader.read_table(texts, Some(today)),
    };
    let Some(header_row) = reading.header_row else { return Ok(None) };
    if !reading.columns.iter().any(|(_, it)| *it == Column::Task) {
        return Err(refused("Chọn cột nào là “Nhiệm vụ”.".to_owned()));
    }
    if reading.tasks.is_empty() {
        return Err(refused("Bảng chưa có dòng nhiệm vụ nào dưới dòng tiêu đề.".to_owned()));
    }
    let mut notes = notes_of(&reading);
    let errors = errors_of(table, &reading);
    let row = |found: &TableTask| {
        let mut words = notes.remove(&found.row).unwrap_or_default();
        let mut body = body_of(directory, &found.task, Some(today), &mut words);
        // The row, not the span of a text that is not kept.
        body.span = None;
        body.item_label = found.number.clone().unwrap_or_default().chars().take(40).collect();
        let said = [
            ("Căn cứ", &found.source),
            ("Nhóm", &found.group),
            ("Kết quả ghi trong bảng, chưa kiểm chứng", &found.result),
            ("Tình trạng ghi trong bảng, chưa kiểm chứng", &found.status),
        ];
        for (label, text) in said {
            if let Some(text) = text {
                let text: String = text.chars().take(300).collect();
                body.reasons.push(format!("{label}: {text}"));
            }
        }
        body.reasons.extend(words.iter().cloned());
        ways.fill(&mut body);
        let missing = lacks(directory, ctx.actor.agency, &body);
        Row { at: table.first_row as usize + found.row, body, missing, notes: words }
    };
    let all = reading.tasks.iter().map(row).collect();
    let layout = Layout { header_row, columns: reading.columns.clone() };
    Ok(Some(Rows { layout, all, errors }))
}

/// What the reader could not settle, by row.
fn notes_of(reading: &TableReading) -> BTreeMap<usize, Vec<String>> {
    let mut notes: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let header = reading.header_row.unwrap_or(0);
    for it in reading
        .warnings
        .iter()
        .filter(|it| it.span.start > header && !matches!(it.rule, Rule::EmptyRow))
    {
        let words: String = it.text.chars().take(120).collect();
        notes.entry(it.span.start).or_default().push(format!("{} “{words}”", it.rule.explain()));
    }
    notes
}

/// The cells that cannot mean anything.
fn errors_of(table: &Table, reading: &TableReading) -> Vec<CellError> {
    let column =
        |wanted: Column| reading.columns.iter().find(|(_, it)| *it == wanted).map(|(n, _)| *n);
    let mut errors = Vec::new();
    for row in &reading.skipped {
        errors.push(CellError {
            row: *row,
            column: column(Column::Task),
            message:
                "Dòng này có nội dung nhưng chưa ghi nhiệm vụ. Ghi nhiệm vụ, hoặc xóa cả dòng."
                    .to_owned(),
        });
    }
    for found in &reading.tasks {
        let mut limit = |wanted: Column, most: usize, what: &str| {
            let Some(n) = column(wanted) else { return };
            let len = table.text(found.row, n).chars().count();
            if len > most {
                let message = format!("{what} dài {len} ký tự. Rút gọn còn tối đa {most} ký tự.");
                errors.push(CellError { row: found.row, column: Some(n), message });
            }
        };
        limit(Column::Task, 2000, "Nhiệm vụ");
        limit(Column::Product, 2000, "Sản phẩm");
        limit(Column::Deadline, 500, "Thời hạn");
        if found.task.reasons.contains(&Rule::ImpossibleDate) || is_impossible(reading, found.row) {
            let at = column(Column::Deadline).or_else(|| column(Column::DeadlineIso));
            let words: String =
                at.map_or("", |n| table.text(found.row, n)).chars().take(60).collect();
            let message = format!(
                "Ngày trong “{words}” không có trên lịch. Ghi lại ngày/tháng/năm, ví dụ 31/12/2026."
            );
            errors.push(CellError { row: found.row, column: at, message });
        }
    }
    errors.sort_by_key(|it| (it.row, it.column));
    errors
}

fn is_impossible(reading: &TableReading, row: usize) -> bool {
    reading.warnings.iter().any(|it| it.rule == Rule::ImpossibleDate && it.span.start == row)
}
