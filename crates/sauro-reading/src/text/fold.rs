//! One spelling per word: lower case, composed, tone on the vowel where the old school puts it (hoà → hòa).

use unicode_normalization::UnicodeNormalization;

/// Endings whose tone mark wanders between two schools of spelling.
const WANDERING: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// The spelling by which words are compared.
pub(crate) fn canon(word: &str) -> String {
    let lower: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.nfc().flat_map(char::to_lowercase).collect()
    };
    for (new, old) in WANDERING {
        if let Some(stem) = lower.strip_suffix(new) {
            if stem.ends_with('q') {
                return lower;
            }
            return format!("{stem}{old}");
        }
    }
    lower
}

/// Lower case without any mark: `Đắk Lắk` → `dak lak`.
pub(crate) fn ascii(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' => 'd',
            other => other,
        })
        .collect()
}

/// Lower-case, unmarked words of a heading or a cell, single spaces, no punctuation.
pub(crate) fn find_fold(text: &str) -> String {
    let folded: String =
        ascii(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn is_mark(c: char) -> bool {
    ('\u{0300}'..='\u{036f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_schools_of_tone_marks_meet_in_one_spelling() {
        assert_eq!(canon("Hoà"), canon("Hòa"));
        assert_eq!(canon("UỶ"), "ủy");
        assert_eq!(canon("Quý"), "quý");
        assert_eq!(canon("Hoàn"), "hoàn");
        assert_eq!(canon("Thuý"), canon("Thúy"));
    }

    #[test]
    fn decomposed_letters_meet_composed_ones() {
        let apart: String = "Tài chính".nfd().collect();
        assert_eq!(canon(&apart), "tài chính");
        assert_eq!(ascii(&apart), "tai chinh");
        assert_eq!(find_fold("Thời  hạn (hoàn thành)"), "thoi han hoan thanh");
    }
}
