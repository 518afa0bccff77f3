//! Which tasks a list shows, in which order, and where a page of it goes on.

use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, ProgrammeId, TaskId};
use uuid::Uuid;

use super::{Stage, Status};

/// Which tasks to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Seen from which side.
    pub side: Side,
    /// With this status.
    pub status: Option<Status>,
    /// Only what has not ended: neither verified nor cancelled.
    pub is_unfinished: bool,
    /// At this stage.
    pub stage: Option<Stage>,
    /// Led by this agency.
    pub lead: Option<AgencyId>,
    /// Issued by this agency.
    pub issuer: Option<AgencyId>,
    /// To be accepted by this agency.
    pub authority: Option<AgencyId>,
    /// Led at this place or below.
    pub place: Option<AgencyPath>,
    /// Of this programme.
    pub programme: Option<ProgrammeId>,
    /// Handed down from this task.
    pub parent: Option<TaskId>,
    /// Greener by self than by data.
    pub doubt: Option<Doubt>,
    /// With a request that waits.
    pub waiting: Option<Waiting>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Overdue by more than so many days.
    pub overdue_days: Option<u16>,
    /// Under way at some time between the two days, both included.
    pub between: Option<(NaiveDate, NaiveDate)>,
    /// With these words in the work or the code, with or without diacritics.
    pub words: String,
    /// The only tasks that the words are in, when they are few and were looked for before.
    pub among: Option<Vec<TaskId>>,
    /// In this order.
    pub sort: Sort,
}

/// What the caller's agency has to do with the tasks listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// All that the caller oversees.
    #[default]
    Scope,
    /// Chủ trì.
    Lead,
    /// Nghiệm thu.
    Authority,
    /// Giao.
    Issuer,
    /// Phối hợp.
    Partner,
}

/// How what a lead says of itself differs from what the data show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Says done, and nobody has accepted it.
    SaysDone,
    /// That, or says on track although the deadline has passed.
    Any,
}

/// A request on a task that waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Chờ giải trình.
    Explanation,
    /// Chờ quyết định gia hạn.
    Extension,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Nearest deadline first.
    #[default]
    DueFirst,
    /// Farthest deadline first.
    DueLast,
    /// Longest without a report first.
    SilentFirst,
    /// Latest report first.
    HeardFirst,
    /// By code.
    CodeFirst,
    /// By code, last one first.
    CodeLast,
    /// By the name of the lead, then by deadline.
    Lead,
    /// By the name of the programme, then by deadline.
    Programme,
}

/// The task that a page ends with: the next page starts after it, or ends before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// What it is ordered by.
    pub key: Key,
    /// The task.
    pub id: TaskId,
    /// The page ends before it.
    pub is_back: bool,
}

/// What a task is ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// The deadline.
    Due(NaiveDate),
    /// When it was heard of last.
    Heard(i64),
    /// The code.
    Code(String),
    /// The lead or the programme, and the deadline.
    Group(Uuid, NaiveDate),
}

macro_rules! words_in_addresses {
    ($name:ident: $($variant:ident = $code:literal, $label:literal;)*) => {
        impl $name {
            /// All, in the order of the page.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in addresses.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The one named `code`.
            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.code() == code)
            }

            /// The words on screen.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }
    };
}

words_in_addresses! { Side:
    Scope = "pham-vi", "Trong phạm vi theo dõi";
    Lead = "chu-tri", "Đơn vị chủ trì";
    Authority = "nghiem-thu", "Đơn vị nghiệm thu";
    Issuer = "giao", "Đơn vị đã giao";
    Partner = "phoi-hop", "Đơn vị phối hợp";
}

words_in_addresses! { Doubt:
    SaysDone = "bao-xong", "Đơn vị báo xong, chưa nghiệm thu";
    Any = "lech", "Tự đánh giá tốt hơn dữ liệu";
}

words_in_addresses! { Waiting:
    Explanation = "giai-trinh", "Đang chờ giải trình";
    Extension = "gia-han", "Đang xin gia hạn";
}

words_in_addresses! { Sort:
    DueFirst = "han", "Gần hạn nhất trước";
    DueLast = "han-xa", "Xa hạn nhất trước";
    SilentFirst = "im-lang", "Lâu chưa báo cáo trước";
    HeardFirst = "moi-bao-cao", "Mới báo cáo trước";
    CodeLast = "ma-moi", "Mã mới nhất trước";
    CodeFirst = "ma", "Mã cũ nhất trước";
    Lead = "chu-tri", "Theo tên cơ quan chủ trì";
    Programme = "chuong-trinh", "Theo tên chương trình";
}

