//! Whether words that nobody knows are a name put into a phrase, or somebody's prose that has its words by chance.

/// What names of agencies and places begin with.
const NAMES: [&str; 21] = [
    "Bộ ",
    "Chi cục ",
    "Chính phủ",
    "Công an ",
    "Cơ quan ",
    "Cục ",
    "Đảng ủy ",
    "Đặc khu ",
    "Mặt trận ",
    "Phường ",
    "Quốc hội",
    "Sở ",
    "Thành phố ",
    "Thành ủy ",
    "Thủ tướng",
    "Tỉnh ",
    "TP. ",
    "UBND ",
    "Ủy ban ",
    "Văn phòng ",
    "Xã ",
];

/// Letters of a phrase up to which any text may have them by chance, and from which on none has.
const CHANCE: usize = 8;
const SURE: usize = 15;

/// Words of a name; a title may be as long.
const LONGEST: usize = 20;

/// Letters that Vietnamese has and English has not.
pub(crate) fn is_vietnamese(text: &str) -> bool {
    text.chars().any(|it| matches!(it, 'À'..='ỹ') && it.is_alphabetic())
}

/// Where a hole stands: whether the text begins with it, and whether the phrase has no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) is_first: bool,
    pub(crate) is_only: bool,
    /// Letters that the phrase has of its own.
    pub(crate) n_letters: usize,
}

/// True when `hole`, which has no English, may stand there in a phrase.
///
/// Names and titles begin with a capital. At the beginning of a text everything does, so that there a name must look
/// like one, or the phrase be long.
pub(crate) fn may_stand(hole: &str, standing: Standing) -> bool {
    let Standing { is_first, is_only, n_letters } = standing;
    let hole = hole.trim();
    let n_words = hole.split(' ').count();
    if !is_vietnamese(hole) {
        return true;
    }
    let is_capital = hole.trim_start_matches(['“', '"', '(']).starts_with(char::is_uppercase);
    let is_name = is_capital && NAMES.iter().any(|it| hole.starts_with(it));
    let is_one = n_words <= LONGEST && !hole.contains(". ") && !hole.contains("; ");
    if n_letters < CHANCE {
        return is_one
            && is_capital
            && if is_first { is_name && is_only } else { is_name || n_words <= 4 };
    }
    match (is_capital, is_first) {
        _ if n_words <= 2 => true,
        (true, false) => is_one,
        (true, true) => is_one && (is_name || n_letters >= SURE),
        (false, _) => n_letters >= SURE && n_words <= 6,
    }
}
