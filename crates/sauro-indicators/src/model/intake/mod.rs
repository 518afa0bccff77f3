//! Tables of figures as officials fill them: which column is what, what each row says, what is wrong and where.

mod cells;
mod columns;
mod rows;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_papers::Table;

use super::{Indicator, Period, Unit};

pub use columns::{Columns, FORM, Field};
pub use rows::{Known, Read, read};

/// Figures of one file at most: what a table may hold, and one act for which others wait.
pub const MOST_ROWS: usize = 20_000;

/// Sheet of what has none: pasted cells and delimited text.
const PLAIN: &str = "CSV";

/// What a row says, before it is held against the definition of its indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Where it stands.
    pub at: At,
    /// Of which indicator, with its newest definition.
    pub indicator: Arc<Indicator>,
    /// Whose.
    pub unit: Unit,
    /// For which period.
    pub period: Period,
    /// As of which day.
    pub as_of: NaiveDate,
    /// Version of the definition that the form was made for.
    pub version: Option<i64>,
    /// The figure.
    pub value: Option<Decimal>,
    /// Its numerator.
    pub numerator: Option<Decimal>,
    /// Its denominator.
    pub denominator: Option<Decimal>,
    /// Where it comes from.
    pub source: String,
    /// What the reporter adds.
    pub remark: String,
}

/// A row of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct At {
    /// The row within the table, from 0.
    pub row: usize,
}

/// A fault of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The row within the table, from 0.
    pub row: usize,
    /// The column that it is about; none for the row as a whole.
    pub field: Option<Field>,
    /// The column within the row, where it is about one that has no name here.
    pub column: Option<usize>,
    /// What is wrong and how to mend it, in Vietnamese, beginning with a small letter.
    pub words: String,
}

/// A fault of a cell, with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The row within the table, from 0.
    pub row: usize,
    /// The column within the row, from 0; none for the row as a whole.
    pub column: Option<usize>,
    /// Line as the spreadsheet shows it, from 1.
    pub line: usize,
    /// `F12`, or empty.
    pub address: String,
    /// The sheet.
    pub sheet: String,
    /// Heading of the column, or empty.
    pub heading: String,
    /// What is written there.
    pub found: String,
    /// What is wrong and how to mend it, in Vietnamese, beginning with a small letter.
    pub words: String,
}

impl RowFault {
    /// A fault of the column `field` in `row`.
    pub fn new(row: usize, field: Field, words: impl Into<String>) -> Self {
        Self { row, field: Some(field), column: None, words: words.into() }
    }

    /// Its place in `table`.
    pub fn placed(self, table: &Table, columns: &Columns) -> CellFault {
        let column = self.column.or_else(|| columns.shown(self.field?));
        let address = column.map(|it| table.address(self.row, it)).unwrap_or_default();
        let heading = column.map(|it| table.text(columns.header, it).to_owned());
        CellFault {
            row: self.row,
            column,
            line: table.first_row as usize + self.row,
            address,
            sheet: table.sheet.clone(),
            heading: heading.unwrap_or_default(),
            found: column.map_or("", |it| table.text(self.row, it)).chars().take(80).collect(),
            words: self.words,
        }
    }
}

impl CellFault {
    /// A fault of the file as a whole.
    pub fn of_file(words: impl Into<String>) -> Self {
        Self {
            row: 0,
            column: None,
            line: 1,
            address: String::new(),
            sheet: String::new(),
            heading: String::new(),
            found: String::new(),
            words: words.into(),
        }
    }

    /// Where it is: `Trang Số liệu, ô F12`.
    pub fn place(&self) -> String {
        match (self.sheet.as_str(), self.address.as_str()) {
            ("", _) => "Cả tệp".to_owned(),
            (PLAIN, "") => format!("Dòng {}", self.line),
            (PLAIN, address) => format!("Ô {address}"),
            (sheet, "") => format!("Trang {sheet}, dòng {}", self.line),
            (sheet, address) => format!("Trang {sheet}, ô {address}"),
        }
    }

    /// The whole sentence.
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.place(), self.words)
    }

    /// What is wrong and how to mend it, standing alone.
    pub fn remark(&self) -> String {
        let mut letters = self.words.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        first + letters.as_str()
    }
}

/// The one table of `tables` that holds figures, and its columns.
///
/// # Errors
///
/// When there is none, or more than one.
pub fn chosen(tables: &[Table]) -> Result<(&Table, Columns), Box<CellFault>> {
    let mut found = tables.iter().filter_map(|it| Some((it, Columns::of_table(it)?)));
    let fault = |words: String| Err(Box::new(CellFault::of_file(words)));
    let Some(first) = found.next() else {
        return fault("không thấy dòng tiêu đề có cột “Mã chỉ số” và cột “Số liệu”. Tải mẫu, hoặc đặt tên cột như mẫu.".to_owned());
    };
    if let Some((other, _)) = found.next() {
        return fault(format!(
            "có hai trang số liệu, “{}” và “{}”. Để lại một trang, hoặc gửi từng tệp.",
            first.0.sheet, other.sheet
        ));
    }
    Ok(first)
}
