//! How happenings and clocks are said on pages.

use sauro_directory::model::Directory;
use sauro_kernel::AgencyId;

use crate::model::{Clocks, Happening, Kind};

/// One happening as pages show it.
pub(super) struct Told {
    pub(super) at: i64,
    pub(super) title: String,
    pub(super) words: String,
    pub(super) icon: &'static str,
}

impl Told {
    /// `it` as its sender (`is_senders`) or everybody else reads it.
    pub(super) fn of(it: &Happening, directory: &Directory, is_senders: bool) -> Self {
        let words = if is_senders { &it.words } else { &it.public_words };
        Self { at: it.at, title: title(it, directory), words: words.clone(), icon: icon(it.kind) }
    }
}

/// What happened, in a sentence with the agencies' names.
pub(super) fn title(it: &Happening, directory: &Directory) -> String {
    let by = it.agency.map_or("Người gửi", |id| directory.name(id));
    let to = it.to.map_or("–", |id| directory.name(AgencyId(id)));
    match it.kind {
        Kind::Sent => format!("Đã gửi đến {to}"),
        Kind::Received => format!("{by} tiếp nhận"),
        Kind::AskedMore => format!("{by} cần ông bà bổ sung"),
        Kind::GaveMore => "Người gửi đã bổ sung".to_owned(),
        Kind::WentOn => format!("{by} tiếp tục giải quyết"),
        Kind::Assigned => format!("Chuyển {to} giải quyết"),
        Kind::AssignedComplex => format!("Chuyển {to} giải quyết, việc phức tạp"),
        Kind::Refused => format!("{by} báo không thuộc thẩm quyền, trả về {to}"),
        Kind::SentUp => format!("{by} báo không thuộc thẩm quyền, chuyển {to} chỉ định"),
        Kind::PassedOn => format!("{to} tiếp quản, vì cơ quan giữ vụ việc đã sắp xếp lại"),
        Kind::Accepted => format!("{by} nhận giải quyết"),
        Kind::Extended => format!("{by} cần thêm thời gian"),
        Kind::Noted if it.agency.is_none() => "Ghi chú của phần mềm".to_owned(),
        Kind::Noted => format!("Ghi chú của {by}"),
        Kind::Opinion => format!("Ý kiến của {by}"),
        Kind::Submitted => format!("{by} trình câu trả lời"),
        Kind::AnswerReturned => format!("{by} trả lại câu trả lời để sửa"),
        Kind::Answered => format!("{by} trả lời"),
        Kind::Rated => "Người gửi đánh giá".to_owned(),
        Kind::Reopened => format!("Người gửi chưa hài lòng, {to} phúc tra"),
        Kind::Settled => "Hết thời gian chờ đánh giá".to_owned(),
        Kind::Merged => "Gộp vào vụ việc trùng".to_owned(),
        Kind::Objected => "Người gửi phản đối việc gộp".to_owned(),
        Kind::Unmerged => "Tách khỏi vụ việc đã gộp".to_owned(),
        Kind::Hidden => format!("{by} ẩn khỏi trang công khai"),
        Kind::Shown => format!("{by} cho hiện lại"),
        Kind::TaskMade => format!("{by} lập nhiệm vụ để giải quyết"),
        Kind::ConsentChanged => "Người gửi đổi lựa chọn công khai".to_owned(),
        Kind::Corrected => "Người gửi sửa tên, số liên lạc".to_owned(),
        Kind::Erased => "Đã xóa thông tin người gửi".to_owned(),
    }
}

fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Sent | Kind::GaveMore => "send",
        Kind::Received => "check",
        Kind::Assigned | Kind::AssignedComplex | Kind::Refused | Kind::SentUp | Kind::PassedOn => {
            "arrow-right"
        }
        Kind::Answered => "message",
        Kind::Rated | Kind::Reopened | Kind::Objected => "flag",
        _ => "clock",
    }
}

/// Days that the sender has waited, counted by `days_between`, without those on which the agency waited for the
/// sender.
pub(super) fn citizen_days(
    clocks: &Clocks,
    days_between: impl Fn(i64, i64) -> i64,
    now: i64,
) -> i64 {
    let until = clocks.stopped_at.or(clocks.paused_at).unwrap_or(now);
    let pauses = clocks.pauses.iter().filter(|it| it.0 >= clocks.citizen_since);
    let stood: i64 = pauses.map(|it| days_between(it.0, it.1)).sum();
    (days_between(clocks.citizen_since, until) - stood).max(0)
}
