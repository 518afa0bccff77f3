use askama::Template;
use sauro_kernel::CUT_OFF_HOUR;
use sauro_ui::{Chrome, Failure, filters};
use serde_json::json;

use super::data::{csv_of, pretty};
use crate::model::{CLASSES_BP, ENOUGH_DUE, StatusFacts, WILSON_Z, wilson_bp};

#[derive(Template)]
#[template(path = "results/method.html")]
struct MethodPage {
    chrome: Chrome,
    hour: u32,
    soon_days: i64,
    z: String,
    enough_due: i64,
    classes: String,
    example: Example,
}

/// A made-up set of tasks, computed by the same functions as the figures.
struct Example {
    dated: i64,
    reported: i64,
    on_time: i64,
    late: i64,
    open: i64,
    overdue: i64,
    in_use: i64,
    due: i64,
    share_bp: i64,
    low_bp: i64,
    high_bp: i64,
}

/// The days before a deadline that count as due soon.
fn soon_days() -> i64 {
    let day = chrono::NaiveDate::default();
    day.checked_add_days(StatusFacts::DUE_SOON).map_or(0, |soon| (soon - day).num_days())
}

fn example() -> Example {
    let (on_time, late, overdue, open) = (18, 4, 8, 20);
    let due = on_time + late + overdue;
    let (low_bp, high_bp) = wilson_bp(on_time, due).unwrap_or_default();
    Example {
        dated: due + open,
        reported: 29,
        on_time,
        late,
        open,
        overdue,
        in_use: 11,
        due,
        share_bp: crate::model::share_bp(on_time, due).unwrap_or_default(),
        low_bp,
        high_bp,
    }
}

fn classes() -> String {
    CLASSES_BP.map(|bp| format!("{}%", bp / 100)).join(", ")
}

/// `1,6449`.
fn z() -> String {
    format!("{WILSON_Z:.4}").replace('.', ",")
}

/// Renders the page that prints the formula.
pub(super) fn html(chrome: Chrome) -> Result<String, Failure> {
    let page = MethodPage {
        chrome,
        hour: CUT_OFF_HOUR,
        soon_days: soon_days(),
        z: z(),
        enough_due: ENOUGH_DUE,
        classes: classes(),
        example: example(),
    };
    Ok(page.render()?)
}

fn numbers() -> [(&'static str, String, &'static str); 5] {
    [
        ("gio_chot", CUT_OFF_HOUR.to_string(), "Giờ chốt trong ngày hạn, giờ Việt Nam"),
        ("ngay_canh_bao", soon_days().to_string(), "Số ngày trước hạn được coi là sắp đến hạn"),
        ("z", z(), "Phân vị của khoảng ước lượng Wilson 90%"),
        (
            "du_den_han",
            ENOUGH_DUE.to_string(),
            "Số nhiệm vụ đến hạn tối thiểu để tính tỷ lệ và xếp hạng",
        ),
        ("bac_ban_do", classes(), "Ngưỡng các bậc màu trên bản đồ"),
    ]
}

/// The numbers of the formula as CSV.
pub(super) fn csv() -> Result<String, Failure> {
    let rows = numbers().map(|(code, value, words)| vec![code.to_owned(), value, words.to_owned()]);
    csv_of(&["ma", "gia_tri", "y_nghia"], rows)
}

/// The numbers of the formula as JSON.
pub(super) fn json() -> Result<String, Failure> {
    pretty(&json!({
        "cut_off_hour": CUT_OFF_HOUR,
        "due_soon_days": soon_days(),
        "wilson_z": WILSON_Z,
        "enough_due": ENOUGH_DUE,
        "map_classes_bp": CLASSES_BP,
    }))
}
