use serde::{Deserialize, Serialize};

/// What a component of a score measures: a share of a count, more of which is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Tasks done on time, of those due.
    OnTime,
    /// Tasks not overdue, of all with a deadline.
    NotOverdue,
    /// Tasks verified, of all with a deadline.
    Verified,
    /// Tasks whose results are in use, of those verified.
    InUse,
    /// Targets reached or on their way, of all that run.
    Attainment,
    /// Figures reported in time, of all reported.
    FiguresOnTime,
    /// Periodic reports sent in time, of all due.
    ReportsOnTime,
    /// Periodic reports that were never returned, of all sent.
    ReportsNotReturned,
    /// Citizens who are satisfied, of those who rated an answer.
    Satisfaction,
}

impl Measure {
    /// All, in the order of forms.
    pub const ALL: [Self; 9] = [
        Self::OnTime,
        Self::NotOverdue,
        Self::Verified,
        Self::InUse,
        Self::Attainment,
        Self::FiguresOnTime,
        Self::ReportsOnTime,
        Self::ReportsNotReturned,
        Self::Satisfaction,
    ];

    /// The word stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::NotOverdue => "not_overdue",
            Self::Verified => "verified",
            Self::InUse => "in_use",
            Self::Attainment => "attainment",
            Self::FiguresOnTime => "figures_on_time",
            Self::ReportsOnTime => "reports_on_time",
            Self::ReportsNotReturned => "reports_not_returned",
            Self::Satisfaction => "satisfaction",
        }
    }

    /// What is stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::OnTime => "Hoàn thành đúng hạn",
            Self::NotOverdue => "Không để quá hạn",
            Self::Verified => "Đã xác minh",
            Self::InUse => "Đưa vào sử dụng",
            Self::Attainment => "Đạt chỉ tiêu",
            Self::FiguresOnTime => "Báo số liệu kịp thời",
            Self::ReportsOnTime => "Báo cáo định kỳ đúng hạn",
            Self::ReportsNotReturned => "Báo cáo không bị trả lại",
            Self::Satisfaction => "Người dân hài lòng",
        }
    }

    /// What is counted, and of what: both ends of the share.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OnTime => ("nhiệm vụ hoàn thành đúng hạn", "nhiệm vụ đã đến hạn"),
            Self::NotOverdue => ("nhiệm vụ không quá hạn", "nhiệm vụ có thời hạn"),
            Self::Verified => ("nhiệm vụ đã xác minh", "nhiệm vụ có thời hạn"),
            Self::InUse => ("nhiệm vụ có kết quả đang dùng", "nhiệm vụ đã xác minh"),
            Self::Attainment => ("chỉ tiêu đạt hoặc đúng tiến độ", "chỉ tiêu đang theo dõi"),
            Self::FiguresOnTime => ("số liệu báo kịp thời", "số liệu đã báo"),
            Self::ReportsOnTime => ("báo cáo gửi đúng hạn", "báo cáo phải gửi"),
            Self::ReportsNotReturned => ("báo cáo không bị trả lại", "báo cáo đã gửi"),
            Self::Satisfaction => ("lượt đánh giá hài lòng", "lượt đánh giá"),
        }
    }

    /// True of what counts tasks from the beginning up to the last day of the period; the others count
    /// within the period.
    pub fn is_of_tasks(self) -> bool {
        matches!(self, Self::OnTime | Self::NotOverdue | Self::Verified | Self::InUse)
    }
}
