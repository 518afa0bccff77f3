use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId, AgencyPath, CouncilId, Line, Over, Role, fold};
use serde::{Deserialize, Serialize};

use super::{Fault, quantity};
use crate::error::text_fault;

/// A council (hội đồng): who scores what, by which criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// The id.
    pub id: CouncilId,
    /// The agency that holds it.
    pub agency: AgencyId,
    /// Where that agency stands.
    pub path: AgencyPath,
    /// Its name.
    pub name: String,
    /// The criteria.
    pub criteria: Vec<Criterion>,
    /// The total from which on something is recognised.
    pub threshold: Decimal,
    /// Members who must have scored each initiative before it closes.
    pub quorum: i64,
    /// The account that opened it.
    pub opened_by: AccountId,
    /// When, in microseconds.
    pub opened_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// Counts up with every change.
    pub stamp: i64,
}

/// What is scored, and how much it counts of a hundred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// The name.
    pub name: String,
    /// The weight.
    pub weight: Decimal,
}

/// A desk that scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Counted from 1: all that everybody learns of who it is.
    pub n: i64,
    /// The agency.
    pub agency: AgencyId,
    /// The role of the seat.
    pub role: Role,
}

/// Why somebody must not score something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// The seat is in the agency of an author, or of whoever sent it.
    SameUnit,
    /// The person is an author.
    Author,
    /// The person says so.
    Declared,
}

/// What one member said of one initiative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The member.
    pub member: i64,
    /// The account; none where the seat alone is in conflict.
    pub account: Option<AccountId>,
    /// Why there are no points.
    pub conflict: Option<Conflict>,
    /// Points of 0 to 100, in the order of the criteria.
    pub points: Vec<Decimal>,
    /// When, in microseconds.
    pub at: i64,
}

/// Somebody about to score.
#[derive(Debug, Clone)]
pub struct Judge<'a> {
    /// The agency of the seat.
    pub agency: AgencyId,
    /// The account; none when only the seat is known.
    pub account: Option<AccountId>,
    /// The name, or empty.
    pub name: &'a str,
}

/// Who has a stake in an initiative.
#[derive(Debug, Clone, Default)]
pub struct Stakes {
    /// Agencies of authors, and the one in whose name it was sent.
    pub agencies: Vec<AgencyId>,
    /// Accounts of authors.
    pub accounts: Vec<AccountId>,
    /// Names of authors, folded.
    pub names: Vec<String>,
}

impl Stakes {
    /// Why `judge` must not score; none when nothing is known against it.
    pub fn against(&self, judge: &Judge<'_>) -> Option<Conflict> {
        let name = fold(judge.name);
        if judge.account.is_some_and(|it| self.accounts.contains(&it))
            || !name.is_empty() && self.names.contains(&name)
        {
            Some(Conflict::Author)
        } else if self.agencies.contains(&judge.agency) {
            Some(Conflict::SameUnit)
        } else {
            None
        }
    }
}

impl Conflict {
    /// All.
    pub const ALL: [Self; 3] = [Self::SameUnit, Self::Author, Self::Declared];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameUnit => "same_unit",
            Self::Author => "author",
            Self::Declared => "declared",
        }
    }

    /// The conflict stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::SameUnit => "Không chấm: cùng đơn vị với tác giả",
            Self::Author => "Không chấm: là tác giả",
            Self::Declared => "Không chấm: tự khai có liên quan",
        }
    }
}

impl Council {
    /// The agency, as a place to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.agency, path: &self.path }
    }

    /// True until it was closed.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

/// A council as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CouncilFields {
    /// The name.
    pub name: String,
    /// The code of a preset; with none the lines below count.
    pub preset: String,
    /// Name and weight of each own criterion.
    pub criteria: Vec<(String, String)>,
    /// The threshold.
    pub threshold: String,
    /// The quorum.
    pub quorum: String,
    /// Agency, by name or code, and the code of a role.
    pub members: Vec<(String, String)>,
}

/// Criteria that the form offers: word, label, and names with weights.
pub type Preset = (&'static str, &'static str, &'static [(&'static str, i64)]);

