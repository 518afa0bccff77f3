//! Who may do what. The whole policy is the one table in [`may`]; everything not listed is denied.

/// What a seat is for. A person may hold several seats and acts from one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Commands run by whoever holds the server; never held by a seat.
    System,
    /// Quản trị hệ thống: agencies and accounts, nothing of the work itself.
    Administrator,
    /// Cơ quan thường trực: prepares, hands out, urges, publishes.
    StandingAgency,
    /// Lãnh đạo: approves, issues, sends, accepts.
    Leader,
    /// Cán bộ đầu mối: hands down and merges for an agency.
    FocalOfficer,
    /// Cán bộ, chuyên viên: does the work and drafts its reports.
    Officer,
    /// Cán bộ thẩm định, nghiệm thu.
    Verifier,
    /// Kiểm tra, giám sát: reads everything in scope.
    Inspector,
    /// Anyone, without signing in.
    Public,
}

/// A named permission: one a verb, not one a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Right {
    /// Read tasks, reports and evidence that are not public.
    ReadTasks,
    /// Bring in directives, edit drafts, propose them for issue; write the papers of one's agency.
    PrepareTasks,
    /// Issue tasks (duyệt giao).
    IssueTasks,
    /// Hand a received task down to agencies below (giao xuống).
    HandDownTasks,
    /// Draft a report with its evidence.
    DraftReports,
    /// Send a report (ký gửi).
    SendReports,
    /// Accept or return a deliverable, confirm that it is in use (nghiệm thu).
    VerifyDeliverables,
    /// Decide on more time, pause, resume and cancel tasks that one's agency issued (điều chỉnh).
    AmendTasks,
    /// Urge, and ask for an explanation (đôn đốc, yêu cầu giải trình).
    PressTasks,
    /// Open and change programmes.
    ManageProgrammes,
    /// Read the journal of a scope.
    ReadJournal,
    /// Change the catalogue of agencies and the calendar.
    ManageAgencies,
    /// Open accounts, hand out seats, reset passwords.
    ManageAccounts,
    /// Lend one's own seat to another person for some days (ủy quyền).
    Delegate,
    /// Define indicators, set and re-base their targets (quản lý chỉ số).
    ManageIndicators,
    /// Report figures of one's agency and correct them (báo số liệu).
    ReportFigures,
    /// Appraise figures that others reported (thẩm định số liệu).
    AppraiseFigures,
    /// Design the forms of periodic reports, open, lock and publish their rounds (quản lý biểu mẫu).
    ManageForms,
    /// Write the periodic report of one's agency (soạn báo cáo định kỳ).
    DraftPeriodic,
    /// Sign and send the periodic report of one's agency (ký gửi báo cáo định kỳ).
    SendPeriodic,
    /// Accept the periodic reports sent to one's agency, or return them (tiếp nhận báo cáo định kỳ).
    ReceivePeriodic,
    /// Make dashboards of one's agency and change them (lập bảng điều khiển).
    ManageDashboards,
    /// Show a dashboard of one's agency to everybody, and hide it again (công khai bảng điều khiển).
    PublishDashboards,
    /// Write methods of scoring, publish what another proposed, open and close rankings (quản lý chấm điểm).
    ManageScores,
    /// Adjust what was computed of a unit that is not one's own (thẩm định điểm).
    AppraiseScores,
    /// Give the score that one's agency gives itself (tự chấm).
    SelfScore,
    /// Contest a figure or a score of one's agency (phản hồi số liệu).
    AppealScores,
    /// Answer what units contest in rankings of one's agency (trả lời phản hồi).
    AnswerAppeals,
    /// Read petitions with who sent them (xem phản ánh, kiến nghị).
    ReadPetitions,
    /// Receive petitions, sort them, pass them on, merge them (tiếp nhận, phân loại).
    SortPetitions,
    /// Handle petitions and draft their answers (giải quyết).
    HandlePetitions,
    /// Approve answers to petitions, grant more time, hide (duyệt trả lời).
    ApproveAnswers,
    /// Set the limits of each step and the fields (đặt thời hạn, lĩnh vực).
    ManagePetitions,
    /// Send an initiative: as anybody, or in the name of one's agency (gửi sáng kiến).
    SendInitiatives,
    /// Check the form of initiatives sent to one's agency, and see who wrote them (kiểm tra hình thức).
    HandleInitiatives,
    /// Give the opinion of one's agency on an initiative (thẩm định chuyên ngành).
    ReviewInitiatives,
    /// Open and close councils of one's agency (lập hội đồng).
    ChairCouncils,
    /// Score initiatives from a seat that a council names (chấm sáng kiến).
    ScoreInitiatives,
    /// Say that one's agency pilots or applies an initiative (khai áp dụng).
    ApplyInitiatives,
    /// Confirm that one's agency applies an initiative (xác nhận áp dụng).
    ConfirmApplications,
    /// Support an initiative as a person, once (ủng hộ sáng kiến).
    SupportInitiatives,
    /// Certify a recognised initiative of one's agency, and withdraw that (cấp, thu hồi giấy chứng nhận).
    CertifyInitiatives,
    /// Read what one's agency writes for the portal before it is out, and say something about it (đọc bản thảo, góp ý).
    SeePortal,
    /// Give the legal opinion on what is to go out (ý kiến pháp chế).
    VetPortal,
    /// Write for the portal in sections of one's agency (viết bài).
    WritePortal,
    /// Edit what others wrote for the portal, hand it up, correct it (biên tập).
    EditPortal,
    /// Let out what others wrote for the portal, and withdraw it (duyệt đăng, gỡ bài).
    ApprovePortal,
    /// Open sections and topics of the portal (lập chuyên mục, chủ đề).
    ManagePortal,
}

