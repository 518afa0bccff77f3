use super::Kind;

/// Characters of a question that count.
pub const MOST_TYPED: usize = 200;

/// Hits on one page.
pub const PER_PAGE: usize = 20;

/// Pages that can be turned to; whoever needs more needs better words.
pub const MOST_PAGES: usize = 50;

/// In which order hits come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first.
    Date,
}

/// What somebody asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// As it was typed.
    pub typed: String,
    /// Of this kind only.
    pub kind: Option<Kind>,
    /// Only what belongs to the agency with this code, or stands below it; empty for all.
    pub agency: String,
    /// Only of this field; empty for all.
    pub field: String,
    /// Only of this year.
    pub year: Option<i32>,
    /// The order.
    pub sort: Sort,
    /// The page, from 0.
    pub page: usize,
}

impl Asked {
    /// The question `typed`, without anything that narrows it.
    pub fn of(typed: &str) -> Self {
        Self { typed: typed.chars().take(MOST_TYPED).collect(), ..Self::default() }
    }

    /// True when something narrows it beside the words.
    pub fn is_narrowed(&self) -> bool {
        self.kind.is_some()
            || self.year.is_some()
            || !self.agency.is_empty()
            || !self.field.is_empty()
    }
}
