use std::collections::BTreeMap;

use sauro_journal::Event;
use sauro_kernel::{Ctx, DraftId, ProgrammeId, Right};
use sauro_papers::{CellError, Table};
use sauro_reading::{Column, Reader, Rule, TableReading};
use sauro_store::Db;
use serde_json::json;

use super::compose::body_of;
use super::edit_drafts::{fresh, must_have_programme};
use crate::model::{Agencies, Clarity, DraftBody, secrecy};
use crate::{Fault, TasksError, store};

/// The most rows one import takes.
pub const MAX_ROWS: usize = 5_000;

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportOutcome {
    /// The drafts, in the order of the rows; none when there are errors.
    pub drafts: Vec<DraftId>,
    /// What must be mended in the file before anything is imported; cells and sentences.
    pub errors: Vec<CellError>,
    /// What was imported and is not clear yet.
    pub unclear: Vec<UnclearRow>,
}

/// A row that lacks something before it can be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclearRow {
    /// Number of the row as the spreadsheet shows it.
    pub row: usize,
    /// The work, as read.
    pub work: String,
    /// The clarities that lack.
    pub missing: Vec<Clarity>,
    /// What could not be read, in words.
    pub notes: Vec<String>,
}

/// Imports a table of tasks as drafts of the caller's agency: all rows or, when a cell is wrong, none.
///
/// A cell is wrong when it cannot mean anything: a row with other cells but no task, a day that no
/// calendar has, a text too long. What is only unclear (an agency nobody knows, no day, no product) is
/// imported and listed, since a draft may lack anything.
///
/// # Errors
///
/// [`TasksError::Denied`] without [`Right::PrepareTasks`]; [`TasksError::Invalid`] when the table as a
/// whole cannot be read.
pub async fn import_tasks(
    ctx: &Ctx,
    db: &Db,
    directory: &dyn Agencies,
    reader: &Reader,
    programme: ProgrammeId,
    table: &Table,
) -> Result<ImportOutcome, TasksError> {
    ctx.require(Right::PrepareTasks, ctx.actor.own())?;
    let mut read = read_rows(ctx, directory, reader, table)?;
    if !read.errors.is_empty() {
        return Ok(ImportOutcome { errors: read.errors, ..ImportOutcome::default() });
    }
    let drafts: Vec<_> = (1..)
        .zip(std::mem::take(&mut read.bodies))
        .map(|(n, body)| fresh(ctx, programme, None, n, body))
        .collect();

    let mut conn = db.write().await?;
    must_have_programme(ctx, &mut conn, programme).await?;
    store::drafts::insert_many(&mut conn, &drafts).await?;
    let data =
        json!({ "sheet": table.sheet, "drafts": drafts.len(), "unclear": read.unclear.len() });
    let mut events = vec![Event::new("TasksImported", "programme", programme, data)];
    events.extend(drafts.iter().map(|it| super::edit_drafts::event("DraftAdded", it)));
    sauro_journal::append_many(&mut conn, ctx, events).await?;
    conn.commit().await?;
    Ok(ImportOutcome {
        drafts: drafts.into_iter().map(|it| it.id).collect(),
        errors: Vec::new(),
        unclear: read.unclear,
    })
}

/// The rows of a table as read.
struct Read {
    bodies: Vec<DraftBody>,
    errors: Vec<CellError>,
    unclear: Vec<UnclearRow>,
}

fn read_rows(
    ctx: &Ctx,
    directory: &dyn Agencies,
    reader: &Reader,
    table: &Table,
) -> Result<Read, TasksError> {
    let refuse = |sentence: String| Err(TasksError::Invalid(vec![Fault::new("bang", sentence)]));
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
    if rows.len() > MAX_ROWS {
        return refuse(format!(
            "Bảng có {} dòng, nhiều hơn {MAX_ROWS}. Chia thành nhiều tệp.",
            rows.len()
        ));
    }
    let all: Vec<String> = rows.iter().take(30).map(|row| row.join("\n")).collect();
    if let Some(mark) = secrecy(&all.join("\n")) {
        return refuse(format!(
            "Bảng có dấu độ mật “{mark}”. Theo Luật Bảo vệ bí mật nhà nước, tài liệu mật không được đưa lên hệ thống này."
        ));
    }
    let today = ctx.today();
    let reading = reader.read_table(&rows, Some(today));
    if reading.header_row.is_none() {
        return refuse(
            "Không thấy dòng tiêu đề. Bảng cần một dòng có cột “Nhiệm vụ” và ít nhất một trong các cột “Cơ quan chủ trì”, “Thời hạn”, “Sản phẩm”."
                .to_owned(),
        );
    }
    if reading.tasks.is_empty() {
        return refuse("Bảng chưa có dòng nhiệm vụ nào dưới dòng tiêu đề.".to_owned());
    }
    let mut notes = notes_of(&reading);
    let mut read =
        Read { bodies: Vec::new(), errors: errors_of(table, &reading), unclear: Vec::new() };
    for found in &reading.tasks {
        let mut words = notes.remove(&found.row).unwrap_or_default();
        let mut body = body_of(directory, &found.task, Some(today), &mut words);
        // The row, not the span of a text that is not kept.
        body.span = None;
        body.item_label = found.number.clone().unwrap_or_default().chars().take(40).collect();
        for (label, text) in [("Căn cứ", &found.source), ("Nhóm", &found.group)] {
            if let Some(text) = text {
                body.reasons
                    .push(format!("{label}: {}", text.chars().take(300).collect::<String>()));
            }
        }
        body.reasons.extend(words.iter().cloned());
        let missing = body.missing(|id| directory.is_vague(id));
        if !missing.is_empty() || !words.is_empty() {
            let row = table.first_row as usize + found.row;
            read.unclear.push(UnclearRow { row, work: body.work.clone(), missing, notes: words });
        }
        read.bodies.push(body);
    }
    Ok(read)
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
