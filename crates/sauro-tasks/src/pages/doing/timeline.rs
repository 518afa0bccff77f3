use sauro_journal::Entry;
use sauro_kernel::Actor;
use serde_json::Value;

use super::around::Around;
use crate::model::{Deliverable, Stage, period_words};

/// One entry of the journal as people read it.
pub(super) struct Told {
    pub(super) at: chrono::DateTime<chrono::Utc>,
    pub(super) title: String,
    pub(super) words: String,
    /// Status code for the dot, or empty.
    pub(super) status: &'static str,
    pub(super) icon: &'static str,
    pub(super) href: String,
}

/// Tells `entries` of the task `code`.
pub(super) fn told(
    around: &Around,
    code: &str,
    deliverables: &[Deliverable],
    entries: &[Entry],
) -> Vec<Told> {
    entries.iter().map(|entry| tell(around, code, deliverables, entry)).collect()
}

fn tell(around: &Around, code: &str, deliverables: &[Deliverable], entry: &Entry) -> Told {
    let text =
        |field: &str| entry.data.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let who = who(around, entry);
    let product = product(deliverables, entry);
    let (title, status, icon, more) = match entry.kind.as_str() {
        "TaskIssued" => ("Giao nhiệm vụ".to_owned(), "", "flag", String::new()),
        "TaskHandedDown" => ("Giao xuống cấp dưới".to_owned(), "", "users", String::new()),
        "PeriodOpened" => (
            format!("Mở kỳ {}", period_words(&text("period")).to_lowercase()),
            "",
            "calendar",
            format!("hạn {}", day_of(entry, "due_on")),
        ),
        "RollRuleSet" => ("Đặt quy tắc cộng gộp".to_owned(), "", "users", text("words")),
        "TaskPassedOn" => ("Chuyển sang đơn vị kế tục".to_owned(), "", "swap", text("words")),
        "ReportSubmitted" => ("Trình lãnh đạo báo cáo".to_owned(), "", "file", String::new()),
        "ReportHandedBack" => {
            ("Lãnh đạo chuyển lại báo cáo".to_owned(), "", "swap", text("reason"))
        }
        "ReportSent" => (
            format!("Gửi báo cáo, biên nhận {}", text("receipt")),
            "",
            "send",
            after(&text("stage")),
        ),
        "EvidenceAdded" => ("Thêm minh chứng".to_owned(), "", "paperclip", String::new()),
        "EvidenceRemoved" => ("Bỏ minh chứng khỏi bản nháp".to_owned(), "", "trash", String::new()),
        "DeliverableAccepted" => {
            (format!("Nghiệm thu {product}"), "done", "stamp", text("checked"))
        }
        "DeliverableReturned" => (format!("Trả lại {product}"), "over", "swap", text("reason")),
        "DeliverableInUse" => {
            (format!("Xác nhận đang sử dụng {product}"), "done", "check", text("checked"))
        }
        "ExtensionAsked" => (
            format!("Đề nghị gia hạn đến {}", day_of(entry, "to")),
            "soon",
            "calendar",
            text("reason"),
        ),
        "ExtensionGranted" => (
            format!("Đồng ý gia hạn từ {} đến {}", day_of(entry, "from"), day_of(entry, "to")),
            "run",
            "calendar",
            text("answer"),
        ),
        "ExtensionRefused" => ("Không đồng ý gia hạn".to_owned(), "", "calendar", text("answer")),
        "ExtensionWithdrawn" => ("Rút đề nghị gia hạn".to_owned(), "", "calendar", String::new()),
        "TaskPaused" => ("Tạm dừng nhiệm vụ".to_owned(), "none", "clock", text("reason")),
        "TaskResumed" => ("Mở lại nhiệm vụ".to_owned(), "run", "flag", text("reason")),
        "TaskCancelled" => ("Hủy nhiệm vụ".to_owned(), "none", "trash", text("reason")),
        "ExplanationAsked" => (
            format!("Yêu cầu giải trình trước 17:00 ngày {}", day_of(entry, "due")),
            "soon",
            "alert",
            text("question"),
        ),
        "ExplanationAnswered" => {
            let is_late = entry.data.get("is_late").and_then(Value::as_bool) == Some(true);
            let title = if is_late { "Giải trình, trễ hạn" } else { "Giải trình" };
            (title.to_owned(), if is_late { "late" } else { "run" }, "file", text("answer"))
        }
        "ExplanationClosed" => ("Tiếp nhận giải trình".to_owned(), "done", "check", String::new()),
        "TaskReminded" => (reminded(entry), "soon", "clock", String::new()),
        "TaskEscalated" => (escalated(entry), "over", "alert", String::new()),
        "TaskUrged" => ("Đôn đốc".to_owned(), "soon", "alert", text("words")),
        other => (other.to_owned(), "", "clock", String::new()),
    };
    let words = if more.is_empty() { who } else { format!("{who}: {more}") };
    let href = match entry.kind.as_str() {
        "ReportSent" => format!("/nhiem-vu/{code}/bien-nhan/{}", text("receipt")),
        "PeriodOpened" => format!("/nhiem-vu/{}", text("code")),
        _ => String::new(),
    };
    Told { at: entry.at, title, words, status, icon, href }
}

/// The agency that did it; the program itself has none.
fn who(around: &Around, entry: &Entry) -> String {
    if entry.agency == Actor::system().agency {
        return "Hệ thống".to_owned();
    }
    around.name(entry.agency)
}

/// The day in the field `field`, as people write it.
fn day_of(entry: &Entry, field: &str) -> String {
    let text = entry.data.get(field).and_then(Value::as_str).unwrap_or_default();
    text.parse::<chrono::NaiveDate>().map(sauro_ui::words::date).unwrap_or_default()
}

/// How many working days were left to the deadline.
fn reminded(entry: &Entry) -> String {
    let day = day_of(entry, "due_on");
    match number(entry, "left") {
        left if left > 0 => format!("Nhắc hạn {day}: còn {left} ngày làm việc"),
        _ => format!("Nhắc hạn {day}: còn hôm nay"),
    }
}

/// How many working days it was late, and to whom that was told.
fn escalated(entry: &Entry) -> String {
    let late = number(entry, "left").unsigned_abs().max(1);
    let whom = if number(entry, "step") > 1 {
        "lãnh đạo cơ quan giao"
    } else {
        "lãnh đạo đơn vị và cơ quan giao"
    };
    format!("Báo quá hạn {late} ngày làm việc đến {whom}")
}

fn number(entry: &Entry, field: &str) -> i64 {
    entry.data.get(field).and_then(Value::as_i64).unwrap_or_default()
}

fn after(stage: &str) -> String {
    Stage::of_code(stage)
        .map(|it| format!("sau đó: {}", it.label().to_lowercase()))
        .unwrap_or_default()
}

fn product(deliverables: &[Deliverable], entry: &Entry) -> String {
    let id = entry.data.get("deliverable").and_then(Value::as_str).unwrap_or_default();
    let found = deliverables.iter().find(|it| it.id.to_string() == id);
    found
        .map_or_else(|| "sản phẩm".to_owned(), |it| format!("sản phẩm {}: {}", it.ordinal, it.name))
}
