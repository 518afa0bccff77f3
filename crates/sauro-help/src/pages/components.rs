use askama::Template;
use axum::response::Html;
use sauro_ui::{Choice, Chrome, Failure, Faults, Headline, page};

#[derive(Template)]
#[template(path = "help/components.html")]
struct Components {
    chrome: Chrome,
    sections: [(&'static str, &'static str); 10],
    colours: [(&'static str, &'static str); 17],
    statuses: [&'static str; 6],
    stages: [usize; 5],
    none_missing: [usize; 0],
    two_missing: [usize; 2],
    all_missing: [usize; 6],
    faults: Faults,
    choices: Vec<Choice>,
    decisions: Vec<Choice>,
    densities: [&'static str; 2],
    rows: [(&'static str, &'static str, &'static str, &'static str); 3],
    steps: [(&'static str, &'static str); 2],
    headline: Headline,
    nothing: Headline,
    values: [f64; 4],
    mix: [(&'static str, i64); 4],
}

const SECTIONS: [(&str, &str); 10] = [
    ("mau", "Màu"),
    ("chu", "Chữ"),
    ("trang-thai", "Trạng thái"),
    ("nut", "Nút và liên kết"),
    ("bieu-mau", "Biểu mẫu"),
    ("bang", "Bảng"),
    ("dieu-huong", "Điều hướng"),
    ("thong-bao", "Thông báo"),
    ("so-lieu", "Số liệu"),
    ("danh-sach", "Danh sách"),
];

const COLOURS: [(&str, &str); 17] = [
    ("--ground", "Nền trang"),
    ("--paper", "Giấy"),
    ("--sunk", "Nền chìm"),
    ("--ink", "Mực"),
    ("--ink-2", "Mực vừa"),
    ("--ink-3", "Mực nhạt"),
    ("--line", "Kẻ"),
    ("--line-2", "Viền ô nhập"),
    ("--act", "Chàm"),
    ("--act-soft", "Chàm nhạt"),
    ("--son", "Đỏ son"),
    ("--gold", "Vàng sao"),
    ("--h-1", "Thang bậc 1"),
    ("--h-2", "Thang bậc 2"),
    ("--h-3", "Thang bậc 3"),
    ("--h-4", "Thang bậc 4"),
    ("--h-5", "Thang bậc 5"),
];

const ROWS: [(&str, &str, &str, &str); 3] = [
    ("Phủ sóng thôn đã có điện lưới", "Bộ Khoa học và Công nghệ", "31/12/2026", "run"),
    ("Làm sạch dữ liệu hộ tịch", "Bộ Công an", "15/12/2026", "soon"),
    ("Bệnh án điện tử tuyến tỉnh", "Bộ Y tế", "31/10/2026", "over"),
];

/// `GET /he-thong-giao-dien`: every component in every state, on an installation that shows made-up figures.
pub(super) async fn show(chrome: Chrome) -> Result<Html<String>, Failure> {
    if !chrome.is_demo() {
        return Err(Failure::NotFound);
    }
    let choice = |value: &str, label: &str| Choice::new(value, label);
    page(&Components {
        chrome,
        sections: SECTIONS,
        colours: COLOURS,
        statuses: ["done", "late", "run", "soon", "over", "none"],
        stages: [0, 1, 2, 3, 4],
        none_missing: [],
        two_missing: [1, 4],
        all_missing: [0, 1, 2, 3, 4, 5],
        faults: Faults::from_iter([
            ("so-thon", "Nhập số thôn, chỉ dùng chữ số"),
            ("nghiem-thu", "Chọn cơ quan nghiệm thu"),
        ]),
        choices: vec![choice("bo-yt", "Bộ Y tế"), choice("bo-ca", "Bộ Công an")],
        decisions: vec![choice("nhan", "Chấp nhận"), choice("tra", "Trả lại")],
        densities: ["", "dense"],
        rows: ROWS,
        steps: [("#dieu-huong", "Nhiệm vụ"), ("#dieu-huong", "Nghị quyết 57")],
        headline: Headline { total: 1_134, done: 469, on_time: 412, verified: 301, in_use: 188 },
        nothing: Headline::default(),
        values: [31.0, 37.5, 36.0, 48.2],
        mix: [("done", 57), ("late", 12), ("run", 20), ("over", 11)],
    })
}
