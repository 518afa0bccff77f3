//! Marks of secrecy (dấu chỉ độ mật).

/// Degree of secrecy (độ mật).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum SecretMark {
    /// MẬT.
    Secret,
    /// TỐI MẬT.
    HighlySecret,
    /// TUYỆT MẬT.
    TopSecret,
}

impl SecretMark {
    /// The mark as printed.
    #[must_use]
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Secret => "MẬT",
            Self::HighlySecret => "TỐI MẬT",
            Self::TopSecret => "TUYỆT MẬT",
        }
    }
}

/// The mark that stands on a line of its own (or with the number) among the first lines or the last ones; the word in prose is none.
#[must_use]
pub fn secret_mark(text: &str) -> Option<SecretMark> {
    use unicode_normalization::UnicodeNormalization;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let near_head = lines.iter().take(25);
    let near_foot = lines.iter().rev().take(8);
    near_head.chain(near_foot).filter_map(|line| mark_of(&line.nfc().collect::<String>())).next()
}

fn mark_of(line: &str) -> Option<SecretMark> {
    let bare: String = line.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let named =
        line.to_lowercase().starts_with("độ mật") || line.to_lowercase().starts_with("dấu độ mật");
    let own: &[&str] =
        if named { words.split_at_checked(2).map_or(&[], |(_, rest)| rest) } else { &words };
    match own {
        ["MẬT"] => Some(SecretMark::Secret),
        ["TỐI", "MẬT"] => Some(SecretMark::HighlySecret),
        ["TUYỆT", "MẬT"] => Some(SecretMark::TopSecret),
        ["Mật"] if named => Some(SecretMark::Secret),
        ["Tối", "mật"] if named => Some(SecretMark::HighlySecret),
        ["Tuyệt", "mật"] if named => Some(SecretMark::TopSecret),
        // Flattened beside another box of the head: "TỐI MẬT    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 05/BC-UBND  MẬT".
        ["TUYỆT", "MẬT", ..] | [.., "TUYỆT", "MẬT"] if spaced(line) => {
            Some(SecretMark::TopSecret)
        }
        ["TỐI", "MẬT", ..] | [.., "TỐI", "MẬT"] if spaced(line) => {
            Some(SecretMark::HighlySecret)
        }
        ["MẬT", ..] | [.., "MẬT"] if spaced(line) => Some(SecretMark::Secret),
        _ => None,
    }
}

/// Boxes of the head beside each other leave a wide gap or a tab.
fn spaced(line: &str) -> bool {
    line.contains("   ") || line.contains('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_on_its_own_line_near_the_head_is_seen() {
        assert_eq!(secret_mark("BỘ A\nSố: 05/BC-BA\nMẬT\nBÁO CÁO"), Some(SecretMark::Secret));
        assert_eq!(secret_mark("[TỐI MẬT]\nBỘ A"), Some(SecretMark::HighlySecret));
        assert_eq!(secret_mark("ỦY BAN X    TUYỆT MẬT\nSố: 1/BC"), Some(SecretMark::TopSecret));
        assert_eq!(secret_mark("Độ mật: Mật\nSố: 1/BC"), Some(SecretMark::Secret));
    }

    #[test]
    fn the_word_in_prose_is_no_mark() {
        for text in [
            "Bộ A rà soát danh mục bí mật nhà nước độ Tối mật.",
            "QUY ĐỊNH VỀ BẢO VỆ BÍ MẬT",
            "Độ mật do người soạn thảo đề xuất.",
            "BẢO MẬT",
        ] {
            assert_eq!(secret_mark(text), None, "{text}");
        }
    }
}
