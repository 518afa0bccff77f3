//! Tables in: workbooks written in the test, delimited text, and files made to do harm.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::{
    CellKind, PaperError, Table, TooBig, column_name, paste_table, read_table, read_tables,
    read_text,
};

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn texts(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|r| r.iter().map(|c| c.text.as_str()).collect()).collect()
}

#[test]
fn a_workbook_is_read_as_a_person_sees_it() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Nhiệm vụ").unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(2, 0, 2, 2, "PHỤ LỤC", &Format::new()).unwrap();
    sheet.write_string(4, 0, "Số hoa\u{301} hồ sơ").unwrap();
    sheet
        .write_datetime_with_format(4, 1, ExcelDateTime::from_ymd(2026, 3, 31).unwrap(), &date)
        .unwrap();
    sheet.write_number(4, 2, 0.1 + 0.2).unwrap();
    sheet.write_number(5, 2, 12.0).unwrap();
    sheet.write_boolean(5, 1, true).unwrap();
    workbook
        .add_worksheet()
        .set_name("Ẩn")
        .unwrap()
        .set_hidden(true)
        .write_string(0, 0, "bí mật")
        .unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let tables = read_tables(&bytes, "phu-luc.xlsx").unwrap();
    assert_eq!(tables.len(), 1);
    let table = &tables[0];
    assert_eq!((table.sheet.as_str(), table.first_row), ("Nhiệm vụ", 3));
    assert_eq!(
        texts(table),
        [
            ["PHỤ LỤC", "PHỤ LỤC", "PHỤ LỤC"],
            ["", "", ""],
            ["Số hoá hồ sơ", "31/03/2026", "0.3"],
            ["", "Có", "12"]
        ]
    );
    assert_eq!(table.address(2, 1), "B5");
    assert!(read_text(&bytes, "a.xlsx").unwrap().text.contains("Số hoá hồ sơ\t31/03/2026\t0.3"));
}

#[test]
fn ten_thousand_rows_are_read_whole() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..10_000u32 {
        for column in 0..12u16 {
            sheet.write_string(row, column, format!("Nhiệm vụ {row} cột {column}")).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let table = read_table(&bytes, "a.xlsx").unwrap();
    assert_eq!(table.rows.len(), 10_000);
    assert_eq!(table.text(9_999, 11), "Nhiệm vụ 9999 cột 11");
}

#[test]
fn a_lone_cell_at_the_far_corner_is_refused_at_once() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .write_string(0, 0, "a")
        .unwrap()
        .write_string(1_048_575, 16_383, "z")
        .unwrap();
    let error = read_table(&workbook.save_to_buffer().unwrap(), "a.xlsx").unwrap_err();
    assert!(matches!(error, PaperError::TooBig { what: TooBig::Rows, .. }));
    assert!(error.sentence().contains("20.000 dòng"));
}

#[test]
fn a_long_text_repeated_in_many_cells_is_refused() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let long = "dài ".repeat(8_000);
    for row in 0..1_000 {
        sheet.write_string(row, 0, &long).unwrap();
    }
    let error = read_table(&workbook.save_to_buffer().unwrap(), "a.xlsx").unwrap_err();
    assert!(matches!(error, PaperError::TooBig { what: TooBig::TableText, .. }), "{error:?}");
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Bảng 1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_opendocument_sheet_is_read_and_its_repeats_do_no_harm() {
    let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>A &amp; B</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-03-31"><text:p>31 thg 3</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="12.50" table:number-rows-spanned="2"><text:p>12,5</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell><text:p>x</text:p><text:p>y</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>"#;
    let table = read_table(&ods(rows), "a.ods").unwrap();
    assert_eq!(
        texts(&table),
        [["A & B", "A & B", "31/03/2026"], ["12.5", "", ""], ["12.5", "x\ny", ""]]
    );
    assert_eq!(table.first_row, 3);
    let bomb = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    assert!(matches!(read_table(&ods(bomb), "a.ods"), Err(PaperError::TooBig { .. })));
}

#[test]
fn delimited_text_is_read_with_its_own_delimiter() {
    for text in [
        "a;b;c\n1,5;\"x;\ny\";2\n",
        "sep=;\r\na;b;c\r\n1,5;\"x;\ny\";2\r\n",
        "\u{feff}a\tb\tc\n1,5\t\"x;\ny\"\t2",
    ] {
        let table = read_table(text.as_bytes(), "a.csv").unwrap();
        assert_eq!(texts(&table), [["a", "b", "c"], ["1,5", "x;\ny", "2"]], "{text}");
    }
    assert_eq!(
        texts(&paste_table("Việc\tHạn\nSố hoá\t31/12").unwrap()),
        [["Việc", "Hạn"], ["Số hoá", "31/12"]]
    );
    assert!(matches!(paste_table("  \n "), Err(PaperError::Empty { .. })));
}

