//! Templates to fill in and upload again.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, Formula, Note, Workbook, Worksheet,
};

use super::{body_format, fitting, heading_format, place};
use crate::error::PaperError;
use crate::sheet::column_name;

/// Rows prepared with lists to choose from.
const READY_ROWS: u32 = 5_000;
/// Longest list Excel takes inside a cell's rule, in characters.
const MAX_INLINE: usize = 250;

/// One column of a template.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Heading, exactly as the import expects it.
    pub heading: String,
    /// What to write there, in plain Vietnamese.
    pub hint: String,
    /// Width in characters.
    pub width: f64,
    /// Values to choose from; empty for free text.
    pub choices: Vec<String>,
    /// Whether a row without it is refused.
    pub required: bool,
}

/// Writes a template: a data sheet with headings, hints and lists to choose from, and a sheet
/// `Hướng dẫn` that explains each column and shows `example_rows` (not in the data sheet, so that
/// nobody uploads them by accident).
///
/// # Errors
///
/// [`PaperError`] when there are more columns than Excel takes.
pub fn write_template(
    columns: &[Column],
    example_rows: &[Vec<String>],
) -> Result<Vec<u8>, PaperError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Dữ liệu")?;
    // Text cells keep dates and codes as they are typed.
    let typed = body_format().set_num_format("@");
    for (n, column) in columns.iter().enumerate() {
        let (r, c) = place(0, n)?;
        sheet.set_column_width(c, column.width.clamp(6.0, 120.0))?;
        sheet.set_column_format(c, &typed)?;
        sheet.write_string_with_format(
            r,
            c,
            fitting(&column.heading),
            &heading_format(column.required),
        )?;
        if !column.hint.is_empty() {
            sheet.insert_note(r, c, &Note::new(note_text(column)).add_author_prefix(false))?;
        }
        choose(sheet, n, column)?;
    }
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 0)?;
    write_notes(workbook.add_worksheet(), columns, example_rows)?;
    write_lists(workbook.add_worksheet(), columns)?;
    Ok(workbook.save_to_buffer()?)
}

fn note_text(column: &Column) -> String {
    let need = if column.required { "Bắt buộc. " } else { "" };
    format!("{need}{}", column.hint).chars().take(1_000).collect()
}

/// Lets the cells of a column offer their choices.
fn choose(sheet: &mut Worksheet, n: usize, column: &Column) -> Result<(), PaperError> {
    if column.choices.is_empty() {
        return Ok(());
    }
    let (_, c) = place(0, n)?;
    let inline = column.choices.iter().map(|c| c.chars().count() + 1).sum::<usize>() <= MAX_INLINE
        && column.choices.iter().all(|c| !c.contains(','));
    let rule = DataValidation::new();
    let rule = if inline {
        rule.allow_list_strings(&column.choices)?
    } else {
        let letter = column_name(n);
        rule.allow_list_formula(Formula::new(format!(
            "='Danh mục'!${letter}$2:${letter}${}",
            column.choices.len() + 1
        )))
    };
    let rule = rule
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Giá trị ngoài danh mục")?
        .set_error_message("Hãy chọn một giá trị trong danh sách thả xuống của ô này.")?;
    sheet.add_data_validation(1, c, READY_ROWS, c, &rule)?;
    Ok(())
}

/// The sheet that explains.
fn write_notes(
    sheet: &mut Worksheet,
    columns: &[Column],
    example_rows: &[Vec<String>],
) -> Result<(), PaperError> {
    sheet.set_name("Hướng dẫn")?;
    let (bold, body) = (heading_format(true), body_format());
    for (c, width) in [(0, 28.0), (1, 14.0), (2, 70.0), (3, 50.0)] {
        sheet.set_column_width(c, width)?;
    }
    let title = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, "Cách điền tệp này", &title)?;
    sheet.write_string(1, 0, "Điền vào trang Dữ liệu, mỗi việc một dòng; giữ nguyên dòng tiêu đề; ngày ghi dạng 31/12/2026.")?;
    for (c, text) in (0u16..).zip(["Cột", "Bắt buộc", "Cách ghi", "Chọn một trong"]) {
        sheet.write_string_with_format(3, c, text, &bold)?;
    }
    let mut row = 4;
    for column in columns {
        let need = if column.required { "Có" } else { "Không" };
        let few: Vec<&str> = column.choices.iter().take(12).map(String::as_str).collect();
        let more = if column.choices.len() > 12 { "; …" } else { "" };
        let choices = format!("{}{more}", few.join("; "));
        for (c, text) in
            (0u16..).zip([column.heading.as_str(), need, column.hint.as_str(), choices.as_str()])
        {
            sheet.write_string_with_format(row, c, fitting(text), &body)?;
        }
        row += 1;
    }
    if example_rows.is_empty() {
        return Ok(());
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "Ví dụ (không nhập từ trang này)", &title)?;
    let headings: Vec<String> = columns.iter().map(|c| c.heading.clone()).collect();
    for (cells, format) in
        std::iter::once((&headings, &bold)).chain(example_rows.iter().map(|r| (r, &body)))
    {
        row += 1;
        for (n, text) in cells.iter().enumerate() {
            let (_, c) = place(0, n)?;
            sheet.write_string_with_format(row, c, fitting(text), format)?;
        }
    }
    Ok(())
}

/// The hidden sheet that long lists are read from.
fn write_lists(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), PaperError> {
    sheet.set_name("Danh mục")?;
    sheet.set_hidden(true);
    for (n, column) in columns.iter().enumerate() {
        let (_, c) = place(0, n)?;
        sheet.write_string(0, c, fitting(&column.heading))?;
        for (k, choice) in column.choices.iter().enumerate() {
            let (r, c) = place(k + 1, n)?;
            sheet.write_string(r, c, fitting(choice))?;
        }
    }
    Ok(())
}
