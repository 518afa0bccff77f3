//! Every element measured against the tables of Decree 30/2020/NĐ-CP, Annex I, and of Guidance
//! 36-HD/VPTW.

use super::parts::{Document, Paragraph, part};
use super::rules::{BOTH, Face, PARTY, Rule, STATE};
use super::sample;
use crate::official::layout::Page;
use crate::official::width::bold_width;
use crate::official::{Layout, NoPress, OfficialPaper, PaperDate, write_docx};

use Face::{Bold, BoldItalic, Italic, Upright};

impl Face {
    fn of(it: &Paragraph) -> Self {
        match (it.is_bold, it.is_italic) {
            (false, false) => Upright,
            (true, false) => Bold,
            (false, true) => Italic,
            (true, true) => BoldItalic,
        }
    }
}

fn written(layout: Layout) -> (Vec<u8>, Document) {
    let bytes = write_docx(&sample(), layout, &NoPress).unwrap();
    let document = Document::of(&bytes);
    (bytes, document)
}

#[track_caller]
fn check(document: &Document, rules: &[Rule]) {
    for (text, least, most, face, side) in rules {
        let it = document.only(text);
        let points = f64::from(it.size) / 2.0;
        let range = f64::from(*least)..=f64::from(*most);
        assert!(range.contains(&points), "{text}: {points} pt");
        assert_eq!(Face::of(it), *face, "{text}");
        assert_eq!(it.side, *side, "{text}");
    }
}

#[test]
fn every_element_of_a_state_paper_has_its_size_face_case_and_side() {
    let (_, document) = written(Layout::State);
    check(&document, &BOTH);
    check(&document, &STATE);
    assert!(!document.paragraphs.iter().any(|it| it.text.contains("ĐẢNG CỘNG SẢN")));
}

#[test]
fn every_element_of_a_party_paper_has_its_size_face_case_and_side() {
    let (_, document) = written(Layout::Party);
    check(&document, &BOTH);
    check(&document, &PARTY);
    assert!(!document.paragraphs.iter().any(|it| it.text.contains("CỘNG HÒA")));
}

#[test]
fn pages_are_a4_with_margins_in_their_ranges_and_annexes_lie_on_their_side() {
    let mm = |twentieths: u32| f64::from(twentieths) / 1440.0 * 25.4;
    for layout in Layout::ALL {
        let (_, document) = written(layout);
        let [text, annexes] = &document.sections[..] else { panic!("two sections") };
        let close = |a: u32, b: f64| (mm(a) - b).abs() < 0.1;
        assert!(close(text.width, 210.0) && close(text.height, 297.0), "{text:?}");
        assert!(close(annexes.width, 297.0) && close(annexes.height, 210.0), "{annexes:?}");
        assert_eq!((text.orient.as_str(), annexes.orient.as_str()), ("", "landscape"));
        for section in [text, annexes] {
            for (margin, least, most) in [
                (section.top, 20.0, 25.0),
                (section.bottom, 20.0, 25.0),
                (section.left, 30.0, 35.0),
                (section.right, 15.0, 20.0),
            ] {
                assert!(mm(margin) >= least && mm(margin) <= most, "{} mm", mm(margin));
            }
            // The number stands in the top margin.
            assert!(section.header + 14 * 20 < section.top);
        }
        if layout == Layout::Party {
            let fixed = [text.top, text.bottom, text.left, text.right];
            for (margin, wanted) in fixed.into_iter().zip([20.0, 20.0, 30.0, 15.0]) {
                assert!(close(margin, wanted), "{} mm", mm(margin));
            }
        }
    }
}

#[test]
fn the_page_number_stands_above_in_the_middle_from_the_second_page_on() {
    for layout in Layout::ALL {
        let (bytes, document) = written(layout);
        let [text, annexes] = &document.sections[..] else { panic!("two sections") };
        assert!(text.has_title_page && !annexes.has_title_page);
        assert_eq!((text.header_part.as_str(), annexes.header_part.as_str()), ("rId3", "rId3"));
        let relations = part(&bytes, "word/_rels/document.xml.rels");
        assert!(relations.contains("/header\" Target=\"header1.xml\""));
        let header = part(&bytes, "word/header1.xml");
        assert!(header.contains("w:instr=\" PAGE \""));
        let number = Document::read(&header).paragraphs[0].clone();
        assert_eq!(number.side, "center");
        assert!((26..=28).contains(&number.size) && Face::of(&number) == Upright);
    }
}

