//! PDF files made in the test, letters given by a ToUnicode map.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::cmap::CMap;
use crate::{PaperError, read_text};

/// A font that numbers letters as they first come and tells them by a map.
struct Maker {
    letters: Vec<char>,
}

impl Maker {
    fn hex(&mut self, text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            let code = self.letters.iter().position(|l| *l == c).unwrap_or_else(|| {
                self.letters.push(c);
                self.letters.len() - 1
            });
            write!(out, "{:04X}", code + 3).unwrap();
        }
        out
    }

    fn cmap(&self) -> Vec<u8> {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
        );
        for chunk in self.letters.iter().enumerate().collect::<Vec<_>>().chunks(90) {
            writeln!(out, "{} beginbfchar", chunk.len()).unwrap();
            for (n, c) in chunk {
                writeln!(out, "<{:04X}> <{:04X}>", n + 3, u32::from(**c)).unwrap();
            }
            out.push_str("endbfchar\n");
        }
        (out + "endcmap end").into_bytes()
    }
}

/// Lines of a page: x, y, text. Each letter is half the letter size wide.
fn pdf(pages: &[Vec<(f32, f32, &str)>]) -> Vec<u8> {
    drawn(pages, "")
}

/// The same with a drawing on every page.
fn drawn(pages: &[Vec<(f32, f32, &str)>], drawing: &str) -> Vec<u8> {
    let mut maker = Maker { letters: Vec::new() };
    let contents: Vec<String> = pages
        .iter()
        .map(|lines| {
            let shown = lines
                .iter()
                .map(|(x, y, text)| format!("1 0 0 1 {x} {y} Tm <{}> Tj\n", maker.hex(text)));
            format!("{drawing}\nBT /F1 12 Tf\n{}ET", shown.collect::<String>())
        })
        .collect();
    let mut document = Document::with_version("1.7");
    let map = document.add_object(Stream::new(Dictionary::new(), maker.cmap()));
    let cid = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 500 });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Times", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(cid)], "ToUnicode" => map,
    });
    let tree = document.new_object_id();
    let kids: Vec<Object> = contents
        .iter()
        .map(|content| {
            let mut stream = Stream::new(Dictionary::new(), content.clone().into_bytes());
            stream.compress().unwrap();
            let stream = document.add_object(stream);
            document
                .add_object(
                    dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => stream },
                )
                .into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(
        tree,
        dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        }
        .into(),
    );
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

const LONG: &str =
    "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát toàn bộ hồ sơ, bảo đảm xong";

#[test]
fn vietnamese_lines_become_paragraphs_and_page_numbers_go() {
    let bytes = pdf(&[
        vec![
            (80.0, 780.0, "UBND TỈNH MẪU"),
            (400.0, 780.0, "CỘNG HOÀ XÃ HỘI"),
            (80.0, 764.0, "Số: 12/KH-UBND"),
            (400.0, 764.0, "Ngày 05 tháng 6 năm 2026"),
            (180.0, 720.0, "KẾ HOẠCH HÀNH ĐỘNG VÀ TỔ CHỨC"),
            (90.0, 690.0, LONG),
            (60.0, 674.0, "trước ngày 30/9/2026; báo cáo kết quả."),
            (
                90.0,
                658.0,
                "2. Văn phòng theo dõi, đôn đốc việc thực hiện và nhắc các đơn vị chậm trễ ở",
            ),
            (300.0, 30.0, "1"),
        ],
        vec![(60.0, 780.0, "các xã, phường."), (90.0, 764.0, "3. Hết."), (300.0, 30.0, "- 2 -")],
    ]);
    let paper = read_text(&bytes, "ke-hoach.pdf").unwrap();
    let lines: Vec<&str> = paper.text.lines().collect();
    assert_eq!(
        lines,
        [
            "UBND TỈNH MẪU",
            "Số: 12/KH-UBND",
            "CỘNG HOÀ XÃ HỘI",
            "Ngày 05 tháng 6 năm 2026",
            "KẾ HOẠCH HÀNH ĐỘNG VÀ TỔ CHỨC",
            &format!("{LONG} trước ngày 30/9/2026; báo cáo kết quả."),
            "2. Văn phòng theo dõi, đôn đốc việc thực hiện và nhắc các đơn vị chậm trễ ở các xã, phường.",
            "3. Hết.",
        ]
    );
    assert_eq!(paper.warnings, Vec::<String>::new());
}