/// Where the agency of the thing stands, seen from the caller's seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The caller's own agency.
    Own,
    /// Another agency that the caller's agency oversees.
    Below,
    /// Any other agency.
    Elsewhere,
}

/// The policy: true when `role` has `right` over a thing of an agency in `relation`.
pub fn may(role: Role, right: Right, relation: Relation) -> bool {
    use Relation::{Below, Own};
    use Right as R;
    let over: &[Relation] = match (role, right) {
        (Role::System, _) => return true,
        // Whoever is signed in is a person known by name; anybody else could come a hundred times.
        (Role::Public, R::SupportInitiatives) => &[],
        (_, R::SupportInitiatives) => &[Own],
        (Role::Administrator, R::ManageAgencies | R::ManageAccounts | R::ReadJournal) => {
            &[Own, Below]
        }
        (
            Role::StandingAgency,
            R::ReadTasks | R::ReadJournal | R::PressTasks | R::ReadPetitions,
        ) => &[Own, Below],
        (
            Role::StandingAgency,
            R::PrepareTasks
            | R::ManageProgrammes
            | R::VerifyDeliverables
            | R::AmendTasks
            | R::ManageIndicators
            | R::ManageForms
            | R::DraftPeriodic
            | R::SendPeriodic
            | R::ReceivePeriodic
            | R::ManageDashboards
            | R::PublishDashboards
            | R::ManageScores
            | R::AnswerAppeals
            | R::SortPetitions
            | R::HandlePetitions
            | R::ManagePetitions
            | R::SendInitiatives
            | R::HandleInitiatives
            | R::ChairCouncils
            | R::ScoreInitiatives
            | R::SeePortal
            | R::VetPortal
            | R::WritePortal
            | R::EditPortal
            | R::ManagePortal
            | R::Delegate,
        ) => &[Own],
        (
            Role::Leader,
            R::ReadTasks | R::ReadJournal | R::PressTasks | R::AppraiseFigures | R::ReadPetitions,
        ) => &[Own, Below],
        (
            Role::Leader,
            R::PrepareTasks
            | R::IssueTasks
            | R::HandDownTasks
            | R::DraftReports
            | R::SendReports
            | R::VerifyDeliverables
            | R::AmendTasks
            | R::ManageProgrammes
            | R::ManageIndicators
            | R::ReportFigures
            | R::ManageForms
            | R::DraftPeriodic
            | R::SendPeriodic
            | R::ReceivePeriodic
            | R::ManageDashboards
            | R::PublishDashboards
            | R::ManageScores
            | R::AppraiseScores
            | R::SelfScore
            | R::AppealScores
            | R::AnswerAppeals
            | R::SortPetitions
            | R::HandlePetitions
            | R::ApproveAnswers
            | R::SendInitiatives
            | R::HandleInitiatives
            | R::ReviewInitiatives
            | R::ChairCouncils
            | R::ScoreInitiatives
            | R::ApplyInitiatives
            | R::ConfirmApplications
            | R::CertifyInitiatives
            | R::SeePortal
            | R::WritePortal
            | R::EditPortal
            | R::ApprovePortal
            | R::ManagePortal
            | R::Delegate,
        ) => &[Own],
        (Role::FocalOfficer, R::ReadTasks) => &[Own, Below],
        (
            Role::FocalOfficer,
            R::PrepareTasks
            | R::HandDownTasks
            | R::DraftReports
            | R::ReportFigures
            | R::DraftPeriodic
            | R::ReceivePeriodic
            | R::ManageDashboards
            | R::SelfScore
            | R::AppealScores
            | R::ReadPetitions
            | R::SortPetitions
            | R::HandlePetitions
            | R::SendInitiatives
            | R::HandleInitiatives
            | R::ReviewInitiatives
            | R::ScoreInitiatives
            | R::ApplyInitiatives
            | R::SeePortal
            | R::WritePortal
            | R::EditPortal
            | R::Delegate,
        ) => &[Own],
        (
            Role::Officer,
            R::ReadTasks
            | R::DraftReports
            | R::DraftPeriodic
            | R::ReadPetitions
            | R::SortPetitions
            | R::HandlePetitions
            | R::SendInitiatives
            | R::ScoreInitiatives
            | R::SeePortal
            | R::WritePortal,
        ) => &[Own],
        (Role::Verifier, R::ReadTasks | R::AppraiseFigures) => &[Own, Below],
        (
            Role::Verifier,
            R::VerifyDeliverables
            | R::AppraiseScores
            | R::SendInitiatives
            | R::ReviewInitiatives
            | R::ScoreInitiatives
            | R::SeePortal
            | R::VetPortal
            | R::Delegate,
        ) => &[Own],
        (Role::Inspector, R::ReadTasks | R::ReadJournal | R::ReadPetitions) => &[Own, Below],
        (Role::Inspector | Role::Public, R::SendInitiatives) => &[Own],
        _ => &[],
    };
    over.contains(&relation)
}

