/// A language that an item may be written in. The frame of every page is Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tongue {
    /// Tiếng Việt.
    Vietnamese,
    /// Tiếng Anh.
    English,
    /// Tiếng Pháp.
    French,
    /// Tiếng Trung.
    Chinese,
    /// Tiếng Lào.
    Lao,
    /// Tiếng Khmer.
    Khmer,
}

impl Tongue {
    /// Every language, Vietnamese first.
    pub const ALL: [Self; 6] =
        [Self::Vietnamese, Self::English, Self::French, Self::Chinese, Self::Lao, Self::Khmer];

    /// The word stored, of BCP 47: in addresses and in `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
            Self::French => "fr",
            Self::Chinese => "zh",
            Self::Lao => "lo",
            Self::Khmer => "km",
        }
    }

    /// The language named `code`.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The words on screen, for those who work with it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Vietnamese => "Tiếng Việt",
            Self::English => "Tiếng Anh",
            Self::French => "Tiếng Pháp",
            Self::Chinese => "Tiếng Trung",
            Self::Lao => "Tiếng Lào",
            Self::Khmer => "Tiếng Khmer",
        }
    }

    /// What it calls itself, for those who read it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Vietnamese => "Tiếng Việt",
            Self::English => "English",
            Self::French => "Français",
            Self::Chinese => "中文",
            Self::Lao => "ລາວ",
            Self::Khmer => "ខ្មែរ",
        }
    }

    /// The locale by which other sites know it.
    pub fn locale(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi_VN",
            Self::English => "en_US",
            Self::French => "fr_FR",
            Self::Chinese => "zh_CN",
            Self::Lao => "lo_LA",
            Self::Khmer => "km_KH",
        }
    }
}
