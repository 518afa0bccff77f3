//! What those who head agencies are called.

/// Titles of those whose name does not tell it.
const TITLES: [(&str, &str); 14] = [
    ("*B", "Bộ trưởng"),
    ("*BN", "Người đứng đầu bộ, ngành"),
    ("*BCQ", "Người đứng đầu bộ, cơ quan"),
    ("*BCQNB", "Bộ trưởng, Thủ trưởng cơ quan ngang bộ"),
    ("*CQTCP", "Thủ trưởng cơ quan thuộc Chính phủ"),
    ("*UBNDT", "Chủ tịch UBND tỉnh, thành phố"),
    ("*UBNDX", "Chủ tịch UBND cấp xã"),
    ("*ĐP", "Chủ tịch UBND tỉnh, thành phố"),
    ("*TU", "Bí thư tỉnh ủy, thành ủy"),
    ("*TĐTCT", "Chủ tịch Hội đồng thành viên"),
    ("VPCP", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"),
    ("TTCP", "Tổng Thanh tra Chính phủ"),
    ("NHNN", "Thống đốc Ngân hàng Nhà nước Việt Nam"),
    ("TTg", "Thủ tướng Chính phủ"),
];

/// The usual title of who heads the agency `code` called `name`.
pub fn title_of_head(code: &str, name: &str) -> String {
    if let Some((_, title)) = TITLES.iter().find(|(known, _)| *known == code) {
        return (*title).to_owned();
    }
    let after = |start: &str| name.strip_prefix(start);
    if after("Bộ ").is_some() {
        format!("Bộ trưởng {name}")
    } else if let Some(place) = after("Ủy ban nhân dân ") {
        format!("Chủ tịch UBND {place}")
    } else if after("Tỉnh ủy ")
        .or_else(|| after("Thành ủy "))
        .or_else(|| after("Đảng ủy "))
        .is_some()
    {
        format!("Bí thư {name}")
    } else if after("Sở ").is_some() {
        format!("Giám đốc {name}")
    } else if after("Văn phòng ").is_some() {
        format!("Chánh {name}")
    } else if after("Ban ").is_some() {
        format!("Trưởng {name}")
    } else if after("Ủy ban ").is_some() {
        format!("Chủ nhiệm {name}")
    } else {
        format!("Người đứng đầu {name}")
    }
}