impl Role {
    /// Every role that a seat can have, in the order shown to people.
    pub const SEATS: [Self; 7] = [
        Self::Administrator,
        Self::StandingAgency,
        Self::Leader,
        Self::FocalOfficer,
        Self::Officer,
        Self::Verifier,
        Self::Inspector,
    ];

    /// The word stored and used in commands.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Administrator => "administrator",
            Self::StandingAgency => "standing-agency",
            Self::Leader => "leader",
            Self::FocalOfficer => "focal-officer",
            Self::Officer => "officer",
            Self::Verifier => "verifier",
            Self::Inspector => "inspector",
            Self::Public => "public",
        }
    }

    /// The seat's role named `code`; `None` for an unknown one and for those no seat can have.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::SEATS.into_iter().find(|role| role.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "Hệ thống",
            Self::Administrator => "Quản trị hệ thống",
            Self::StandingAgency => "Cơ quan thường trực",
            Self::Leader => "Lãnh đạo",
            Self::FocalOfficer => "Cán bộ đầu mối",
            Self::Officer => "Chuyên viên",
            Self::Verifier => "Cán bộ thẩm định",
            Self::Inspector => "Kiểm tra, giám sát",
            Self::Public => "Người dân",
        }
    }
}

impl Right {
    /// Every right, for the matrix test.
    pub const ALL: [Self; 48] = [
        Self::ReadTasks,
        Self::PrepareTasks,
        Self::IssueTasks,
        Self::HandDownTasks,
        Self::DraftReports,
        Self::SendReports,
        Self::VerifyDeliverables,
        Self::AmendTasks,
        Self::PressTasks,
        Self::ManageProgrammes,
        Self::ReadJournal,
        Self::ManageAgencies,
        Self::ManageAccounts,
        Self::Delegate,
        Self::ManageIndicators,
        Self::ReportFigures,
        Self::AppraiseFigures,
        Self::ManageForms,
        Self::DraftPeriodic,
        Self::SendPeriodic,
        Self::ReceivePeriodic,
        Self::ManageDashboards,
        Self::PublishDashboards,
        Self::ManageScores,
        Self::AppraiseScores,
        Self::SelfScore,
        Self::AppealScores,
        Self::AnswerAppeals,
        Self::ReadPetitions,
        Self::SortPetitions,
        Self::HandlePetitions,
        Self::ApproveAnswers,
        Self::ManagePetitions,
        Self::SendInitiatives,
        Self::HandleInitiatives,
        Self::ReviewInitiatives,
        Self::ChairCouncils,
        Self::ScoreInitiatives,
        Self::ApplyInitiatives,
        Self::ConfirmApplications,
        Self::SupportInitiatives,
        Self::CertifyInitiatives,
        Self::SeePortal,
        Self::VetPortal,
        Self::WritePortal,
        Self::EditPortal,
        Self::ApprovePortal,
        Self::ManagePortal,
    ];
}
