use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_directory::model::Directory;
use sauro_kernel::{AgencyId, IndicatorId, Line, Prose, TextError};
use sauro_papers::{Cell, CellKind, Table};

use super::super::sdmx::period_of_program;
use super::super::{
    Figure, FigureError, Indicator, Period, PeriodKind, Severity, Shape, Unit, checks, unguarded,
    unit_of,
};
use super::cells::{day, is_ambiguous, is_foreign, number};
use super::{At, Columns, Field, Given, MOST_ROWS, RowFault};

/// What is known when a table is read.
pub struct Known<'a> {
    /// Every indicator by its code.
    pub indicators: &'a HashMap<String, Arc<Indicator>>,
    /// The agencies.
    pub directory: &'a Directory,
    /// The unit of rows that name none.
    pub own: Option<&'a Unit>,
    /// Today.
    pub today: NaiveDate,
}

/// What a table says.
#[derive(Debug, Default)]
pub struct Read {
    /// Its rows with a figure.
    pub given: Vec<Given>,
    /// Its faults.
    pub faults: Vec<RowFault>,
    /// Rows left blank.
    pub n_blank: usize,
}

/// Reads the rows of `table`.
pub fn read(table: &Table, columns: &Columns, known: &Known<'_>) -> Read {
    let mut read = Read::default();
    if let Some((row, column, mark)) = columns.foreign_form(table) {
        let words =
            format!("“{mark}” là mẫu của bản phần mềm khác. Tải mẫu mới, chép số sang rồi gửi.");
        read.faults.push(RowFault { row, field: None, column: Some(column), words });
        return read;
    }
    let mut seen: HashMap<(IndicatorId, AgencyId, Period), usize> = HashMap::new();
    let mut units: HashMap<String, Option<Unit>> = HashMap::new();
    let n_rows = table.rows.len().saturating_sub(columns.header + 1);
    if n_rows > MOST_ROWS {
        let words = format!("bảng có {n_rows} dòng, nhiều nhất {MOST_ROWS}. Chia thành nhiều tệp.");
        read.faults.push(RowFault { row: columns.header, field: None, column: None, words });
        return read;
    }
    for row in columns.header + 1..table.rows.len() {
        let line =
            RowLine { table, columns, known, row, units: &mut units, faults: &mut read.faults };
        match line.given() {
            Told::Blank => read.n_blank += 1,
            Told::Nothing | Told::Faulty => {}
            Told::Figure(given) => {
                let key = (given.indicator.id, given.unit.id, given.period);
                if let Some(first) = seen.insert(key, row) {
                    let line = table.first_row as usize + first;
                    let words = format!("kỳ này đã có số ở dòng {line}; mỗi kỳ một dòng.");
                    read.faults.push(RowFault::new(row, Field::Period, words));
                }
                read.given.push(*given);
            }
        }
    }
    doubtful(table, columns, &mut read);
    read
}

/// Where a table has numbers in a foreign writing, those that may be read two ways are no longer clear.
fn doubtful(table: &Table, columns: &Columns, read: &mut Read) {
    if columns.is_plain {
        return;
    }
    let fields = [Field::Value, Field::Numerator, Field::Denominator];
    let cells = || {
        (columns.header + 1..table.rows.len()).flat_map(|row| {
            fields.into_iter().filter_map(move |field| {
                let cell = table.rows.get(row)?.get(columns.of(field)?)?;
                Some((row, field, cell))
            })
        })
    };
    if !cells().any(|it| is_foreign(it.2)) {
        return;
    }
    for (row, field, cell) in cells().filter(|it| is_ambiguous(it.2)) {
        let words = format!(
            "“{}” chưa rõ, vì tệp này có cả số viết lối nước ngoài. Viết hàng nghìn không dấu, phần lẻ sau dấu phẩy.",
            cell.text
        );
        read.faults.push(RowFault::new(row, field, words));
    }
}

/// What came of a row.
enum Told {
    /// Nothing stands there.
    Nothing,
    /// It is prepared for a figure and has none.
    Blank,
    Faulty,
    Figure(Box<Given>),
}

struct RowLine<'a, 'b> {
    table: &'a Table,
    columns: &'a Columns,
    known: &'a Known<'a>,
    row: usize,
    units: &'b mut HashMap<String, Option<Unit>>,
    faults: &'b mut Vec<RowFault>,
}

impl RowLine<'_, '_> {
    fn cell(&self, field: Field) -> Option<&Cell> {
        self.table.rows.get(self.row)?.get(self.columns.of(field)?)
    }

    fn text(&self, field: Field) -> &str {
        self.cell(field).map_or("", |it| it.text.trim())
    }

    fn fault(&mut self, field: Field, words: impl Into<String>) {
        self.faults.push(RowFault::new(self.row, field, words));
    }

