use std::fmt;
use std::str::FromStr;

/// What kind of thing is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Tin bài.
    Article,
    /// Văn bản.
    Document,
    /// Chương trình and its results.
    Programme,
    /// Nhiệm vụ and its results.
    Task,
    /// Chỉ số.
    Indicator,
    /// Phản ánh, kiến nghị that was answered.
    Petition,
    /// Sáng kiến.
    Initiative,
    /// Bài toán đặt hàng.
    Problem,
    /// Cơ quan, đơn vị.
    Agency,
}

/// There is no kind with this code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of thing")]
pub struct NoSuchKind;

impl Kind {
    /// All, in the order shown.
    pub const ALL: [Self; 9] = [
        Self::Article,
        Self::Document,
        Self::Programme,
        Self::Task,
        Self::Indicator,
        Self::Petition,
        Self::Initiative,
        Self::Problem,
        Self::Agency,
    ];

    /// The word in addresses and keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Article => "tin-bai",
            Self::Document => "van-ban",
            Self::Programme => "chuong-trinh",
            Self::Task => "nhiem-vu",
            Self::Indicator => "chi-so",
            Self::Petition => "phan-anh",
            Self::Initiative => "sang-kien",
            Self::Problem => "dat-hang",
            Self::Agency => "co-quan",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Article => "Tin bài",
            Self::Document => "Văn bản",
            Self::Programme => "Chương trình",
            Self::Task => "Nhiệm vụ",
            Self::Indicator => "Chỉ số",
            Self::Petition => "Phản ánh đã trả lời",
            Self::Initiative => "Sáng kiến",
            Self::Problem => "Bài toán đặt hàng",
            Self::Agency => "Cơ quan",
        }
    }

    /// Its place in [`Kind::ALL`].
    pub fn ordinal(self) -> usize {
        Self::ALL.iter().position(|it| *it == self).unwrap_or_default()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Kind {
    type Err = NoSuchKind;

    fn from_str(code: &str) -> Result<Self, NoSuchKind> {
        Self::ALL.into_iter().find(|it| it.code() == code).ok_or(NoSuchKind)
    }
}
