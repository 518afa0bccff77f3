//! Tables of tasks by their headings, in Vietnamese with and without marks, and in English.

use chrono::NaiveDate;
use sauro_reading::{Clarity, Column, DeadlineKind, Gazetteer, Reader, Rule, TableReading};

fn read(rows: &[&[&str]]) -> TableReading {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect();
    Reader::new(Gazetteer::shipped()).read_table(&rows, NaiveDate::from_ymd_opt(2026, 1, 5))
}

#[test]
fn an_appendix_is_read_by_its_headings() {
    let reading = read(&[
        &["DANH MỤC NHIỆM VỤ", "", "", "", "", ""],
        &[
            "TT",
            "Nhiệm vụ",
            "Cơ quan chủ trì",
            "Cơ quan phối hợp",
            "Sản phẩm",
            "Thời hạn hoàn thành",
        ],
        &["I", "Hạ tầng số", "", "", "", ""],
        &[
            "1",
            "Phủ sóng thôn, bản chưa có mạng",
            "Bộ Khoa học và Công nghệ",
            "EVN; các tỉnh ủy, thành ủy",
            "100% thôn có điện được phủ sóng",
            "Quý II/2026",
        ],
        &["2", "Cập nhật dữ liệu", "Các bộ, ngành, địa phương", "", "", "Thường xuyên"],
    ]);
    assert_eq!(reading.header_row, Some(1));
    assert_eq!(reading.tasks.len(), 2);
    let first = &reading.tasks[0];
    assert_eq!(
        (first.row, first.number.as_deref(), first.group.as_deref()),
        (3, Some("1"), Some("Hạ tầng số"))
    );
    assert_eq!(first.task.lead[0].code, "BKHCN");
    assert_eq!(
        first.task.coordinating.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(),
        ["EVN", "*TU"]
    );
    assert_eq!(first.task.deliverables, ["100% thôn có điện được phủ sóng"]);
    assert_eq!(first.task.deadline.date, NaiveDate::from_ymd_opt(2026, 6, 30));
    assert_eq!(first.task.missing, [Clarity::Authority]);
    assert_eq!(reading.tasks[1].task.deadline.kind, DeadlineKind::Ongoing);
}

#[test]
fn headings_without_marks_and_in_english_are_known() {
    let plain = read(&[
        &["STT", "Noi dung nhiem vu", "Don vi chu tri", "Han hoan thanh"],
        &["1", "Xây dựng sổ tay", "Bộ Tư pháp", "30/6"],
    ]);
    assert_eq!(plain.tasks[0].task.deadline.date, NaiveDate::from_ymd_opt(2026, 6, 30));
    let english = read(&[
        &["no", "task", "source_doc", "lead", "deadline_text", "deadline_iso", "result", "status"],
        &[
            "7",
            "Xây dựng sổ tay",
            "Nghị quyết X",
            "Bộ Tư pháp",
            "",
            "2026-05-31",
            "Đã trình",
            "Đang thực hiện",
        ],
    ]);
    let row = &english.tasks[0];
    assert_eq!(row.task.deadline.date, NaiveDate::from_ymd_opt(2026, 5, 31));
    assert_eq!(
        (row.source.as_deref(), row.result.as_deref(), row.status.as_deref()),
        (Some("Nghị quyết X"), Some("Đã trình"), Some("Đang thực hiện"))
    );
    assert!(english.columns.contains(&(2, Column::Source)));
}

#[test]
fn what_a_table_leaves_unclear_is_said_row_by_row() {
    let reading = read(&[
        &["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Cột lạ lùng"],
        &["1", "Xây dựng sổ tay", "Phòng Không Tồn Tại", "khi thuận tiện", "x"],
        &["2", "", "Bộ Tư pháp", "30/6/2026", ""],
        &["3", "Nộp báo cáo", "Bộ Tư pháp", "31/02/2026", ""],
    ]);
    let rules: Vec<Rule> = reading.warnings.iter().map(|w| w.rule).collect();
    for rule in [
        Rule::UnknownColumn,
        Rule::UnknownAgency,
        Rule::UnreadDeadline,
        Rule::EmptyRow,
        Rule::ImpossibleDate,
    ] {
        assert!(rules.contains(&rule), "{rule:?}: {rules:?}");
    }
    assert_eq!(reading.skipped, [2]);
    assert!(reading.tasks[0].task.missing.contains(&Clarity::Doer));
    assert_eq!(reading.tasks[0].task.deadline.text, "khi thuận tiện");
    assert_eq!(reading.tasks[1].task.deadline.kind, DeadlineKind::None);
}

#[test]
fn a_sheet_without_a_heading_gives_no_task() {
    let reading = read(&[&["a", "b"], &["c", "d"]]);
    assert_eq!((reading.header_row, reading.tasks.len(), reading.skipped.len()), (None, 0, 2));
}