    fn given(mut self) -> Told {
        let cells = self.table.rows.get(self.row).map(Vec::as_slice).unwrap_or_default();
        let is_filled = |it: &Cell| !it.text.is_empty() || it.kind == CellKind::Unresolved;
        if !cells.iter().any(is_filled) {
            return Told::Nothing;
        }
        let n_faults = self.faults.len();
        if let Some(column) = cells.iter().skip(self.columns.width).position(is_filled) {
            let words = "dòng có nhiều ô hơn tiêu đề. Kiểm tra dấu ngăn cách; số có dấu phẩy đặt trong dấu nháy kép.";
            let column = Some(self.columns.width + column);
            self.faults.push(RowFault {
                row: self.row,
                field: None,
                column,
                words: words.to_owned(),
            });
        }
        let numbers = [Field::Value, Field::Numerator, Field::Denominator];
        let has_figure = numbers.iter().any(|it| self.cell(*it).is_some_and(is_filled));
        let says_more =
            !self.text(Field::Remark).is_empty() || !self.text(Field::Source).is_empty();
        if !has_figure && !self.columns.is_plain && !says_more {
            return Told::Blank;
        }
        if has_figure && self.table.hidden_rows.contains(&self.row) {
            let words = "dòng này đang bị ẩn mà có số. Bỏ ẩn hoặc bỏ lọc để soát, hoặc xóa số.";
            self.fault(Field::Value, words);
        }
        if matches!(self.text(Field::Action), "D" | "d") {
            self.fault(Field::Action, "không xóa số liệu bằng tệp; đính chính ở trang số liệu.");
        }
        let [value, numerator, denominator] = numbers.map(|it| self.number(it));
        if !has_figure {
            self.fault(Field::Value, FigureError::Blank.sentence());
        }
        let indicator = self.indicator();
        let rhythm = indicator.as_ref().map_or(PeriodKind::Month, |it| it.definition.rhythm);
        let period = self.period(rhythm);
        let unit = self.unit(period.map(|it| it.0));
        let version = self.version();
        let source = self.line(Field::Source);
        let remark = self.prose(Field::Remark);
        let (Some(indicator), Some(unit), Some((period, as_of))) = (indicator, unit, period) else {
            return Told::Faulty;
        };
        if self.faults.len() > n_faults {
            return Told::Faulty;
        }
        let at = At { row: self.row };
        Told::Figure(Box::new(Given {
            at,
            indicator,
            unit,
            period,
            as_of,
            version,
            value,
            numerator,
            denominator,
            source,
            remark,
        }))
    }

    fn number(&mut self, field: Field) -> Option<Decimal> {
        let read = number(self.cell(field)?, self.columns.is_plain);
        read.map_err(|words| self.fault(field, words)).ok().flatten()
    }

    fn indicator(&mut self) -> Option<Arc<Indicator>> {
        let code = self.text(Field::Indicator).to_owned();
        let found = self.known.indicators.get(&code).cloned();
        if found.is_none() {
            let words = format!("không có chỉ số mang mã {code}. Kiểm tra mã, hoặc tải mẫu mới.");
            self.fault(Field::Indicator, words);
        }
        found
    }

    fn unit(&mut self, period: Option<Period>) -> Option<Unit> {
        let code = self.text(Field::Unit).to_owned();
        if code.is_empty()
            && !self.columns.is_plain
            && let Some(own) = self.known.own
        {
            return Some(own.clone());
        }
        let directory = self.known.directory;
        let found =
            self.units.entry(code.clone()).or_insert_with(|| unit_of(directory, &code)).clone();
        let Some(unit) = found else {
            let words = format!(
                "không có đơn vị báo số liệu mang mã {code}; dùng VN, mã tỉnh, mã xã hoặc mã cơ quan."
            );
            self.fault(Field::Unit, words);
            return None;
        };
        let last = directory.agency(unit.id).and_then(|it| it.valid_to);
        if let (Some(last), Some(period)) = (last, period)
            && last < period.end()
        {
            let hit = directory.resolve(&unit.code);
            let note = hit.map(|it| it.note).filter(|it| !it.is_empty());
            let note = note.unwrap_or_else(|| {
                format!("{} đã kết thúc ngày {}", unit.name, last.format("%d/%m/%Y"))
            });
            let words =
                format!("{note}; số của {} do đơn vị kế tục báo.", period.label().to_lowercase());
            self.fault(Field::Unit, words);
            return None;
        }
        Some(unit)
    }

