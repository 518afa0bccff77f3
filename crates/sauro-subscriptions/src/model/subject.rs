use sauro_kernel::{AgencyId, TopicId};

/// What somebody wants to be told of (mục nhận tin).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Thông báo khẩn.
    Notices,
    /// Tin bài, sự kiện.
    News,
    /// Văn bản.
    Documents,
    /// Lấy ý kiến.
    Consultations,
    /// Whatever stands under a topic.
    Topic(TopicId),
    /// Whatever an agency publishes.
    Agency(AgencyId),
}

impl Subject {
    /// Those that every installation has, in the order shown.
    pub const SHELVES: [Self; 4] =
        [Self::Notices, Self::News, Self::Documents, Self::Consultations];

    /// The word stored and sent by forms.
    pub fn code(self) -> String {
        match self {
            Self::Notices => "thong-bao-khan".to_owned(),
            Self::News => "tin".to_owned(),
            Self::Documents => "van-ban".to_owned(),
            Self::Consultations => "lay-y-kien".to_owned(),
            Self::Topic(id) => format!("chu-de:{id}"),
            Self::Agency(id) => format!("co-quan:{id}"),
        }
    }

    /// The subject called `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        if let Some(id) = code.strip_prefix("chu-de:") {
            return id.parse().ok().map(Self::Topic);
        }
        if let Some(id) = code.strip_prefix("co-quan:") {
            return id.parse().ok().map(Self::Agency);
        }
        Self::SHELVES.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen of those that need no looking up.
    pub fn label(self) -> &'static str {
        match self {
            Self::Notices => "Thông báo khẩn",
            Self::News => "Mọi tin bài, sự kiện",
            Self::Documents => "Mọi văn bản",
            Self::Consultations => "Lấy ý kiến: mở, sắp đóng",
            Self::Topic(_) => "Chủ đề",
            Self::Agency(_) => "Cơ quan",
        }
    }
}
