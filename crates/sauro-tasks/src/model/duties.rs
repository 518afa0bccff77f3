//! The sections of a seat's day, and where a page of one goes on.

use chrono::NaiveDate;
use uuid::Uuid;

/// A section of the day's work (mục việc), most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// An explanation is asked for.
    ToExplain,
    /// Returned by the authority: to be done again.
    Returned,
    /// Not reported done, deadline passed.
    Overdue,
    /// Reports that wait for this leader to send them.
    ToSend,
    /// Deliverables reported done that this agency has to look at.
    ToVerify,
    /// Extensions that this agency has to decide.
    ToExtend,
    /// Draft tasks that wait for this leader's approval.
    ToApprove,
    /// Explanations that were given and wait to be read.
    ToRead,
    /// Not reported done, at most a week left.
    DueSoon,
    /// Not reported done, more time left.
    Later,
    /// Reports that wait for the leader.
    WithLeader,
    /// Reported done, waiting for the authority.
    WithAuthority,
    /// Extensions asked for, waiting for the decision.
    Extending,
}

/// How a section stands in the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// To be done now.
    Now,
    /// To be done, later.
    Later,
    /// Others have to act first.
    Waiting,
}

impl Section {
    /// All, in the order of the page.
    pub const ALL: [Self; 13] = [
        Self::ToExplain,
        Self::Returned,
        Self::Overdue,
        Self::ToSend,
        Self::ToVerify,
        Self::ToExtend,
        Self::ToApprove,
        Self::ToRead,
        Self::DueSoon,
        Self::Later,
        Self::WithLeader,
        Self::WithAuthority,
        Self::Extending,
    ];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::ToExplain => "giai-trinh",
            Self::Returned => "bi-tra-lai",
            Self::Overdue => "qua-han",
            Self::ToSend => "ky-gui",
            Self::ToVerify => "nghiem-thu",
            Self::ToExtend => "gia-han",
            Self::ToApprove => "duyet-giao",
            Self::ToRead => "doc-giai-trinh",
            Self::DueSoon => "sap-den-han",
            Self::Later => "thoi-gian-toi",
            Self::WithLeader => "cho-ky-gui",
            Self::WithAuthority => "cho-nghiem-thu",
            Self::Extending => "cho-gia-han",
        }
    }

    /// The section named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The heading on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::ToExplain => "Phải giải trình",
            Self::Returned => "Bị trả lại, làm lại",
            Self::Overdue => "Quá hạn",
            Self::ToSend => "Báo cáo chờ ký gửi",
            Self::ToVerify => "Sản phẩm chờ nghiệm thu",
            Self::ToExtend => "Đề nghị gia hạn chờ quyết định",
            Self::ToApprove => "Dự thảo chờ duyệt giao",
            Self::ToRead => "Giải trình chờ xem",
            Self::DueSoon => "Sắp đến hạn",
            Self::Later => "Thời gian tới",
            Self::WithLeader => "Chờ lãnh đạo ký gửi",
            Self::WithAuthority => "Chờ nghiệm thu",
            Self::Extending => "Chờ quyết định gia hạn",
        }
    }

    /// How it stands in the day.
    pub fn urgency(self) -> Urgency {
        match self {
            Self::Later => Urgency::Later,
            Self::WithLeader | Self::WithAuthority | Self::Extending => Urgency::Waiting,
            _ => Urgency::Now,
        }
    }
}

/// Before every deadline. Both engines keep it as a day.
const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Where a page of a section ended: the key of its order and the id that breaks ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// A day, for what is ordered by deadline; the first of all days otherwise.
    pub day: NaiveDate,
    /// Microseconds, for what is ordered by how long it has waited; the least otherwise.
    pub at: i64,
    /// The last one shown.
    pub id: Uuid,
}

impl Place {
    /// Before everything.
    pub const START: Self = Self { day: FIRST_DAY, at: i64::MIN, id: Uuid::nil() };

    /// After the one due on `day`.
    pub fn on(day: NaiveDate, id: Uuid) -> Self {
        Self { day, id, ..Self::START }
    }

    /// After the one that has waited since `at`.
    pub fn since(at: i64, id: Uuid) -> Self {
        Self { at, id, ..Self::START }
    }

    /// True before everything.
    pub fn is_start(self) -> bool {
        self == Self::START
    }

    /// The place as an address carries it.
    pub fn code(self) -> String {
        if self.day == FIRST_DAY {
            format!("{}_{}", self.at, self.id.simple())
        } else {
            format!("{}_{}", self.day.format("%Y-%m-%d"), self.id.simple())
        }
    }

    /// The place written as `code`; the start when it is none.
    pub fn of_code(code: &str) -> Self {
        let read = || {
            let (key, id) = code.split_once('_')?;
            let id = Uuid::parse_str(id).ok()?;
            if let Ok(day) = NaiveDate::parse_from_str(key, "%Y-%m-%d") {
                return Some(Self::on(day, id));
            }
            Some(Self::since(key.parse().ok()?, id))
        };
        read().unwrap_or(Self::START)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_from_an_address_as_it_was() {
        let id = Uuid::from_u64_pair(7, 9);
        let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
        for place in [Place::on(day, id), Place::since(1_780_000_000_000_000, id)] {
            assert_eq!(Place::of_code(&place.code()), place);
        }
        for nonsense in ["", "_", "2026-06-31_x", "hôm qua", "9_", "2026-06-30"] {
            assert!(Place::of_code(nonsense).is_start(), "{nonsense}");
        }
    }

    #[test]
    fn every_section_is_found_by_its_word() {
        for section in Section::ALL {
            assert_eq!(Section::of_code(section.code()), Some(section));
        }
    }
}
