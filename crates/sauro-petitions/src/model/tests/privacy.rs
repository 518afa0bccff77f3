use crate::model::{Private, find, masked, masked_by_agency};

/// `[…]` marks what must be found in each sentence.
const TEXTS: [(&str, &[Private]); 24] = [
    ("Gọi cho tôi số [0912 345 678] sau 17 giờ.", &[Private::Phone]),
    ("SĐT: [0912.345.678], zalo [+84 912 345 678]", &[Private::Phone, Private::Phone]),
    ("Máy bàn [024 3823 4567] không ai nghe.", &[Private::Phone]),
    ("CCCD [001099012345] cấp năm 2021", &[Private::Identity]),
    ("số CMND [012345678] cũ của mẹ tôi", &[Private::Identity]),
    ("thư [lan.nguyen-57@donvi.gov.vn], xin trả lời", &[Private::Email]),
    ("Chuyển vào tài khoản [19031234567015] ngân hàng", &[Private::Account]),
    ("STK [0912345678] tại VCB", &[Private::Account]),
    ("Tôi ở [số nhà 12 ngách 3], phường Cửa Nam", &[Private::Address]),
    ("tại [15/3 đường Nguyễn Trãi], Thanh Xuân", &[Private::Address]),
    ("đổ rác ở [số 5 phố Huế] từ tháng 9", &[Private::Address]),
    ("Máy [(0290) 3831 999], di động [(0912) 345 678].", &[Private::Phone, Private::Phone]),
    ("Chú Ba ([0912 345 678], tối mới có nhà)", &[Private::Phone]),
    ("Đo lại [thửa đất số 45, tờ bản đồ số 12], xã Năm Căn", &[Private::Address]),
    ("Cháy ở [số 257/19 Phan Ngọc Hiển] đêm qua", &[Private::Address]),
    ("Công văn số 12 Sở Y tế gửi, Quyết định số 45 Ủy ban nhân dân ký", &[]),
    ("Nghị quyết số 57 của Đảng, lần (12) và (13)", &[]),
    ("Nộp 250.000 đồng ngày 12/11/2026 theo Quyết định 1234/QĐ-UBND", &[]),
    ("Nghị quyết 57-NQ/TW, Công văn số 15662-CV/VPTW", &[]),
    ("Hồ sơ có 12 trang, 3 lần bổ sung, hẹn 15 ngày", &[]),
    ("Đường Nguyễn Trãi ngập 40 cm, quốc lộ 1A tắc từ km 2231", &[]),
    ("Dự án 1.234.567.890 đồng, diện tích 350 m2", &[]),
    ("Email ghi là abc@, gửi không được", &[]),
    ("mã hồ sơ H55.242-20261112-0034 chưa trả", &[]),
];

#[test]
fn personal_data_is_found_where_it_stands_and_nowhere_else() {
    for (marked, kinds) in TEXTS {
        let text = marked.replace(['[', ']'], "");
        let found = find(&text);
        let words: Vec<&str> = found.iter().filter_map(|it| text.get(it.range.clone())).collect();
        let wanted: Vec<&str> =
            marked.split('[').skip(1).filter_map(|it| it.split(']').next()).collect();
        assert_eq!(words, wanted, "{marked}");
        assert_eq!(found.iter().map(|it| it.kind).collect::<Vec<_>>(), kinds, "{marked}");
    }
}

#[test]
fn names_of_the_sender_are_masked_in_any_case() {
    let text = "Tôi là NGUYỄN THỊ LAN, con tôi Nguyễn Thị Lan Anh; Lan đã gọi 0912345678.";
    assert_eq!(
        masked(text, &["Nguyễn Thị Lan", ""]),
        "Tôi là [người gửi], con tôi [người gửi] Anh; Lan đã gọi [số điện thoại]."
    );
}

#[test]
fn a_name_is_masked_where_it_stands_whole_and_never_within_a_mask() {
    for (text, name, wanted) in [
        ("Đường hỏng, đường hỏngg", "đường hỏng", "[người gửi], đường hỏngg"),
        ("Gọi 0912345678 gặp người gửi", "Người Gửi", "Gọi [số điện thoại] gặp [người gửi]"),
        ("[người gửi] đã gọi", "người gửi", "[người gửi] đã gọi"),
        ("Lan Anh Lan Anh Lan Anh", "lan anh", "[người gửi] [người gửi] [người gửi]"),
    ] {
        let once = masked(text, &[name]);
        assert_eq!(once, wanted, "{text}");
        assert_eq!(masked(&once, &[name]), once, "{text}");
    }
}

#[test]
fn out_of_the_words_of_an_agency_only_what_is_written_as_a_name_is_taken() {
    for (text, name, wanted) in [
        ("Ông Nguyễn Văn An đã nhận.", "nguyễn văn an", "Ông [người gửi] đã nhận."),
        ("Ông NGUYỄN VĂN AN đã nhận.", "Nguyễn Văn An", "Ông [người gửi] đã nhận."),
        ("Nước thải đã xử lý.", "nước thải", "Nước thải đã xử lý."),
        ("Đã sửa đường.", "đã sửa", "Đã sửa đường."),
        ("Nhà máy Sông Đốc", "Sông", "Nhà máy Sông Đốc"),
        ("Ông Nguyễn văn An đã nhận.", "Nguyễn Văn An", "Ông [người gửi] đã nhận."),
        ("Ông ở ấp 3, xã Năm Căn.", "ấp 3, xã Năm Căn", "Ông ở [người gửi]."),
        ("Gọi 0912345678.", "không", "Gọi [số điện thoại]."),
        ("Không, không có.", "không", "Không, không có."),
    ] {
        assert_eq!(masked_by_agency(text, &[name]), wanted, "{text}");
    }
}

#[test]
fn masking_twice_is_masking_once_and_nothing_panics() {
    let long = "số nhà ".repeat(3000);
    let texts =
        ["", "@", "@@@.", "+84", "số nhà ", " đường ", "İ số nhà 1 İstanbul", "0 9 1 2", &long];
    for text in TEXTS.iter().map(|it| it.0).chain(texts) {
        let once = masked(text, &[]);
        assert_eq!(masked(&once, &[]), once, "{text}");
    }
}
