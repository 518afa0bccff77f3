//! A small question for whoever sends very much: read by people and by screen readers alike.

/// A question that people answer at once and that costs a machine a step (câu hỏi kiểm tra).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub words: String,
    /// What must come back with the answer; it opens for this form alone.
    pub token: String,
}

/// Numbers in words, from one.
const NUMBERS: [&str; 9] = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// A question by two random bytes, and the sum that answers it.
pub fn question(random: [u8; 2]) -> (String, u32) {
    let [a, b] = random.map(|it| u32::from(it) % 9);
    let word = |n: u32| NUMBERS.get(n as usize).copied().unwrap_or("một");
    (format!("{} cộng {} bằng mấy? Trả lời bằng chữ số.", word(a), word(b)), a + b + 2)
}

/// How many links stand in `text`.
pub fn n_links(text: &str) -> usize {
    let text = text.to_lowercase();
    text.matches("://").count() + text.matches("www.").count()
}

#[cfg(test)]
mod tests {
    use super::{n_links, question};

    #[test]
    fn a_question_says_two_numbers_and_knows_their_sum() {
        assert_eq!(
            question([0, 8]),
            ("một cộng chín bằng mấy? Trả lời bằng chữ số.".to_owned(), 10)
        );
        assert!((0..=255).all(|n| (2..=18).contains(&question([n, n]).1)));
    }

    #[test]
    fn links_are_counted_however_they_are_written() {
        assert_eq!(n_links("HTTP://a.vn và www.b.vn, không phải wwwb"), 2);
    }
}
