//! Reading a catalogue file: all faults at once, each with its line and column.

use std::collections::HashMap;

use chrono::NaiveDate;

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

/// A day off, or a Saturday that is worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub day: NaiveDate,
    /// True of a weekend day that is worked.
    pub is_worked: bool,
    /// Its name.
    pub name: String,
    /// statutory, observed, substitute_off or makeup_workday.
    pub kind: String,
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
            faults.push(Fault {
                line: 1,
                column: (*name).to_owned(),
                words: "thiếu cột này, thêm vào hàng tiêu đề.".to_owned(),
            });
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

    /// The text of `column`, noting a fault when it is empty.
    pub fn needed(&self, column: &str, faults: &mut Vec<Fault>) -> String {
        let text = self.text(column);
        if text.is_empty() {
            faults.push(self.fault(column, "để trống; nhập giá trị."));
        }
        text.to_owned()
    }

    /// The names of `column`, separated by `|`.
    pub fn names(&self, column: &str) -> Vec<String> {
        self.text(column)
            .split('|')
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
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

/// The days of a calendar file: columns date, name, kind.
///
/// # Errors
///
/// Every fault of the file.
pub fn days_off(text: &str) -> Result<Vec<DayOff>, Vec<Fault>> {
    let sheet = Sheet::read(text, &["date", "name", "kind"])?;
    let mut faults = Vec::new();
    let mut days: std::collections::BTreeMap<NaiveDate, DayOff> = Default::default();
    for row in sheet.rows() {
        let kind = row.needed("kind", &mut faults);
        if !["statutory", "observed", "substitute_off", "makeup_workday"].contains(&kind.as_str()) {
            faults.push(
                row.fault("kind", "chỉ nhận statutory, observed, substitute_off, makeup_workday."),
            );
        }
        let day = row.day("date", &mut faults);
        let it = DayOff {
            day,
            is_worked: kind == "makeup_workday",
            name: row.needed("name", &mut faults),
            kind,
        };
        days.entry(day).or_insert(it);
    }
    if faults.is_empty() { Ok(days.into_values().collect()) } else { Err(faults) }
}
