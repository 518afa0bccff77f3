/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Its writer works on it.
    Draft,
    /// Editors work on it.
    Editing,
    /// The legal opinion on it is waited for.
    Vetting,
    /// A leader is to approve it.
    Waiting,
    /// Approved; goes out at its instant.
    Scheduled,
    /// Everybody reads it.
    Published,
    /// Everybody reads it; editors prepare a correction.
    Correcting,
    /// Everybody reads it; the legal opinion on the correction is waited for.
    Revetting,
    /// Everybody reads it; a leader is to approve the correction.
    Rechecking,
    /// Everybody reads it with the note of what was corrected.
    Corrected,
    /// Taken down; its address says why.
    Withdrawn,
    /// Kept for history: read at its address, found in no list.
    Archived,
}

impl State {
    /// Every state, in the order of an item's life.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::Editing,
        Self::Vetting,
        Self::Waiting,
        Self::Scheduled,
        Self::Published,
        Self::Correcting,
        Self::Revetting,
        Self::Rechecking,
        Self::Corrected,
        Self::Withdrawn,
        Self::Archived,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Editing => "editing",
            Self::Vetting => "vetting",
            Self::Waiting => "waiting",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Correcting => "correcting",
            Self::Revetting => "revetting",
            Self::Rechecking => "rechecking",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn",
            Self::Archived => "archived",
        }
    }

    /// The state stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The `data-s` word of the visual language and the words on screen.
    pub fn status(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("none", "Đang viết"),
            Self::Editing => ("run", "Đang biên tập"),
            Self::Vetting => ("soon", "Chờ ý kiến pháp chế"),
            Self::Waiting => ("soon", "Chờ duyệt"),
            Self::Scheduled => ("run", "Đã hẹn giờ đăng"),
            Self::Published => ("done", "Đã đăng"),
            Self::Correcting => ("run", "Đã đăng, đang đính chính"),
            Self::Revetting => ("soon", "Đã đăng, đính chính chờ pháp chế"),
            Self::Rechecking => ("soon", "Đã đăng, đính chính chờ duyệt"),
            Self::Corrected => ("done", "Đã đính chính"),
            Self::Withdrawn => ("over", "Đã gỡ"),
            Self::Archived => ("none", "Lưu trữ"),
        }
    }

    /// Everybody finds it in lists, feeds and the site map.
    pub fn is_listed(self) -> bool {
        matches!(
            self,
            Self::Published
                | Self::Correcting
                | Self::Revetting
                | Self::Rechecking
                | Self::Corrected
        )
    }

    /// Everybody reads it at its address.
    pub fn is_read(self) -> bool {
        self.is_listed() || self == Self::Archived
    }
}
