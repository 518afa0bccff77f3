//! Uploads that are not what they say, and noise: always an answer, never a panic.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use sauro_papers::{
    FileKind, KindError, PaperError, clean_name, limits, paste_text, read_table, read_text, sniff,
};

#[expect(clippy::unwrap_used, reason = "a helper of tests")]
fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn compound(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(512, 0);
    for name in names {
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.extend([0; 64]);
    }
    bytes
}

#[test]
fn accepted_kinds_are_told_by_their_content() {
    let cases: Vec<(Vec<u8>, &str, FileKind)> = vec![
        (b"%PDF-1.7\n".to_vec(), "Báo cáo.PDF", FileKind::PDF),
        (zipped(&[("word/document.xml", b"")]), "a.docx", FileKind::DOCX),
        (zipped(&[("xl/workbook.xml", b"")]), "a.xlsx", FileKind::XLSX),
        (zipped(&[("ppt/presentation.xml", b"")]), "a.pptx", FileKind::PPTX),
        (zipped(&[("mimetype", FileKind::ODT.mime.as_bytes())]), "a.odt", FileKind::ODT),
        (zipped(&[("mimetype", FileKind::ODS.mime.as_bytes())]), "a.ods", FileKind::ODS),
        (compound(&["WordDocument"]), "a.doc", FileKind::DOC),
        (compound(&["Workbook"]), "a.xls", FileKind::XLS),
        (b"\x89PNG\r\n\x1a\n....".to_vec(), "a.png", FileKind::PNG),
        (b"\xff\xd8\xff\xe0....".to_vec(), "a.jpeg", FileKind::JPG),
        (b"RIFF....WEBPVP8 ".to_vec(), "a.webp", FileKind::WEBP),
        (b"\0\0\0\x18ftypheic....".to_vec(), "a.heic", FileKind::HEIC),
        ("Kính gửi".as_bytes().to_vec(), "a.txt", FileKind::TXT),
        (b"a,b\n1,2".to_vec(), "a.csv", FileKind::CSV),
    ];
    for (bytes, name, kind) in cases {
        assert_eq!(sniff(&bytes, name), Ok(kind), "{name}");
    }
}

type Expected = fn(&KindError) -> bool;

#[test]
fn what_is_not_what_it_says_is_refused_with_a_sentence() {
    let cases: Vec<(Vec<u8>, &str, Expected)> = vec![
        (b"MZ\x90\0\x03".to_vec(), "bao-cao.pdf", |e| *e == KindError::Executable),
        (b"\x7fELF\x02".to_vec(), "anh.png", |e| *e == KindError::Executable),
        (b"#!/bin/sh\nrm".to_vec(), "a.txt", |e| *e == KindError::Script),
        (b"echo off".to_vec(), "a.bat", |e| *e == KindError::Script),
        (b"  <!DOCTYPE html><script>".to_vec(), "a.txt", |e| *e == KindError::Markup),
        (b"\xef\xbb\xbf<svg onload=x>".to_vec(), "a.csv", |e| *e == KindError::Markup),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0".to_vec(), "a.txt", |e| *e == KindError::Markup),
        (zipped(&[("word/document.xml", b""), ("word/vbaProject.bin", b"")]), "a.docx", |e| {
            *e == KindError::Macros
        }),
        (
            zipped(&[
                ("xl/workbook.xml", b""),
                ("[Content_Types].xml", b"sheet.macroEnabled.main"),
            ]),
            "a.xlsx",
            |e| *e == KindError::Macros,
        ),
        (compound(&["WordDocument", "_VBA_PROJECT"]), "a.doc", |e| *e == KindError::Macros),
        (zipped(&[("word/document.xml", b""), ("word/x.exe", b"")]), "a.docx", |e| {
            *e == KindError::Executable
        }),
        (zipped(&[("a.txt", b"")]), "a.zip", |e| *e == KindError::Archive),
        (zipped(&[("word/document.xml", b"")]), "a.pdf", |e| {
            matches!(e, KindError::Mismatch { .. })
        }),
        (b"%PDF-1.7\n".to_vec(), "a.docx", |e| matches!(e, KindError::Mismatch { .. })),
        (b"%PDF-1.7\n".to_vec(), "a.pdf.exe", |e| matches!(e, KindError::Mismatch { .. })),
        (b"chu thuong".to_vec(), "a.pdf", |e| matches!(e, KindError::Mismatch { .. })),
        (b"%PDF-1.7\n".to_vec(), "khong-duoi", |e| *e == KindError::NoExtension),
        (b"\0\0\0\x18ftypmp42....".to_vec(), "a.mp4", |e| matches!(e, KindError::Unknown { .. })),
        (b"".to_vec(), "a.txt", |e| *e == KindError::Empty),
        (compound(&["EncryptedPackage"]), "a.docx", |e| matches!(e, KindError::Package(_))),
    ];
    for (bytes, name, expected) in cases {
        let error = sniff(&bytes, name).unwrap_err();
        assert!(expected(&error), "{name}: {error:?}");
        assert!(
            error.sentence().ends_with('.') && error.sentence().len() > 30,
            "{}",
            error.sentence()
        );
    }
}

