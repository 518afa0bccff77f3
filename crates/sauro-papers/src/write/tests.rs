//! Spreadsheets out, read back as an upload would be.

use crate::{
    CellError, CellValue, Column, ERROR_HEADING, Form, FormCell, FormColumn, SheetPart,
    mark_errors, mark_table_at, paste_table, read_table, read_tables, sniff, write_book, write_csv,
    write_form, write_sheet, write_template,
};

#[test]
fn a_template_has_only_its_headings_to_import_and_explains_itself() {
    let many: Vec<String> = (0..400).map(|n| format!("Cơ quan {n}")).collect();
    let columns = [
        Column {
            heading: "Nhiệm vụ".into(),
            hint: "Một câu".into(),
            width: 50.0,
            choices: vec![],
            required: true,
        },
        Column {
            heading: "Mức độ".into(),
            hint: "Chọn".into(),
            width: 14.0,
            choices: vec!["Cao".into(), "Thường".into()],
            required: false,
        },
        Column {
            heading: "Chủ trì".into(),
            hint: String::new(),
            width: 30.0,
            choices: many,
            required: true,
        },
    ];
    let bytes =
        write_template(&columns, &[vec!["Số hoá hồ sơ".into(), "Cao".into(), "Cơ quan 1".into()]])
            .unwrap();
    assert_eq!(sniff(&bytes, "mau.xlsx").unwrap().extension, "xlsx");
    let tables = read_tables(&bytes, "mau.xlsx").unwrap();
    assert_eq!(
        tables.iter().map(|t| t.sheet.as_str()).collect::<Vec<_>>(),
        ["Dữ liệu", "Hướng dẫn"]
    );
    assert_eq!(tables[0].rows.len(), 1);
    assert_eq!(tables[0].text(0, 2), "Chủ trì");
    assert!(tables[1].rows.iter().any(|r| r[0].text == "Số hoá hồ sơ"));
}

#[test]
fn nothing_in_an_export_becomes_a_formula() {
    let row = || {
        vec![
            "=1+2".into(),
            "@lệnh".into(),
            "-1".into(),
            CellValue::Whole(-5),
            CellValue::Date { year: 2026, month: 3, day: 31 },
        ]
    };
    let csv = String::from_utf8(write_csv(&["=a", "b"], std::iter::once(row())).unwrap()).unwrap();
    assert_eq!(csv, "\u{feff}'=a,b\r\n'=1+2,'@lệnh,'-1,-5,31/03/2026\r\n");
    let bytes = write_sheet(&["a", "b", "c", "d", "e"], std::iter::once(row())).unwrap();
    let table = read_table(&bytes, "a.xlsx").unwrap();
    let read: Vec<&str> = table.rows[1].iter().map(|c| c.text.as_str()).collect();
    assert_eq!(read, ["=1+2", "@lệnh", "-1", "-5", "31/03/2026"]);
}

#[test]
fn a_workbook_has_a_sheet_for_each_part_whatever_they_are_called() {
    let part = |name: &str, text: &str| SheetPart {
        name: name.to_owned(),
        headings: vec!["a".to_owned()],
        rows: vec![vec![text.into()]],
    };
    let long = "Tỷ lệ hoàn thành đúng hạn của các tỉnh";
    let parts = [
        part("Bảng [1]: a/b?", "một"),
        part(long, "hai"),
        part(long, "ba"),
        part("  ", "=bốn"),
        part("''", "năm"),
    ];
    let bytes = write_book(&parts).unwrap();
    let read = read_tables(&bytes, "a.xlsx").unwrap();
    let texts: Vec<&str> = read.iter().map(|it| it.text(1, 0)).collect();
    assert_eq!(texts, ["một", "hai", "ba", "=bốn", "năm"]);
    assert!(write_book(&[]).is_ok());
}

#[test]
fn longer_text_than_a_cell_takes_is_cut_with_a_sign() {
    let bytes = write_sheet(&["a"], std::iter::once(vec!["ữ".repeat(40_000).into()])).unwrap();
    let table = read_table(&bytes, "a.xlsx").unwrap();
    assert!(table.text(1, 0).ends_with('…') && table.text(1, 0).chars().count() == 32_767);
}