#[test]
fn a_workbook_cut_short_or_spoilt_never_panics() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_string(0, 0, "a").unwrap().write_number(5, 5, 2.0).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    for cut in (0..bytes.len()).step_by(31) {
        assert!(read_table(&bytes[..cut], "a.xlsx").is_err());
    }
    for at in (0..bytes.len()).step_by(53) {
        let mut spoilt = bytes.clone();
        spoilt[at] ^= 0xff;
        let _ = read_table(&spoilt, "a.xlsx");
    }
}

#[test]
fn columns_are_named_as_spreadsheets_name_them() {
    let names: Vec<String> = [0, 25, 26, 51, 701, 702].into_iter().map(column_name).collect();
    assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
}

#[test]
fn a_table_drawn_with_bars_is_read_like_one_with_tabs() {
    let table =
        super::paste_table("| Đơn vị | Chỉ tiêu |\n|---|:--:|\n| Xã “A” | 1,5; 2 |\n|B||").unwrap();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
    assert_eq!(rows[0], ["Đơn vị", "Chỉ tiêu"]);
    assert_eq!(rows[1], ["Xã “A”", "1,5; 2"]);
    assert_eq!(rows[2][0], "B");
    let tabs = super::paste_table("a|b\tc\nd\te").unwrap();
    assert_eq!(tabs.text(0, 0), "a|b", "tabs go first");
}

/// The workbook with `words` taken out of its first sheet.
fn without(bytes: &[u8], words: &str) -> Vec<u8> {
    let mut package = crate::package::Package::open(bytes, "x").unwrap();
    let names = package.names();
    let entries: Vec<(String, Vec<u8>)> = names
        .into_iter()
        .map(|name| {
            let entry = package.entry(&name).unwrap().unwrap();
            if name != "xl/worksheets/sheet1.xml" {
                return (name, entry);
            }
            let text = String::from_utf8(entry).unwrap();
            assert!(text.contains(words), "{text}");
            (name, text.replace(words, "").into_bytes())
        })
        .collect();
    let entries: Vec<(&str, &[u8])> =
        entries.iter().map(|(name, entry)| (name.as_str(), entry.as_slice())).collect();
    zipped(&entries)
}

#[test]
fn a_cell_says_what_it_held_and_a_sheet_what_it_hides() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let percent = Format::new().set_num_format("0.00%");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_string(0, 0, "1.234").unwrap();
    sheet.write_number(0, 1, 1.234).unwrap();
    sheet.write_number_with_format(0, 2, 0.3952, &percent).unwrap();
    sheet
        .write_datetime_with_format(0, 3, ExcelDateTime::from_ymd(2026, 5, 1).unwrap(), &date)
        .unwrap();
    sheet.write_formula(1, 0, rust_xlsxwriter::Formula::new("=A1").set_result("57")).unwrap();
    sheet.write_formula(1, 1, rust_xlsxwriter::Formula::new("=B1").set_result("7")).unwrap();
    sheet.merge_range(1, 2, 1, 3, "chung", &Format::new()).unwrap();
    sheet.write_string(2, 0, "khuất").unwrap();
    sheet.set_row_hidden(2).unwrap();
    let bytes = without(&workbook.save_to_buffer().unwrap(), "<v>57</v>");
    let table = read_table(&bytes, "a.xlsx").unwrap();
    let held = |row: usize| -> Vec<(&str, CellKind)> {
        table.rows[row].iter().map(|it| (it.text.as_str(), it.kind)).collect()
    };
    assert_eq!(
        held(0),
        [
            ("1.234", CellKind::Text),
            ("1.234", CellKind::Number),
            ("39,52%", CellKind::Text),
            ("01/05/2026", CellKind::Date)
        ]
    );
    assert_eq!(
        held(1),
        [
            ("", CellKind::Unresolved),
            ("7", CellKind::Number),
            ("chung", CellKind::Text),
            ("chung", CellKind::Merged)
        ]
    );
    assert_eq!(table.hidden_rows, [2]);
}

#[test]
fn an_opendocument_cell_says_what_it_held_too() {
    let rows = r#"<table:table-row><table:table-cell office:value-type="float" office:value="1234.5"><text:p>1.234,5</text:p></table:table-cell><table:table-cell table:formula="of:=[.A1]"/><table:table-cell office:value-type="string"><text:p>1.234</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell><text:p>khuất</text:p></table:table-cell></table:table-row>"#;
    let table = read_table(&ods(rows), "a.ods").unwrap();
    let held: Vec<CellKind> = table.rows[0].iter().map(|it| it.kind).collect();
    assert_eq!(held, [CellKind::Number, CellKind::Unresolved, CellKind::Text]);
    assert_eq!(table.hidden_rows, [1]);
}

#[test]
fn a_title_above_the_headings_does_not_hide_what_divides_the_cells() {
    let table = paste_table("Số liệu tháng 5\n\na;b\n1,5;2\n").unwrap();
    assert_eq!((table.text(2, 0), table.text(3, 0)), ("a", "1,5"), "an empty line is a row");
}
