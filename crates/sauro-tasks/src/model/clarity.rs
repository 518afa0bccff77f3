/// One of the six things an issued task must state: the "6 rõ".
///
/// Source: Decision 2179/QĐ-TTg of 6 October 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Clarity {
    /// Rõ người: which agency does it (cơ quan chủ trì).
    Doer,
    /// Rõ việc: what is to be done.
    Work,
    /// Rõ thời gian: by which day.
    Time,
    /// Rõ trách nhiệm: which leader answers for it.
    Responsibility,
    /// Rõ sản phẩm: what is handed over at the end.
    Product,
    /// Rõ thẩm quyền: who may decide and accept.
    Authority,
}

/// The clarities a draft lacks. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the draft lacks {0:?}")]
pub struct Unclear(pub(crate) Vec<Clarity>);

impl Clarity {
    /// All six, in the official order.
    pub const ALL: [Self; 6] =
        [Self::Doer, Self::Work, Self::Time, Self::Responsibility, Self::Product, Self::Authority];

    /// The words officials use, such as "rõ người".
    pub fn label(self) -> &'static str {
        match self {
            Self::Doer => "rõ người",
            Self::Work => "rõ việc",
            Self::Time => "rõ thời gian",
            Self::Responsibility => "rõ trách nhiệm",
            Self::Product => "rõ sản phẩm",
            Self::Authority => "rõ thẩm quyền",
        }
    }

    /// The question whose answer is missing, in plain words.
    pub fn question(self) -> &'static str {
        match self {
            Self::Doer => "Cơ quan nào chủ trì? Chọn một cơ quan cụ thể.",
            Self::Work => "Phải làm việc gì? Viết bằng một động từ đo được.",
            Self::Time => "Xong vào ngày nào? Nhập ngày hoặc chu kỳ.",
            Self::Responsibility => "Lãnh đạo nào chịu trách nhiệm? Ghi chức danh.",
            Self::Product => "Bàn giao sản phẩm gì, bao nhiêu?",
            Self::Authority => "Ai nghiệm thu? Chọn cơ quan khác cơ quan chủ trì.",
        }
    }

    /// Place in the official list, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|it| *it == self).map_or(0, |n| n + 1)
    }
}

impl Unclear {
    /// What is missing, in the order of the official list.
    pub fn missing(&self) -> &[Clarity] {
        &self.0
    }
}
