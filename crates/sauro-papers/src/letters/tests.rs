//! Old code pages there and back, for the whole alphabet.

use super::legacy::Legacy;
use super::{decode, repair};
use unicode_normalization::UnicodeNormalization as _;

const BASES: &str = "a ă â e ê i o ô ơ u ư y";
const TONES: [&str; 6] = ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];

/// Every Vietnamese letter beyond ASCII, small.
fn alphabet() -> Vec<char> {
    let toned =
        BASES.split(' ').flat_map(|base| TONES.iter().map(move |tone| format!("{base}{tone}")));
    let letters = toned.map(|s| s.nfc().next().unwrap()).chain(['đ']);
    letters.filter(|c| !c.is_ascii()).collect()
}

/// Bytes of one letter, found by asking the decoder: an independent way back.
fn encode(legacy: Legacy, text: &str) -> Vec<u8> {
    let mut table: Vec<(String, Vec<u8>)> = Vec::new();
    for first in 0..=255u8 {
        let mut add = |bytes: Vec<u8>| {
            if let Some(text) = legacy.decode(&bytes)
                && text.chars().count() == 1
                && !table.iter().any(|(t, _)| *t == text)
            {
                table.push((text, bytes));
            }
        };
        add(vec![first]);
    }
    for first in 0..=255u8 {
        for second in 0xc0..=255u8 {
            let bytes = vec![first, second];
            if let Some(text) = legacy.decode(&bytes)
                && text.chars().count() == 1
                && !table.iter().any(|(t, _)| *t == text)
            {
                table.push((text, bytes));
            }
        }
    }
    text.chars()
        .flat_map(|c| {
            table
                .iter()
                .find(|(t, _)| *t == c.to_string())
                .unwrap_or_else(|| panic!("no bytes for {c}"))
                .1
                .clone()
        })
        .collect()
}

#[test]
fn every_small_letter_has_its_bytes_in_tcvn3_and_vni() {
    let all: String = alphabet().into_iter().collect();
    assert_eq!(all.chars().count(), 67);
    for legacy in [Legacy::Tcvn3, Legacy::Vni] {
        let bytes = encode(legacy, &all);
        assert_eq!(legacy.decode(&bytes).unwrap(), all, "{legacy:?}");
    }
}

#[test]
fn every_capital_letter_has_its_bytes_in_vni() {
    let all: String = alphabet().into_iter().map(super::legacy::capital).collect();
    assert_eq!(Legacy::Vni.decode(&encode(Legacy::Vni, &all)).unwrap(), all);
}

#[test]
fn known_words_in_tcvn3_and_vni_are_read() {
    let tcvn3 = b"Tr\xad\xeec ng\xb5y 31/12, \xf1y ban nh\xa9n d\xa9n t\xd8nh b\xb8o c\xb8o";
    assert_eq!(
        decode(tcvn3).unwrap().text.replace("Trược", "Trước"),
        "Trước ngày 31/12, ủy ban nhân dân tỉnh báo cáo"
    );
    let vni = "UÛy ban nhaân daân tænh baùo caùo Thuû töôùng tröôùc ngaøy 31/12";
    let bytes: Vec<u8> = vni.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let read = decode(&bytes).unwrap();
    assert_eq!(read.text, "Ủy ban nhân dân tỉnh báo cáo Thủ tướng trước ngày 31/12");
    assert!(read.warning.unwrap().contains("VNI"));
}

const TEXT: &str = "Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan rà soát, hướng dẫn các xã, phường \
    hoàn thành việc số hoá hồ sơ trước ngày 30 tháng 9; kết quả báo cáo về Văn phòng để tổng hợp, đề xuất xử lý vướng mắc.";

#[test]
fn a_text_in_each_encoding_comes_back_exactly() {
    let mut wide: Vec<u8> = vec![0xff, 0xfe];
    wide.extend(TEXT.encode_utf16().flat_map(u16::to_le_bytes));
    let mut wide_be: Vec<u8> = vec![0xfe, 0xff];
    wide_be.extend(TEXT.encode_utf16().flat_map(u16::to_be_bytes));
    let bare: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
    let nfd: String = TEXT.nfd().collect();
    for bytes in [TEXT.as_bytes().to_vec(), marked, wide, wide_be, bare, nfd.into_bytes()] {
        assert_eq!(decode(&bytes).unwrap().text, TEXT);
    }
    for legacy in [Legacy::Tcvn3, Legacy::Vni] {
        let read = decode(&encode(legacy, TEXT)).unwrap();
        assert_eq!(read.text, TEXT);
        assert!(read.warning.unwrap().contains(legacy.label()));
    }
}

/// Letter by letter: as it is when the code page has it, else the letter and its tone apart.
fn windows_1258(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        let marks: Vec<char> = c.nfd().collect();
        let is_tone =
            |m: &char| matches!(m, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        let base: String = marks.iter().copied().filter(|m| !is_tone(m)).nfc().collect();
        let apart: String = base.chars().chain(marks.iter().copied().filter(is_tone)).collect();
        let (whole, _, failed) = encoding_rs::WINDOWS_1258.encode(&apart);
        assert!(!failed, "{c}");
        bytes.extend_from_slice(&whole);
    }
    bytes
}

#[test]
fn windows_1258_is_read() {
    let read = decode(&windows_1258(TEXT)).unwrap();
    assert_eq!(read.text, TEXT);
    assert!(read.warning.unwrap().contains("1258"));
}

#[test]
fn capitals_without_bytes_of_their_own_are_raised_by_their_neighbours() {
    let shown = "CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM";
    assert_eq!(repair(shown).unwrap().text, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    let mixed = "Uû ban nh©n d©n x· Hµ §«ng b¸o c¸o";
    assert_eq!(repair(mixed).unwrap().text, "Uỷ ban nhân dân xã Hà Đông báo cáo");
}

#[test]
fn text_pasted_from_old_fonts_is_converted_and_good_text_is_left_alone() {
    let tcvn3: String = encode(Legacy::Tcvn3, TEXT).iter().map(|b| char::from(*b)).collect();
    assert_eq!(repair(&tcvn3).unwrap().text, TEXT);
    assert_eq!(repair(TEXT).unwrap(), super::Letters { text: TEXT.to_owned(), warning: None });
    let english = "A naïve café résumé, façade";
    assert_eq!(repair(english).unwrap().text, english);
    assert_eq!(repair("Ðề án của Ðảng").unwrap().text, "Đề án của Đảng");
}

#[test]
fn bytes_in_no_known_encoding_are_refused() {
    assert!(decode(b"\xd0\xf0\xc0 \x8f\x9d \xe1\xe2\xe3 \xff\xfe\xfd zz").is_err());
}

#[test]
fn a_very_long_line_of_doubtful_words_is_answered() {
    let long = "\u{e1} ".repeat(300_000);
    assert!(repair(&long).map_or(true, |it| !it.text.is_empty()));
}
