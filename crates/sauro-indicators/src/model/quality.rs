//! What the agency that answers for an indicator says about the quality of its figures, in five points
//! (thuyết minh chất lượng).

use sauro_kernel::AgencyId;

/// Letters of one point at most: five short texts, no report.
pub const MOST_LETTERS: usize = 1_000;

/// The five points. One that nobody has said yet is empty, and is shown as lacking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quality {
    /// How figures are verified.
    pub verification: String,
    /// Where the data come from.
    pub source: String,
    /// How exact they must be.
    pub accuracy: String,
    /// What they do not show.
    pub limits: String,
    /// What makes up for the limits.
    pub compensation: String,
}

/// One version of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its number, from 1.
    pub version: i64,
    /// What it says.
    pub quality: Quality,
    /// From which agency it was made.
    pub agency: AgencyId,
    /// When, in microseconds.
    pub at: i64,
}

/// One of the five points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Cách kiểm chứng.
    Verification,
    /// Nguồn dữ liệu.
    Source,
    /// Độ chính xác cần có.
    Accuracy,
    /// Giới hạn.
    Limits,
    /// Cách bù giới hạn.
    Compensation,
}

impl Point {
    /// All, in the order in which they are read.
    pub const ALL: [Self; 5] =
        [Self::Verification, Self::Source, Self::Accuracy, Self::Limits, Self::Compensation];

    /// Its name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Verification => "Cách kiểm chứng",
            Self::Source => "Nguồn dữ liệu",
            Self::Accuracy => "Độ chính xác cần có",
            Self::Limits => "Giới hạn của số",
            Self::Compensation => "Cách bù giới hạn",
        }
    }

    /// What to write there.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Verification => "Ai đối chiếu, đối chiếu với gì, trước khi số được công bố.",
            Self::Source => "Sổ, hệ thống, cuộc điều tra hay văn bản mà số lấy ra.",
            Self::Accuracy => "Lệch đến đâu thì số vẫn dùng được để quyết định.",
            Self::Limits => "Điều số này không cho thấy, nơi và lúc số chưa có.",
            Self::Compensation => "Xem thêm số nào, kiểm tra gì để bù giới hạn ấy.",
        }
    }

    /// Its name in files.
    pub fn column(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Source => "source",
            Self::Accuracy => "accuracy",
            Self::Limits => "limits",
            Self::Compensation => "compensation",
        }
    }

    /// Its name in forms.
    pub fn field(self) -> &'static str {
        match self {
            Self::Verification => "kiem-chung",
            Self::Source => "nguon-du-lieu",
            Self::Accuracy => "do-chinh-xac",
            Self::Limits => "gioi-han",
            Self::Compensation => "bu-gioi-han",
        }
    }
}

impl Quality {
    /// What is said of `point`, or nothing.
    pub fn of(&self, point: Point) -> &str {
        match point {
            Point::Verification => &self.verification,
            Point::Source => &self.source,
            Point::Accuracy => &self.accuracy,
            Point::Limits => &self.limits,
            Point::Compensation => &self.compensation,
        }
    }

    /// The statement with what `said` answers for each point.
    pub fn from_points(mut said: impl FnMut(Point) -> String) -> Self {
        Self {
            verification: said(Point::Verification),
            source: said(Point::Source),
            accuracy: said(Point::Accuracy),
            limits: said(Point::Limits),
            compensation: said(Point::Compensation),
        }
    }

    /// How many points are said.
    pub fn n_said(&self) -> usize {
        Point::ALL.into_iter().filter(|it| !self.of(*it).is_empty()).count()
    }
}
