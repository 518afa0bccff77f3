use sauro_kernel::{AgencyId, DeliverableId, EvidenceId, PostId, ReportId, TaskId, VerificationId};

/// A report (báo cáo): staff drafts, the leader sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The id.
    pub id: ReportId,
    /// The task.
    pub task: TaskId,
    /// The agency that reports.
    pub agency: AgencyId,
    /// Where it stands.
    pub state: ReportState,
    /// Kết quả nổi bật.
    pub results: String,
    /// Khó khăn, vướng mắc.
    pub difficulties: String,
    /// Đề xuất, kiến nghị.
    pub proposals: String,
    /// What the agency says of itself.
    pub self_rating: Option<SelfRating>,
    /// The seat that drafted it.
    pub drafted_by: PostId,
    /// The seat that changed it last.
    pub changed_by: PostId,
    /// When, in microseconds.
    pub changed_at: i64,
    /// The seat that sent it.
    pub sent_by: Option<PostId>,
    /// When it was sent.
    pub sent_at: Option<i64>,
    /// The receipt, such as `BN-20261120-000418`.
    pub receipt: Option<String>,
    /// Why it was returned, or empty.
    pub reason: String,
    /// Counts the changes, so that two editors notice each other.
    pub version: i64,
}

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Being written.
    Draft,
    /// Trình lãnh đạo: waits for the leader to send it.
    Submitted,
    /// Sent; nothing in it changes any more.
    Sent,
    /// All it claimed was accepted.
    Accepted,
    /// Something it claimed was returned.
    Returned,
}

/// What a unit says of itself. Shown grey and hatched beside what the data show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfRating {
    /// Tự đánh giá: đã xong.
    Done,
    /// Tự đánh giá: đúng tiến độ.
    OnTrack,
    /// Tự đánh giá: có nguy cơ chậm.
    AtRisk,
}

/// What a report says of one deliverable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportItem {
    /// The deliverable.
    pub deliverable: DeliverableId,
    /// The stage claimed.
    pub claim: Claim,
    /// A few words.
    pub note: String,
}

/// A claimed stage, never a typed percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Đang làm.
    Doing,
    /// Đã xong.
    Done,
    /// Đã xong và đang được dùng.
    InUse,
}

/// A piece of evidence (minh chứng).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The id.
    pub id: EvidenceId,
    /// The task.
    pub task: TaskId,
    /// The report.
    pub report: ReportId,
    /// The deliverable it shows, if one is named.
    pub deliverable: Option<DeliverableId>,
    /// What it is.
    pub kind: EvidenceKind,
    /// File name as sent, address, or document number.
    pub label: String,
    /// SHA-256 of a file.
    pub file_hash: Option<[u8; 32]>,
    /// Media type of a file, found from its content.
    pub mime: String,
    /// Size of a file.
    pub n_bytes: i64,
    /// The seat that added it.
    pub added_by: PostId,
    /// When, in microseconds.
    pub added_at: i64,
}

/// What a piece of evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// A file.
    File,
    /// An address.
    Link,
    /// The number of a document.
    Document,
}

/// One decision of the authority on one deliverable. Never changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The id.
    pub id: VerificationId,
    /// The task.
    pub task: TaskId,
    /// The deliverable.
    pub deliverable: DeliverableId,
    /// The report that claimed it.
    pub report: Option<ReportId>,
    /// What was decided.
    pub decision: Decision,
    /// What was looked at.
    pub checked: String,
    /// Why it was returned, or empty.
    pub reason: String,
    /// The seat that decided.
    pub decided_by: PostId,
    /// The agency of that seat.
    pub decided_by_agency: AgencyId,
    /// When, in microseconds.
    pub decided_at: i64,
}

/// A decision on a deliverable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nghiệm thu.
    Accepted,
    /// Trả lại, with a reason.
    Returned,
    /// Xác nhận đang được sử dụng.
    InUse,
}

macro_rules! codes {
    ($($name:ident { $($variant:ident = $code:literal, $label:literal;)* })*) => {$(
        impl $name {
            /// The word stored.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The value stored as `code`.
            pub fn of_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            /// The words on screen.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }
    )*};
}

codes! {
    ReportState {
        Draft = "draft", "Bản nháp";
        Submitted = "submitted", "Chờ lãnh đạo ký gửi";
        Sent = "sent", "Đã gửi";
        Accepted = "accepted", "Đã được chấp nhận";
        Returned = "returned", "Bị trả lại";
    }
    SelfRating {
        Done = "done", "Đã xong";
        OnTrack = "on_track", "Đúng tiến độ";
        AtRisk = "at_risk", "Có nguy cơ chậm";
    }
    Claim {
        Doing = "doing", "Đang làm";
        Done = "done", "Đã xong";
        InUse = "in_use", "Đã xong và đang được dùng";
    }
    EvidenceKind {
        File = "file", "Tệp";
        Link = "link", "Địa chỉ";
        Document = "document", "Văn bản";
    }
    Decision {
        Accepted = "accepted", "Nghiệm thu";
        Returned = "returned", "Trả lại";
        InUse = "in_use", "Xác nhận đang sử dụng";
    }
}