#[test]
fn errors_come_back_beside_the_rows_and_can_be_sent_again() {
    let bytes = "Việc,Hạn\nSố hoá,31/2\n,30/6\n".as_bytes();
    let errors = [
        CellError {
            row: 1, column: Some(1), message: "Ngày 31/2 không có; hãy sửa lại.".into()
        },
        CellError { row: 2, column: Some(0), message: "Thiếu nhiệm vụ.".into() },
        CellError { row: 2, column: None, message: "Dòng thiếu cơ quan.".into() },
        CellError { row: 99, column: Some(7), message: "ngoài bảng".into() },
    ];
    let marked = mark_errors(bytes, "a.csv", &errors).unwrap();
    let table = read_table(&marked, "a.xlsx").unwrap();
    assert_eq!(table.text(0, 2), ERROR_HEADING);
    assert_eq!(table.text(1, 2), "Cột B: Ngày 31/2 không có; hãy sửa lại.");
    assert_eq!(table.text(2, 2), "Cột A: Thiếu nhiệm vụ.\nDòng thiếu cơ quan.");
    assert_eq!(table.text(1, 1), "31/2");
    let again = read_table(&mark_errors(&marked, "a.xlsx", &[]).unwrap(), "a.xlsx").unwrap();
    assert_eq!((again.rows[0].len(), again.text(0, 2), again.text(1, 2)), (3, ERROR_HEADING, ""));
    assert!(paste_table("a\tb").is_ok());
}

#[test]
fn a_form_opens_only_what_is_to_be_filled_and_comes_back_as_it_was_filled() {
    let form = Form {
        sheet: "Số liệu".into(),
        lines: vec!["Số liệu tháng 5".into(), "Mẫu SL-1".into()],
        columns: vec![
            FormColumn { heading: "Mã".into(), width: 12.0 },
            FormColumn { heading: "Số liệu".into(), width: 12.0 },
            FormColumn { heading: "Ghi chú".into(), width: 12.0 },
        ],
        rows: vec![vec![
            FormCell::Fixed("=1+1".into()),
            FormCell::Number { low: Some(0.0), high: Some(100.0) },
            FormCell::Text(500),
        ]],
        guide: vec!["Cách điền".into()],
    };
    let bytes = write_form(&form).unwrap();
    let tables = read_tables(&bytes, "mau.xlsx").unwrap();
    assert_eq!(tables.len(), 2);
    assert_eq!(tables[0].text(2, 1), "Số liệu");
    assert_eq!(tables[0].text(3, 0), "=1+1");
    let mut package = crate::package::Package::open(&bytes, "x").unwrap();
    let sheet = package.xml("xl/worksheets/sheet1.xml").unwrap().unwrap();
    let styles = package.xml("xl/styles.xml").unwrap().unwrap();
    assert!(sheet.contains("<sheetProtection"), "{sheet}");
    assert!(sheet.contains(r#"type="decimal""#) && sheet.contains("<formula2>100</formula2>"));
    // Two open styles, that of numbers and that of text.
    assert_eq!(styles.matches(r#"<protection locked="0"/>"#).count(), 2, "{styles}");
    assert!(!sheet.contains("<f>"), "no formula");
}

#[test]
fn a_marked_copy_keeps_numbers_as_numbers_and_its_headings_where_they_stood() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "Tiêu đề").unwrap();
    sheet.write_string(1, 0, "Mã").unwrap().write_string(1, 1, "Số liệu").unwrap();
    sheet.write_string(2, 0, "A").unwrap().write_number(2, 1, 1234.5).unwrap();
    let table = read_table(&workbook.save_to_buffer().unwrap(), "a.xlsx").unwrap();
    let error = CellError { row: 2, column: Some(1), message: "Quá lớn.".into() };
    let marked = mark_table_at(&table, 1, &[error]).unwrap();
    let again = read_table(&marked, "a.xlsx").unwrap();
    assert_eq!(again.text(1, 2), ERROR_HEADING);
    assert_eq!(again.text(2, 2), "Cột B: Quá lớn.");
    assert_eq!((again.text(2, 1), again.rows[2][1].kind), ("1234.5", crate::CellKind::Number));
    let mut package = crate::package::Package::open(&marked, "x").unwrap();
    let notes = package.xml("xl/comments1.xml").unwrap().unwrap();
    assert!(notes.contains(r#"ref="B3""#) && notes.contains("Quá lớn."), "{notes}");
}
