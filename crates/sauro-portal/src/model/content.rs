//! What a version says as a whole: title, summary, topics, particulars of its kind, blocks.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use sauro_kernel::{DirectiveId, TopicId};
use uuid::Uuid;

use super::Block;

/// A version's words.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Content {
    /// The title.
    pub title: String,
    /// One or two sentences for lists, or empty.
    pub summary: String,
    /// Its topics.
    pub topics: Vec<TopicId>,
    /// What its kind has beside words.
    pub details: Details,
    /// The words.
    pub blocks: Vec<Block>,
    /// A word for each block by which it is known from one version to the next.
    #[serde(default)]
    pub marks: Vec<String>,
}

/// Particulars of a kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Details {
    /// Words alone.
    #[default]
    None,
    /// Of a document (văn bản).
    Document(DocumentDetails),
    /// Of an event (sự kiện).
    Event(EventDetails),
    /// Of a consultation (lấy ý kiến).
    Consultation(ConsultationDetails),
}

/// Particulars of a document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DocumentDetails {
    /// Số, ký hiệu, such as `57-NQ/TW`.
    pub number: String,
    /// The code of what it is: resolution, decision and so on.
    pub kind: String,
    /// Cơ quan ban hành, in its own words.
    pub issuer: String,
    /// Người ký, or empty.
    pub signer: String,
    /// The field (lĩnh vực), or empty.
    pub field: String,
    /// Ngày ban hành.
    pub issued_on: NaiveDate,
    /// Ngày có hiệu lực.
    pub effective_on: NaiveDate,
    /// Since when it no longer holds.
    pub expires_on: Option<NaiveDate>,
    /// The number of the document that it replaces, or empty.
    pub replaces: String,
    /// The directive from which tasks came.
    pub directive: Option<DirectiveId>,
}

/// Particulars of an event.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EventDetails {
    /// When it begins, on the clock of Viet Nam.
    pub starts_at: NaiveDateTime,
    /// When it ends.
    pub ends_at: Option<NaiveDateTime>,
    /// Where.
    pub place: String,
}

/// Particulars of a consultation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ConsultationDetails {
    /// The first day.
    pub opens_on: NaiveDate,
    /// The last day.
    pub closes_on: NaiveDate,
}

/// What a document can be: code and words. Of DOMAIN: resolution, directive, conclusion, regulation, plan and
/// what decree 30/2020 lists beside them.
pub const DOCUMENT_KINDS: [(&str, &str); 12] = [
    ("nghi-quyet", "Nghị quyết"),
    ("chi-thi", "Chỉ thị"),
    ("ket-luan", "Kết luận"),
    ("quyet-dinh", "Quyết định"),
    ("quy-che", "Quy chế, quy định"),
    ("ke-hoach", "Kế hoạch, chương trình"),
    ("thong-bao", "Thông báo"),
    ("thong-tu", "Thông tư"),
    ("nghi-dinh", "Nghị định"),
    ("cong-dien", "Công điện"),
    ("cong-van", "Công văn"),
    ("khac", "Văn bản khác"),
];

/// Fields of documents: code and words.
pub const DOCUMENT_FIELDS: [(&str, &str); 8] = [
    ("the-che", "Thể chế"),
    ("ha-tang-so", "Hạ tầng số"),
    ("du-lieu", "Dữ liệu số"),
    ("nen-tang", "Nền tảng, dịch vụ số"),
    ("nhan-luc", "Nhân lực"),
    ("khoa-hoc", "Khoa học, công nghệ, đổi mới sáng tạo"),
    ("an-toan", "An toàn, an ninh mạng"),
    ("tai-chinh", "Tài chính, giải ngân"),
];

/// The words of `code` in `all`, or nothing.
pub fn label_in(all: &[(&'static str, &'static str)], code: &str) -> &'static str {
    all.iter().find(|it| it.0 == code).map_or("", |it| it.1)
}

impl Content {
    /// All letters, for search and for comparing.
    pub fn words(&self) -> String {
        let blocks = self.blocks.iter().map(Block::words);
        let whole = [self.title.clone(), self.summary.clone()].into_iter().chain(blocks);
        whole.collect::<Vec<_>>().join("\n")
    }

    /// Gives a mark to every block that has none yet, of `fresh` words that no block ever had.
    pub fn mark(&mut self, mut fresh: impl FnMut() -> String) {
        self.marks.resize(self.blocks.len(), String::new());
        let mut seen = HashSet::new();
        for mark in &mut self.marks {
            if mark.is_empty() || !seen.insert(mark.clone()) {
                *mark = fresh();
                seen.insert(mark.clone());
            }
        }
    }

    /// The same for versions that were written before blocks had marks: each by its place.
    #[must_use]
    pub fn marked(mut self) -> Self {
        let mut n = 0;
        self.mark(|| {
            n += 1;
            format!("k{n}")
        });
        self
    }

    /// The block with `mark`.
    pub fn block(&self, mark: &str) -> Option<&Block> {
        let n = self.marks.iter().position(|it| it == mark)?;
        self.blocks.get(n)
    }

    /// The files that its blocks lead to.
    pub fn files(&self) -> Vec<Uuid> {
        self.blocks.iter().filter_map(Block::file).collect()
    }

    /// The pictures that its blocks show, in their order, each once.
    pub fn pictures(&self) -> Vec<Uuid> {
        let mut all: Vec<Uuid> = Vec::new();
        for id in self.blocks.iter().filter_map(Block::picture) {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// Minutes that reading takes, one at least.
    pub fn minutes(&self) -> usize {
        // Readers of Vietnamese take in some 250 syllables a minute.
        self.words().split_whitespace().count().div_ceil(250).max(1)
    }
}

impl DocumentDetails {
    /// It holds on `day`, as far as its own dates say.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.effective_on <= day && self.expires_on.is_none_or(|it| it > day)
    }
}
