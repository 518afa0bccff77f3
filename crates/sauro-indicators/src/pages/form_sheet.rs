//! The form of a period as a spreadsheet.

use rust_decimal::Decimal;
use sauro_papers::{CellValue, Form, FormCell, FormColumn};

use crate::actions::{FigureForm, FormRow};
use crate::model::intake::FORM;
use crate::model::{Definition, Observation, Shape, drawn, write_figure};

/// Headings and widths; the import knows the columns by these words.
const COLUMNS: [(&str, f64); 13] = [
    ("Mã chỉ số", 18.0),
    ("Chỉ số", 46.0),
    ("Đơn vị tính", 16.0),
    ("Mã đơn vị", 14.0),
    ("Đơn vị", 26.0),
    ("Kỳ", 11.0),
    ("Phiên bản", 10.0),
    ("Kỳ trước", 14.0),
    ("Số liệu", 16.0),
    ("Tử số", 14.0),
    ("Mẫu số", 14.0),
    ("Nguồn", 32.0),
    ("Ghi chú", 32.0),
];

/// The form of `it`, for the agency called `agency`.
pub(super) fn of_form(it: &FigureForm, agency: &str) -> Form {
    let period = it.period.label();
    let column = |(heading, width): (&str, f64)| FormColumn { heading: heading.to_owned(), width };
    Form {
        sheet: "Số liệu".to_owned(),
        lines: vec![
            format!("Số liệu {} – {agency}", period.to_lowercase()),
            format!(
                "{FORM}. Chỉ ghi vào các ô vàng. Chưa có số thì để trống; đúng là không thì ghi 0."
            ),
        ],
        columns: COLUMNS.map(column).into(),
        rows: it.rows.iter().map(|row| cells(row, it)).collect(),
        guide: guide(it),
    }
}

fn cells(row: &FormRow, it: &FigureForm) -> Vec<FormCell> {
    let def = &row.indicator.definition;
    let fixed = |text: &str| FormCell::Fixed(text.into());
    let before = row.before.as_ref().map_or(CellValue::Empty, |it| amount(it.value()));
    let [value, numerator, denominator] = figures(def, row.now.as_ref());
    let (source, remark) = match &row.now {
        Some(now) => (fixed(&now.source), fixed(&now.remark)),
        None => (FormCell::Text(500), FormCell::Text(2_000)),
    };
    vec![
        fixed(&row.indicator.code),
        fixed(&def.name),
        fixed(&def.unit),
        fixed(&row.unit.code),
        fixed(&row.unit.name),
        fixed(&it.period.code()),
        FormCell::Fixed(CellValue::Whole(row.indicator.version)),
        FormCell::Fixed(before),
        value,
        numerator,
        denominator,
        source,
        remark,
    ]
}

/// The cells of figure, numerator and denominator: open where something is to be said.
fn figures(def: &Definition, now: Option<&Observation>) -> [FormCell; 3] {
    let none = || FormCell::Fixed(CellValue::Empty);
    let open = |low: Option<Decimal>, high: Option<Decimal>| FormCell::Number {
        low: low.map(drawn),
        high: high.map(drawn),
    };
    match (now.map(|it| it.reported), &def.shape) {
        (Some(told), Shape::Ratio(_)) => {
            let part = |it: Option<Decimal>| FormCell::Fixed(it.map_or(CellValue::Empty, amount));
            [none(), part(told.parts.map(|it| it.0)), part(told.parts.map(|it| it.1))]
        }
        (Some(told), _) => [FormCell::Fixed(amount(told.value)), none(), none()],
        (None, Shape::Ratio(_)) => {
            let numerator = open(def.low.map(|_| Decimal::ZERO), None);
            [
                none(),
                numerator,
                open(Some(Decimal::new(1, super::super::model::MOST_DECIMALS)), None),
            ]
        }
        (None, _) => [open(def.low, def.high), none(), none()],
    }
}

/// As a number where a spreadsheet keeps every digit of it, as text where it would not.
fn amount(figure: Decimal) -> CellValue {
    let number = drawn(figure);
    let is_exact = number.to_string().parse() == Ok(figure) && number.abs() < 1e15;
    if is_exact { CellValue::Number(number) } else { CellValue::Text(write_figure(figure, 6)) }
}

fn guide(it: &FigureForm) -> Vec<String> {
    let mut lines: Vec<String> = [
        "Cách điền tệp này",
        "1. Ở trang Số liệu, ghi vào các ô vàng. Các ô khác do máy ghi và đã khóa; cột Kỳ trước để so sánh.",
        "2. Chỉ số tính bằng tỉ lệ thì ghi Tử số và Mẫu số; máy chia và ghi Số liệu.",
        "3. Để trống khác số 0: chưa có số thì để trống cả dòng, đúng là không có thì ghi 0.",
        "4. Ô số ghi như máy đang hiện số của đồng chí. Trong tệp CSV hay ô chữ, viết 1.234,5: dấu chấm ở hàng nghìn, dấu phẩy trước phần lẻ.",
        "5. Ghi Nguồn: sổ, hệ thống hoặc số văn bản làm căn cứ. Số khác thường (đổi quá 50%, lệch hẳn các kỳ trước) phải có lý do ở cột Ghi chú.",
        "6. Lưu tệp, rồi gửi ở mục Chỉ số, Nạp số liệu từ tệp. Một ô sai thì không nạp gì; tệp trả về có đánh dấu từng ô sai.",
        "7. Dòng đã báo thì hiện số đã báo và khóa. Muốn sửa số đã báo, đính chính ở trang số liệu, kèm lý do.",
        "8. Giữ nguyên dòng tiêu đề, cột Mã chỉ số, Mã đơn vị, Kỳ và Phiên bản. Không gộp ô, không ẩn dòng đang có số.",
    ]
    .map(str::to_owned)
    .into();
    if it.n_calculated > 0 {
        lines.push(format!(
            "9. {} chỉ số do máy tính từ chỉ số khác nên không có trong tệp; báo ở trang của từng chỉ số sau khi nạp.",
            it.n_calculated
        ));
    }
    lines
}
