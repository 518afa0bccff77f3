use chrono::{DateTime, NaiveDate, Utc};
use sauro_kernel::{AgencyId, ProgrammeId};

use super::{
    Counts, DeliverableStage, Moment, OnTime, PastDay, RankRange, Stage, Status, StatusFacts,
};

/// What results are shown of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Area {
    /// The whole country; for a signed-in official, what the seat oversees.
    Nation,
    /// A province, by unit code.
    Province(String),
    /// An agency and all below it, by code.
    Agency(String),
    /// A programme, by code.
    Programme(String),
}

/// How true the figures are, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// The instant that they show: now, or the end of a past day.
    pub at: DateTime<Utc>,
    /// The past day asked for; none of the present.
    pub day: Option<PastDay>,
    /// How many entries of the journal they follow from.
    pub position: i64,
    /// Root of the last sealed head, with the number of entries it covers.
    pub sealed: Option<(i64, [u8; 32])>,
}

/// The figures of one unit or programme in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its code, used in addresses.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The counts.
    pub counts: Counts,
    /// The share that decides, when enough is due.
    pub on_time: Option<OnTime>,
    /// The ranks it may hold.
    pub rank: Option<RankRange>,
}

/// A page of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// What it is about.
    pub name: String,
    /// The document a programme rests on, or empty.
    pub basis: String,
    /// The counts.
    pub counts: Counts,
    /// Green by self, not by data: the first few.
    pub doubted: Vec<ListedTask>,
    /// The 34 provinces, in the order of their table; only for the nation and programmes.
    pub provinces: Vec<Line>,
    /// Bodies of the centre, ranked; only for the nation and programmes.
    pub central: Vec<Line>,
    /// For what lies in a province: its code and name.
    pub province: Option<(String, String)>,
    /// The programme that it is about.
    pub programme: Option<ProgrammeId>,
    /// Communes below, worst doubts first; for a province or an agency.
    pub communes: Vec<Line>,
    /// The other agencies below.
    pub units: Vec<Line>,
    /// Programmes.
    pub programmes: Vec<Line>,
    /// How true.
    pub as_of: AsOf,
}

/// Which tasks a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Quá hạn.
    Overdue,
    /// Sắp đến hạn.
    DueSoon,
    /// Chưa hoàn thành, trong hạn.
    InTime,
    /// Hoàn thành đúng hạn.
    DoneOnTime,
    /// Hoàn thành quá hạn.
    DoneLate,
    /// Tự nhận xanh, dữ liệu chưa xanh.
    Doubted,
    /// Tạm dừng, đã hủy.
    NotAssessable,
    /// Thường xuyên, định kỳ.
    Recurring,
}

/// What a list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ListAsk {
    /// Only these.
    pub standing: Option<Standing>,
    /// Only one province, by unit code.
    pub province: Option<String>,
    /// Only one agency and all below it, by code.
    pub agency: Option<String>,
    /// Only one programme, by code.
    pub programme: Option<String>,
    /// Where the page before ended, as it stood in the address.
    pub after: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The tasks.
    pub tasks: Vec<ListedTask>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// The figures of all that the place and the programme hold, whatever the standing.
    pub counts: Counts,
    /// The place asked for, in words.
    pub place: Option<String>,
    /// The programme asked for, in words.
    pub programme: Option<String>,
    /// How true.
    pub as_of: AsOf,
}

/// One task in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTask {
    /// The public code.
    pub code: String,
    /// What is to be done.
    pub work: String,
    /// Who does it.
    pub lead: String,
    /// The agency of that name.
    pub lead_id: AgencyId,
    /// The last day allowed.
    pub due_on: NaiveDate,
    /// The computed status.
    pub status: Status,
    /// How far it has come.
    pub stage: Stage,
    /// Comes back by a rule.
    pub is_recurring: bool,
    /// What the lead says of itself: empty, `done`, `on_track`, `at_risk`.
    pub self_rating: String,
    /// When the last report came.
    pub last_report_at: Option<i64>,
    /// Deliverables accepted.
    pub n_accepted: i64,
    /// Deliverables.
    pub n_deliverables: i64,
    /// Shown to the public.
    pub is_public: bool,
}

/// A task as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicTask {
    /// The public code.
    pub code: String,
    /// Code and name of the programme.
    pub programme: (String, String),
    /// Number and subject of the directive.
    pub directive: Option<(String, String)>,
    /// Who issued it.
    pub issuer: String,
    /// Rõ người.
    pub lead: String,
    /// Cooperating agencies.
    pub partners: Vec<String>,
    /// Rõ việc.
    pub work: String,
    /// The deadline in the words of the directive.
    pub deadline_text: String,
    /// Rõ thời gian.
    pub due_on: NaiveDate,
    /// Comes back by a rule.
    pub is_recurring: bool,
    /// Rõ trách nhiệm: a leader's title.
    pub accountable: String,
    /// Rõ thẩm quyền.
    pub authority: String,
    /// Rõ sản phẩm.
    pub deliverables: Vec<PublicDeliverable>,
    /// What the lead says of itself.
    pub self_rating: String,
    /// The computed status.
    pub status: Status,
    /// How far it has come.
    pub stage: Stage,
    /// What was shown, from reports that were sent.
    pub evidence: Vec<PublicEvidence>,
    /// How it was verified.
    pub checks: Vec<PublicCheck>,
    /// What happened, newest first.
    pub events: Vec<PublicEvent>,
    /// How true.
    pub as_of: AsOf,
}

