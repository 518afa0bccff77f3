use chrono::NaiveDate;
use sauro_kernel::{
    AccountId, AgencyId, AgencyPath, Over, PortalItemId, Right, Role, SectionId, TopicId,
};
use uuid::Uuid;

use super::{Content, Kind, State, Tongue};

/// A section (chuyên mục) of an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The id.
    pub id: SectionId,
    /// A short word for addresses of feeds.
    pub code: String,
    /// The name.
    pub name: String,
    /// Whose it is.
    pub agency: AgencyId,
    /// Where that agency stands.
    pub agency_path: AgencyPath,
    /// Who does what in it.
    pub roles: SectionRoles,
    /// Nothing goes out while a remark on it is not settled.
    pub must_settle: bool,
}

/// Which seats of the agency write, edit and approve in a section. It takes away from the policy, and adds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRoles {
    /// Seats that write.
    pub writers: Vec<Role>,
    /// Seats that edit.
    pub editors: Vec<Role>,
    /// Seats that let out.
    pub approvers: Vec<Role>,
    /// Seats that give the legal opinion before; where there are none, none is asked for.
    pub vetters: Vec<Role>,
}

/// A topic (chủ đề).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The id.
    pub id: TopicId,
    /// Its word in addresses.
    pub slug: String,
    /// The name.
    pub name: String,
}

/// Something of the portal, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The id.
    pub id: PortalItemId,
    /// What it is.
    pub kind: Kind,
    /// The language.
    pub tongue: Tongue,
    /// What it says in another language.
    pub original: Option<PortalItemId>,
    /// Where it stands.
    pub section: SectionId,
    /// Whose it is.
    pub agency: AgencyId,
    /// Where that agency stands.
    pub agency_path: AgencyPath,
    /// How far it has come.
    pub state: State,
    /// Its word in the address.
    pub slug: String,
    /// The title of the newest version.
    pub title: String,
    /// The newest version.
    pub version_n: i64,
    /// The version that everybody reads.
    pub live_n: Option<i64>,
    /// The title of that version, or empty.
    pub live_title: String,
    /// The summary of that version, or empty.
    pub live_summary: String,
    /// When it goes out, in microseconds; only while it is scheduled.
    pub publish_at: Option<i64>,
    /// When it first went out.
    pub published_at: Option<i64>,
    /// When what everybody reads changed last.
    pub changed_at: i64,
    /// When anything changed last.
    pub touched_at: i64,
    /// What was corrected, or empty.
    pub note: String,
    /// Why it was withdrawn or sent back, or empty.
    pub reason: String,
    /// Counts up with every change.
    pub stamp: i64,
}

/// A version as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Counts from 1 for each item.
    pub n: i64,
    /// What it says.
    pub content: Content,
    /// Who wrote it.
    pub account: AccountId,
    /// How that seat is called.
    pub author: String,
    /// When, in microseconds.
    pub at: i64,
    /// Where it comes from when nobody typed it, or empty.
    pub note: String,
}

/// A file of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFile {
    /// The id.
    pub id: Uuid,
    /// Its content, by SHA-256.
    pub hash: String,
    /// How it is called.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its size.
    pub n_bytes: i64,
}

/// What somebody thinks of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// Tán thành.
    For,
    /// Không tán thành.
    Against,
    /// Đồng ý một phần.
    Partly,
}

/// A consultation (lấy ý kiến) with what was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// The first day.
    pub opens_on: NaiveDate,
    /// The last day.
    pub closes_on: NaiveDate,
    /// Tán thành.
    pub n_for: i64,
    /// Không tán thành.
    pub n_against: i64,
    /// Đồng ý một phần.
    pub n_partly: i64,
}

/// An opinion as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Of the form it came by.
    pub id: Uuid,
    /// What it says in one word.
    pub stance: Stance,
    /// Đối tượng góp ý.
    pub giver: String,
    /// The words, or empty.
    pub body: String,
    /// When, in microseconds.
    pub at: i64,
}

impl Section {
    /// Its agency, as a place to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.agency, path: &self.agency_path }
    }
}

impl Default for SectionRoles {
    fn default() -> Self {
        let writers = vec![Role::Officer, Role::FocalOfficer, Role::StandingAgency, Role::Leader];
        let editors = vec![Role::FocalOfficer, Role::StandingAgency, Role::Leader];
        let vetters = vec![Role::Verifier, Role::StandingAgency];
        Self { writers, editors, approvers: vec![Role::Leader], vetters }
    }
}

impl SectionRoles {
    /// True when a legal opinion is asked for before a leader approves.
    pub fn needs_vetting(&self) -> bool {
        !self.vetters.is_empty()
    }

    /// True when a seat with `role` keeps `right` here.
    pub fn allow(&self, role: Role, right: Right) -> bool {
        if role == Role::System {
            return true;
        }
        let listed = match right {
            Right::SeePortal => {
                return self.allow(role, Right::WritePortal) || self.vetters.contains(&role);
            }
            Right::VetPortal => &self.vetters,
            Right::WritePortal => {
                // Whoever edits or approves sees and writes as well.
                return [&self.writers, &self.editors, &self.approvers]
                    .iter()
                    .any(|it| it.contains(&role));
            }
            Right::EditPortal => &self.editors,
            Right::ApprovePortal => &self.approvers,
            _ => return true,
        };
        listed.contains(&role)
    }
}

impl Item {
    /// Its agency, as a place to check rights over.
    pub fn over(&self) -> Over<'_> {
        Over { agency: self.agency, path: &self.agency_path }
    }

    /// Its address.
    pub fn path(&self) -> String {
        let path = self.kind.path(&self.slug);
        match self.tongue {
            Tongue::Vietnamese => path,
            tongue => format!("/{}{path}", tongue.code()),
        }
    }

    /// The word of the public list that it stands in: each language has lists of its own.
    pub fn shelf_code(&self) -> String {
        let shelf = self.kind.shelf().code();
        match self.tongue {
            Tongue::Vietnamese => shelf.to_owned(),
            tongue => format!("{shelf}-{}", tongue.code()),
        }
    }
}

impl Stance {
    /// Every stance, in the order of the form.
    pub const ALL: [Self; 3] = [Self::For, Self::Against, Self::Partly];

    /// The word stored and sent by forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::For => "tan-thanh",
            Self::Against => "khong-tan-thanh",
            Self::Partly => "mot-phan",
        }
    }

    /// The stance named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::For => "Tán thành",
            Self::Against => "Không tán thành",
            Self::Partly => "Đồng ý một phần",
        }
    }
}

impl Consultation {
    /// All opinions.
    pub fn total(&self) -> i64 {
        self.n_for + self.n_against + self.n_partly
    }

    /// How many of a stance.
    pub fn n(&self, stance: Stance) -> i64 {
        match stance {
            Stance::For => self.n_for,
            Stance::Against => self.n_against,
            Stance::Partly => self.n_partly,
        }
    }

    /// Opinions are taken on `today`.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        (self.opens_on..=self.closes_on).contains(&today)
    }
}
