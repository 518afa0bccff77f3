use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a person types to say who they are (tên đăng nhập): lower-case ASCII, 2 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(String);

impl Login {
    /// Folds `raw`: capitals and diacritics do not count. `None` when it cannot be a login; the
    /// sentence for people is [`Login::RULE`].
    pub fn parse(raw: &str) -> Option<Self> {
        let folded: String = raw
            .trim()
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(|c| if c == 'đ' { 'd' } else { c })
            .take(Self::MAX_CHARS + 1)
            .collect();
        let is_fit = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-' | '+' | '@');
        let is_long_enough = (2..=Self::MAX_CHARS).contains(&folded.len());
        (is_long_enough && folded.chars().all(is_fit)).then_some(Self(folded))
    }

    /// What a login must look like, for people.
    pub const RULE: &str =
        "Tên đăng nhập có từ 2 đến 100 ký tự, chỉ gồm chữ không dấu, số và các dấu . _ - + @";

    const MAX_CHARS: usize = 100;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
