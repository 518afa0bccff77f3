/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Tasks were issued to the agency.
    Issued,
    /// Deadlines come near.
    Reminded,
    /// Deadlines were missed.
    Overdue,
    /// Deadlines were missed by much.
    LongOverdue,
    /// The lead was urged.
    Urged,
    /// Reports wait for the leader.
    ToSend,
    /// The leader gave reports back to the staff.
    HandedBack,
    /// Work was reported done and waits for verification.
    ToVerify,
    /// Reports on the way arrived.
    Reported,
    /// Deliverables were returned.
    Returned,
    /// Deliverables were accepted.
    Accepted,
    /// More time is asked for.
    ExtensionAsked,
    /// More time was granted.
    ExtensionGranted,
    /// More time was refused.
    ExtensionRefused,
    /// An explanation is owed.
    ExplanationAsked,
    /// An explanation came.
    ExplanationAnswered,
    /// Tasks were paused.
    Paused,
    /// Tasks go on.
    Resumed,
    /// Tasks were cancelled.
    Cancelled,
    /// Tasks of an agency that is no more came to its successor.
    PassedOn,
    /// A round of periodic reports was opened.
    PeriodicDue,
    /// A periodic report is still owed.
    PeriodicOwed,
    /// Periodic reports wait for the leader.
    PeriodicToSend,
    /// The leader gave periodic reports back.
    PeriodicHandedBack,
    /// Periodic reports arrived.
    PeriodicCame,
    /// Periodic reports were returned.
    PeriodicReturned,
    /// Periodic reports were accepted.
    PeriodicAccepted,
    /// A ranking is open: units may score themselves.
    RankingOpened,
    /// A ranking was closed.
    RankingClosed,
    /// A unit contests a figure or a score.
    ScoreAppealed,
    /// What was contested was answered.
    ScoreAppealAnswered,
    /// Dossiers of initiatives wait for the agency.
    InitiativeWaits,
    /// A council that scores initiatives calls the seat.
    CouncilCalls,
    /// Initiatives may solve problems that the agency published.
    SolutionFound,
    /// Problems were published that initiatives of the agency may solve.
    ProblemFound,
    /// A petition arrived.
    PetitionCame,
    /// A petition was passed on to the agency.
    PetitionPassedOn,
    /// A petition was refused and has to be assigned anew.
    PetitionBack,
    /// The sender of a petition is not satisfied.
    PetitionContested,
    /// The sender of a petition objects to its merge: it stands alone again.
    PetitionTakenOut,
    /// The sender of a petition gave what was asked for.
    PetitionMore,
    /// An answer to a petition waits for the leader.
    PetitionToApprove,
    /// A petition is due soon.
    PetitionDue,
    /// The task made of a petition is done: its answer is waited for.
    PetitionTaskDone,
    /// A petition is overdue.
    PetitionOverdue,
    /// Something of the portal waits for the agency's editors or its leader.
    PortalWaits,
    /// Something of the portal was sent back.
    PortalBack,
    /// Something was said about a block of a draft of the portal.
    PortalSaid,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 48] = [
        Self::Issued,
        Self::Reminded,
        Self::Overdue,
        Self::LongOverdue,
        Self::Urged,
        Self::ToSend,
        Self::HandedBack,
        Self::ToVerify,
        Self::Reported,
        Self::Returned,
        Self::Accepted,
        Self::ExtensionAsked,
        Self::ExtensionGranted,
        Self::ExtensionRefused,
        Self::ExplanationAsked,
        Self::ExplanationAnswered,
        Self::Paused,
        Self::Resumed,
        Self::Cancelled,
        Self::PassedOn,
        Self::PeriodicDue,
        Self::PeriodicOwed,
        Self::PeriodicToSend,
        Self::PeriodicHandedBack,
        Self::PeriodicCame,
        Self::PeriodicReturned,
        Self::PeriodicAccepted,
        Self::RankingOpened,
        Self::RankingClosed,
        Self::ScoreAppealed,
        Self::ScoreAppealAnswered,
        Self::InitiativeWaits,
        Self::CouncilCalls,
        Self::SolutionFound,
        Self::ProblemFound,
        Self::PetitionCame,
        Self::PetitionPassedOn,
        Self::PetitionBack,
        Self::PetitionContested,
        Self::PetitionTakenOut,
        Self::PetitionMore,
        Self::PetitionToApprove,
        Self::PetitionDue,
        Self::PetitionTaskDone,
        Self::PetitionOverdue,
        Self::PortalWaits,
        Self::PortalBack,
        Self::PortalSaid,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Reminded => "reminded",
            Self::Overdue => "overdue",
            Self::LongOverdue => "long_overdue",
            Self::Urged => "urged",
            Self::ToSend => "to_send",
            Self::HandedBack => "handed_back",
            Self::ToVerify => "to_verify",
            Self::Reported => "reported",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::ExtensionAsked => "extension_asked",
            Self::ExtensionGranted => "extension_granted",
            Self::ExtensionRefused => "extension_refused",
            Self::ExplanationAsked => "explanation_asked",
            Self::ExplanationAnswered => "explanation_answered",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Cancelled => "cancelled",
            Self::PassedOn => "passed_on",
            Self::PeriodicDue => "periodic_due",
            Self::PeriodicOwed => "periodic_owed",
            Self::PeriodicToSend => "periodic_to_send",
            Self::PeriodicHandedBack => "periodic_handed_back",
            Self::PeriodicCame => "periodic_came",
            Self::PeriodicReturned => "periodic_returned",
            Self::PeriodicAccepted => "periodic_accepted",
            Self::RankingOpened => "ranking_opened",
            Self::RankingClosed => "ranking_closed",
            Self::ScoreAppealed => "score_appealed",
            Self::ScoreAppealAnswered => "score_appeal_answered",
            Self::InitiativeWaits => "initiative_waits",
            Self::CouncilCalls => "council_calls",
            Self::SolutionFound => "solution_found",
            Self::ProblemFound => "problem_found",
            Self::PetitionCame => "petition_came",
            Self::PetitionPassedOn => "petition_passed_on",
            Self::PetitionBack => "petition_back",
            Self::PetitionContested => "petition_contested",
            Self::PetitionTakenOut => "petition_taken_out",
            Self::PetitionMore => "petition_more",
            Self::PetitionToApprove => "petition_to_approve",
            Self::PetitionDue => "petition_due",
            Self::PetitionTaskDone => "petition_task_done",
            Self::PetitionOverdue => "petition_overdue",
            Self::PortalWaits => "portal_waits",
            Self::PortalBack => "portal_back",
            Self::PortalSaid => "portal_said",
        }
    }

    /// The kind stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen for one thing, and those for `n` things.
    pub fn label(self, n: i64) -> String {
        let (one, many) = match self {
            Self::Issued => ("Được giao nhiệm vụ", "Được giao {n} nhiệm vụ"),
            Self::Reminded => ("Nhiệm vụ sắp đến hạn", "{n} nhiệm vụ sắp đến hạn"),
            Self::Overdue => ("Nhiệm vụ vừa quá hạn", "{n} nhiệm vụ vừa quá hạn"),
            Self::LongOverdue => {
                ("Nhiệm vụ quá hạn 7 ngày làm việc", "{n} nhiệm vụ quá hạn 7 ngày làm việc")
            }
            Self::Urged => ("Bị đôn đốc", "Bị đôn đốc {n} nhiệm vụ"),
            Self::ToSend => ("Báo cáo chờ ký gửi", "{n} báo cáo chờ ký gửi"),
            Self::HandedBack => ("Lãnh đạo chuyển lại báo cáo", "Lãnh đạo chuyển lại {n} báo cáo"),
            Self::ToVerify => ("Báo xong, chờ nghiệm thu", "{n} nhiệm vụ báo xong, chờ nghiệm thu"),
            Self::Reported => ("Có báo cáo mới", "Có {n} báo cáo mới"),
            Self::Returned => ("Sản phẩm bị trả lại", "{n} sản phẩm bị trả lại"),
            Self::Accepted => ("Sản phẩm được nghiệm thu", "{n} sản phẩm được nghiệm thu"),
            Self::ExtensionAsked => ("Đề nghị gia hạn", "{n} đề nghị gia hạn"),
            Self::ExtensionGranted => ("Được gia hạn", "{n} nhiệm vụ được gia hạn"),
            Self::ExtensionRefused => ("Không được gia hạn", "{n} nhiệm vụ không được gia hạn"),
            Self::ExplanationAsked => ("Phải giải trình", "Phải giải trình {n} nhiệm vụ"),
            Self::ExplanationAnswered => ("Có giải trình mới", "Có {n} giải trình mới"),
            Self::Paused => ("Nhiệm vụ tạm dừng", "{n} nhiệm vụ tạm dừng"),
            Self::Resumed => ("Nhiệm vụ được mở lại", "{n} nhiệm vụ được mở lại"),
            Self::Cancelled => ("Nhiệm vụ bị hủy", "{n} nhiệm vụ bị hủy"),
            Self::PassedOn => {
                ("Tiếp nhận nhiệm vụ chuyển sang", "Tiếp nhận {n} nhiệm vụ chuyển sang")
            }
            Self::PeriodicDue => ("Phải gửi báo cáo định kỳ", "Phải gửi {n} báo cáo định kỳ"),
            Self::PeriodicOwed => ("Báo cáo định kỳ chưa gửi", "{n} báo cáo định kỳ chưa gửi"),
            Self::PeriodicToSend => {
                ("Báo cáo định kỳ chờ ký gửi", "{n} báo cáo định kỳ chờ ký gửi")
            }
            Self::PeriodicHandedBack => {
                ("Lãnh đạo yêu cầu sửa báo cáo định kỳ", "Lãnh đạo yêu cầu sửa {n} báo cáo định kỳ")
            }
            Self::PeriodicCame => ("Báo cáo định kỳ gửi đến", "{n} báo cáo định kỳ gửi đến"),
            Self::PeriodicReturned => {
                ("Báo cáo định kỳ bị trả lại", "{n} báo cáo định kỳ bị trả lại")
            }
            Self::PeriodicAccepted => {
                ("Báo cáo định kỳ được tiếp nhận", "{n} báo cáo định kỳ được tiếp nhận")
            }
            Self::RankingOpened => ("Mở kỳ xếp hạng", "Mở {n} kỳ xếp hạng"),
            Self::RankingClosed => ("Chốt kỳ xếp hạng", "Chốt {n} kỳ xếp hạng"),
            Self::ScoreAppealed => {
                ("Phản hồi số liệu chờ trả lời", "{n} phản hồi số liệu chờ trả lời")
            }
            Self::ScoreAppealAnswered => {
                ("Phản hồi số liệu được trả lời", "{n} phản hồi số liệu được trả lời")
            }
            Self::InitiativeWaits => ("Hồ sơ sáng kiến đang chờ", "{n} hồ sơ sáng kiến đang chờ"),
            Self::CouncilCalls => {
                ("Hội đồng sáng kiến mời chấm", "{n} hội đồng sáng kiến mời chấm")
            }
            Self::SolutionFound => {
                ("Có sáng kiến cho bài toán đặt hàng", "{n} sáng kiến cho bài toán đặt hàng")
            }
            Self::ProblemFound => {
                ("Bài toán mới hợp với sáng kiến ở đây", "{n} bài toán mới hợp với sáng kiến ở đây")
            }
            Self::PetitionCame => ("Phản ánh, kiến nghị mới", "{n} phản ánh, kiến nghị mới"),
            Self::PetitionPassedOn => {
                ("Được chuyển một vụ việc phản ánh", "Được chuyển {n} vụ việc phản ánh")
            }
            Self::PetitionBack => {
                ("Vụ việc bị trả lại, chọn nơi khác", "{n} vụ việc bị trả lại, chọn nơi khác")
            }
            Self::PetitionContested => {
                ("Người gửi chưa hài lòng, phải phúc tra", "{n} vụ việc phải phúc tra")
            }
            Self::PetitionTakenOut => {
                ("Người gửi phản đối gộp, đã tách ra", "{n} vụ việc bị phản đối gộp, đã tách ra")
            }
            Self::PetitionMore => ("Người gửi đã bổ sung", "{n} vụ việc người gửi đã bổ sung"),
            Self::PetitionToApprove => {
                ("Câu trả lời chờ duyệt", "{n} câu trả lời phản ánh chờ duyệt")
            }
            Self::PetitionDue => ("Vụ việc phản ánh sắp đến hạn", "{n} vụ việc sắp đến hạn"),
            Self::PetitionTaskDone => {
                ("Nhiệm vụ xong, chờ trả lời người gửi", "{n} vụ việc chờ trả lời người gửi")
            }
            Self::PetitionOverdue => ("Vụ việc phản ánh quá hạn", "{n} vụ việc phản ánh quá hạn"),
            Self::PortalWaits => {
                ("Bài của cổng thông tin đang chờ", "{n} bài của cổng thông tin đang chờ")
            }
            Self::PortalBack => {
                ("Bài của cổng thông tin bị trả lại", "{n} bài của cổng thông tin bị trả lại")
            }
            Self::PortalSaid => {
                ("Có góp ý về bài của cổng thông tin", "{n} góp ý về bài của cổng thông tin")
            }
        };
        if n == 1 { one.to_owned() } else { many.replace("{n}", &sauro_ui::words::number(n)) }
    }

    /// The `data-s` word of the visual language, or empty.
    pub fn status(self) -> &'static str {
        match self {
            Self::Overdue
            | Self::LongOverdue
            | Self::Returned
            | Self::PeriodicReturned
            | Self::PetitionOverdue => "over",
            Self::PeriodicOwed
            | Self::Reminded
            | Self::Urged
            | Self::ExplanationAsked
            | Self::ScoreAppealed
            | Self::PetitionContested
            | Self::PetitionTakenOut
            | Self::PetitionDue
            | Self::ExtensionRefused => "soon",
            Self::Accepted | Self::ExtensionGranted | Self::PeriodicAccepted => "done",
            Self::Paused | Self::Cancelled => "none",
            _ => "",
        }
    }

    /// Its drawing where there is no status.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Issued | Self::Resumed | Self::PassedOn => "flag",
            Self::ToSend | Self::PeriodicToSend => "send",
            Self::HandedBack | Self::PeriodicHandedBack => "swap",
            Self::ToVerify => "stamp",
            Self::ExtensionAsked => "calendar",
            Self::RankingOpened | Self::RankingClosed => "list",
            Self::CouncilCalls => "gavel",
            Self::SolutionFound | Self::ProblemFound => "search",
            Self::ScoreAppealAnswered
            | Self::PetitionCame
            | Self::PetitionMore
            | Self::PortalSaid => "message",
            Self::PetitionPassedOn => "arrow-right",
            Self::PetitionToApprove | Self::PortalWaits => "stamp",
            Self::PortalBack => "swap",
            _ => "file",
        }
    }

    /// True for what the calendar says rather than a person: it can wait for office hours.
    pub fn is_of_calendar(self) -> bool {
        matches!(
            self,
            Self::Reminded
                | Self::Overdue
                | Self::LongOverdue
                | Self::PeriodicDue
                | Self::PeriodicOwed
                | Self::PetitionDue
                | Self::PetitionOverdue
        )
    }
}
