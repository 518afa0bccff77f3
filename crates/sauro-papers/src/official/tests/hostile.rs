//! Text from people in every place: the file stays well formed and says nothing else.

use proptest::prelude::*;

use super::parts::{Document, part};
use super::{sample, table};
use crate::official::{Bar, Block, Layout, NoPress, OfficialPaper, PaperRow, Signing, write_docx};
use crate::read_text;

const PARTS: [&str; 8] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/header1.xml",
    "docProps/core.xml",
];

/// The sample with `text` wherever people write.
fn everywhere(text: &str) -> OfficialPaper {
    let mut paper = sample();
    let head = &mut paper.head;
    for field in [
        &mut head.superior,
        &mut head.issuer,
        &mut head.kind_code,
        &mut head.issuer_code,
        &mut head.place,
        &mut head.kind,
        &mut head.subject,
        &mut paper.addressee,
        &mut paper.signer.title,
        &mut paper.signer.name,
    ] {
        text.clone_into(field);
    }
    let own = || text.to_owned();
    paper.signer.signing = Signing::Collective(own());
    paper.recipients = vec![own(), own()];
    paper.body = vec![
        Block::Section(own()),
        Block::Item(own()),
        Block::Point(own()),
        Block::Paragraph(own()),
        Block::Bars(vec![Bar { label: own(), count: u64::MAX, written: own() }]),
    ];
    for annex in &mut paper.annexes {
        annex.title = own();
        annex.note = own();
        annex.table = table(1);
        annex.table.columns[1].heading = own();
        annex.table.rows.push(PaperRow::Group(own()));
        // Too few cells and too many.
        annex.table.rows.push(PaperRow::Cells(vec![own()]));
        annex.table.rows.push(PaperRow::Cells(vec![own(); 9]));
    }
    paper
}

/// Writes it in both layouts; every part has to be well formed.
#[track_caller]
fn written(paper: &OfficialPaper) -> [Vec<u8>; 2] {
    Layout::ALL.map(|layout| {
        let bytes = write_docx(paper, layout, &NoPress).unwrap();
        for name in PARTS {
            let xml = part(&bytes, name);
            Document::read(&xml);
            assert!(xml.chars().all(|c| c == '\n' || !c.is_control()), "{name}");
        }
        bytes
    })
}

#[test]
fn markup_in_any_field_stays_text() {
    let text = "<script>alert(\"1\")</script> & ]]> </w:t></w:r> &lt; %s ${x}";
    for bytes in written(&everywhere(text)) {
        let document = Document::of(&bytes);
        let n = document.paragraphs.iter().filter(|it| it.text.contains(text)).count();
        assert!(n > 10, "{n} paragraphs say it");
        assert!(!part(&bytes, "word/document.xml").contains("<script"));
    }
}

#[test]
fn control_characters_go_and_line_breaks_stay() {
    let text: String = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32).collect();
    let paper = everywhere(&format!("Trước{text}sau\u{fffe}\u{ffff}\u{feff}\r\nDòng hai"));
    for bytes in written(&paper) {
        let read = read_text(&bytes, "a.docx").unwrap();
        assert!(read.text.contains("Trước"), "{}", read.text);
        assert!(part(&bytes, "word/document.xml").contains("<w:br/>"));
    }
}

#[test]
fn marks_that_turn_the_direction_of_reading_go() {
    let paper = everywhere("Duyệt \u{202e}gnôhk\u{202c} \u{200f}\u{2066}chi\u{2069} \u{61c}12");
    for bytes in written(&paper) {
        let document = Document::of(&bytes);
        assert!(document.paragraphs.iter().any(|it| it.text == "Duyệt gnôhk chi 12"));
    }
}

#[test]
fn one_letter_is_written_in_one_way() {
    for bytes in written(&everywhere("Tie\u{302}\u{301}ng Vie\u{302}\u{323}t")) {
        assert!(part(&bytes, "word/document.xml").contains("Tiếng Việt"));
    }
}

#[test]
fn a_cell_of_a_megabyte_is_kept_whole() {
    let long = "Một ô rất dài. ".repeat(52_000);
    assert!(long.len() > 1_000_000);
    let mut paper = sample();
    paper.annexes[0].table.rows.push(PaperRow::Cells(vec!["1".into(), long.clone()]));
    for bytes in written(&paper) {
        let document = Document::of(&bytes);
        assert!(document.paragraphs.iter().any(|it| it.text == long));
    }
}

#[test]
fn an_empty_paper_is_a_paper() {
    for bytes in written(&OfficialPaper::default()) {
        assert!(read_text(&bytes, "a.docx").is_ok());
    }
    written(&everywhere(""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_gives_a_well_formed_paper(text in "\\PC*|.*") {
        written(&everywhere(&text));
    }
}
