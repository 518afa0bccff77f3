//! Heads of documents in both layouts.

use chrono::NaiveDate;
use sauro_reading::{Gazetteer, Head, Reader};

fn head(text: &str) -> Head {
    Reader::new(Gazetteer::shipped()).read(text, None).head
}

#[test]
fn the_state_layout_is_read() {
    let head = head(
        "BỘ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 15/QĐ-BNV\nHà Nội, ngày 05 tháng 02 năm 2026\nQUYẾT ĐỊNH\nVề việc ban hành quy chế tiếp dân\nBộ trưởng quyết định:\nĐiều 1. Ban hành kèm theo quy chế.\nNơi nhận:\n- Như trên;\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nNguyễn Văn A",
    );
    assert_eq!(head.number.as_deref(), Some("15/QĐ-BNV"));
    assert_eq!(head.kind.as_deref(), Some("Quyết định"));
    assert_eq!(head.issuer.map(|i| i.code).as_deref(), Some("BNV"));
    assert_eq!(head.place.as_deref(), Some("Hà Nội"));
    assert_eq!(head.issued_on, NaiveDate::from_ymd_opt(2026, 2, 5));
    assert_eq!(head.subject.as_deref(), Some("Về việc ban hành quy chế tiếp dân"));
    assert_eq!(head.signer.as_deref(), Some("Nguyễn Văn A"));
    assert_eq!(head.signer_title.as_deref(), Some("KT. BỘ TRƯỞNG THỨ TRƯỞNG"));
    assert_eq!(head.party_layout, Some(false));
}

#[test]
fn the_party_layout_is_read() {
    let head = head(
        "ĐẢNG CỘNG SẢN VIỆT NAM\nBAN CHẤP HÀNH TRUNG ƯƠNG\nBAN BÍ THƯ\n*\nSố 57-KL/TW\nHà Nội, ngày 22 tháng 4 năm 2026\nKẾT LUẬN CỦA BAN BÍ THƯ\nvề công tác tiếp dân\nBan Bí thư yêu cầu các cấp ủy thực hiện.\nT/M BAN BÍ THƯ\nTHƯỜNG TRỰC\nTrần Văn B",
    );
    assert_eq!(head.number.as_deref(), Some("57-KL/TW"));
    assert_eq!(head.kind.as_deref(), Some("Kết luận"));
    assert_eq!(head.issuer.map(|i| i.code).as_deref(), Some("BBT"));
    assert_eq!(head.issued_on, NaiveDate::from_ymd_opt(2026, 4, 22));
    assert_eq!(head.signer_title.as_deref(), Some("T/M BAN BÍ THƯ THƯỜNG TRỰC"));
    assert_eq!(head.signer.as_deref(), Some("Trần Văn B"));
    assert_eq!(head.party_layout, Some(true));
}

#[test]
fn two_boxes_on_one_line_and_an_official_letter_are_read() {
    let head = head(
        "VĂN PHÒNG CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 512/VPCP-KSTT Hà Nội, ngày 20 tháng 01 năm 2026\nV/v đơn giản hóa thủ tục nhập học\nKính gửi: Bộ Công an",
    );
    assert_eq!(head.number.as_deref(), Some("512/VPCP-KSTT"));
    assert_eq!(head.kind.as_deref(), Some("Công văn"));
    assert_eq!(head.issuer.map(|i| i.code).as_deref(), Some("VPCP"));
    assert_eq!(head.place.as_deref(), Some("Hà Nội"));
    assert_eq!(head.subject.as_deref(), Some("đơn giản hóa thủ tục nhập học"));
}

#[test]
fn a_province_and_a_telegram_are_known_as_issuers() {
    assert_eq!(head("ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 203/TB-UBND\nLào Cai, ngày 03 tháng 8 năm 2026\nTHÔNG BÁO\nKết luận phiên họp").issuer.map(|i| i.code).as_deref(), Some("UBND-15"));
    let telegram = head("CÔNG ĐIỆN\nVề việc ứng phó bão\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Các bộ;");
    assert_eq!(telegram.issuer.map(|i| i.code).as_deref(), Some("TTg"));
    assert_eq!(telegram.kind.as_deref(), Some("Công điện"));
}

#[test]
fn a_report_of_the_press_has_no_head() {
    let head = head("Thủ tướng yêu cầu đẩy nhanh giải ngân\nSáng 5/7, Thủ tướng chủ trì hội nghị.");
    assert_eq!((head.number, head.kind, head.signer, head.party_layout), (None, None, None, None));
}
