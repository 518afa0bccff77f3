//! Word documents made by hand, as small as they can be.

use std::io::{Cursor, Write as _};

use crate::{PaperError, TooBig, read_table, read_text};

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="DieuCon"><w:basedOn w:val="Dieu"/></w:style>
</w:styles>"#;

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}<w:sectPr/></w:body></w:document>"#
    );
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
    ])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn numbered(level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn text(body: &str) -> String {
    read_text(&docx(body), "van-ban.docx").unwrap().text
}

#[test]
fn automatic_numbers_are_written_as_word_shows_them() {
    let body = [
        numbered(0, "Nhiệm vụ"),
        numbered(1, "Sở Nội vụ"),
        numbered(2, "Rà soát"),
        numbered(2, "Báo cáo"),
        numbered(1, "Sở Tài chính"),
        numbered(2, "Cấp vốn"),
        numbered(3, "gạch"),
        numbered(0, "Tổ chức thực hiện"),
        numbered(1, "Các xã"),
    ];
    assert_eq!(
        text(&body.concat()),
        "I. Nhiệm vụ\n1. Sở Nội vụ\na) Rà soát\nb) Báo cáo\n2. Sở Tài chính\na) Cấp vốn\n- gạch\nII. Tổ chức thực hiện\n1. Các xã"
    );
}

#[test]
fn numbers_come_from_styles_too_and_may_start_again() {
    let styled = |s: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{s}"/></w:pPr><w:r><w:t>Nội dung</w:t></w:r></w:p>"#
        )
    };
    let again = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>Mới</w:t></w:r></w:p>"#;
    assert_eq!(
        text(&[styled("Dieu"), styled("DieuCon"), again.to_owned()].concat()),
        "Điều 1. Nội dung\nĐiều 2. Nội dung\nĐiều 5. Mới"
    );
}

#[test]
fn runs_breaks_and_entities_make_one_line_and_deleted_text_is_gone() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">A &amp; </w:t></w:r><w:ins><w:r><w:t>B</w:t></w:r></w:ins><w:del><w:r><w:delText>X</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:tab/><w:t>C</w:t><w:br/><w:t>D&#x1EA1;</w:t></w:r></w:p>"#;
    assert_eq!(text(body), "A & B C\nDạ");
}

#[test]
fn text_in_an_old_font_is_converted_by_the_fonts_name() {
    let run = |font: &str, text: &str| {
        format!(
            r#"<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
        )
    };
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        run(".VnTimeH", "uû ban "),
        run(".VnTime", "nh©n d©n "),
        run("Arial", "tỉnh")
    );
    let paper = read_text(&docx(&body), "a.docx").unwrap();
    assert_eq!(paper.text, "UỶ BAN nhân dân tỉnh");
    assert!(paper.warnings[0].contains("TCVN3"));
}

fn cell(extra: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{extra}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn a_table_of_data_is_rows_and_a_frame_is_paragraphs() {
    let head =
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", "UBND TỈNH"), cell("", "CỘNG HOÀ"));
    let restart = r#"<w:vMerge w:val="restart"/>"#;
    let rows = [
        [cell("", "TT"), cell("", "Nhiệm vụ"), cell("", "Cơ quan")].concat(),
        [cell("", "1"), cell("", "Số hoá"), cell(restart, "Sở Nội vụ")].concat(),
        [cell("", "2"), cell("", "Kiểm tra"), cell("<w:vMerge/>", "")].concat(),
        cell(r#"<w:gridSpan w:val="3"/>"#, "Phần hai"),
    ];
    let table: String = rows.iter().map(|r| format!("<w:tr>{r}</w:tr>")).collect();
    let bytes = docx(&format!("{head}<w:tbl>{table}</w:tbl>{}", p("Hết")));
    let paper = read_text(&bytes, "a.docx").unwrap();
    assert_eq!(
        paper.text,
        "UBND TỈNH\nCỘNG HOÀ\nTT\tNhiệm vụ\tCơ quan\n1\tSố hoá\tSở Nội vụ\n2\tKiểm tra\nPhần hai\nHết"
    );
    let table = read_table(&bytes, "a.docx").unwrap();
    assert_eq!((table.text(2, 2), table.text(3, 2)), ("Sở Nội vụ", "Phần hai"));
}

#[test]
fn bombs_are_refused_before_they_grow() {
    let zeros = vec![b' '; 9 * 1024 * 1024];
    let ratio = zipped(&[("word/document.xml", &zeros)]);
    let error = read_text(&ratio, "a.docx").unwrap_err();
    assert!(error.sentence().contains("nén bất thường"), "{error:?}");

    // Noise that does not compress, again and again: low ratio, too much in all.
    let mut seed = 1u32;
    let noise: Vec<u8> = (0..700_000)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        })
        .collect();
    let part = [noise, vec![0u8; 12 * 1024 * 1024]].concat();
    let names: Vec<String> = (0..6).map(|n| format!("word/{n}.bin")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), part.as_slice())).collect();
    let error = read_text(&[zipped(&entries)].concat(), "a.docx").unwrap_err();
    assert!(!error.sentence().is_empty());

    let names: Vec<String> = (0..2_100).map(|n| format!("word/{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"".as_slice())).collect();
    let error = read_text(&zipped(&many), "a.docx").unwrap_err();
    assert!(error.sentence().contains("2.000 thành phần"), "{}", error.sentence());
}

#[test]
fn deep_nesting_and_entity_tricks_end_in_a_sentence() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(50_000);
    assert!(matches!(read_text(&docx(&deep), "a.docx"), Err(PaperError::Damaged { .. })));
    let laughs = zipped(&[(
        "word/document.xml",
        br#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:p><w:r><w:t>&b;&b;hi</w:t></w:r></w:p></w:document>"#,
    )]);
    assert_eq!(read_text(&laughs, "a.docx").unwrap().text, "hi");
}

#[test]
fn a_document_cut_short_at_any_place_never_panics() {
    let bytes = docx(&[numbered(0, "Một"), p("Hai")].concat());
    for cut in (0..bytes.len()).step_by(7) {
        assert!(read_text(&bytes[..cut], "a.docx").is_err());
    }
}

#[test]
fn too_long_a_text_is_refused_with_its_limit() {
    let long = docx(&p(&"Chữ dài khác nhau 12 ".repeat(110_000)));
    let error = read_text(&long, "a.docx").unwrap_err();
    match &error {
        PaperError::TooBig { what: TooBig::Text, limit: 2_000_000 } => {
            assert!(error.sentence().contains("2.000.000 ký tự"))
        }
        PaperError::TooBig { what: TooBig::Ratio, .. } => {}
        other => panic!("{other:?}"),
    }
}
