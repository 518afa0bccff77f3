//! Numbers and days as cells hold them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sauro_papers::{Cell, CellKind};

use super::super::{FigureError, MOST_DECIMALS, read_figure, read_plain};

/// The number in `cell`; nothing when it is blank. Text is read as people in Viet Nam write, or as a
/// program does when `is_plain`; a cell that holds a number is taken at its word.
pub(super) fn number(cell: &Cell, is_plain: bool) -> Result<Option<Decimal>, String> {
    let text = cell.text.as_str();
    let found = match cell.kind {
        CellKind::Number => read_plain(&rounded(text)),
        CellKind::Text if is_plain => read_plain(text),
        CellKind::Text => read_figure(text),
        CellKind::Date => {
            return Err(format!(
                "ô này đang là ngày ({text}), không phải số. Đổi định dạng ô thành số rồi gõ lại."
            ));
        }
        CellKind::Unresolved => {
            return Err("công thức trong ô chưa có kết quả. Mở tệp bằng Excel, lưu lại rồi gửi, hoặc ghi thẳng số.".to_owned());
        }
        CellKind::Error => {
            return Err(format!(
                "“{text}” là lỗi của công thức. Sửa công thức, hoặc ghi thẳng số."
            ));
        }
        CellKind::Merged => {
            return Err(
                "ô này bị gộp với ô khác. Bỏ gộp ô, rồi ghi số riêng của từng dòng.".to_owned()
            );
        }
    };
    match found {
        Ok(number) => Ok(Some(number)),
        Err(FigureError::Blank) => Ok(None),
        Err(FigureError::NotANumber(text)) if is_plain => {
            Err(format!("“{text}” không phải số; trong tệp này viết như 1234.5."))
        }
        Err(err) => Err(err.sentence()),
    }
}

/// What a spreadsheet calculated has more digits than are kept.
fn rounded(text: &str) -> String {
    match text.parse::<Decimal>() {
        Ok(number) => number.round_dp(MOST_DECIMALS).to_string(),
        Err(_) => text.to_owned(),
    }
}

/// True when `text` may be a thousand in one writing and a decimal in another: `1.234`, `1,234`.
pub(super) fn is_ambiguous(cell: &Cell) -> bool {
    let text = cell.text.trim().trim_start_matches(['-', '−', '+']);
    let sides = text.split_once(['.', ',']);
    cell.kind == CellKind::Text
        && sides.is_some_and(|(whole, part)| {
            let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
            (1..=3).contains(&whole.len())
                && whole != "0"
                && part.len() == 3
                && is_digits(whole)
                && is_digits(part)
        })
}

/// True when `text` is a number in the writing of other countries: `39.52`, `1,234.5`.
pub(super) fn is_foreign(cell: &Cell) -> bool {
    cell.kind == CellKind::Text && matches!(read_figure(&cell.text), Err(FigureError::Foreign(..)))
}

/// The day in `text`: `2026-05-31` or `31/5/2026`.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    use chrono::Datelike;
    let found = NaiveDate::parse_from_str(text, "%F")
        .or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"))
        .ok();
    found.filter(|it| (2000..=2100).contains(&it.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, kind: CellKind) -> Cell {
        Cell { text: text.to_owned(), kind }
    }

    #[test]
    fn a_number_cell_is_taken_at_its_word_and_text_is_read_as_written() {
        let read = |text, kind, plain| {
            number(&cell(text, kind), plain).map(|it| it.map(|it| it.to_string()))
        };
        assert_eq!(read("1.234", CellKind::Number, false), Ok(Some("1.234".to_owned())));
        assert_eq!(read("1.234", CellKind::Text, false), Ok(Some("1234".to_owned())));
        assert_eq!(read("1.234", CellKind::Text, true), Ok(Some("1.234".to_owned())));
        assert_eq!(
            read("33.3333333333333", CellKind::Number, false),
            Ok(Some("33.333333".to_owned()))
        );
        assert_eq!(read("", CellKind::Text, false), Ok(None));
        assert_eq!(read("0", CellKind::Number, false), Ok(Some("0".to_owned())));
        for (text, kind, words) in [
            ("31/05/2026", CellKind::Date, "đang là ngày (31/05/2026)"),
            ("", CellKind::Unresolved, "chưa có kết quả"),
            ("#DIV/0!", CellKind::Error, "lỗi của công thức"),
            ("12", CellKind::Merged, "Bỏ gộp ô"),
            ("NaN", CellKind::Text, "không phải số viết đủ"),
            ("1e308", CellKind::Text, "không phải số viết đủ"),
        ] {
            let err = read(text, kind, false).unwrap_err();
            assert!(err.contains(words), "{text}: {err}");
        }
        let huge = format!("1{}", "0".repeat(308));
        assert!(read(&huge, CellKind::Number, false).unwrap_err().contains("quá lớn"));
    }

    #[test]
    fn what_may_be_read_two_ways_is_told_from_what_may_not() {
        for text in ["1.234", "12,345", "-1.000"] {
            assert!(is_ambiguous(&cell(text, CellKind::Text)), "{text}");
        }
        for text in ["0,796", "1.234,5", "1234", "39,52", "1.234.567", "a.bcd"] {
            assert!(!is_ambiguous(&cell(text, CellKind::Text)), "{text}");
        }
        assert!(!is_ambiguous(&cell("1.234", CellKind::Number)));
    }
}
