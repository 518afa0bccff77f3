//! Papers read back as an upload would be.

use super::parts::Document;
use super::sample;
use crate::official::{Block, Layout, NoPress, OfficialPaper, write_docx};
use crate::roman::roman;
use crate::{read_text, sniff};

#[test]
fn a_paper_is_read_back_with_all_its_text_in_order() {
    for layout in Layout::ALL {
        let bytes = write_docx(&sample(), layout, &NoPress).unwrap();
        assert_eq!(sniff(&bytes, "bao-cao.docx").unwrap().extension, "docx");
        let read = read_text(&bytes, "bao-cao.docx").unwrap();
        let mut rest = read.text.as_str();
        for text in [
            "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
            "05",
            "Cà Mau, ngày 03 tháng 02 năm 2026",
            "BÁO CÁO",
            "Tình hình thực hiện nhiệm vụ tháng 01 năm 2026",
            "Kính gửi: Ban Chỉ đạo của tỉnh",
            "I. Kết quả",
            "1. Chung",
            "Trong 12 nhiệm vụ có thời hạn, 7 đã báo xong.",
            "7 nhiệm vụ",
            "2. Theo cơ quan",
            "Việc thứ 2 của bảng\t31/01/2026",
            "II. Đề xuất",
            "a) Một.",
            "b) Hai.",
            "Trên đây là báo cáo./.",
            "Nơi nhận:",
            "- Lưu: VT.",
            "PHÓ GIÁM ĐỐC",
            "Người Ký Mẫu",
            "Phụ lục I",
            "DANH SÁCH NHIỆM VỤ QUÁ HẠN",
            "Việc thứ 3 của bảng\t31/01/2026",
            "Phụ lục II",
        ] {
            let found = rest.split_once(text);
            rest = found.unwrap_or_else(|| panic!("{layout:?}: {text} in order in {rest}")).1;
        }
        let headings = |it: &&crate::Table| it.text(0, 0) == "TT" && it.text(0, 1) == "Nội dung";
        assert_eq!(read.tables.iter().filter(headings).count(), 3);
    }
}

#[test]
fn sections_are_roman_points_follow_the_vietnamese_alphabet_and_both_start_again() {
    let mut body = Vec::new();
    for _ in 0..4 {
        body.push(Block::Section("Phần".into()));
        body.push(Block::Item("Mục".into()));
        body.extend((0..25).map(|n| Block::Point(format!("điểm {n}"))));
    }
    let paper = OfficialPaper { body, ..sample() };
    let document = Document::of(&write_docx(&paper, Layout::State, &NoPress).unwrap());
    let texts: Vec<&str> = document.paragraphs.iter().map(|it| it.text.as_str()).collect();
    for text in ["I. Phần", "IV. Phần", "1. Mục", "d) điểm 3", "đ) điểm 4", "e) điểm 5"]
    {
        assert!(texts.contains(&text), "{text}");
    }
    assert!(texts.contains(&"aa) điểm 23") && !texts.contains(&"2. Mục"));
    assert_eq!(texts.iter().filter(|it| **it == "a) điểm 0").count(), 4);
    let all: Vec<String> = [4, 9, 14, 40, 1999].into_iter().map(roman).collect();
    assert_eq!(all, ["IV", "IX", "XIV", "XL", "MCMXCIX"]);
}

#[test]
fn a_paper_that_nobody_receives_does_not_say_who_receives_it() {
    let none = OfficialPaper { recipients: vec![" ".into()], ..sample() };
    let document = Document::of(&write_docx(&none, Layout::State, &NoPress).unwrap());
    assert!(!document.paragraphs.iter().any(|it| it.text.contains("Nơi nhận")));
}

#[test]
fn a_paper_without_annexes_has_one_section_and_one_annex_bears_no_number() {
    let none = OfficialPaper { annexes: Vec::new(), ..sample() };
    let document = Document::of(&write_docx(&none, Layout::State, &NoPress).unwrap());
    assert_eq!(document.sections.len(), 1);
    let mut one = sample();
    one.annexes.truncate(1);
    Document::of(&write_docx(&one, Layout::State, &NoPress).unwrap()).only("Phụ lục");
}
