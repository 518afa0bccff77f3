//! Reading a catalogue file: all faults at once, each with its line and column.

use std::collections::HashMap;

use chrono::NaiveDate;
use sauro_kernel::{Line, TextError};

use crate::Fault;

/// A CSV file with a heading row.
pub struct Sheet {
    columns: HashMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row of a [`Sheet`]; faults found in it are collected.
pub struct Row<'a> {
    sheet: &'a Sheet,
    record: &'a csv::StringRecord,
    /// Line of the file, from 1.
    pub line: u64,
}

impl Sheet {
    /// Reads `text`, which must have the columns `needed`.
    ///
    /// # Errors
    ///
    /// One fault a missing column or malformed line.
    pub fn read(text: &str, needed: &[&str]) -> Result<Self, Vec<Fault>> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
        let mut faults = Vec::new();
        let columns: HashMap<String, usize> = match reader.headers() {
            Ok(headings) => {
                headings.iter().enumerate().map(|(n, it)| (it.trim().to_owned(), n)).collect()
            }
            Err(err) => {
                return Err(vec![Fault {
                    line: 1,
                    column: String::new(),
                    words: format!(
                        "không đọc được hàng tiêu đề ({err}). Lưu tệp dạng CSV, mã UTF-8."
                    ),
                }]);
            }
        };
        for name in needed.iter().filter(|name| !columns.contains_key(**name)) {
            faults.extend(Self::lacks(name));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => rows.push((record.position().map_or(0, csv::Position::line), record)),
                Err(err) => {
                    let line = err.position().map_or(0, csv::Position::line);
                    faults.push(Fault {
                        line,
                        column: String::new(),
                        words: "số ô không khớp hàng tiêu đề. Kiểm tra dấu phẩy và dấu nháy."
                            .to_owned(),
                    });
                }
            }
        }
        if faults.is_empty() { Ok(Self { columns, rows }) } else { Err(faults) }
    }

    /// The fault of a heading row without `column`.
    pub fn lacks(column: &str) -> Vec<Fault> {
        let words = "thiếu cột này, thêm vào hàng tiêu đề.".to_owned();
        vec![Fault { line: 1, column: column.to_owned(), words }]
    }

    /// True when the heading row has `column`.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// The rows in their order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { sheet: self, record, line: *line })
    }
}

impl Row<'_> {
    /// The trimmed text of `column`, or empty.
    pub fn text(&self, column: &str) -> &str {
        self.sheet.columns.get(column).and_then(|n| self.record.get(*n)).unwrap_or_default().trim()
    }

    /// The text of `column` as one clean line, noting a fault when it is empty or too long.
    pub fn needed(&self, column: &str, faults: &mut Vec<Fault>) -> String {
        match Line::parse(self.text(column)) {
            Ok(line) => line.as_str().to_owned(),
            Err(err) => {
                faults.push(self.fault(column, &text_words(err)));
                String::new()
            }
        }
    }

    /// The text of `column` as one clean line, or empty.
    pub fn optional(&self, column: &str) -> String {
        Line::parse(self.text(column)).map(|it| it.as_str().to_owned()).unwrap_or_default()
    }

    /// The names of `column`, separated by `|`, noting a fault of one that is too long.
    pub fn names(&self, column: &str, faults: &mut Vec<Fault>) -> Vec<String> {
        let mut names = Vec::new();
        for text in self.text(column).split('|').filter(|it| !it.trim().is_empty()) {
            match Line::parse(text) {
                Ok(line) => names.push(line.as_str().to_owned()),
                Err(err) => faults.push(self.fault(column, &text_words(err))),
            }
        }
        names
    }

    /// The day in `column`, noting a fault when it is none.
    pub fn day(&self, column: &str, faults: &mut Vec<Fault>) -> NaiveDate {
        NaiveDate::parse_from_str(self.text(column), "%F").unwrap_or_else(|_| {
            faults.push(self.fault(
                column,
                &format!("“{}” không phải ngày; viết như 2026-11-24.", self.text(column)),
            ));
            NaiveDate::default()
        })
    }

    /// A fault of `column` in this row.
    pub fn fault(&self, column: &str, words: &str) -> Fault {
        Fault { line: self.line, column: column.to_owned(), words: words.to_owned() }
    }
}

/// What to do about text that was refused.
pub(super) fn text_words(err: TextError) -> String {
    match err {
        TextError::Empty => "để trống; nhập giá trị.".to_owned(),
        TextError::TooLong { len, most } => {
            format!("dài {len} ký tự, nhiều nhất {most}; rút ngắn lại.")
        }
    }
}
