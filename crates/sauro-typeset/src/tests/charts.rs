//! Charts: lines and words in PDF, pixels and lines in Word documents.

use std::io::{Cursor, Read as _};

use super::papers::{self, Layout, Press as _, write_docx};
use super::{only, printed, sample};
use crate::Typesetter;

#[test]
fn a_chart_in_pdf_is_drawn_with_words_that_can_be_found() {
    let (bytes, pages) = printed(&sample(), Layout::State);
    assert_eq!(only(&pages, "Sở B").0, only(&pages, "Biểu đồ. Tỷ lệ đúng hạn theo cơ quan.").0);
    let (_, share) = only(&pages, "90%");
    let (_, lower) = only(&pages, "40%");
    assert!(share.left > lower.left, "the longer bar ends further right");
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let pixels = document.objects.values().filter(|it| {
        let dict = it.as_stream().map(|it| &it.dict);
        dict.and_then(|it| it.get(b"Subtype"))
            .and_then(lopdf::Object::as_name)
            .is_ok_and(|it| it == b"Image")
    });
    assert_eq!(pixels.count(), 0, "no pixels");
}

#[test]
fn a_chart_in_word_is_pixels_and_lines_with_words_for_those_who_hear_it() {
    for layout in Layout::ALL {
        let bytes = write_docx(&sample(), layout, &Typesetter::default()).unwrap();
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut bytes = Vec::new();
            package.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        let document = String::from_utf8(part("word/document.xml")).unwrap();
        assert!(document.contains("descr=\"Sở A 40%, Sở B 90%; chung 62%.\""));
        let relations = String::from_utf8(part("word/_rels/document.xml.rels")).unwrap();
        for (id, name) in [("rId10", "media/chart1.png"), ("rId11", "media/chart1.svg")] {
            assert!(document.contains(&format!("r:embed=\"{id}\"")));
            assert!(relations.contains(&format!("Id=\"{id}\"")) && relations.contains(name));
        }
        let png = part("word/media/chart1.png");
        assert!(png.starts_with(b"\x89PNG"));
        let svg = String::from_utf8(part("word/media/chart1.svg")).unwrap();
        assert!(svg.starts_with("<svg ") && svg.contains("Sở B") && svg.contains("90%"));
    }
}

#[test]
fn a_drawing_that_is_none_is_refused() {
    let press = Typesetter::default();
    for svg in
        ["", "<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99999999\" height=\"9\"/>"]
    {
        assert!(press.png(svg, 2.0).is_err(), "{svg}");
    }
}

#[test]
fn dots_stand_beside_the_signature_as_lines_with_their_words() {
    let dark = vec![(4, 4), (5, 5), (4, 6)];
    let mark = papers::Chart {
        caption: "Quét để kiểm tra".to_owned(),
        sentence: "Mã QR".to_owned(),
        drawn: papers::Drawn::Dots { side: 12, dark },
    };
    let paper = papers::OfficialPaper { mark: Some(mark), ..sample() };
    let (_, pages) = printed(&paper, Layout::State);
    let (page, caption) = only(&pages, "Quét để kiểm tra");
    let (of_signer, signer) = only(&pages, "KT. GIÁM ĐỐC");
    assert_eq!(page, of_signer);
    assert!(caption.right < signer.left, "beside the signature");
    let word = write_docx(&paper, Layout::State, &papers::NoPress).unwrap();
    assert!(!word.is_empty(), "without a press the words stay");
}
