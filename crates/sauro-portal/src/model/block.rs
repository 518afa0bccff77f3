//! What an item says: typed blocks. No markup is kept, so none can do harm.

use uuid::Uuid;

/// Words that look alike: one run of letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// The letters.
    #[serde(rename = "t")]
    pub text: String,
    /// In bold.
    #[serde(rename = "b", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_bold: bool,
    /// In italics.
    #[serde(rename = "i", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_italic: bool,
    /// Where it leads, or empty.
    #[serde(rename = "h", default, skip_serializing_if = "String::is_empty")]
    pub href: String,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading, of level 2 or 3.
    Heading {
        /// 2 or 3.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        spans: Vec<Span>,
    },
    /// A list.
    List {
        /// Numbered.
        is_ordered: bool,
        /// The items.
        items: Vec<Vec<Span>>,
    },
    /// Somebody's words.
    Quote {
        /// The words.
        spans: Vec<Span>,
        /// Whose they are, or empty.
        source: String,
    },
    /// A table, the first row of which names the columns.
    Table {
        /// What it shows, or empty.
        caption: String,
        /// Names of the columns.
        head: Vec<String>,
        /// The rows, each as long as the head.
        rows: Vec<Vec<String>>,
    },
    /// A picture of the library.
    Image {
        /// The picture.
        file: Uuid,
        /// What a reader who does not see it has to know.
        alt: String,
        /// What stands below, or empty.
        caption: String,
        /// It stands in a grid with those beside it that do so as well (bộ ảnh).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_tile: bool,
    },
    /// A file to take along.
    File {
        /// The file.
        file: Uuid,
        /// What it is.
        label: String,
    },
    /// A paragraph that stands out.
    Callout {
        /// It warns.
        is_warning: bool,
        /// The words.
        spans: Vec<Span>,
    },
    /// A figure that the house counts, as it is when somebody reads.
    Figure {
        /// Its code.
        code: String,
        /// What it says.
        label: String,
    },
}

impl Span {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// The letters of `spans`.
pub fn words_of(spans: &[Span]) -> String {
    spans.iter().map(|it| it.text.as_str()).collect()
}

impl Block {
    /// The letters of the block, for search, for comparing and for counting.
    pub fn words(&self) -> String {
        match self {
            Self::Heading { text, .. } => text.clone(),
            Self::Paragraph { spans } | Self::Callout { spans, .. } => words_of(spans),
            Self::List { items, .. } => {
                items.iter().map(|it| words_of(it)).collect::<Vec<_>>().join("\n")
            }
            Self::Quote { spans, source } => format!("{}\n{source}", words_of(spans)),
            Self::Table { caption, head, rows } => {
                let rows = std::iter::once(head).chain(rows).map(|it| it.join(" | "));
                std::iter::once(caption.clone()).chain(rows).collect::<Vec<_>>().join("\n")
            }
            Self::Image { alt, caption, .. } => format!("{alt}\n{caption}"),
            Self::File { label, .. } => label.clone(),
            Self::Figure { label, .. } => label.clone(),
        }
    }

    /// Its spans, wherever they stand.
    pub fn spans(&self) -> Vec<&Span> {
        match self {
            Self::Paragraph { spans } | Self::Callout { spans, .. } | Self::Quote { spans, .. } => {
                spans.iter().collect()
            }
            Self::List { items, .. } => items.iter().flatten().collect(),
            _ => Vec::new(),
        }
    }

    /// The file of the item that it leads to.
    pub fn file(&self) -> Option<Uuid> {
        match self {
            Self::File { file, .. } => Some(*file),
            _ => None,
        }
    }

    /// The picture of the library that it shows.
    pub fn picture(&self) -> Option<Uuid> {
        match self {
            Self::Image { file, .. } => Some(*file),
            _ => None,
        }
    }
}
