//! Forms of which a person fills some cells: the others are written and locked.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatBorder,
    ProtectionOptions, Workbook, Worksheet,
};

use super::export::CellValue;
use super::{body_format, fitting, heading_format, looks_like_formula, place};
use crate::error::PaperError;

/// A form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    /// Name of the sheet to fill.
    pub sheet: String,
    /// Lines above the headings; the first is the title.
    pub lines: Vec<String>,
    /// Its columns.
    pub columns: Vec<FormColumn>,
    /// Its rows, each as long as `columns`.
    pub rows: Vec<Vec<FormCell>>,
    /// Lines of the sheet `Hướng dẫn`; the first is its title.
    pub guide: Vec<String>,
}

/// A column of a form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormColumn {
    /// Its heading.
    pub heading: String,
    /// Width in characters.
    pub width: f64,
}

/// A cell of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum FormCell {
    /// Written and locked.
    Fixed(CellValue),
    /// To be filled with a number, within bounds where there are any.
    Number {
        /// None is below.
        low: Option<f64>,
        /// None is above.
        high: Option<f64>,
    },
    /// To be filled with at most this many characters.
    Text(u32),
}

/// Writes `form` as xlsx: what is to be filled is open, all else locked; a second sheet says how.
///
/// # Errors
///
/// [`PaperError`] when there are more rows or columns than Excel takes.
pub fn write_form(form: &Form) -> Result<Vec<u8>, PaperError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(&form.sheet)?;
    for (n, line) in form.lines.iter().enumerate() {
        let (r, c) = place(n, 0)?;
        let format = if n == 0 { title_format() } else { Format::new() };
        sheet.write_string_with_format(r, c, fitting(line), &format)?;
    }
    let header = form.lines.len();
    for (n, column) in form.columns.iter().enumerate() {
        let (r, c) = place(header, n)?;
        sheet.set_column_width(c, column.width.clamp(6.0, 120.0))?;
        sheet.write_string_with_format(r, c, fitting(&column.heading), &heading_format(true))?;
    }
    let styles = Styles::new();
    for (n, row) in form.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            write_cell(sheet, place(header + 1 + n, column)?, cell, &styles)?;
        }
    }
    let (below, _) = place(header + 1, 0)?;
    sheet.set_row_height(below - 1, 32)?;
    sheet.set_freeze_panes(below, 2)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(below - 1, below - 1)?;
    // Widths may be changed; rows cannot be hidden, added or sorted by mistake.
    let allowed = ProtectionOptions { format_columns: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&allowed);
    write_guide(workbook.add_worksheet(), &form.guide)?;
    Ok(workbook.save_to_buffer()?)
}

struct Styles {
    fixed: Format,
    quoted: Format,
    number: Format,
    text: Format,
}

impl Styles {
    fn new() -> Self {
        let fixed = body_format().set_border(FormatBorder::Hair);
        let open = fixed.clone().set_unlocked().set_background_color(Color::RGB(0xFF_FB_E6));
        Self {
            quoted: fixed.clone().set_quote_prefix(),
            // Groups of three and up to six decimals, in the writing of whoever opens it.
            number: open.clone().set_num_format("#,##0.######"),
            text: open.set_num_format("@"),
            fixed,
        }
    }
}

fn title_format() -> Format {
    Format::new().set_bold().set_font_size(14)
}

fn write_cell(
    sheet: &mut Worksheet,
    (r, c): (u32, u16),
    cell: &FormCell,
    styles: &Styles,
) -> Result<(), PaperError> {
    match cell {
        FormCell::Fixed(CellValue::Text(text)) => {
            let format = if looks_like_formula(text) { &styles.quoted } else { &styles.fixed };
            sheet.write_string_with_format(r, c, fitting(text), format)?;
        }
        FormCell::Fixed(CellValue::Number(n)) if n.is_finite() => {
            sheet.write_number_with_format(r, c, *n, &styles.fixed)?;
        }
        FormCell::Fixed(CellValue::Whole(n)) => {
            sheet.write_number_with_format(r, c, *n as f64, &styles.fixed)?;
        }
        FormCell::Fixed(_) => {
            sheet.write_blank(r, c, &styles.fixed)?;
        }
        FormCell::Number { low, high } => {
            sheet.write_blank(r, c, &styles.number)?;
            sheet.add_data_validation(r, c, r, c, &number_rule(*low, *high)?)?;
        }
        FormCell::Text(most) => {
            sheet.write_blank(r, c, &styles.text)?;
            let rule = DataValidation::new()
                .allow_text_length(DataValidationRule::LessThanOrEqualTo(*most))
                .set_error_title("Quá dài")?
                .set_error_message(format!("Rút gọn còn tối đa {most} ký tự."))?;
            sheet.add_data_validation(r, c, r, c, &rule)?;
        }
    }
    Ok(())
}

/// Largest number asked for where nothing else is said, as the digits of a spreadsheet end at 15.
const MOST: f64 = 999_999_999_999_999.0;

fn number_rule(low: Option<f64>, high: Option<f64>) -> Result<DataValidation, PaperError> {
    let words = match (low, high) {
        (Some(low), Some(high)) => format!("Nhập một số từ {} đến {}.", shown(low), shown(high)),
        (Some(low), None) => format!("Nhập một số từ {} trở lên.", shown(low)),
        (None, Some(high)) => format!("Nhập một số không quá {}.", shown(high)),
        (None, None) => "Nhập một số.".to_owned(),
    };
    let rule = DataValidationRule::Between(low.unwrap_or(-MOST), high.unwrap_or(MOST));
    Ok(DataValidation::new()
        .allow_decimal_number(rule)
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Số chưa đúng")?
        .set_error_message(format!("{words} Không có thì để trống; đúng là không thì ghi 0."))?)
}

fn shown(n: f64) -> String {
    n.to_string().replace('.', ",")
}

/// The sheet that explains.
fn write_guide(sheet: &mut Worksheet, lines: &[String]) -> Result<(), PaperError> {
    sheet.set_name("Hướng dẫn")?;
    sheet.set_column_width(0, 110)?;
    for (n, line) in lines.iter().enumerate() {
        let (r, c) = place(n, 0)?;
        let format = if n == 0 { title_format() } else { body_format() };
        sheet.write_string_with_format(r, c, fitting(line), &format)?;
    }
    sheet.protect();
    Ok(())
}
