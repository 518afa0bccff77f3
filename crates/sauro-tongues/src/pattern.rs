//! A phrase with holes: "Gửi lúc {at} đến {agency}".

use crate::grammar;

/// A phrase of which some pieces are told only when it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// What stands between the holes: one more than there are holes.
    pieces: Vec<String>,
    /// Its English: pieces, and between them the numbers of the holes.
    said: Vec<String>,
    order: Vec<usize>,
}

/// Why a phrase and its English do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// A hole of the English is none of the phrase, or one is missing.
    #[error("the holes of the phrase and those of its English differ")]
    Holes,
    /// Nothing stands between two holes, so that nobody can tell where the first ends.
    #[error("two holes of the phrase touch each other")]
    Touching,
}

impl Pattern {
    /// The pattern of `phrase`, said as `english`; none when it has no hole.
    ///
    /// # Errors
    ///
    /// [`PatternError`] when the holes do not go together.
    pub(crate) fn read(phrase: &str, english: &str) -> Result<Option<Self>, PatternError> {
        let (pieces, names) = parts(phrase);
        let (said, said_names) = parts(english);
        if names.is_empty() && said_names.is_empty() {
            return Ok(None);
        }
        if pieces.iter().skip(1).take(names.len().saturating_sub(1)).any(String::is_empty) {
            return Err(PatternError::Touching);
        }
        let mut order = Vec::new();
        for (n, name) in said_names.iter().enumerate() {
            let at = if name.is_empty() {
                // Without names the order says which is which.
                Some(n).filter(|it| names.get(*it).is_some_and(String::is_empty))
            } else {
                names.iter().position(|it| it == name)
            };
            order.push(at.ok_or(PatternError::Holes)?);
        }
        // Of a name that stands twice the first hole is told.
        let first = |name: &String| names.iter().position(|it| it == name);
        let is_told = |(n, name): (usize, &String)| {
            order.contains(&if name.is_empty() { n } else { first(name).unwrap_or(n) })
        };
        if !names.iter().enumerate().all(is_told) {
            return Err(PatternError::Holes);
        }
        Ok(Some(Self { pieces, said, order }))
    }

    /// The first word of the phrase, when it is whole and no hole touches it.
    pub(crate) fn first_word(&self) -> Option<&str> {
        let (word, _) = self.pieces.first()?.split_once(' ')?;
        Some(word).filter(|it| !it.is_empty())
    }

    /// The last word of the phrase, when it is whole and no hole touches it.
    pub(crate) fn last_word(&self) -> Option<&str> {
        let (_, word) = self.pieces.last()?.rsplit_once(' ')?;
        Some(word).filter(|it| !it.is_empty())
    }

    /// How much of the phrase is fixed, in letters: of two that fit, the one with more is meant.
    pub(crate) fn weight(&self) -> usize {
        self.pieces.iter().flat_map(|it| it.chars()).filter(|it| it.is_alphabetic()).count()
    }

    /// True when hole `n` is quoted: words of somebody, or the name of a button.
    pub(crate) fn is_quoted(&self, n: usize) -> bool {
        let piece = |n: usize| self.pieces.get(n).map_or("", String::as_str);
        piece(n).ends_with('“') && piece(n + 1).starts_with('”')
    }

    /// What stands in the holes when `text` is this phrase.
    pub(crate) fn holes<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let (first, rest) = self.pieces.split_first()?;
        let (last, middle) = rest.split_last()?;
        let mut left = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut holes = Vec::with_capacity(rest.len());
        for piece in middle {
            // A hole is never empty.
            let skipped = left.chars().next()?.len_utf8();
            let at = left.get(skipped..)?.find(piece.as_str())? + skipped;
            holes.push(left.get(..at)?);
            left = left.get(at + piece.len()..)?;
        }
        holes.push(left);
        Some(holes).filter(|it| it.iter().all(|hole| !hole.trim().is_empty()))
    }

    /// The English of the phrase with what stood in its `holes`, each as it is `said`.
    pub(crate) fn said(&self, holes: &[&str], said: &[String]) -> String {
        let mut text = self.said.first().cloned().unwrap_or_default();
        for (at, after) in self.order.iter().zip(self.said.iter().skip(1)) {
            let hole = holes.get(*at).copied().unwrap_or_default();
            text.push_str(said.get(*at).map_or(hole, String::as_str));
            text.push_str(&if hole == "1" { grammar::one_of(after) } else { after.clone() });
        }
        text
    }
}

/// The pieces of `phrase` between its holes, and the names of these; a hole without a name has an empty one.
pub(crate) fn parts(phrase: &str) -> (Vec<String>, Vec<String>) {
    let (mut pieces, mut names) = (vec![String::new()], Vec::new());
    let mut left = phrase;
    while let Some(at) = left.find('{') {
        let (before, rest) = left.split_at(at);
        let end = rest.find('}');
        if let Some(last) = pieces.last_mut() {
            last.push_str(before);
        }
        let Some(end) = end else { break };
        let inside = rest.get(1..end).unwrap_or_default();
        let name = inside.split(':').next().unwrap_or_default();
        names.push(name.trim().to_owned());
        pieces.push(String::new());
        left = rest.get(end + 1..).unwrap_or_default();
    }
    if let Some(last) = pieces.last_mut() {
        last.push_str(left);
    }
    (pieces, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(phrase: &str, english: &str) -> Pattern {
        Pattern::read(phrase, english).unwrap().unwrap()
    }

    fn say(pattern: &Pattern, text: &str) -> Option<String> {
        let holes = pattern.holes(text)?;
        Some(pattern.said(&holes, &[]))
    }

    #[test]
    fn a_hole_takes_what_stands_there_and_order_may_change() {
        let it = pattern("Còn {n} ngày đến {day}", "By {day}: {n} days left");
        assert_eq!(say(&it, "Còn 3 ngày đến 30/11").as_deref(), Some("By 30/11: 3 days left"));
        assert_eq!(say(&it, "Còn 1 ngày đến 30/11").as_deref(), Some("By 30/11: 1 day left"));
        assert_eq!(say(&it, "Còn ngày đến 30/11"), None);
        assert_eq!(say(&it, "Còn 3 ngày"), None);
        let it = pattern("{} nhiệm vụ của {}", "{} tasks of {}");
        assert_eq!(say(&it, "2 nhiệm vụ của Xã A").as_deref(), Some("2 tasks of Xã A"));
        assert_eq!((it.first_word(), it.last_word()), (None, None));
    }

    #[test]
    fn holes_that_do_not_go_together_are_told() {
        assert_eq!(Pattern::read("{a} của {b}", "{a}"), Err(PatternError::Holes));
        assert_eq!(Pattern::read("{a} của {b}", "{a} of {c}"), Err(PatternError::Holes));
        assert_eq!(Pattern::read("{}{} của", "of {}{}"), Err(PatternError::Touching));
        assert_eq!(Pattern::read("Trang chủ", "Home"), Ok(None));
    }
}
