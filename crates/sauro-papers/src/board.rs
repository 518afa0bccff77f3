//! A dashboard for paper and for pictures: tiles of figures, as a press prints them.

/// A dashboard.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Board {
    /// Its name.
    pub title: String,
    /// Who made it and when its figures are of.
    pub note: String,
    /// Its tiles, in their order.
    pub tiles: Vec<BoardTile>,
}

/// A tile.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoardTile {
    /// What it shows.
    pub title: String,
    /// Whose, or empty.
    pub of: String,
    /// Columns that it takes, 1 to 4.
    pub width: u8,
    /// What stands in it, from the top.
    pub parts: Vec<BoardPart>,
}

/// What stands in a tile.
#[derive(Debug, Clone, PartialEq)]
pub enum BoardPart {
    /// One figure, large, and what it is of.
    Figure(String, String),
    /// A sentence, large.
    Headline(String),
    /// A sentence.
    Words(String),
    /// A sentence beside the matter, small and grey.
    Aside(String),
    /// A drawing.
    Picture(BoardPicture),
    /// Bars with their figures.
    Bars(Vec<BoardBar>),
    /// A table whose figures have shades from 0, none, to 5, the best.
    Heat {
        /// Headings of the columns.
        headings: Vec<String>,
        /// The name of each row, and its cells with their shades.
        rows: Vec<(String, Vec<(String, u8)>)>,
    },
    /// Two by two: heads of the columns, then each row with its head and its two boxes.
    Boxes {
        /// Heads of the columns.
        heads: [String; 2],
        /// The rows.
        rows: Box<[BoxRow; 2]>,
    },
    /// Things with a note below each.
    Items(Vec<(String, String)>),
    /// What shades mean: shade and words.
    Legend(Vec<(u8, String)>),
}

/// The head of a row and its two boxes: the figure and its words.
pub type BoxRow = (String, [(String, String); 2]);

/// A drawing in a tile.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardPicture {
    /// The drawing.
    pub svg: String,
    /// What it says, for those who hear it.
    pub sentence: String,
    /// Its width beside its height.
    pub ratio: f64,
    /// Most points it is wide.
    pub widest: f64,
}

/// A bar with its figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoardBar {
    /// Its rank, or empty.
    pub rank: String,
    /// What it is of.
    pub label: String,
    /// The figure.
    pub written: String,
    /// Its length, in basis points of the whole.
    pub share_bp: u32,
}
