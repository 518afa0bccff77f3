use super::{looks_personal, words};

/// Characters of words that are kept.
const MOST_CHARS: usize = 80;

/// Words that found nothing, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The words without marks.
    pub fold: String,
    /// As they were last typed.
    pub words: String,
    /// How often they were asked for.
    pub n: i64,
    /// When first, in microseconds.
    pub first_at: i64,
    /// When last.
    pub last_at: i64,
}

impl Miss {
    /// `typed` as it may be kept: folded, and as typed. None of what looks like something about a person, of a
    /// whole letter, and of no words at all.
    pub fn kept(typed: &str) -> Option<(String, String)> {
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if looks_personal(&typed) || typed.chars().count() > MOST_CHARS {
            return None;
        }
        let fold = words(&typed).into_iter().map(|it| it.folded).collect::<Vec<_>>().join(" ");
        (!fold.is_empty()).then_some((fold, typed))
    }
}
