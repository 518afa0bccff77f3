/// What an initiative is (Decree 13/2012/NĐ-CP, article 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Giải pháp kỹ thuật.
    Technical,
    /// Giải pháp quản lý.
    Management,
    /// Giải pháp tác nghiệp.
    Operation,
    /// Ứng dụng tiến bộ kỹ thuật.
    Adoption,
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// Chuyển đổi số, dữ liệu.
    Digital,
    /// Khoa học, công nghệ.
    Science,
    /// Cải cách hành chính, dịch vụ công.
    Services,
    /// Nông nghiệp, môi trường.
    Farming,
    /// Y tế.
    Health,
    /// Giáo dục, đào tạo.
    Schooling,
    /// Kinh tế, doanh nghiệp.
    Economy,
    /// Lĩnh vực khác.
    Other,
}

/// How the ideas in it are owned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ownership {
    /// Nothing is registered.
    Free,
    /// A right was registered or asked for.
    Registered,
    /// Something of others is used.
    Shared,
}

/// What a sender may agree to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consent {
    /// Names and numbers are used to work on the dossier. Without it nothing can be sent.
    Process,
    /// The content may be read by everybody once the form was accepted.
    Content,
    /// The authors are named to everybody.
    Names,
}

/// Units of a benefit that the form offers: stored word, and the words on screen.
pub const UNITS: [(&str, &str); 5] = [
    ("dong-nam", "đồng mỗi năm"),
    ("gio-nam", "giờ làm việc mỗi năm"),
    ("ho-so-nam", "hồ sơ mỗi năm"),
    ("nguoi", "người được phục vụ"),
    ("phan-tram", "phần trăm"),
];

impl Kind {
    /// All.
    pub const ALL: [Self; 4] = [Self::Technical, Self::Management, Self::Operation, Self::Adoption];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Technical => "ky-thuat",
            Self::Management => "quan-ly",
            Self::Operation => "tac-nghiep",
            Self::Adoption => "ung-dung",
        }
    }

    /// The kind stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Technical => "Giải pháp kỹ thuật",
            Self::Management => "Giải pháp quản lý",
            Self::Operation => "Giải pháp tác nghiệp",
            Self::Adoption => "Ứng dụng tiến bộ kỹ thuật",
        }
    }
}

impl Area {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Digital,
        Self::Science,
        Self::Services,
        Self::Farming,
        Self::Health,
        Self::Schooling,
        Self::Economy,
        Self::Other,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Digital => "chuyen-doi-so",
            Self::Science => "khoa-hoc",
            Self::Services => "dich-vu-cong",
            Self::Farming => "nong-nghiep",
            Self::Health => "y-te",
            Self::Schooling => "giao-duc",
            Self::Economy => "kinh-te",
            Self::Other => "khac",
        }
    }

    /// The area stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Digital => "Chuyển đổi số, dữ liệu",
            Self::Science => "Khoa học, công nghệ",
            Self::Services => "Cải cách hành chính, dịch vụ công",
            Self::Farming => "Nông nghiệp, môi trường",
            Self::Health => "Y tế",
            Self::Schooling => "Giáo dục, đào tạo",
            Self::Economy => "Kinh tế, doanh nghiệp",
            Self::Other => "Lĩnh vực khác",
        }
    }
}

impl Ownership {
    /// All.
    pub const ALL: [Self; 3] = [Self::Free, Self::Registered, Self::Shared];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Free => "khong",
            Self::Registered => "da-dang-ky",
            Self::Shared => "co-cua-nguoi-khac",
        }
    }

    /// The ownership stored as `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Free => "Chưa đăng ký quyền sở hữu trí tuệ nào",
            Self::Registered => "Đã đăng ký hoặc đã nộp đơn đăng ký",
            Self::Shared => "Có phần dùng lại của người khác",
        }
    }
}

impl Consent {
    /// All.
    pub const ALL: [Self; 3] = [Self::Process, Self::Content, Self::Names];

    /// The version of the words below. Change it with them: what somebody agreed to stays known.
    pub const VERSION: &str = "2026-11";

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Process => "xu-ly",
            Self::Content => "cong-khai-noi-dung",
            Self::Names => "cong-khai-ten",
        }
    }

    /// What is agreed to.
    pub fn label(self) -> &'static str {
        match self {
            Self::Process => {
                "Tôi đồng ý cho cơ quan tiếp nhận dùng tên và số liên lạc của các tác giả để giải quyết hồ sơ này."
            }
            Self::Content => {
                "Cho phép công khai nội dung sau khi hồ sơ hợp lệ. Không chọn thì trang công khai chỉ có tên sáng kiến và tiến trình."
            }
            Self::Names => "Cho phép ghi tên các tác giả trên trang công khai.",
        }
    }
}
