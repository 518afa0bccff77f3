//! Every element measured against the tables that Word documents are measured against.

use lopdf::{Document, Object};

use super::papers::{Block, Layout, OfficialPaper, PaperRow, PdfPage};
use super::rules::{BOTH, Face, PARTY, Rule, STATE};
use super::{only, printed, sample, table};

/// Millimetres of `points`.
fn mm(points: f32) -> f32 {
    points / 72.0 * 25.4
}

fn face(name: &str) -> Face {
    // Six letters and a plus stand before the name of a face that is cut down.
    match name.split_once('+').map_or(name, |it| it.1) {
        "Tinos-Regular" => Face::Upright,
        "Tinos-Bold" => Face::Bold,
        "Tinos-Italic" => Face::Italic,
        "Tinos-BoldItalic" => Face::BoldItalic,
        other => panic!("the face {other}"),
    }
}

#[track_caller]
fn check(pages: &[PdfPage], rules: &[Rule]) {
    for (text, least, most, wanted, _) in rules {
        // A third row stands in one table only; others stand once.
        let (_, it) = only(pages, text);
        let range = (*least as f32 - 0.01)..=(*most as f32 + 0.01);
        assert!(range.contains(&it.size), "{text}: {} pt", it.size);
        assert_eq!(face(&it.face), *wanted, "{text}");
    }
}

#[test]
fn every_element_has_the_size_and_the_face_that_it_has_in_word() {
    for (layout, rules) in [(Layout::State, STATE), (Layout::Party, PARTY)] {
        let (_, pages) = printed(&sample(), layout);
        check(&pages, &BOTH);
        check(&pages, &rules);
    }
}

#[test]
fn pages_are_a4_and_nothing_stands_in_their_margins_but_the_number() {
    for layout in Layout::ALL {
        let (_, pages) = printed(&sample(), layout);
        let (signed, _) = only(&pages, "Người Ký Mẫu");
        for (n, page) in pages.iter().enumerate() {
            let is_annex = page.width > page.height;
            let (width, height) = if is_annex { (297.0, 210.0) } else { (210.0, 297.0) };
            assert!((mm(page.width) - width).abs() < 0.1 && (mm(page.height) - height).abs() < 0.1);
            assert_eq!(is_annex, n > signed, "annexes begin after the text");
            for it in &page.pieces {
                let top = mm(page.height - it.base - it.size * 0.891);
                let is_number = it.text == (n + 1).to_string() && top < 20.0;
                let (right, below) = (mm(page.width - it.right), mm(it.base - it.size * 0.216));
                assert!(is_number || top > 19.9, "{it:?}: {top} mm from the top");
                assert!(mm(it.left) > 29.9 && right > 14.9 && below > 19.9, "{it:?}");
            }
        }
        // Full lines reach both margins.
        let left =
            pages.iter().flat_map(|it| &it.pieces).map(|it| mm(it.left)).fold(99.0, f32::min);
        assert!((30.0..=35.0).contains(&left), "{left} mm at the left");
    }
}

#[test]
fn the_number_stands_above_in_the_middle_from_the_second_page_on() {
    for layout in Layout::ALL {
        let (_, pages) = printed(&sample(), layout);
        assert!(pages.len() > 2);
        for (n, page) in pages.iter().enumerate() {
            let number = (n + 1).to_string();
            let above = |it: &&super::PdfPiece| page.height - it.base < 20.0 / 25.4 * 72.0;
            let found: Vec<_> = page.pieces.iter().filter(above).collect();
            if n == 0 {
                assert!(found.is_empty(), "{found:?}");
                continue;
            }
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].text, number);
            assert!(
                (13.0..=14.0).contains(&found[0].size) && face(&found[0].face) == Face::Upright
            );
            // Between the margins, as in Word.
            let (left, right) = (30.0 / 25.4 * 72.0, page.width - 15.0 / 25.4 * 72.0);
            let middle = (found[0].left + found[0].right) / 2.0;
            assert!((middle - (left + right) / 2.0).abs() < 1.0, "{middle}");
        }
    }
}