#[test]
fn a_page_without_letters_is_named_and_a_scan_is_refused() {
    let half = pdf(&[vec![(60.0, 700.0, LONG)], vec![]]);
    assert!(read_text(&half, "a.pdf").unwrap().warnings[0].starts_with("Trang 2 không có chữ"));
    let scan = pdf(&[vec![], vec![]]);
    let error = read_text(&scan, "a.pdf").unwrap_err();
    assert_eq!(error, PaperError::Scanned { pages: 2 });
    assert!(error.sentence().contains("ảnh quét"));
}

#[test]
fn a_file_cut_short_or_spoilt_never_panics() {
    let bytes = pdf(&[vec![(60.0, 700.0, LONG)]]);
    for cut in (5..bytes.len()).step_by(61) {
        let _ = read_text(&bytes[..cut], "a.pdf");
    }
    for at in (8..bytes.len()).step_by(43) {
        let mut spoilt = bytes.clone();
        spoilt[at] ^= 0x5a;
        let _ = read_text(&spoilt, "a.pdf");
    }
}

#[test]
fn loops_and_depth_in_the_structure_end() {
    let nested =
        format!("%PDF-1.4\n1 0 obj\n{}\nendobj\ntrailer<</Root 1 0 R>>", "[".repeat(300_000));
    assert!(read_text(nested.as_bytes(), "a.pdf").is_err());
    let circle = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 5 0 R>>endobj\n4 0 obj<</Length 6>>stream\n/X Do \nendstream endobj\n5 0 obj<</XObject<</X 6 0 R>>>>endobj\n6 0 obj<</Type/XObject/Subtype/Form/Resources 5 0 R/Length 12>>stream\n/X Do /X Do \nendstream endobj\ntrailer<</Root 1 0 R>>";
    assert!(read_text(circle.as_bytes(), "a.pdf").is_err());
}

#[test]
fn maps_with_ranges_and_lists_are_read() {
    let map = CMap::parse(b"2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<1EA1> <0110>] endbfrange 1 beginbfchar <05> <00660069> endbfchar");
    let text: String = [0x10, 0x12, 0x20, 0x21, 5].iter().filter_map(|c| map.text(*c)).collect();
    assert_eq!(text, "ACạĐfi");
    assert_eq!(map.text(0x13), None);
}

#[test]
fn a_ruled_table_is_read_cell_by_cell_and_merged_cells_are_filled() {
    let drawing = "0 0 600 800 re W n 60 500 m 500 500 l 60 600 m 500 600 l 60 640 m 500 640 l S\n\
        60 560 m 300 560 l S 60 500 0.5 140 re f 300 500 0.5 140 re f 500 500 0.5 140 re f 100 500 0.5 140 re f";
    let page = vec![
        (80.0, 700.0, "Phụ lục phân công nhiệm vụ"),
        (65.0, 615.0, "TT"),
        (105.0, 615.0, "Nhiệm vụ"),
        (305.0, 615.0, "Chủ trì"),
        (65.0, 575.0, "1"),
        (105.0, 582.0, "Số hoá toàn bộ hồ sơ"),
        (105.0, 568.0, "lưu trữ"),
        (305.0, 550.0, "Sở Nội vụ"),
        (65.0, 530.0, "2"),
        (105.0, 530.0, "Kiểm tra"),
        (80.0, 450.0, "Các cơ quan thực hiện."),
    ];
    let paper = read_text(&drawn(&[page], drawing), "a.pdf").unwrap();
    assert_eq!(
        paper.text,
        "Phụ lục phân công nhiệm vụ\nTT\tNhiệm vụ\tChủ trì\n1\tSố hoá toàn bộ hồ sơ lưu trữ\tSở Nội vụ\n2\tKiểm tra\nCác cơ quan thực hiện."
    );
    assert_eq!(paper.tables.len(), 1);
    assert_eq!(
        (paper.tables[0].text(2, 2), paper.tables[0].sheet.as_str()),
        ("Sở Nội vụ", "Bảng 1")
    );
}

#[test]
fn a_page_that_unpacks_without_end_is_refused() {
    let spaces = " ".repeat(70 * 1024 * 1024);
    let error = read_text(&drawn(&[vec![(60.0, 700.0, LONG)]], &spaces), "a.pdf").unwrap_err();
    assert!(error.sentence().contains("64 MB"), "{error:?}");
}
