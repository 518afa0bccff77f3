//! What an official paper says, whatever its layout.

/// An official paper (văn bản).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfficialPaper {
    /// What stands above the text.
    pub head: PaperHead,
    /// Whom it is addressed to (kính gửi), or empty.
    pub addressee: String,
    /// The text.
    pub body: Vec<Block>,
    /// Who signs.
    pub signer: Signer,
    /// Who receives it (nơi nhận), one a line, without dash and semicolon.
    pub recipients: Vec<String>,
    /// What is drawn beside the signature, below those who receive it.
    pub mark: Option<Chart>,
    /// Tables in landscape after the signature (phụ lục).
    pub annexes: Vec<Annex>,
}

/// The head of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperHead {
    /// The body above the issuer (cơ quan chủ quản), or empty.
    pub superior: String,
    /// The issuing body (cơ quan ban hành).
    pub issuer: String,
    /// The number in the year's series; none leaves room for it.
    pub number: Option<u32>,
    /// The abbreviation of the kind of paper, such as `BC`.
    pub kind_code: String,
    /// The abbreviation of the issuer, as in document numbers.
    pub issuer_code: String,
    /// The place (địa danh), or empty.
    pub place: String,
    /// The day; none leaves room for it.
    pub date: Option<PaperDate>,
    /// The kind of paper (tên loại), such as `Báo cáo`.
    pub kind: String,
    /// What it is about (trích yếu).
    pub subject: String,
}

/// A civil date on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperDate {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

/// A piece of the text. Numbers of headings and points are given when it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading `I.`
    Section(String),
    /// A heading `1.` within a section.
    Item(String),
    /// A point `a)` within an item or section.
    Point(String),
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table(DataTable),
    /// Counts as bars, each with its figure beside it.
    Bars(Vec<Bar>),
    /// A chart with its caption.
    Chart(Chart),
}

/// A table of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataTable {
    /// The columns, from the left.
    pub columns: Vec<PaperColumn>,
    /// The rows.
    pub rows: Vec<PaperRow>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperColumn {
    /// Its heading.
    pub heading: String,
    /// Its share of the width, beside the shares of the others.
    pub share: u32,
    /// Where its text stands.
    pub align: Align,
}

/// Where text stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Ordinals, dates and codes.
    Centre,
    /// Figures.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperRow {
    /// A heading over the rows that follow, across all columns.
    Group(String),
    /// A cell for each column.
    Cells(Vec<String>),
}

/// A count drawn as a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many.
    pub count: u64,
    /// The count in words beside the bar.
    pub written: String,
}

/// A chart in a paper, in black and white.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows, below it.
    pub caption: String,
    /// What it says, for those who hear it.
    pub sentence: String,
    /// What is drawn.
    pub drawn: Drawn,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// Shares of units as bars, each from nothing to the whole; a dashed line at a share, with words.
    Shares {
        /// From the top.
        bars: Vec<ShareBar>,
        /// The share that is called for.
        target: Option<(u32, String)>,
    },
    /// A figure over its periods, and the dashed way to its target.
    Course {
        /// The oldest first.
        points: Vec<CoursePoint>,
        /// The figure that is called for, with words.
        target: Option<(f64, String)>,
    },
    /// Dots of a square, as in a QR code.
    Dots {
        /// How many dots a side has, the white around them included.
        side: u32,
        /// The black ones: from the left, from the top.
        dark: Vec<(u32, u32)>,
    },
}

/// A share drawn as a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareBar {
    /// Whose.
    pub label: String,
    /// In basis points, up to 10,000.
    pub share_bp: u32,
    /// The share in words beside the bar.
    pub written: String,
}

/// A figure of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct CoursePoint {
    /// The period.
    pub label: String,
    /// For drawing.
    pub amount: f64,
    /// The figure in words.
    pub written: String,
}

/// Who signs a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signer {
    /// In whose stead.
    pub signing: Signing,
    /// The title (chức vụ).
    pub title: String,
    /// The name; empty leaves room for it.
    pub name: String,
}

/// In whose stead a paper is signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Signing {
    /// The head signs.
    #[default]
    Head,
    /// On behalf of a collective (thay mặt), which is named.
    Collective(String),
    /// A deputy for the head (ký thay), whose title is given.
    Deputy(String),
    /// By order of the head (thừa lệnh), whose title is given.
    ByOrder(String),
}

/// A table after the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// What it holds.
    pub title: String,
    /// Which paper it goes with, or empty.
    pub note: String,
    /// The table.
    pub table: DataTable,
}

impl PaperColumn {
    /// The column `heading`.
    pub fn new(heading: &str, share: u32, align: Align) -> Self {
        Self { heading: heading.to_owned(), share, align }
    }
}

/// Letters of a row up to which it is kept on one page.
const SHORT_ROW: usize = 1_200;

impl PaperRow {
    /// True of rows short enough to be kept on one page.
    pub fn is_short(&self) -> bool {
        match self {
            Self::Group(_) => true,
            Self::Cells(cells) => cells.iter().map(String::len).sum::<usize>() <= SHORT_ROW,
        }
    }
}

impl DataTable {
    /// The widths of the columns; together exactly `whole`.
    pub fn widths(&self, whole: u32) -> Vec<u32> {
        let shares: u32 = self.columns.iter().map(|it| it.share.clamp(1, 1_000)).sum();
        let width = |it: &PaperColumn| whole * it.share.clamp(1, 1_000) / shares.max(1);
        let mut widths: Vec<u32> = self.columns.iter().map(width).collect();
        let rest = whole.saturating_sub(widths.iter().sum());
        if let Some(last) = widths.last_mut() {
            *last += rest;
        }
        widths
    }
}