#[test]
fn one_face_with_times_metrics_in_black_serves_the_whole_paper() {
    for layout in Layout::ALL {
        let (bytes, _) = written(layout);
        let styles = part(&bytes, "word/styles.xml");
        for place in ["ascii", "hAnsi", "eastAsia", "cs"] {
            assert!(styles.contains(&format!("w:{place}=\"Times New Roman\"")));
        }
        assert!(styles.contains("<w:color w:val=\"000000\"/>"));
        assert!(styles.contains("w:lang w:val=\"vi-VN\""));
        for name in ["word/document.xml", "word/header1.xml"] {
            assert!(!part(&bytes, name).contains("rFonts"), "{name} names no other face");
        }
    }
}

#[test]
fn the_text_is_justified_indented_and_spaced_as_the_decree_says() {
    for layout in Layout::ALL {
        let (_, document) = written(layout);
        for text in ["Trong 12 nhiệm vụ có thời hạn, 7 đã báo xong.", "b) Hai."] {
            let it = document.only(text);
            assert!(it.first_line == 567 || it.first_line == 720, "1 or 1.27 cm");
            assert!(it.after >= 120, "6 pt and more between paragraphs");
            assert!((240..=360).contains(&it.line), "single to one and a half");
        }
    }
}

/// How long the line after `text` is, as a share of `text` set bold.
fn rule_share(document: &Document, text: &str, outside: u32) -> f64 {
    let rule = document.after(text);
    assert!(rule.has_rule && rule.text.is_empty(), "a line follows {text}");
    assert_eq!(rule.left, rule.right, "in the middle");
    let width = if rule.cell_width > 0 { rule.cell_width } else { outside };
    let length = f64::from(width - rule.left - rule.right);
    let measured = bold_width(text, document.only(text).size);
    length / f64::from(measured.min(width))
}

#[test]
fn the_lines_have_their_lengths() {
    let (_, state) = written(Layout::State);
    let width = Page::PORTRAIT.text_width();
    let full = rule_share(&state, "Độc lập - Tự do - Hạnh phúc", width);
    assert!((0.97..=1.03).contains(&full), "{full}");
    for text in ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Tình hình thực hiện nhiệm vụ tháng 01 năm 2026"]
    {
        let share = rule_share(&state, text, width);
        assert!((1.0 / 3.0..=0.5).contains(&share), "{text}: {share}");
    }
    let (_, party) = written(Layout::Party);
    let full = rule_share(&party, "ĐẢNG CỘNG SẢN VIỆT NAM", width);
    assert!((0.97..=1.03).contains(&full), "{full}");
    assert!(!party.after("SỞ KHOA HỌC VÀ CÔNG NGHỆ").has_rule, "an asterisk instead");
}

#[test]
fn the_names_of_country_and_party_fit_on_one_line() {
    for (layout, text) in [
        (Layout::State, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (Layout::Party, "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ] {
        let (_, document) = written(layout);
        let it = document.only(text);
        assert!(bold_width(text, it.size) < it.cell_width, "{text}");
    }
}

#[test]
fn numbers_days_and_months_are_written_as_the_decree_writes_them() {
    let with = |change: &dyn Fn(&mut OfficialPaper), layout| {
        let mut paper = sample();
        change(&mut paper);
        Document::of(&write_docx(&paper, layout, &NoPress).unwrap())
    };
    let day = |year, month, day| Some(PaperDate { year, month, day });
    let document = with(&|it| it.head.date = day(2026, 11, 9), Layout::State);
    document.only("Cà Mau, ngày 09 tháng 11 năm 2026");
    let document = with(&|it| it.head.date = day(2026, 3, 31), Layout::Party);
    document.only("Cà Mau, ngày 31 tháng 3 năm 2026");
    let document = with(&|it| it.head.number = Some(152), Layout::State);
    document.only("Số: 152/BC-SKHCN");
    let room = "\u{a0}";
    let document = with(&|it| it.head.number = None, Layout::Party);
    document.only(&format!("Số {}-BC/SKHCN", room.repeat(6)));
    let document = with(&|it| it.head.date = None, Layout::State);
    let room = room.repeat(5);
    document.only(&format!("Cà Mau, ngày{room}tháng{room}năm{room}"));
}

#[test]
fn the_signature_is_never_alone_on_a_page_and_headings_are_never_last_on_one() {
    for layout in Layout::ALL {
        let (_, document) = written(layout);
        let leads = "Trong 12 nhiệm vụ có thời hạn, 7 đã báo xong.";
        for text in ["I. Kết quả", "1. Chung", leads, "Trên đây là báo cáo./."] {
            assert!(document.only(text).keeps_next, "{text}");
        }
    }
}