#[test]
fn the_text_is_indented_justified_and_spaced_as_in_word() {
    let long = "Một câu rất dài để có nhiều dòng trong văn bản này. ".repeat(12);
    let body = vec![Block::Paragraph(long.trim().to_owned()), Block::Paragraph("Hết.".to_owned())];
    let paper = OfficialPaper { body, ..sample() };
    let (_, pages) = printed(&paper, Layout::State);
    let (first, rest): (Vec<_>, Vec<_>) = pages[0]
        .pieces
        .iter()
        .filter(|it| it.text.contains("câu rất dài") || it.text.contains("nhiều dòng"))
        .partition(|it| it.left > 36.0 + 85.0);
    assert!(!first.is_empty() && rest.len() > 3, "{:?}", pages[0].pieces);
    let left = 30.0 / 25.4 * 72.0;
    assert!((first[0].left - left - 36.0).abs() < 0.2, "1.27 cm");
    let lines: Vec<f32> = rest.iter().map(|it| it.base).collect();
    let steps = lines.windows(2).map(|it| it[0] - it[1]).filter(|it| *it > 1.0);
    for step in steps {
        assert!(
            (14.0 * 1.149..=14.0 * 1.149 * 1.5).contains(&step),
            "{step}: single to one and a half"
        );
    }
    let end = rest.iter().map(|it| it.right).fold(0.0, f32::max);
    // The space after the last word hangs over the edge.
    let edge = pages[0].width - 15.0 / 25.4 * 72.0;
    assert!((edge..edge + 7.0).contains(&end), "to the edge: {end}");
    let (_, last) = only(&pages, "Hết.");
    let gap = lines.iter().copied().fold(f32::MAX, f32::min) - last.base;
    assert!(gap >= 14.0 * 1.149 + 6.0, "{gap}: 6 pt and more between paragraphs");
}

#[test]
fn a_long_table_has_its_heading_and_its_group_on_every_page_and_the_signature_has_company() {
    let mut paper = sample();
    paper.annexes[0].table = table(90);
    paper.body = (0..24).map(|n| Block::Paragraph(format!("Đoạn {n}."))).collect();
    for layout in Layout::ALL {
        let (_, pages) = printed(&paper, layout);
        let annex = pages.iter().filter(|it| it.width > it.height).count();
        assert!(annex > 3, "{annex} pages");
        for page in pages.iter().filter(|it| it.width > it.height) {
            let says = |text: &str| page.pieces.iter().any(|it| it.text.trim() == text);
            assert!(says("Nội dung") && says("Nhóm thứ nhất"));
        }
        let (signed, _) = only(&pages, "Người Ký Mẫu");
        assert_eq!(only(&pages, "PHÓ GIÁM ĐỐC").0, signed);
        assert_eq!(only(&pages, "Nơi nhận:").0, signed);
        assert_eq!(only(&pages, "Đoạn 23.").0, signed, "text stands above the signature");
    }
}

#[test]
fn the_file_names_its_language_and_title_and_is_tagged() {
    let (bytes, _) = printed(&sample(), Layout::State);
    let document = Document::load_mem(&bytes).unwrap();
    let catalog = document.catalog().unwrap();
    let lang = catalog.get(b"Lang").and_then(Object::as_str).unwrap();
    assert!(lang.starts_with(b"vi"), "{lang:?}");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let kinds: Vec<&[u8]> = document
        .objects
        .values()
        .filter_map(|it| it.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
        .collect();
    for kind in ["H1", "H2", "P", "Table", "TH", "Figure"] {
        assert!(kinds.contains(&kind.as_bytes()), "{kind}");
    }
    let told = String::from_utf8_lossy(&bytes).contains("Tình hình thực hiện nhiệm vụ tháng 01");
    assert!(told, "the metadata name the paper");
}

#[test]
fn a_pdf_that_is_too_long_is_refused_with_its_numbers() {
    let mut paper = sample();
    let row = PaperRow::Cells(vec!["1".into(), "Việc".into(), "Hạn".into()]);
    paper.annexes[0].table.rows = vec![row; crate::MOST_ROWS + 1];
    use super::papers::{Press as _, PressError};
    let err = crate::Typesetter::default().pdf(&paper, Layout::State).unwrap_err();
    let PressError::TooLong { rows, most } = err else { panic!("{err}") };
    assert!(rows > most && most == crate::MOST_ROWS);
}