#[test]
fn names_are_made_safe() {
    let cases = [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Báo  cáo.pdf", "Báo cáo.pdf"),
        ("a\u{202e}fdp.exe", "afdp.exe"),
        ("x\0\n.pdf", "x.pdf"),
        (".htaccess", "htaccess"),
        ("CON.txt", "tepCON.txt"),
        ("a<b>:\"|?*.csv", "a_b______.csv"),
        ("ba\u{301}o.pdf", "báo.pdf"),
        ("", "tep"),
        ("///", "tep"),
    ];
    for (raw, clean) in cases {
        assert_eq!(clean_name(raw), clean, "{raw:?}");
    }
    let long = clean_name(&format!("{}.docx", "ữ".repeat(400)));
    assert!(long.chars().count() == limits::MAX_NAME_CHARS && long.ends_with(".docx"));
}

#[test]
fn ten_megabytes_of_pasted_text_are_refused_with_the_limit() {
    let error = paste_text(&"Văn bản dài. ".repeat(800_000)).unwrap_err();
    assert!(error.sentence().contains("2.000.000 ký tự"), "{}", error.sentence());
    assert!(matches!(paste_text(" \n\u{200b} "), Err(PaperError::Empty { .. })));
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_looked_at() {
    let error = read_text(&vec![b'a'; limits::MAX_FILE_BYTES + 1], "a.txt").unwrap_err();
    assert!(error.sentence().contains("32 MB"));
}

#[test]
fn pasted_text_is_cleaned_without_changing_its_words() {
    let paper =
        paste_text("\u{feff}  1.\u{a0}Sở\u{200b} Nội vụ\r\n\r\n\r\n\r\n2. Hết  \u{c}").unwrap();
    assert_eq!(paper.text, "  1. Sở Nội vụ\n\n2. Hết");
}

const NAMES: &[&str] =
    &["a.pdf", "a.docx", "a.xlsx", "a.ods", "a.csv", "a.txt", "a.xls", "a.odt", "a"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..3_000), head in 0usize..6) {
        let heads: [&[u8]; 6] = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0\0\0", b"\xff\xfe", b"\x89PNG\r\n\x1a\n"];
        let bytes = [heads[head], &bytes].concat();
        for name in NAMES {
            if let Err(error) = read_text(&bytes, name) {
                prop_assert!(!error.sentence().is_empty());
            }
            if let Err(error) = read_table(&bytes, name) {
                prop_assert!(!error.sentence().is_empty());
            }
        }
    }

    #[test]
    fn noise_in_xml_never_panics(xml in "[<>/wptrcb:=\"& ;#x0-9a-zÀ-ỹ\\n]{0,400}") {
        let text = zipped(&[("word/document.xml", xml.as_bytes()), ("word/numbering.xml", xml.as_bytes()), ("word/styles.xml", xml.as_bytes())]);
        let _ = read_text(&text, "a.docx");
        let table = zipped(&[("mimetype", FileKind::ODS.mime.as_bytes()), ("content.xml", xml.as_bytes())]);
        let _ = read_table(&table, "a.ods");
        let book = zipped(&[("xl/workbook.xml", xml.as_bytes()), ("xl/worksheets/sheet1.xml", xml.as_bytes())]);
        let _ = read_table(&book, "a.xlsx");
    }

    #[test]
    fn names_stay_safe_and_stable(raw in "\\PC{0,300}|[./\\\\:a-z\u{202e}\0 ]{0,60}") {
        let clean = clean_name(&raw);
        prop_assert!(!clean.is_empty() && clean.chars().count() <= limits::MAX_NAME_CHARS);
        let bad = clean.contains(['/', '\\', '\0', '\n', '\u{202e}']);
        prop_assert!(!bad && !clean.starts_with('.'), "bad name");
        prop_assert_eq!(clean_name(&clean), clean);
    }

    #[test]
    fn pasted_text_of_any_kind_is_answered(text in "\\PC{0,500}") {
        let _ = paste_text(&text);
    }
}
