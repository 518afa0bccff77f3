//! The spreadsheet to begin with.

use sauro_papers::Column;

/// Its columns.
pub(super) fn columns() -> Vec<Column> {
    let column = |heading: &str, hint: &str, width: f64, required: bool| Column {
        heading: heading.to_owned(),
        hint: hint.to_owned(),
        width,
        choices: Vec::new(),
        required,
    };
    vec![
        column("TT", "Số thứ tự, có thể để trống.", 6.0, false),
        column("Nhiệm vụ", "Việc phải làm, bắt đầu bằng động từ đo được.", 60.0, true),
        column(
            "Cơ quan chủ trì",
            "Tên hoặc mã cơ quan; nhiều cơ quan cách nhau bằng dấu chấm phẩy.",
            32.0,
            true,
        ),
        column("Cơ quan phối hợp", "Để trống nếu không có.", 32.0, false),
        column("Sản phẩm", "Tên và số lượng sản phẩm bàn giao.", 36.0, true),
        column(
            "Thời hạn",
            "Ngày/tháng/năm, hoặc chữ như “Quý I/2027”, “ngày 25 hằng tháng”.",
            22.0,
            true,
        ),
        column("Cấp có thẩm quyền", "Cơ quan nghiệm thu, khác cơ quan chủ trì.", 30.0, true),
        column("Căn cứ", "Văn bản giao nhiệm vụ, nếu có.", 30.0, false),
    ]
}

/// A row that shows how it is meant.
pub(super) fn examples() -> Vec<Vec<String>> {
    let row = [
        "1",
        "Ban hành quy chế dùng chung dữ liệu dân cư",
        "Bộ Công an",
        "Bộ Tư pháp",
        "1 thông tư",
        "30/06/2027",
        "Văn phòng Chính phủ",
        "Kế hoạch năm 2027",
    ];
    vec![row.iter().map(|it| (*it).to_owned()).collect()]
}