    fn period(&mut self, rhythm: PeriodKind) -> Option<(Period, NaiveDate)> {
        let cell = self.cell(Field::Period).cloned().unwrap_or_default();
        let text = cell.text.trim();
        let said = day(text);
        // A spreadsheet makes the first of the month of what was typed as 2026-05.
        let opens = said.filter(|_| cell.kind == CellKind::Date);
        let opens = opens.and_then(|it| Period::of_start(rhythm, it));
        let named = Period::parse(text).or_else(|| period_of_program(text));
        let found = match (opens, said, named) {
            (Some(period), ..) => Some((period, period.end())),
            (None, Some(day), _) => Some((Period::containing(rhythm, day), day)),
            (None, None, Some(period)) if period.kind == rhythm => Some((period, period.end())),
            _ => None,
        };
        let today = self.known.today;
        let Some((period, mut as_of)) = found else {
            let words = format!(
                "“{text}” không phải ngày hay kỳ của chỉ số này ({}); viết như {}.",
                rhythm.label(),
                Period::containing(rhythm, today).code()
            );
            self.fault(Field::Period, words);
            return None;
        };
        if period.start > today || (opens.is_none() && said.is_some_and(|it| it > today)) {
            self.fault(Field::Period, "kỳ chưa đến, chưa thể có số liệu.");
            return None;
        }
        let text = self.text(Field::AsOf).to_owned();
        if !text.is_empty() {
            match day(&text).filter(|it| (period.start..=period.end()).contains(it)) {
                Some(day) => as_of = day,
                None => {
                    let words = format!(
                        "“{text}” không phải một ngày của kỳ này; viết như {}.",
                        period.end()
                    );
                    self.fault(Field::AsOf, words);
                }
            }
        }
        Some((period, as_of.min(today)))
    }

    fn version(&mut self) -> Option<i64> {
        let text = self.text(Field::Version).to_owned();
        let found = text.parse().ok();
        if found.is_none() && !text.is_empty() {
            self.fault(
                Field::Version,
                "số phiên bản trong mẫu đã bị sửa. Tải mẫu mới rồi chép số sang.",
            );
        }
        found
    }

    /// Words of a person; a program's are guarded against spreadsheets.
    fn words(&self, field: Field) -> &str {
        let text = self.text(field);
        if self.columns.is_plain { unguarded(text) } else { text }
    }

    fn line(&mut self, field: Field) -> String {
        match Line::parse(self.words(field)) {
            Ok(line) => line.as_str().to_owned(),
            Err(TextError::Empty) => String::new(),
            Err(TextError::TooLong { len, most }) => {
                self.fault(field, format!("dài {len} ký tự, nhiều nhất {most}; rút ngắn lại."));
                String::new()
            }
        }
    }

    fn prose(&mut self, field: Field) -> String {
        match Prose::parse(self.words(field)) {
            Ok(prose) => prose.as_str().to_owned(),
            Err(TextError::Empty) => String::new(),
            Err(TextError::TooLong { len, most }) => {
                self.fault(field, format!("dài {len} ký tự, nhiều nhất {most}; rút ngắn lại."));
                String::new()
            }
        }
    }
}

impl Given {
    /// The figure it comes to under `definition`, the one of its period; none of what is calculated.
    ///
    /// # Errors
    ///
    /// Every fault of its cells.
    pub fn figure(&self, indicator: &Indicator) -> Result<Option<Figure>, Vec<RowFault>> {
        let definition = &indicator.definition;
        let row = self.at.row;
        let one = |field, words: &str| Err(vec![RowFault::new(row, field, words)]);
        if self.version.is_some_and(|it| it != indicator.version) {
            let words =
                "định nghĩa của chỉ số đã đổi từ khi tải mẫu. Tải mẫu mới rồi chép số sang.";
            return one(Field::Version, words);
        }
        let figure = match (&definition.shape, self.value, self.numerator, self.denominator) {
            (Shape::Formula(_), ..) => return Ok(None),
            (Shape::Value, _, Some(_), _) | (Shape::Value, _, _, Some(_)) => {
                return one(
                    Field::Numerator,
                    "chỉ số này không có tử số, mẫu số; ghi vào cột số liệu.",
                );
            }
            (Shape::Value, Some(value), None, None) => Figure { value, parts: None },
            (Shape::Value, None, None, None) => {
                return one(Field::Value, &FigureError::Blank.sentence());
            }
            (Shape::Ratio(factor), value, Some(numerator), Some(denominator)) => {
                if denominator <= Decimal::ZERO {
                    let words =
                        "mẫu số phải lớn hơn 0. Chưa có đối tượng nào thì để trống cả dòng.";
                    return one(Field::Denominator, words);
                }
                let Some(figure) = Figure::of_parts(numerator, denominator, *factor) else {
                    return one(Field::Numerator, "số quá lớn. Kiểm tra đơn vị tính.");
                };
                if value.is_some_and(|it| it.round_dp(2) != figure.value.round_dp(2)) {
                    let words = format!(
                        "khác số tính từ tử số và mẫu số ({}). Sửa, hoặc để trống cột này.",
                        definition.written(figure.value)
                    );
                    return one(Field::Value, &words);
                }
                figure
            }
            (Shape::Ratio(_), ..) => {
                let field =
                    if self.numerator.is_none() { Field::Numerator } else { Field::Denominator };
                return one(field, "chỉ số này tính từ tử số và mẫu số; ghi đủ cả hai cột.");
            }
        };
        let field = if figure.parts.is_some() { Field::Numerator } else { Field::Value };
        let blocks = checks(definition, figure.value, &[]).into_iter();
        let blocks = blocks.filter(|it| it.severity == Severity::Block);
        let faults: Vec<RowFault> = blocks.map(|it| RowFault::new(row, field, it.words)).collect();
        if faults.is_empty() { Ok(Some(figure)) } else { Err(faults) }
    }
}