/// The presets.
pub const PRESETS: [Preset; 2] = [
    (
        "nd-13",
        "Bốn tiêu chí (Nghị định 13/2012/NĐ-CP)",
        &[
            ("Tính mới", 30),
            ("Đã áp dụng hoặc áp dụng thử", 20),
            ("Lợi ích thiết thực", 30),
            ("Khả năng áp dụng rộng", 20),
        ],
    ),
    (
        "nam",
        "Năm tiêu chí (đột phá khoa học, công nghệ)",
        &[
            ("Tính mới, sáng tạo", 25),
            ("Tính đột phá", 20),
            ("Tính khả thi", 20),
            ("Tác động và lan tỏa", 20),
            ("Nguồn lực thực hiện", 15),
        ],
    ),
];

/// Name, criteria, threshold, quorum: checked.
type CouncilRead = (String, Vec<Criterion>, Decimal, i64);

impl CouncilFields {
    /// Checks everything but the members, who need the directory.
    ///
    /// # Errors
    ///
    /// Every fault at once.
    pub(crate) fn read(&self, n_members: usize) -> Result<CouncilRead, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut say = |field: &str, words: String| faults.push((field.to_owned(), words));
        let name = match Line::parse(&self.name) {
            Ok(it) if it.as_str().chars().count() <= 200 => it.as_str().to_owned(),
            Ok(_) => {
                say("ten", "Rút gọn tên hội đồng còn tối đa 200 ký tự.".to_owned());
                String::new()
            }
            Err(err) => {
                say("ten", text_fault("tên hội đồng", err));
                String::new()
            }
        };
        let criteria = self.criteria();
        let sum: Decimal = criteria.iter().flatten().map(|it| it.weight).sum();
        match &criteria {
            None => {
                say("bo-tieu-chi", "Ghi tên và trọng số (bằng số) của từng tiêu chí.".to_owned())
            }
            Some(it) if it.is_empty() => say("bo-tieu-chi", "Chọn một bộ tiêu chí.".to_owned()),
            Some(_) if sum != Decimal::ONE_HUNDRED => {
                let sum = sum.normalize().to_string().replace('.', ",");
                say("bo-tieu-chi", format!("Trọng số cộng lại là {sum}, phải đúng 100."));
            }
            Some(_) => {}
        }
        let most = Decimal::ONE_HUNDRED;
        let threshold = quantity(&self.threshold).filter(|it| *it <= most);
        if threshold.is_none() {
            say("nguong", "Ngưỡng công nhận là số từ 0 đến 100.".to_owned());
        }
        let quorum = self.quorum.trim().parse::<i64>().ok().filter(|it| *it > 0);
        let n_members = i64::try_from(n_members).unwrap_or(i64::MAX);
        match quorum {
            Some(it) if it > n_members => {
                say(
                    "so-toi-thieu",
                    format!("Hội đồng có {n_members} thành viên, ít hơn số phải chấm."),
                );
            }
            Some(_) => {}
            None => say("so-toi-thieu", "Số thành viên phải chấm là số nguyên từ 1.".to_owned()),
        }
        match (criteria, threshold, quorum) {
            (Some(criteria), Some(threshold), Some(quorum)) if faults.is_empty() => {
                Ok((name, criteria, threshold, quorum))
            }
            _ => Err(faults),
        }
    }

    fn criteria(&self) -> Option<Vec<Criterion>> {
        if let Some((_, _, lines)) = PRESETS.iter().find(|it| it.0 == self.preset) {
            let one = |(name, weight): &(&str, i64)| Criterion {
                name: (*name).to_owned(),
                weight: Decimal::from(*weight),
            };
            return Some(lines.iter().map(one).collect());
        }
        let lines =
            self.criteria.iter().filter(|it| !(it.0.trim().is_empty() && it.1.trim().is_empty()));
        let one = |(name, weight): &(String, String)| {
            let name = Line::parse(name).ok().filter(|it| it.as_str().chars().count() <= 100)?;
            let weight = quantity(weight).filter(|it| *it > Decimal::ZERO)?;
            Some(Criterion { name: name.as_str().to_owned(), weight })
        };
        lines.take(20).map(one).collect()
    }
}