/// A deliverable as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicDeliverable {
    /// What it is.
    pub name: String,
    /// How one sees that it is there.
    pub measure: String,
    /// How far it has come.
    pub stage: DeliverableStage,
}

/// A piece of evidence as the public sees it: that it exists, not what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicEvidence {
    /// Name, address or number.
    pub label: String,
    /// What kind it is, in words.
    pub kind: String,
    /// Its size, 0 for what is no file.
    pub n_bytes: i64,
    /// The beginning and end of its SHA-256, or empty.
    pub short_hash: String,
    /// When it was added.
    pub added_at: i64,
}

/// One decision of the authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCheck {
    /// The deliverable.
    pub deliverable: String,
    /// The decision, in words.
    pub decision: String,
    /// True unless it was returned.
    pub is_accepted: bool,
    /// The agency that decided.
    pub by: String,
    /// What was looked at.
    pub checked: String,
    /// When.
    pub at: i64,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicEvent {
    /// When.
    pub at: i64,
    /// What.
    pub title: String,
    /// A few words more.
    pub words: String,
}

impl Line {
    /// The line of `counts`.
    pub fn new(code: impl Into<String>, name: impl Into<String>, counts: Counts) -> Self {
        let on_time = OnTime::of(&counts);
        Self { code: code.into(), name: name.into(), counts, on_time, rank: None }
    }
}

impl Standing {
    /// All, in the order of the filter.
    pub const ALL: [Self; 8] = [
        Self::Overdue,
        Self::DueSoon,
        Self::InTime,
        Self::DoneOnTime,
        Self::DoneLate,
        Self::Doubted,
        Self::NotAssessable,
        Self::Recurring,
    ];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "qua-han",
            Self::DueSoon => "sap-den-han",
            Self::InTime => "trong-han",
            Self::DoneOnTime => "dung-han",
            Self::DoneLate => "xong-qua-han",
            Self::Doubted => "tu-nhan-xanh",
            Self::NotAssessable => "chua-danh-gia",
            Self::Recurring => "thuong-xuyen",
        }
    }

    /// The standing written `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overdue => "Quá hạn",
            Self::DueSoon => "Sắp đến hạn",
            Self::InTime => "Chưa hoàn thành, còn trong hạn",
            Self::DoneOnTime => "Hoàn thành đúng hạn",
            Self::DoneLate => "Hoàn thành quá hạn",
            Self::Doubted => "Tự nhận xanh, dữ liệu chưa xanh",
            Self::NotAssessable => "Tạm dừng hoặc đã hủy",
            Self::Recurring => "Thường xuyên, định kỳ",
        }
    }

    /// How many of `counts` there are.
    pub fn count(self, counts: &Counts) -> i64 {
        match self {
            Self::Overdue => counts.open_overdue,
            Self::DueSoon => counts.due_soon,
            Self::InTime => counts.open_in_time,
            Self::DoneOnTime => counts.done_on_time,
            Self::DoneLate => counts.done_late,
            Self::Doubted => counts.doubted,
            Self::NotAssessable => counts.not_assessable,
            Self::Recurring => counts.recurring,
        }
    }
}

impl ListedTask {
    /// What the lead says of itself, in words; the data stand beside it.
    pub fn self_words(&self) -> String {
        let says = match self.self_rating.as_str() {
            "done" => "Tự báo đã xong",
            "on_track" => "Tự báo đúng tiến độ",
            "at_risk" => "Tự báo có nguy cơ chậm",
            _ => return "Chưa tự đánh giá".to_owned(),
        };
        match self.last_report_at {
            Some(at) => format!("{says} ngày {}", day_of(at).format("%d/%m/%Y")),
            None => says.to_owned(),
        }
    }

    /// What the data show, in words.
    pub fn data_words(&self) -> String {
        let (done, all) = (self.n_accepted, self.n_deliverables);
        let deliverables = match (done, all) {
            (_, 0) => "chưa có sản phẩm nào trong hồ sơ".to_owned(),
            (0, all) => format!("chưa sản phẩm nào trong {all} sản phẩm được nghiệm thu"),
            (done, all) => format!("{done} trên {all} sản phẩm được nghiệm thu"),
        };
        let due = self.due_on.format("%d/%m/%Y");
        match (self.stage, self.status) {
            (Stage::Returned, Status::Overdue) => {
                format!("Sản phẩm bị trả lại, quá hạn từ {due}; {deliverables}")
            }
            (Stage::Returned, _) => format!("Sản phẩm bị trả lại; {deliverables}"),
            (_, Status::Overdue) => format!("Quá hạn từ {due}; {deliverables}"),
            (Stage::Reported, _) => format!("Đang chờ nghiệm thu; {deliverables}"),
            _ => format!("Hạn {due}; {deliverables}"),
        }
    }
}

/// The status of a task from its stored words.
pub(crate) fn status_of(
    stage: Stage,
    due_on: NaiveDate,
    reported_at: Option<i64>,
    moment: Moment,
) -> Status {
    StatusFacts { stage, due_on, reported_at }.status(moment)
}

fn day_of(at: i64) -> NaiveDate {
    DateTime::from_timestamp_micros(at)
        .unwrap_or_default()
        .with_timezone(&sauro_kernel::VIETNAM)
        .date_naive()
}
