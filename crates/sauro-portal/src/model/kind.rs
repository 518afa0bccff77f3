/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    /// Tin bài.
    Article,
    /// Văn bản.
    Document,
    /// Trang: stands by itself, in no list of news.
    Page,
    /// Sự kiện.
    Event,
    /// Lấy ý kiến.
    Consultation,
    /// Thông báo khẩn: above everything while it is there.
    Notice,
}

impl Kind {
    /// Every kind, in the order shown to people.
    pub const ALL: [Self; 6] =
        [Self::Article, Self::Document, Self::Event, Self::Consultation, Self::Notice, Self::Page];

    /// The word stored and sent by forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Article => "tin",
            Self::Document => "van-ban",
            Self::Page => "trang",
            Self::Event => "su-kien",
            Self::Consultation => "lay-y-kien",
            Self::Notice => "thong-bao-khan",
        }
    }

    /// The kind named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Article => "Tin bài",
            Self::Document => "Văn bản",
            Self::Page => "Trang",
            Self::Event => "Sự kiện",
            Self::Consultation => "Lấy ý kiến",
            Self::Notice => "Thông báo khẩn",
        }
    }

    /// The public list it stands in.
    pub fn shelf(self) -> Shelf {
        match self {
            Self::Article | Self::Event => Shelf::News,
            Self::Document => Shelf::Documents,
            Self::Consultation => Shelf::Consultations,
            Self::Notice => Shelf::Notices,
            Self::Page => Shelf::Pages,
        }
    }

    /// The address of the item with `slug`.
    pub fn path(self, slug: &str) -> String {
        let place = match self.shelf() {
            Shelf::News | Shelf::Notices => "/tin",
            Shelf::Documents => "/van-ban",
            Shelf::Consultations => "/lay-y-kien",
            Shelf::Pages => "/trang",
        };
        format!("{place}/{slug}")
    }
}

/// A public list of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// Tin tức.
    News,
    /// Thư viện văn bản.
    Documents,
    /// Lấy ý kiến.
    Consultations,
    /// Thông báo khẩn.
    Notices,
    /// Pages, which no list shows.
    Pages,
}

impl Shelf {
    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Documents => "documents",
            Self::Consultations => "consultations",
            Self::Notices => "notices",
            Self::Pages => "pages",
        }
    }
}
