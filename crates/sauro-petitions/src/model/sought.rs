//! What is searched for among public cases, with and without marks.

use sauro_kernel::fold;

use super::{MOST_WORDS, words_of};

/// Syllables of one search that count.
const MOST: usize = 12;

/// Marks a single syllable in the index, which holds pairs of syllables as well.
const ALONE: char = '=';

/// A search as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// In small letters, with its marks.
    exact: String,
    /// Without marks.
    folded: String,
}

/// The words under which a public case is found: pairs of syllables, which tell matters apart, and the single ones
/// of its title. Those of its text would double the index and tell little.
pub fn index_words_of(title: &str, body: &str) -> Vec<String> {
    let mut words = words_of(&format!("{title} {body}"));
    words.extend(alone_of(&fold(title), MOST_WORDS));
    words
}

fn alone_of(folded: &str, most: usize) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let syllables = folded.split(' ').filter(|it| !it.is_empty() && it.len() <= 24);
    syllables.filter(|it| seen.insert(*it)).take(most).map(|it| format!("{ALONE}{it}")).collect()
}

impl Sought {
    /// What `typed` asks for.
    pub fn of(typed: &str) -> Self {
        let exact = typed.split_whitespace().take(MOST).collect::<Vec<_>>().join(" ");
        // Composed and decomposed letters are the same to the eye.
        let exact = sauro_kernel::nfc(&exact).to_lowercase();
        let folded = fold(&exact).split(' ').take(MOST).collect::<Vec<_>>().join(" ");
        Self { exact, folded }
    }

    /// Nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The words to look up.
    pub fn terms(&self) -> Vec<String> {
        let mut terms = words_of(&self.folded);
        terms.extend(alone_of(&self.folded, MOST));
        terms
    }

    /// How well a text answers; none when a syllable is missing.
    pub fn rank(&self, title: &str, body: &str) -> Option<u32> {
        let both = format!(" {} {} ", fold(title), fold(body));
        let stands = |it: &str| both.contains(&format!(" {it} "));
        if !self.folded.split(' ').all(stands) {
            return None;
        }
        let lower = |text: &str| sauro_kernel::nfc(text).to_lowercase();
        let within = |text: &str, words: &str, worth: u32| {
            if text.contains(words) { worth } else { 0 }
        };
        Some(
            within(&lower(title), &self.exact, 8)
                + within(&lower(body), &self.exact, 4)
                + within(&fold(title), &self.folded, 2)
                + within(&fold(body), &self.folded, 1),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Sought, index_words_of};

    #[test]
    fn what_is_written_with_its_marks_stands_above_what_only_folds_to_it() {
        let sought = Sought::of("Đèn  đường");
        let rank = |title: &str| sought.rank(title, "").unwrap_or(0);
        assert!(rank("Đèn đường hỏng") > rank("Den duong hong"));
        assert!(rank("Den duong hong") > rank("Đường tối, không có đèn"));
        assert_eq!(sought.rank("Đèn tín hiệu", "hỏng"), None);
        // Letters composed of parts.
        assert_eq!(Sought::of("đe\u{300}n"), Sought::of("đèn"));
    }

    #[test]
    fn every_word_that_is_looked_up_is_in_the_index() {
        let words = index_words_of("Rác ở chợ Năm Căn", "Chưa dọn từ thứ Hai.");
        for typed in ["rac", "Năm Căn", "chợ năm căn"] {
            for term in Sought::of(typed).terms() {
                assert!(words.contains(&term), "{typed}: {term}");
            }
        }
    }
}
