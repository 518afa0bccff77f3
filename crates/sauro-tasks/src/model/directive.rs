use chrono::NaiveDate;
use sauro_kernel::{AgencyId, AgencyPath, DirectiveId, PostId, ProgrammeId};

/// A directive (văn bản chỉ đạo): the text that tasks come from. The text never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The id.
    pub id: DirectiveId,
    /// The programme its tasks belong to.
    pub programme: ProgrammeId,
    /// Who brought it in and issues its tasks.
    pub owner: AgencyId,
    /// Where the owner stands.
    pub owner_path: AgencyPath,
    /// What its head says.
    pub head: DirectiveHead,
    /// The text, NFC; spans of drafts count its code points.
    pub body: String,
    /// SHA-256 of the text.
    pub body_hash: Vec<u8>,
    /// SHA-256 of the file it came as.
    pub file_hash: Option<Vec<u8>>,
    /// Name of that file, or empty.
    pub file_name: String,
    /// The seat that brought it in.
    pub added_by: PostId,
    /// When, in microseconds.
    pub added_at: i64,
}

/// What the head of a directive says (thể thức đầu văn bản). Empty where the text says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DirectiveHead {
    /// Số, ký hiệu.
    pub number: String,
    /// Tên loại văn bản.
    pub kind: String,
    /// Cơ quan ban hành, as written.
    pub issuer_text: String,
    /// The issuer, when the catalogue knows it.
    pub issuer: Option<AgencyId>,
    /// Địa danh.
    pub place: String,
    /// Ngày ban hành.
    pub issued_on: Option<NaiveDate>,
    /// Trích yếu.
    pub subject: String,
    /// Người ký.
    pub signer: String,
}

/// A directive as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveLine {
    /// The id.
    pub id: DirectiveId,
    /// Who brought it in.
    pub owner: AgencyId,
    /// Số, ký hiệu, or empty.
    pub number: String,
    /// Tên loại, or empty.
    pub kind: String,
    /// Trích yếu, or empty.
    pub subject: String,
    /// Ngày ban hành.
    pub issued_on: Option<NaiveDate>,
    /// When it was brought in.
    pub added_at: i64,
    /// Drafts still being edited.
    pub n_draft: i64,
    /// Drafts waiting for approval.
    pub n_proposed: i64,
    /// Drafts that became tasks.
    pub n_issued: i64,
}

impl DirectiveHead {
    /// Kind and number as people call the document, or "Văn bản chưa rõ số".
    pub fn title(&self) -> String {
        title_of(&self.kind, &self.number)
    }
}

impl DirectiveLine {
    /// Kind and number as people call the document, or "Văn bản chưa rõ số".
    pub fn title(&self) -> String {
        title_of(&self.kind, &self.number)
    }
}

fn title_of(kind: &str, number: &str) -> String {
    match (kind.is_empty(), number.is_empty()) {
        (true, true) => "Văn bản chưa rõ số".to_owned(),
        (true, false) => format!("Văn bản {number}"),
        (false, true) => format!("{kind} chưa rõ số"),
        (false, false) => format!("{kind} {number}"),
    }
}
