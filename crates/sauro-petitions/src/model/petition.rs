//! A case and who sent it.

use chrono::NaiveDate;
use sauro_kernel::{AccountId, AgencyId, AgencyPath, PetitionId};

use super::{Flow, Standing};

/// What a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matter {
    /// Phản ánh: something goes wrong.
    Feedback,
    /// Kiến nghị: a rule should change.
    Proposal,
}

/// Ways of the law that a case cannot replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Legal {
    /// Neither.
    #[default]
    None,
    /// Khiếu nại.
    Complaint,
    /// Tố cáo.
    Denunciation,
}

/// How a case came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// The page.
    Web,
    /// A program.
    Api,
    /// Open311.
    Open311,
    /// E-mail.
    Mail,
    /// A letter, brought in by an officer.
    Paper,
    /// A telephone call, written down by an officer.
    Phone,
    /// Somebody came by.
    Desk,
}

/// One of the honest ways in which a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closing {
    /// Đã giải quyết.
    Solved,
    /// Không giải quyết, có lý do.
    Unsolved,
    /// Ngoài phạm vi, đã hướng dẫn.
    Guided,
    /// Trùng, gộp vào vụ việc khác.
    Duplicate,
}

/// A case (vụ việc).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Petition {
    /// The id.
    pub id: PetitionId,
    /// The public number, `PA-2026-000123`.
    pub number: String,
    /// What it is.
    pub matter: Matter,
    /// A way of the law that it belongs to instead.
    pub legal: Legal,
    /// How it came in.
    pub channel: Channel,
    /// In one sentence.
    pub title: String,
    /// The whole.
    pub body: String,
    /// The title with personal data masked.
    pub public_title: String,
    /// The whole with personal data masked.
    pub public_body: String,
    /// Code of the field, or empty.
    pub field: String,
    /// The agency that governs the place.
    pub place: Option<AgencyId>,
    /// Where that stands in the tree.
    pub place_path: AgencyPath,
    /// Sent without a name.
    pub is_anonymous: bool,
    /// The sender lets it be shown to all, without their name.
    pub may_publish: bool,
    /// Hidden from all, by two persons.
    pub is_hidden: bool,
    /// The words agreed to.
    pub consent: String,
    /// Where it stands.
    pub flow: Flow,
    /// Needs the longer time.
    pub is_complex: bool,
    /// The agency that received it.
    pub coordinator: AgencyId,
    /// The agency that owes the next step.
    pub holder: AgencyId,
    /// Where that stands.
    pub holder_path: AgencyPath,
    /// The agency that handles it.
    pub lead: Option<AgencyId>,
    /// The person it is about, who cannot handle it.
    pub about: Option<AccountId>,
    /// The last day of the step that runs.
    pub due_on: Option<NaiveDate>,
    /// The day the sender was promised.
    pub citizen_due_on: NaiveDate,
    /// When it was sent, unix microseconds.
    pub sent_at: i64,
    /// When it last changed.
    pub changed_at: i64,
    /// When the last answer went out.
    pub answered_at: Option<i64>,
    /// Who gave it.
    pub answered_by: Option<AgencyId>,
    /// How it ended, or will when nobody contests.
    pub closing: Option<Closing>,
    /// The case it was merged into.
    pub merged_into: Option<PetitionId>,
    /// How the sender rated the answer.
    pub rating: Option<i64>,
    /// The task made of it, or empty.
    pub task_code: String,
    /// What routing suggested when it came, as JSON.
    pub guess: String,
    /// Counts up with every change.
    pub version: i64,
}

impl Petition {
    /// Where it stands, and until when.
    pub fn standing(&self) -> Standing {
        Standing { state: self.flow.state, closing: self.closing, due_on: self.due_on }
    }

    /// The step that runs is past its day.
    pub fn is_overdue(&self, now: i64) -> bool {
        self.standing().is_overdue(now)
    }

    /// Everybody may read it, masked, with its answer.
    pub fn is_public(&self) -> bool {
        self.may_publish && !self.is_hidden && self.answered_at.is_some()
    }

    /// Silhouette and words of its state.
    pub fn status(&self, now: i64) -> (&'static str, &'static str) {
        self.standing().status(now)
    }
}

impl Matter {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Feedback, Self::Proposal];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Feedback => "feedback",
            Self::Proposal => "proposal",
        }
    }

    /// The one stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Feedback => "Phản ánh",
            Self::Proposal => "Kiến nghị",
        }
    }
}

impl Legal {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Complaint => "complaint",
            Self::Denunciation => "denunciation",
        }
    }

    /// The one stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::None, Self::Complaint, Self::Denunciation].into_iter().find(|it| it.code() == code)
    }

    /// The word on screen, empty for neither.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Complaint => "Khiếu nại",
            Self::Denunciation => "Tố cáo",
        }
    }
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 7] =
        [Self::Web, Self::Api, Self::Open311, Self::Mail, Self::Paper, Self::Phone, Self::Desk];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Open311 => "open311",
            Self::Mail => "mail",
            Self::Paper => "paper",
            Self::Phone => "phone",
            Self::Desk => "desk",
        }
    }

    /// The channel stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Web => "Trang web",
            Self::Api => "Phần mềm khác",
            Self::Open311 => "Open311",
            Self::Mail => "Thư điện tử",
            Self::Paper => "Đơn thư giấy",
            Self::Phone => "Điện thoại",
            Self::Desk => "Gặp trực tiếp",
        }
    }

    /// True of what an officer writes down for somebody.
    pub fn is_on_behalf(self) -> bool {
        matches!(self, Self::Paper | Self::Phone | Self::Desk)
    }
}

impl Closing {
    /// The ways an answer can end a case.
    pub const OF_ANSWERS: [Self; 3] = [Self::Solved, Self::Unsolved, Self::Guided];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Unsolved => "unsolved",
            Self::Guided => "guided",
            Self::Duplicate => "duplicate",
        }
    }

    /// The way stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Solved, Self::Unsolved, Self::Guided, Self::Duplicate]
            .into_iter()
            .find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Solved => "Đã giải quyết",
            Self::Unsolved => "Không giải quyết được, có nêu lý do",
            Self::Guided => "Ngoài phạm vi, đã hướng dẫn",
            Self::Duplicate => "Trùng, đã gộp",
        }
    }
}
