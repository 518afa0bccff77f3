//! What happens to a case, and what it means to the clocks.

use sauro_kernel::{AccountId, AgencyId};
use uuid::Uuid;

use super::{StepKind, Turn};

/// A thing that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Its place, from 1.
    pub n: i64,
    /// When, unix microseconds.
    pub at: i64,
    /// What.
    pub kind: Kind,
    /// Who; none for the sender and for the clock.
    pub account: Option<AccountId>,
    /// Of which agency.
    pub agency: Option<AgencyId>,
    /// The agency, or the case, that it went to.
    pub to: Option<Uuid>,
    /// The sender may read it, and all may when the case is public.
    pub is_public: bool,
    /// What was written.
    pub words: String,
    /// The same with personal data masked.
    pub public_words: String,
}

/// The kinds of things that happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Gửi.
    Sent,
    /// Tiếp nhận.
    Received,
    /// Yêu cầu bổ sung.
    AskedMore,
    /// The sender gave more.
    GaveMore,
    /// The officer goes on without it.
    WentOn,
    /// Chuyển giải quyết.
    Assigned,
    /// Chuyển giải quyết, a complex case.
    AssignedComplex,
    /// Không thuộc thẩm quyền: back to the coordinator.
    Refused,
    /// Refused once more: up to the agency above, which assigns with binding effect.
    SentUp,
    /// The agency that held it was abolished; who follows holds it.
    PassedOn,
    /// Nhận giải quyết.
    Accepted,
    /// Gia hạn.
    Extended,
    /// Ghi chú nội bộ.
    Noted,
    /// An agency that cooperates says what it thinks.
    Opinion,
    /// Trình duyệt.
    Submitted,
    /// Trả lại để sửa câu trả lời.
    AnswerReturned,
    /// Trả lời.
    Answered,
    /// Đánh giá, satisfied.
    Rated,
    /// Đánh giá, not satisfied: reviewed.
    Reopened,
    /// Nobody rated for long.
    Settled,
    /// Gộp.
    Merged,
    /// Phản đối việc gộp.
    Objected,
    /// Tách.
    Unmerged,
    /// Ẩn.
    Hidden,
    /// Hiện lại.
    Shown,
    /// Chuyển thành nhiệm vụ.
    TaskMade,
    /// The sender changed what may be public.
    ConsentChanged,
    /// The sender corrected what they wrote of themselves.
    Corrected,
    /// Personal data erased.
    Erased,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 29] = [
        Self::Sent,
        Self::Received,
        Self::AskedMore,
        Self::GaveMore,
        Self::WentOn,
        Self::Assigned,
        Self::AssignedComplex,
        Self::Refused,
        Self::SentUp,
        Self::PassedOn,
        Self::Accepted,
        Self::Extended,
        Self::Noted,
        Self::Opinion,
        Self::Submitted,
        Self::AnswerReturned,
        Self::Answered,
        Self::Rated,
        Self::Reopened,
        Self::Settled,
        Self::Merged,
        Self::Objected,
        Self::Unmerged,
        Self::Hidden,
        Self::Shown,
        Self::TaskMade,
        Self::ConsentChanged,
        Self::Corrected,
        Self::Erased,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::AskedMore => "asked_more",
            Self::GaveMore => "gave_more",
            Self::WentOn => "went_on",
            Self::Assigned => "assigned",
            Self::AssignedComplex => "assigned_complex",
            Self::Refused => "refused",
            Self::SentUp => "sent_up",
            Self::PassedOn => "passed_on",
            Self::Accepted => "accepted",
            Self::Extended => "extended",
            Self::Noted => "noted",
            Self::Opinion => "opinion",
            Self::Submitted => "submitted",
            Self::AnswerReturned => "answer_returned",
            Self::Answered => "answered",
            Self::Rated => "rated",
            Self::Reopened => "reopened",
            Self::Settled => "settled",
            Self::Merged => "merged",
            Self::Objected => "objected",
            Self::Unmerged => "unmerged",
            Self::Hidden => "hidden",
            Self::Shown => "shown",
            Self::TaskMade => "task_made",
            Self::ConsentChanged => "consent_changed",
            Self::Corrected => "corrected",
            Self::Erased => "erased",
        }
    }

    /// The kind stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The kind in the journal, in the past tense.
    pub fn event(self) -> &'static str {
        match self {
            Self::Sent => "PetitionSent",
            Self::Received => "PetitionReceived",
            Self::AskedMore => "PetitionMoreAsked",
            Self::GaveMore => "PetitionMoreGiven",
            Self::WentOn => "PetitionResumed",
            Self::Assigned | Self::AssignedComplex => "PetitionAssigned",
            Self::Refused => "PetitionRefused",
            Self::SentUp => "PetitionSentUp",
            Self::PassedOn => "PetitionPassedOn",
            Self::Accepted => "PetitionAccepted",
            Self::Extended => "PetitionExtended",
            Self::Noted => "PetitionNoted",
            Self::Opinion => "PetitionOpinionGiven",
            Self::Submitted => "PetitionAnswerSubmitted",
            Self::AnswerReturned => "PetitionAnswerReturned",
            Self::Answered => "PetitionAnswered",
            Self::Rated => "PetitionRated",
            Self::Reopened => "PetitionReopened",
            Self::Settled => "PetitionSettled",
            Self::Merged => "PetitionMerged",
            Self::Objected => "PetitionMergeObjected",
            Self::Unmerged => "PetitionUnmerged",
            Self::Hidden => "PetitionHidden",
            Self::Shown => "PetitionShown",
            Self::TaskMade => "PetitionTaskMade",
            Self::ConsentChanged => "PetitionConsentChanged",
            Self::Corrected => "PetitionSenderCorrected",
            Self::Erased => "PetitionSenderErased",
        }
    }
}

/// What `happenings`, oldest first, mean to the clocks. A case that was merged and taken out again ran on as
/// if nothing had been.
pub fn turns(happenings: &[Happening]) -> Vec<(i64, Turn)> {
    let mut turns: Vec<(i64, Turn)> = Vec::new();
    let mut before_merge = None;
    for it in happenings {
        let to = it.to.map(AgencyId).or(it.agency);
        let at = it.at;
        match it.kind {
            Kind::Received => turns.extend(to.map(|to| (at, Turn::Begin(StepKind::Sort, to)))),
            Kind::AskedMore => turns.push((at, Turn::Pause)),
            Kind::GaveMore | Kind::WentOn => turns.push((at, Turn::Resume)),
            Kind::Assigned | Kind::AssignedComplex => {
                turns.push((at, Turn::Complex(it.kind == Kind::AssignedComplex)));
                turns.extend(to.map(|to| (at, Turn::Begin(StepKind::Handle, to))));
            }
            Kind::Refused => turns.extend(to.map(|to| (at, Turn::Begin(StepKind::Sort, to)))),
            Kind::SentUp => turns.extend(to.map(|to| (at, Turn::Begin(StepKind::Bind, to)))),
            Kind::Extended => turns.push((at, Turn::Extend)),
            Kind::Answered => turns.push((at, Turn::Stop)),
            Kind::Reopened => {
                turns.push((at, Turn::Reopen));
                turns.extend(to.map(|to| (at, Turn::Begin(StepKind::Review, to))));
            }
            Kind::Merged => {
                before_merge = Some(turns.len());
                turns.push((at, Turn::Stop));
            }
            Kind::Unmerged => {
                if let Some(n) = before_merge.take() {
                    turns.truncate(n);
                }
            }
            _ => {}
        }
    }
    turns
}