impl TaskFilter {
    /// The order that this list really has: of one lead's or one programme's tasks the name says nothing.
    pub fn order(&self) -> Sort {
        match self.sort {
            Sort::Lead if self.lead.is_some() || self.side == Side::Lead => Sort::DueFirst,
            Sort::Programme if self.programme.is_some() => Sort::DueFirst,
            sort => sort,
        }
    }
}

impl Sort {
    /// True when the greatest key comes first.
    pub fn is_descending(self) -> bool {
        matches!(self, Self::DueLast | Self::HeardFirst | Self::CodeLast)
    }
}

impl Cursor {
    /// The place just after (or, with `is_back`, just before) `task` in a list in the order `sort`.
    pub fn at(task: &super::Task, sort: Sort, is_back: bool) -> Self {
        let key = match sort {
            Sort::DueFirst | Sort::DueLast => Key::Due(task.due_on),
            Sort::SilentFirst | Sort::HeardFirst => Key::Heard(task.last_report_at.unwrap_or(0)),
            Sort::CodeFirst | Sort::CodeLast => Key::Code(task.code.clone()),
            Sort::Lead => Key::Group(task.lead.0, task.due_on),
            Sort::Programme => Key::Group(task.programme.0, task.due_on),
        };
        Self { key, id: task.id, is_back }
    }

    /// True when it can stand in a list in the order `sort`.
    pub fn fits(&self, sort: Sort) -> bool {
        matches!(
            (&self.key, sort),
            (Key::Due(_), Sort::DueFirst | Sort::DueLast)
                | (Key::Heard(_), Sort::SilentFirst | Sort::HeardFirst)
                | (Key::Code(_), Sort::CodeFirst | Sort::CodeLast)
                | (Key::Group(..), Sort::Lead | Sort::Programme)
        )
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_back {
            f.write_str("truoc.")?;
        }
        match &self.key {
            Key::Due(day) => write!(f, "h.{day}")?,
            Key::Heard(at) => write!(f, "b.{at}")?,
            Key::Code(code) => write!(f, "m.{code}")?,
            Key::Group(id, day) => write!(f, "n.{}_{day}", id.simple())?,
        }
        write!(f, ".{}", self.id.0.simple())
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let read = || {
            let (is_back, text) = match text.strip_prefix("truoc.") {
                Some(rest) => (true, rest),
                None => (false, text),
            };
            let (head, id) = text.rsplit_once('.')?;
            let (kind, value) = head.split_once('.')?;
            let key = match kind {
                "h" => Key::Due(value.parse().ok()?),
                "b" => Key::Heard(value.parse().ok()?),
                "m" => Key::Code(value.to_owned()),
                "n" => {
                    let (group, day) = value.split_once('_')?;
                    Key::Group(group.parse().ok()?, day.parse().ok()?)
                }
                _ => return None,
            };
            Some(Self { key, id: id.parse().ok()?, is_back })
        };
        read().ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_comes_back_from_an_address_as_it_was() {
        let id = TaskId(Uuid::from_u64_pair(7, 9));
        let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
        let keys = [
            Key::Due(day),
            Key::Heard(1_780_000_000_000_000),
            Key::Code("NV-2026-000123".to_owned()),
            Key::Group(Uuid::from_u64_pair(1, 2), day),
        ];
        for key in keys {
            for is_back in [false, true] {
                let cursor = Cursor { key: key.clone(), id, is_back };
                assert_eq!(cursor.to_string().parse(), Ok(cursor));
            }
        }
        for nonsense in
            ["", ".", "truoc.", "h.2026-06-31.x", "z.1.2", "n.x_2026-06-30.1", "hôm qua"]
        {
            assert_eq!(nonsense.parse::<Cursor>(), Err(()), "{nonsense}");
        }
    }

    #[test]
    fn every_word_of_an_address_is_found_again() {
        for sort in Sort::ALL {
            assert_eq!(Sort::of_code(sort.code()), Some(*sort));
        }
        for side in Side::ALL {
            assert_eq!(Side::of_code(side.code()), Some(*side));
        }
    }

    #[test]
    fn the_name_of_the_only_lead_is_no_order() {
        let one = TaskFilter { side: Side::Lead, sort: Sort::Lead, ..TaskFilter::default() };
        assert_eq!(one.order(), Sort::DueFirst);
        let all = TaskFilter { sort: Sort::Lead, ..TaskFilter::default() };
        assert_eq!(all.order(), Sort::Lead);
    }
}
